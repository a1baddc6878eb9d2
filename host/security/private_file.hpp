#pragma once

#include "host/base/result.hpp"

#include <string>
#include <string_view>

namespace causeway::security {

/// Reads a file that only its owner may read: Refused when group or others may, when it is a link, or when it belongs to
/// somebody other than this process or root. At most 64 KiB.
Result<std::string> readPrivateFile(const std::string& path);

/// Makes a file with mode 0600, durable on return; Conflict when there is one already.
Result<void> createPrivateFile(const std::string& path, std::string_view content);

}  // namespace causeway::security
