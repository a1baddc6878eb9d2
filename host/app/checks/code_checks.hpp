#pragma once

#include "host/config/configuration.hpp"
#include "host/pipeline/rulebook.hpp"

#include <vector>

namespace causeway::app {

/// Refuses a code in a condition (`when`, `each_when`, and wherever else a path of a coded field is compared by equals, in or not_equals)
/// that no code table of its list gives, when it is one slip away from one that a table does: the condition would never hold, or always.
/// A code that looks like none of them is let be, since the host makes some of its own. `files`: rules, clocks and other files with conditions.
void checkCodes(const std::vector<Node>& files, const config::Configuration& configuration,
                const pipeline::Rulebook& rulebook, Problems& problems);

}  // namespace causeway::app
