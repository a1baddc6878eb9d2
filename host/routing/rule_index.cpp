#include "host/routing/rule_index.hpp"

#include "host/model/reflection_of.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace causeway::routing {

/// A test of a rule that only these values pass.
struct RuleIndex::Comparison {
  const model::FieldPath* path = nullptr;
  std::vector<std::string> values;
};

RuleIndex::RuleIndex(const std::vector<Rule>& rules) {
  std::vector<std::vector<Comparison>> comparisons(rules.size());
  // How many values of each field rules tell apart: the more, the fewer rules are left for one of them.
  std::map<std::string, std::set<std::string>> told_apart;
  for (size_t i = 0; i < rules.size(); ++i) {
    std::vector<model::Need> needs;
    rules[i].when.collectNeeds(needs);
    for (const auto& need : needs) {
      if (!need.wanted || need.path == "type" || (need.test != "equals" && need.test != "in")) continue;
      comparisons[i].push_back({need.field, need.operands});
      told_apart[need.path].insert(need.operands.begin(), need.operands.end());
    }
  }
  for (size_t i = 0; i < rules.size(); ++i) {
    const auto best = std::ranges::max_element(
        comparisons[i], {}, [&](const Comparison& one) { return told_apart[one.path->text()].size(); });
    const Comparison* by = best == comparisons[i].end() ? nullptr : &*best;
    for (const auto& type : rules[i].types) add(static_cast<int>(i), by, types_[type]);
  }
}

void RuleIndex::add(int number, const Comparison* by, OfType& to) const {
  if (!by) {
    to.others.push_back(number);
    return;
  }
  auto field = std::ranges::find_if(to.fields, [&](const Field& one) { return one.path.text() == by->path->text(); });
  if (field == to.fields.end()) field = to.fields.insert(field, {*by->path, {}});
  for (const auto& value : by->values)
    if (auto& rules = field->rules[value]; rules.empty() || rules.back() != number) rules.push_back(number);
}

std::vector<int> RuleIndex::candidates(const canonical::CanonicalMessage& event) const {
  const auto type = types_.find(event.type());
  if (type == types_.end()) return {};
  auto out = type->second.others;
  const size_t sorted = out.size();
  std::string scratch;
  for (const auto& field : type->second.fields) {
    const auto& facts = field.path.access();
    field.path.visit(event, [&](const model::ProtoMessage& parent, const model::ProtoField&, int index) {
      const auto found = field.rules.find(model::viewOf(parent, facts, index, scratch));
      if (found != field.rules.end()) out.insert(out.end(), found->second.begin(), found->second.end());
      return true;
    });
  }
  if (out.size() == sorted) return out;
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

}  // namespace causeway::routing
