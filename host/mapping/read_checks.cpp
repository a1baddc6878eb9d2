#include "host/mapping/read_checks.hpp"

#include "host/base/node_reader.hpp"
#include "host/model/case.pb.h"

#include <algorithm>

namespace causeway::mapping {
namespace {

int placesOf(const model::FieldPath& path, const google::protobuf::Message& root) {
  int places = 0;
  path.visit(root, [&](const google::protobuf::Message&, const model::ProtoField&, int) { return ++places > 0; });
  return places;
}

// Its inputs are named, and its fingerprint is that of a document: there the bytes are looked for.
void checkPaper(const FieldRule& rule, const ValuePlan& plan, Problems& problems) {
  const auto isInput = [](const auto& input) {
    return input.first == "part" || input.first == "base64" || input.first == "type";
  };
  const auto isSource = [](const auto& input) { return input.first == "part" || input.first == "base64"; };
  if (!std::ranges::all_of(rule.with, isInput) || std::ranges::count_if(rule.with, isSource) != 1)
    problems.error(rule.at, "a paper is taken with { part: ... } or { base64: ... } and, of base 64, 'type'");
  const auto& leaf = plan.target.path.leaf();
  if (leaf.containing_type() != canonical::Document::descriptor() || leaf.name() != "sha256")
    problems.error(rule.at, "a paper goes to the 'sha256' of a document, not to '" + rule.to + "'");
  if (rule.fallback || !rule.split_on.empty()) problems.error(rule.at, "a paper has neither 'default' nor 'split_on'");
}

}  // namespace

bool isMissing(const ReadPlan::Required& required, const google::protobuf::Message& message) {
  const int holders = required.holder.empty() ? 1 : placesOf(required.holder, message);
  return placesOf(required.path, message) < std::max(holders, 1);
}

void checkKept(const std::vector<NamedShape>& keeps, const std::vector<NamedShape>& asks, Problems& problems) {
  for (auto wanted : asks) {
    if (wanted.name.ends_with('?')) wanted.name.pop_back();
    const auto kept = std::ranges::find(keeps, wanted.name, &NamedShape::name);
    if (kept == keeps.end()) problems.error(wanted.at, "nothing is kept under the name '" + wanted.name + "'");
    else if (kept->type != wanted.type)
      problems.error(wanted.at, "'" + wanted.name + "' is kept in another shape: compare its 'like'");
  }
  for (const auto& kept : keeps) {
    const auto asksForIt = [&](const NamedShape& wanted) {
      return wanted.name == kept.name || wanted.name == kept.name + "?";
    };
    if (std::ranges::none_of(asks, asksForIt))
      problems.error(kept.at, "nothing asks for the '" + kept.name + "' that is kept here ('by')");
    if (std::ranges::find(keeps, kept.name, &NamedShape::name)->type != kept.type)
      problems.error(kept.at, "'" + kept.name + "' is kept in two shapes");
  }
}

void checkTarget(const FieldRule& rule, const ValuePlan& plan, Problems& problems) {
  for (const auto& list : rule.refers)
    if (const auto path = model::FieldPath::parse(list, *canonical::CanonicalMessage::descriptor()); !path)
      problems.error(rule.at, path.error().what);
  if (plan.target.path.empty()) return;
  if (rule.as == Converters::kPaper) checkPaper(rule, plan, problems);
  if (plan.shape == model::Shape::Group && !plan.converter)
    problems.error(rule.at, "'" + rule.to + "' is a group: name one of its fields, or a converter that fills it");
  if (plan.table && plan.shape != model::Shape::Code && plan.shape != model::Shape::String &&
      plan.shape != model::Shape::Bool)
    problems.error(rule.at, "a code table can fill a code, a text or a yes/no, not '" + rule.to + "'");
  if (plan.table && plan.shape == model::Shape::Code && plan.table->list() != model::listOf(plan.target.path.leaf()))
    problems.error(rule.at, "table '" + plan.table->name() + "' gives values of list '" + plan.table->list() +
                                "', but '" + rule.to + "' takes list '" + model::listOf(plan.target.path.leaf()) + "'");
}

bool settle(const FieldRule& rule, ValuePlan& plan) {
  const bool one_leaf = plan.inputs.size() == 1 && plan.inputs.front().kind == InputPlan::Kind::Slot && !plan.fallback;
  plan.paper = rule.as == Converters::kPaper;
  for (const auto& list : rule.refers)
    if (const auto path = model::FieldPath::parse(list, *canonical::CanonicalMessage::descriptor()); path)
      plan.refers.push_back(path->names());
  const bool to_one_place = plan.inputs.size() == 1 && plan.inputs.front().name == "value" && plan.split_on.empty() &&
                            plan.refers.empty() && !plan.paper;
  plan.simple = one_leaf && to_one_place;
  if (to_one_place && !plan.table) plan.unchanged = Converters::unchangedBy(rule.as, plan.shape);
  return one_leaf;
}

TargetPlan findTarget(std::string_view text, const model::ProtoType& type, const Location& at, Problems& problems) {
  TargetPlan out;
  out.from_message = text.starts_with("$message.");
  auto path = model::FieldPath::parse(out.from_message ? text.substr(9) : text,
                                      out.from_message ? *canonical::CanonicalMessage::descriptor() : type);
  if (path) out.path = *std::move(path);
  else problems.error(at, path.error().what);
  out.names = out.path.names();
  return out;
}

void numberHolder(TargetPlan& target, std::vector<std::string>& known) {
  using Pick = model::FieldPath::Step::Pick;
  std::string way = target.from_message ? "$message" : "";
  const auto& steps = target.path.steps();
  for (size_t i = 0; i + 1 < steps.size(); ++i) {
    if (steps[i].pick != Pick::One && steps[i].pick != Pick::Index) return;
    way += "." + steps[i].field->name() + "[" + std::to_string(steps[i].index) + "]";
  }
  const auto found = std::ranges::find(known, way);
  target.holder = static_cast<int>(found - known.begin());
  if (found == known.end()) known.push_back(std::move(way));
}

void checkMark(const MarkRule& rule, model::Mark mark, Problems& problems) {
  if (const auto path = model::parseMark(rule.path, mark); !path) problems.error(rule.at, path.error().what);
}

void noteLists(const TargetPlan& target, std::map<const model::ProtoField*, bool>& lists) {
  for (const auto& step : target.path.steps()) {
    if (!step.field->is_repeated()) continue;
    const bool by_number = step.pick == model::FieldPath::Step::Pick::Index;
    const auto known = lists.emplace(step.field, by_number).first;
    known->second = known->second && by_number;
  }
}

ReadPlan::Required findRequired(const MarkRule& rule, const model::ProtoType& root, Problems& problems) {
  ReadPlan::Required out{findTarget(rule.path, root, rule.at, problems).path, {}};
  const size_t list = rule.path.rfind("[]");
  if (list != std::string::npos)
    out.holder = findTarget(std::string_view(rule.path).substr(0, list + 2), root, rule.at, problems).path;
  return out;
}

const Converter* findConverter(const Converters& converters, const std::string& name, const Location& at,
                               Problems& problems) {
  if (name.empty()) return nullptr;
  const auto* found = converters.find(name);
  if (!found) problems.error(at, "no converter '" + name + "'" + didYouMean(name, converters.names()));
  return found;
}

const CodeTable* findTable(const CodeTables& tables, const std::string& name, const Location& at, Problems& problems) {
  if (name.empty()) return nullptr;
  const auto found = tables.find(name);
  if (found != tables.end()) return &found->second;
  std::vector<std::string> names;
  for (const auto& [known, unused] : tables) names.push_back(known);
  problems.error(at, "no code table '" + name + "'" + didYouMean(name, names));
  return nullptr;
}

}  // namespace causeway::mapping
