#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace causeway::store {

/// Bytes that the file system of a folder has free for us; nothing when it cannot say.
std::optional<std::uint64_t> freeSpace(const std::string& folder);

/// Whether so much is free that more may be taken in. A file system that cannot say counts as full. Thread-safe.
class RoomFor {
 public:
  RoomFor(std::string folder, std::uint64_t least) : folder_(std::move(folder)), least_(least) {}
  bool more() const {
    const auto free = freeSpace(folder_);
    return free && *free >= least_;
  }

 private:
  std::string folder_;
  std::uint64_t least_;
};

}  // namespace causeway::store
