#pragma once

#include "host/routing/rule.hpp"

#include <string>
#include <utility>
#include <vector>

/// What can be wrong only between the tests of a rule, or between rules, though each is well written.
namespace causeway::routing {

/// Two kinds of task that nobody can be given at once: `contradictory: [[request_production, cancel_production]]`.
struct ContradictoryKinds {
  std::string one, other;
  Location at;
};

/// Reports, at the place of each rule and with the place of the other:
/// - a rule that can never match, because two of its tests exclude one another;
/// - a rule that adds nothing, because an earlier one tells the same whenever it matches;
/// - two rules that may give one person contradictory tasks for the same event.
/// It finds what the tests themselves show (paths, operators, operands), so what it is silent about may still be wrong.
void analyse(const std::vector<Rule>& rules, const std::vector<ContradictoryKinds>& contradictory, Problems& problems);

/// The first two that exclude one another, by their places in the list; nothing when none do.
std::optional<std::pair<size_t, size_t>> firstClash(const std::vector<model::Need>& needs);
/// Whether every need of `less` holds wherever those of `more` do.
bool implies(const std::vector<model::Need>& more, const std::vector<model::Need>& less);

}  // namespace causeway::routing
