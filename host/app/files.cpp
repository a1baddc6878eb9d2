#include "host/app/files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <utility>

namespace causeway::app {

Result<std::string> readBytes(const std::string& path) {
  if (path == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail(ErrorKind::NotFound, "cannot read the file", path);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

NewFile::NewFile(const std::string& path)
    : path_(path), file_(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600)) {}

NewFile::~NewFile() {
  if (isOpen()) ::close(file_);
}

bool NewFile::write(std::string_view bytes) const {
  while (!bytes.empty()) {
    const auto done = ::write(file_, bytes.data(), bytes.size());
    if (done <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return true;
}

bool NewFile::close() {
  const bool synced = ::fsync(file_) == 0;
  return ::close(std::exchange(file_, -1)) == 0 && synced;
}

int NewFile::giveUp() {
  ::unlink(path_.c_str());
  return 1;
}

}  // namespace causeway::app
