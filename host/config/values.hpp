#pragma once

#include "host/base/node_reader.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

namespace causeway::config {

/// A file or folder named in a configuration, with the place that names it, so that whoever opens it can say where to
/// mend.
struct NamedPath {
  std::filesystem::path path;  ///< empty when the configuration names none
  Location at;

  bool empty() const { return path.empty(); }
};

/// Bounds of a number, both allowed.
struct Range {
  long long least = 0;
  long long most = 0;
};

/// A path under a key; a relative one counts from `base`, the folder of the file that names it.
NamedPath readPath(NodeReader& reader, std::string_view key, const std::filesystem::path& base);
NamedPath readRequiredPath(NodeReader& reader, std::string_view key, const std::filesystem::path& base);

/// "250ms", "30s", "5m", "12h", "7d"; a number without a unit is refused, because nobody remembers which one was meant.
std::chrono::milliseconds readDuration(NodeReader& reader, std::string_view key, std::chrono::milliseconds fallback,
                                       Problems& problems);

/// A whole number within `range`; the fallback when absent or wrong.
long long readNumber(NodeReader& reader, std::string_view key, Range range, long long fallback, Problems& problems);

}  // namespace causeway::config
