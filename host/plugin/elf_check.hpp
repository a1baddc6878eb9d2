#pragma once

#include "host/base/result.hpp"

#include <string_view>

namespace causeway::plugin {

/// Says whether bytes are a whole shared library for this machine. The dynamic loader itself trusts the file: one that was cut
/// short ends the process with SIGBUS instead of an error. Invalid otherwise.
Result<void> checkIsLibrary(std::string_view bytes);

}  // namespace causeway::plugin
