#include "host/base/node_reader.hpp"
#include "host/care/enhanced_rights.hpp"

namespace causeway::care {
namespace {

model::Condition readCondition(const Node* node, const model::ProtoType& over, Problems& problems) {
  return node ? model::Condition::load(*node, over, problems) : model::Condition();
}

EnhancedCriterion readCriterion(const Node& node, Problems& problems) {
  NodeReader reader(node, "a criterion of enhanced rights", problems);
  EnhancedCriterion out;
  out.at = node.at;
  out.name = reader.required("criterion");
  const auto version = reader.number("version");
  if (!version || *version < 1)
    problems.error(reader.at("version"), "a criterion of enhanced rights needs 'version', a number from 1");
  out.rule = out.name + "@" + std::to_string(version.value_or(0));
  out.ground = reader.choice("ground",
                             {"serious_crime", "persistently_targeted", "vulnerable_or_intimidated", "bereaved"}, true);
  out.source = reader.required("source");
  if (const auto from = reader.date("valid_from")) out.valid_from = *from;
  else if (!node.find("valid_from"))
    problems.error(node.at, "a criterion of enhanced rights needs 'valid_from', the first day on which it is law");
  out.valid_to = reader.date("valid_to");
  if (out.valid_to && *out.valid_to < out.valid_from)
    problems.error(reader.at("valid_to"), "'valid_to' lies before 'valid_from'");
  if (const auto years = reader.number("under_age")) {
    if (*years < 1 || *years > 120)
      problems.error(reader.at("under_age"), "'under_age' is a number of years, 1 to 120");
    else out.under_age = static_cast<int>(*years);
  }
  out.offences = reader.text("offences");
  out.of_case = readCondition(reader.map("case"), *canonical::Case::descriptor(), problems);
  out.of_person = readCondition(reader.map("person"), *canonical::Party::descriptor(), problems);
  const auto finding = reader.choice("finding", {"entitled", "ask"});
  out.asks = finding == "ask";
  if (!node.find("under_age") && out.offences.empty() && !node.find("case") && !node.find("person"))
    problems.error(node.at,
                   "a criterion of enhanced rights says what must hold: 'under_age', 'offences', 'case' or 'person'");
  reader.finish();
  return out;
}

bool overlap(const EnhancedCriterion& a, const EnhancedCriterion& b) {
  if (a.name != b.name) return false;
  return (!a.valid_to || b.valid_from <= *a.valid_to) && (!b.valid_to || a.valid_from <= *b.valid_to);
}

}  // namespace

EnhancedRights EnhancedRights::load(const std::vector<Node>& files, Problems& problems) {
  EnhancedRights out;
  Problems of_lists;
  for (const auto& file : files) {
    if (file.kind != Node::Kind::Map) continue;
    if (const Node* lists = file.find("offence_lists"); lists && lists->kind == Node::Kind::List)
      readOffenceLists(*lists, out.lists_, of_lists);
    const Node* criteria = file.find("enhanced_rights");
    if (!criteria) continue;
    if (criteria->kind != Node::Kind::List) {
      problems.error(criteria->at, "'enhanced_rights' is a list of criteria");
      continue;
    }
    for (const auto& node : criteria->items) out.criteria_.push_back(readCriterion(node, problems));
  }
  std::vector<std::string> names;
  for (const auto& [name, list] : out.lists_) names.push_back(name);
  for (auto one = out.criteria_.begin(); one != out.criteria_.end(); ++one) {
    if (!one->offences.empty() && !out.lists_.contains(one->offences))
      problems.error(one->at,
                     "there is no list of offences '" + one->offences + "'" + didYouMean(one->offences, names));
    for (auto other = out.criteria_.begin(); other != one; ++other)
      if (overlap(*other, *one))
        problems.error(
            one->at, "two versions of '" + one->name + "' hold on the same days; the other is in " + other->at.text());
  }
  return out;
}

}  // namespace causeway::care
