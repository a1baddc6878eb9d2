#include "host/routing/analysis.hpp"

#include "host/base/text.hpp"

#include <algorithm>
#include <map>

namespace causeway::routing {
namespace {

using model::Need;

/// A rule as the analysis sees it.
struct Seen {
  const Rule* rule = nullptr;
  std::vector<Need> needs;
};

std::vector<Need> needsOf(const model::Condition& condition) {
  std::vector<Need> out;
  condition.collectNeeds(out);
  return out;
}

std::string words(const Need& need) {
  return (need.wanted ? "'" : "'none: ") + need.path + ": { " + need.test + ": " + join(need.operands, ", ") + " }'";
}

void checkCanMatch(const Seen& seen, Problems& problems) {
  if (const auto clash = firstClash(seen.needs); clash && !seen.rule->types.empty())
    problems.error(seen.rule->at, "the rule can never match: " + words(seen.needs[clash->first]) + " and " +
                                      words(seen.needs[clash->second]) + " exclude one another; take one of them out");
  for (const auto& tell : seen.rule->tells) {
    const auto needs = needsOf(tell.each_when);
    if (const auto clash = firstClash(needs))
      problems.error(tell.at, "nobody can ever be told by this: " + words(needs[clash->first]) + " and " +
                                  words(needs[clash->second]) + " of 'each_when' exclude one another");
  }
}

bool holdsWheneverValid(const Rule& earlier, const Rule& later) {
  const bool from = !earlier.valid_from || (later.valid_from && *earlier.valid_from <= *later.valid_from);
  const bool to = !earlier.valid_to || (later.valid_to && *later.valid_to <= *earlier.valid_to);
  const bool past = !earlier.not_past || (later.not_past && later.not_past->text() == earlier.not_past->text());
  return from && to && past && (earlier.live || !later.live);
}

bool shadows(const Seen& earlier, const Seen& later) {
  return earlier.rule->when.isAllNeeds() && holdsWheneverValid(*earlier.rule, *later.rule) &&
         std::ranges::includes(earlier.rule->types, later.rule->types) && implies(later.needs, earlier.needs);
}

// A rule whose every tell was made by earlier rules before it.
void checkShadowed(const std::vector<Seen>& all, Problems& problems) {
  std::multimap<std::string, const Seen*> made;
  for (const auto& seen : all) {
    const Seen* by = nullptr;
    const bool every = std::ranges::all_of(seen.rule->tells, [&](const Tell& tell) {
      const auto [from, to] = made.equal_range(tell.same);
      const auto found = std::find_if(from, to, [&](const auto& one) { return shadows(*one.second, seen); });
      if (found != to) by = found->second;
      return found != to;
    });
    if (every && by)
      problems.error(seen.rule->at, "the rule adds nothing: '" + by->rule->id + "' (" + by->rule->at.text() +
                                        ") tells the same whenever this one matches; take one of them out, or say in "
                                        "'when' how they differ");
    for (const auto& tell : seen.rule->tells)
      if (!tell.same.empty()) made.emplace(tell.same, &seen);
  }
}

bool overlap(const Seen& a, const Seen& b) {
  if (a.rule->valid_to && b.rule->valid_from && *a.rule->valid_to < *b.rule->valid_from) return false;
  if (b.rule->valid_to && a.rule->valid_from && *b.rule->valid_to < *a.rule->valid_from) return false;
  const bool type = std::ranges::any_of(a.rule->types, [&](const auto& one) { return b.rule->types.contains(one); });
  if (!type) return false;
  auto both = a.needs;
  both.insert(both.end(), b.needs.begin(), b.needs.end());
  return !firstClash(both);
}

const Tell* givesTask(const Rule& rule, const std::string& kind) {
  const auto found = std::ranges::find_if(rule.tells, [&](const Tell& tell) {
    return tell.over_people && tell.piece && tell.piece->is == Piece::Kind::Task && tell.piece->kind == kind;
  });
  return found == rule.tells.end() ? nullptr : &*found;
}

bool samePeople(const Tell& one, const Tell& other) {
  auto both = needsOf(one.each_when);
  for (auto& need : needsOf(other.each_when)) both.push_back(std::move(need));
  return one.recipient == other.recipient && !firstClash(both);
}

void checkContradictions(const std::vector<Seen>& all, const ContradictoryKinds& kinds, Problems& problems) {
  for (const auto& a : all) {
    const Tell* one = givesTask(*a.rule, kinds.one);
    if (!one) continue;
    for (const auto& b : all) {
      const Tell* other = givesTask(*b.rule, kinds.other);
      if (!other || !samePeople(*one, *other) || !overlap(a, b)) continue;
      problems.error(other->at, "one person could be given '" + kinds.one + "' by '" + a.rule->id + "' (" +
                                    one->at.text() + ") and '" + kinds.other +
                                    "' by this for the same event: say in 'when' which of them it is");
    }
  }
}

}  // namespace

void analyse(const std::vector<Rule>& rules, const std::vector<ContradictoryKinds>& contradictory, Problems& problems) {
  std::vector<Seen> all;
  for (const auto& rule : rules) all.push_back({&rule, needsOf(rule.when)});
  for (const auto& seen : all) checkCanMatch(seen, problems);
  checkShadowed(all, problems);
  for (const auto& kinds : contradictory) checkContradictions(all, kinds, problems);
}

}  // namespace causeway::routing
