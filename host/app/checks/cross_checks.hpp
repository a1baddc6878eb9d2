#pragma once

#include "host/config/configuration.hpp"
#include "host/pipeline/rulebook.hpp"

#include <set>
#include <string>

/// What can be wrong only between the files: routes, partners, agreements, policies and mappings, checked as one whole.
namespace causeway::app {

using Names = std::set<std::string, std::less<>>;

/// What could never work, whatever the day. `missing` are adapters that are not there: what needs them has a line of its own already.
void checkAsOneWhole(const config::Configuration& configuration, const pipeline::Rulebook& rulebook,
                     const Names& missing, Problems& problems);

/// The data-protection lint: what would be held today, and permissions that nothing needs. A host that runs holds such messages; a
/// configuration that is checked must have none.
void lint(const config::Configuration& configuration, const pipeline::Rulebook& rulebook, protection::Day today,
          Problems& problems);

}  // namespace causeway::app
