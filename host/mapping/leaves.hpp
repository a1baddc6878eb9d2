#pragma once

#include "host/base/result.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace causeway::mapping {

/// The leaves of a small document (64 KiB) as path and text ("Receipt/@id" -> "7"). Invalid when it is neither XML nor JSON, or not
/// well-formed; TooLarge when it has more than 64 leaves, because one that is not among them may still be there.
Result<std::vector<std::pair<std::string, std::string>>> readLeaves(std::string_view document);

/// The leaves of a small document as path and text ("Receipt/@id" -> "7"), at most 64, for judging a partner's answer. Empty when it
/// is neither XML nor JSON, or not well-formed.
std::vector<std::pair<std::string, std::string>> leavesOf(std::string_view document);

}  // namespace causeway::mapping
