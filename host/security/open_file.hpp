#pragma once

namespace causeway::security {

/// A file of the operating system that is closed with it; below 0 when it could not be opened (errno says why).
class OpenFile {
 public:
  explicit OpenFile(int fd) : fd_(fd) {}
  ~OpenFile();
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int fd() const { return fd_; }

 private:
  int fd_;
};

}  // namespace causeway::security
