#pragma once

#include "host/app/operators.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace causeway::app {

/// Answers a request of the control socket as the caller may make it: where operators are named, everybody decides and looks under their own
/// name. `by` of somebody else, or of a caller who is no operator, is refused with {"error":...}; where no operators are named, and where a
/// request names nobody, it goes on as it is.
std::string inOwnName(std::string_view request, std::string_view actor, const Operators& operators,
                      const std::function<std::string(std::string_view own)>& answer);

}  // namespace causeway::app
