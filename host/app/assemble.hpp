#pragma once

#include "host/base/clock.hpp"
#include "host/base/node.hpp"
#include "host/config/configuration.hpp"
#include "host/pipeline/rulebook.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace causeway::app {

/// A configuration folder, read and checked as one whole.
struct Installation {
  config::Configuration configuration;
  std::shared_ptr<const pipeline::Rulebook> rulebook;
  /// The machine's. Only a performance whose story names its own times puts another in its place.
  std::shared_ptr<const Clock> clock = std::make_shared<SystemClock>();
};

/// Loads the configuration, the adapters, the mappings, the routes and the policies, and checks them against one another. Every problem
/// of every file is in `problems`. The same code for `run`, `check`, `decode` and `explain`.
Result<Installation> assemble(const std::string& folder, Problems& problems);

/// Parts of it that are needed again when the rules change while a host runs: the working days, the partners that groups of recipients are
/// made of, and the digest over all that decides.
WorkingDays calendarOf(const config::Configuration& configuration, Problems& problems);
std::vector<routing::GroupMember> membersOf(const config::Configuration& configuration);
std::string versionOf(const pipeline::Rulebook& rulebook);

/// `assemble` for a command: prints every problem to standard error, a line each; nothing when the configuration cannot be used.
std::optional<Installation> assembleOrTell(const std::string& folder);

}  // namespace causeway::app
