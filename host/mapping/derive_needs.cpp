#include "host/mapping/read_plan.hpp"

// Most derivations of a mapping are about something that most elements do not have. What must be there and what must not is known
// beforehand, so that one look at a path of an element serves all the derivations that ask for it.
namespace causeway::mapping {
namespace {

constexpr size_t kMost = 64;

using Paths = std::vector<model::FieldPath>;

// What must be there and what must not for a derivation to do anything; gives what else its condition asks.
model::Condition presenceFor(const DerivePlan& rule, Paths& there, Paths& absent) {
  if (!rule.in.path.empty()) {
    if (!rule.in.from_message) there.push_back(rule.in.path);
    return rule.when;  // it is about the elements of the list
  }
  auto rest = rule.when.beyondPresence(there, absent);
  const bool one_source = rule.set.empty() && rule.with.size() == 1 && !rule.with.front().path.from_message;
  if (one_source && !rule.with.front().path.path.empty()) there.push_back(rule.with.front().path.path);
  return rest;
}

std::uint64_t bitsOf(ScopePlan& scope, const Paths& paths) {
  std::uint64_t bits = 0;
  for (const auto& path : paths) {
    auto& known = scope.looked_at;
    const auto at = std::ranges::find(known, path.text(), &model::FieldPath::text) - known.begin();
    if (static_cast<size_t>(at) == known.size()) known.push_back(path);
    bits |= std::uint64_t{1} << static_cast<size_t>(at);
  }
  return bits;
}

const model::ProtoField* firstField(const model::FieldPath& path) {
  return path.empty() ? nullptr : path.steps().front().field;
}

// Whether the path may lead to more once the derivation was tried: it begins where something is filled.
bool fills(const DerivePlan& rule, const model::FieldPath& path) {
  const auto* field = firstField(path);
  if (!rule.in.path.empty()) return rule.in.from_message || firstField(rule.in.path) == field;
  return firstField(rule.to) == field ||
         std::ranges::any_of(rule.set, [&](const auto& item) { return firstField(item.first) == field; });
}

}  // namespace

void noteNeeds(ScopePlan& scope) {
  for (auto& rule : scope.derive) {
    auto& noted = scope.derive_needs.emplace_back();
    Paths there, absent;
    auto rest = presenceFor(rule, there, absent);
    if (scope.looked_at.size() + there.size() + absent.size() > kMost) continue;  // it is tried every time
    noted.there = bitsOf(scope, there);
    noted.absent = bitsOf(scope, absent);
    rule.when = std::move(rest);
  }
  for (size_t i = 0; i < scope.derive.size(); ++i)
    for (size_t at = 0; at < scope.looked_at.size(); ++at)
      if (fills(scope.derive[i], scope.looked_at[at])) scope.derive_needs[i].fills |= std::uint64_t{1} << at;
}

}  // namespace causeway::mapping
