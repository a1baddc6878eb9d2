#include "host/store/sqlite/free_space.hpp"

#include <sys/statvfs.h>

namespace causeway::store {

std::optional<std::uint64_t> freeSpace(const std::string& folder) {
  struct statvfs status{};
  if (::statvfs(folder.c_str(), &status) != 0) return std::nullopt;
  return static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize;
}

}  // namespace causeway::store
