#pragma once

#include "host/base/result.hpp"

#include <string>
#include <string_view>

namespace causeway::app {

/// The bytes of a file; "-" is standard input. NotFound names the file.
Result<std::string> readBytes(const std::string& path);

/// A file that was not there before, for its owner's eyes.
class NewFile {
 public:
  explicit NewFile(const std::string& path);
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  bool isOpen() const { return file_ >= 0; }
  bool write(std::string_view bytes) const;
  /// False when what was written did not reach the disk.
  bool close();
  /// Takes the file away again; always 1, a command's exit code.
  int giveUp();

 private:
  std::string path_;
  int file_;
};

}  // namespace causeway::app
