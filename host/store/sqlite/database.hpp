#pragma once

#include "host/base/result.hpp"

#include <cstdint>
#include <string>

struct sqlite3;

namespace causeway::store {

class GuardedVfs;

/// One connection to a database file. Not thread-safe: whoever owns it takes care of that.
class Database {
 public:
  enum class Mode { ReadWrite, ReadOnly };
  enum class Erasure { Fast, Full };  ///< overwrite deleted content where that is free, or always

  struct Options {
    Mode mode = Mode::ReadWrite;
    Erasure erasure = Erasure::Fast;
    int cache_kib = 16'384;
  };

  Database() = default;
  ~Database();
  Database(Database&& other) noexcept;
  Database& operator=(Database&& other) noexcept;

  /// Opens or makes (for its owner's eyes only) the file, in write-ahead mode with every commit synced.
  static Result<Database> open(const std::string& path, const GuardedVfs& vfs, const Options& options);

  Result<void> execute(const char* sql);  ///< fixed statements without values
  /// Inside BEGIN and COMMIT. SQLite ends a transaction by itself after some failures.
  bool inTransaction() const;
  std::int64_t lastRowId() const;  ///< number of the row inserted last
  /// Moves the log into the database and cuts it to nothing: what was deleted is gone from both.
  Result<void> checkpoint();
  /// The failure of the last call as an error, without values.
  Error error(int code) const;
  sqlite3* handle() const { return handle_; }

 private:
  explicit Database(sqlite3* handle) : handle_(handle) {}
  sqlite3* handle_ = nullptr;
};

}  // namespace causeway::store
