#pragma once

#include "host/config/configuration.hpp"
#include "host/pipeline/rulebook.hpp"

/// What can be wrong only between rules and partners.
namespace causeway::app {

/// Refuses a message type that a partner may send and no rule is for (unless `no_rule_for` says why): nobody would be told, and nobody
/// decided so. Warns of one that `no_rule_for` names although a rule is for it, and of loops: a rule tells a partner what that partner
/// may send back, and what comes back makes a rule tell it again.
void checkTraffic(const config::Configuration& configuration, const pipeline::Rulebook& rulebook, Problems& problems);

}  // namespace causeway::app
