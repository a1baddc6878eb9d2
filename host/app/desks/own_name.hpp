#pragma once

#include "host/app/operators.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace causeway::app {

/// Answers a request of the control socket unless it is made under the name of an operator who is not the caller: that is refused with
/// {"error":...}. Other names are what the caller says, beside whose account stands in the log.
std::string inOwnName(std::string_view request, std::string_view actor, const Operators& operators,
                      const std::function<std::string(std::string_view own)>& answer);

}  // namespace causeway::app
