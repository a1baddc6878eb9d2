#include "host/mapping/read_plan.hpp"

// Most derivations of a mapping are about something that most elements do not have. What each needs is known beforehand, so that
// one look at an element says which of them are worth trying.
namespace causeway::mapping {
namespace {

constexpr size_t kMost = 64;

std::uint64_t bitOf(ScopePlan& scope, const model::ProtoField* field) {
  auto& known = scope.looked_at;
  const auto found = std::ranges::find(known, field);
  const auto at = static_cast<size_t>(found - known.begin());
  if (at >= kMost) return 0;
  if (found == known.end()) known.push_back(field);
  return std::uint64_t{1} << at;
}

const model::ProtoField* firstField(const model::FieldPath& path) {
  return path.empty() ? nullptr : path.steps().front().field;
}

std::vector<const model::ProtoField*> neededBy(const DerivePlan& rule) {
  std::vector<const model::ProtoField*> out;
  if (!rule.in.path.empty()) {
    if (!rule.in.from_message) out.push_back(firstField(rule.in.path));
    return out;
  }
  rule.when.collectNeeded(out);
  const bool one_source = rule.set.empty() && rule.with.size() == 1 && !rule.with.front().path.from_message;
  if (one_source && !rule.with.front().path.path.empty()) out.push_back(firstField(rule.with.front().path.path));
  return out;
}

}  // namespace

void noteNeeds(ScopePlan& scope) {
  for (const auto& rule : scope.derive) {
    auto& noted = scope.derive_needs.emplace_back();
    for (const auto* field : neededBy(rule)) noted.needs |= bitOf(scope, field);
  }
  // Filled fields that nobody looks at do not matter.
  const auto gives = [&](ScopePlan::Needs& noted, const model::ProtoField* field) {
    if (std::ranges::find(scope.looked_at, field) != scope.looked_at.end()) noted.gives |= bitOf(scope, field);
  };
  for (size_t i = 0; i < scope.derive.size(); ++i) {
    const auto& rule = scope.derive[i];
    if (!rule.in.path.empty()) continue;  // it fills elements of a list that is there already
    gives(scope.derive_needs[i], firstField(rule.to));
    for (const auto& [path, text] : rule.set) gives(scope.derive_needs[i], firstField(path));
  }
}

}  // namespace causeway::mapping
