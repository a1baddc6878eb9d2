#pragma once

#include "host/mapping/read_plan.hpp"

#include <set>
#include <string>

namespace causeway::mapping {

/// The message types that a mapping can make: its own, those that a line or a derivation sets, and those of the code tables from which it
/// takes the type.
std::set<std::string> typesMadeBy(const ReadPlan& plan);

}  // namespace causeway::mapping
