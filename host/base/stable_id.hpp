#pragma once

#include "host/base/node.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

namespace causeway {

/// The same parts give the same id on every machine and in every run: 32 hexadecimal digits (FNV-1a, 128 bits). The parts
/// are kept apart ("a" "bc" differs from "ab" "c"). It names things that are made again when a message is handled again;
/// it is no secret and no proof: whoever knows the parts can compute it.
std::string stableId(std::initializer_list<std::string_view> parts);

/// Names a configuration by its content: changes with any key, value or order, not with comments, layout or file names.
std::string contentId(const std::vector<Node>& nodes);

}  // namespace causeway
