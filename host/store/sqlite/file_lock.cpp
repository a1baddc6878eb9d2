#include "host/store/sqlite/file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <utility>

namespace causeway::store {

FileLock::~FileLock() {
  if (fd_ >= 0) ::close(fd_);
}

FileLock::FileLock(FileLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

Result<FileLock> FileLock::take(const std::string& database_path) {
  const std::string path = database_path + ".lock";
  FileLock lock(::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600));
  if (lock.fd_ < 0) return fail(ErrorKind::Broken, "the lock of the database cannot be opened or made", path);
  if (::flock(lock.fd_, LOCK_EX | LOCK_NB) != 0)
    return fail(ErrorKind::Refused, "the database is in use by another running host; stop that one first",
                database_path);
  return lock;
}

}  // namespace causeway::store
