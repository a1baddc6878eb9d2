#pragma once

#include "host/base/result.hpp"

#include <string>

namespace causeway::app {

/// The bytes of a file; "-" is standard input. NotFound names the file.
Result<std::string> readBytes(const std::string& path);

}  // namespace causeway::app
