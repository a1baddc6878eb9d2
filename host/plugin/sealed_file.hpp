#pragma once

#include "host/base/result.hpp"

#include <string>
#include <string_view>

namespace causeway::plugin {

/// A private copy of a file in memory that nobody can change any more, not even this process. What is checked is what is
/// loaded, however the file on disk changes in between.
class SealedFile {
 public:
  /// Copies a regular file of at most 256 MiB. NotFound, Refused (not a regular file, a link, or not `any_owner` and open to
  /// changes by everyone), TooLarge or Broken.
  static Result<SealedFile> copyOf(const std::string& file, bool any_owner);

  SealedFile(SealedFile&& other) noexcept;
  SealedFile& operator=(SealedFile&&) = delete;
  ~SealedFile();

  std::string_view bytes() const { return bytes_; }
  /// The descriptor, still owned by this object.
  int descriptor() const { return fd_; }
  /// A path that opens these very bytes while this object, or the process after `keepForEver`, lives.
  std::string path() const;
  /// Leaves the descriptor open until the process ends. The loader knows a library by its path, and a path holds the number
  /// of the descriptor: were the number used again, the next library would silently be this one.
  void keepForEver() { kept_ = true; }

 private:
  explicit SealedFile(int fd) : fd_(fd) {}
  Result<void> fill(int source, size_t size, const std::string& file);
  Result<void> seal(const std::string& file);

  int fd_ = -1;
  bool kept_ = false;
  std::string_view bytes_;
};

/// Reads a whole small file. NotFound, TooLarge (over `limit` bytes) or Broken.
Result<std::string> readSmallFile(const std::string& file, size_t limit);

}  // namespace causeway::plugin
