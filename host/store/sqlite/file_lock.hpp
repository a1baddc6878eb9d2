#pragma once

#include "host/base/result.hpp"

#include <string>

namespace causeway::store {

/// Holds a database for one process: a second host on the same file would fork the audit log. The system lets go when the
/// process ends, however it ends. A file beside the database is locked, because closing any other handle of the database
/// file itself would drop SQLite's own locks.
class FileLock {
 public:
  FileLock() = default;
  ~FileLock();
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;

  /// Refused when another process, or another store of this process, holds it.
  static Result<FileLock> take(const std::string& database_path);

 private:
  explicit FileLock(int fd) : fd_(fd) {}
  int fd_ = -1;
};

}  // namespace causeway::store
