#include "host/protection/grant.hpp"

#include "host/base/node_reader.hpp"
#include "host/base/text.hpp"
#include "host/model/message_types.hpp"
#include "host/protection/consent_cover.hpp"
#include "host/protection/grant_fields.hpp"

#include <algorithm>
#include <charconv>

namespace causeway::protection {
namespace {

std::optional<ConsentRule> loadConsent(const Node& node, const std::string& recipient, Problems& problems) {
  NodeReader reader(node, "a consent rule", problems);
  ConsentRule rule;
  const auto whose = reader.texts("of");
  rule.need.types = reader.texts("types");
  rule.need.names = reader.texts("named");
  rule.need.names.push_back(recipient);
  const auto rest = reader.text("covered_by");
  rule.rest = coverNamed(rest);
  if (!rest.empty() && rule.rest == kNothingCovered) problems.error(reader.at("covered_by"), wrongCover(rest));
  const auto without = reader.optionalText("without");
  rule.withholds = without == "withhold";
  reader.finish();
  if (without && !rule.withholds)
    problems.error(reader.at("without"),
                   "'without' must be withhold: without consent what it must cover is left out and the rest goes");
  if (rule.need.types.empty())
    problems.error(node.at, "a consent rule needs 'types', the kinds of consent that will do");
  if (whose.empty()) problems.error(node.at, "a consent rule needs 'of', whose consent it is");
  for (const auto& text : whose) {
    auto path = model::FieldPath::parse(text, *canonical::CanonicalMessage::descriptor());
    if (!path) problems.error(reader.at("of"), "consent of '" + text + "': " + path.error().what);
    else if (path->type() != canonical::Party::descriptor())
      problems.error(reader.at("of"), "'of' must lead to people, such as case.parties[role=victim]");
    else rule.whose.push_back(*std::move(path));
  }
  return rule;
}

std::optional<RecordRule> loadRecorded(const Node& node, Problems& problems) {
  NodeReader reader(node, "a rule of what must be recorded", problems);
  const auto of = reader.required("of");
  const auto has = reader.texts("has");
  reader.finish();
  if (of.empty()) return std::nullopt;  // reported
  auto list = model::FieldPath::parse(of, *canonical::CanonicalMessage::descriptor());
  if (!list) problems.error(reader.at("of"), "what must be recorded of '" + of + "': " + list.error().what);
  else if (list->empty() || !list->leaf().is_repeated() || list->shape() != model::Shape::Group)
    problems.error(reader.at("of"), "'of' must lead to a list of groups, such as case.plans");
  else {
    RecordRule rule{*std::move(list), {}};
    if (has.empty())
      problems.error(node.at, "a rule of what must be recorded needs 'has', the fields that must be there");
    for (const auto& text : has) {
      auto path = model::FieldPath::parse(text, *rule.of.type());
      if (path) rule.has.push_back(*std::move(path));
      else problems.error(reader.at("has"), "what must be recorded, '" + text + "': " + path.error().what);
    }
    return rule;
  }
  return std::nullopt;
}

// "12h" or "30d": how old what goes out may be.
std::optional<std::chrono::seconds> readAge(NodeReader& reader, Problems& problems) {
  const auto text = reader.optionalText("max_age");
  if (!text) return std::nullopt;
  int number = 0;
  const char* const end = text->data() + text->size();
  const auto [rest, error] = std::from_chars(text->data(), end, number);
  if (error == std::errc() && number > 0 && end - rest == 1 && (*rest == 'h' || *rest == 'd'))
    return std::chrono::hours(*rest == 'h' ? number : 24 * number);
  problems.error(reader.at("max_age"), "'max_age' must be hours or days, such as 12h or 30d");
  return std::nullopt;
}

QualityRule loadQuality(const Node& node, Problems& problems) {
  NodeReader reader(node, "a quality rule", problems);
  QualityRule out;
  out.max_age = readAge(reader, problems);
  for (const auto& text : reader.texts("expects")) {
    auto path = model::FieldPath::parse(text, *canonical::CanonicalMessage::descriptor());
    if (path) out.expects.push_back(*std::move(path));
    else problems.error(reader.at("expects"), "what is expected, '" + text + "': " + path.error().what);
  }
  reader.finish();
  return out;
}

// Consent, or a condition of Schedule 8 under a policy document: without either nothing sensitive may be granted.
void checkSensitive(NodeReader& reader, const Legal& legal, Grant& grant, Problems& problems) {
  grant.condition = reader.text("condition");
  if (grant.condition.empty()) {
    if (grant.sensitive >= 0 && !grant.consent)
      problems.error(grant.at, "grant '" + grant.id + "' passes '" + SchemaTree::instance().at(grant.sensitive).path +
                                   "', which is sensitive: it needs 'consent', or 'condition' with a condition of the "
                                   "legal part (DPA 2018 s.35(3) to (5))");
    return;
  }
  if (const auto* condition = legal.condition(grant.condition)) {
    if (const auto* document = legal.policyDocument(condition->policy_document)) grant.document = document->valid;
  } else {
    problems.error(reader.at("condition"), "there is no condition '" + grant.condition + "' in the legal part" +
                                               didYouMean(grant.condition, idsOf(legal.conditions())));
  }
}

// A consent covers what its scope says and nothing else, so whatever is told of somebody must say by which part of it. Where the message
// goes without consent too, what says nothing does so under the condition of the grant.
void settleCovers(Grant& grant, Problems& problems) {
  if (!grant.consent || grant.consent->withholds) return;
  std::vector<std::string> bare;
  for (size_t at = 0; at < grant.passes.size(); ++at) {
    const auto& node = SchemaTree::instance().at(static_cast<int>(at));
    const bool personal = node.sensitive || node.locates != canonical::NOBODY;
    if (grant.covers[at] == kNothingCovered) grant.covers[at] = grant.consent->rest;
    if (grant.passes[at] != 0 && personal && grant.covers[at] == kNothingCovered) bare.push_back(node.path);
  }
  if (!bare.empty())
    problems.error(grant.at, "grant '" + grant.id +
                                 "' rests on consent: say with 'covered_by' what part of a consent covers " +
                                 join(bare, ", "));
}

void checkPurpose(const Grant& grant, NodeReader& reader, const Legal& legal, Problems& problems) {
  if (grant.purpose.empty() || legal.purpose(grant.purpose)) return;
  problems.error(reader.at("purpose"), "there is no purpose '" + grant.purpose + "' in the legal part" +
                                           didYouMean(grant.purpose, idsOf(legal.purposes())));
}

void prepare(Grant& grant) {
  grant.passes.assign(SchemaTree::instance().nodes().size(), 0);
  grant.covers.assign(SchemaTree::instance().nodes().size(), kNothingCovered);
  grant.changed.assign(SchemaTree::instance().nodes().size(), 0);
}

void checkTypes(const Grant& grant, NodeReader& reader, Problems& problems) {
  if (grant.types.empty()) problems.error(reader.at("types"), "a grant needs 'types', the messages it is for");
  for (const auto& type : grant.types) {
    const auto* known = model::findMessageType(type);
    if (known && known->goes) continue;
    problems.error(reader.at("types"), (known ? "nobody is sent a message of type '" : "unknown message type '") +
                                           type + "'" +
                                           didYouMean(type, model::messageTypeNames(model::TypeUse::Sends)));
  }
}

void addSets(NodeReader& reader, const FieldSets& sets, Grant& grant, Problems& problems) {
  Problems reported_with_the_set;
  FieldsReader fields(grant, reported_with_the_set);
  for (const auto& name : reader.texts("sets")) {
    const auto set = sets.find(name);
    if (set != sets.end()) {
      fields.addAll(*set->second);
      continue;
    }
    std::vector<std::string> known;
    for (const auto& each : sets) known.push_back(each.first);
    problems.error(reader.at("sets"), "unknown set '" + name + "'" + didYouMean(name, known));
  }
}

}  // namespace

bool Filter::matches(const model::ProtoMessage& element) const {
  bool found = false;
  where.visit(element, [&](const model::ProtoMessage& parent, const model::ProtoField& field, int index) {
    if (model::shapeOf(field) == model::Shape::Code) {
      const auto& reflection = *parent.GetReflection();
      const auto& code = static_cast<const canonical::Code&>(
          index < 0 ? reflection.GetMessage(parent, &field) : reflection.GetRepeatedMessage(parent, &field, index));
      found = !code.unmapped() && code.code() == equals;
    } else {
      found = model::textOf(parent, field, index) == equals;
    }
    return !found;
  });
  return found;
}

void checkSet(const Node& set, Problems& problems) {
  Grant scratch;
  prepare(scratch);
  FieldsReader(scratch, problems).addAll(set);
}

Grant loadGrant(const Node& node, const GrantContext& context, Problems& problems) {
  NodeReader reader(node, "a grant", problems);
  Grant grant;
  grant.at = node.at;
  grant.id = reader.required("id");
  grant.policy = grant.id + "@" + std::to_string(reader.number("version").value_or(1));
  grant.recipient = reader.required("recipient");
  grant.purpose = reader.required("purpose");
  grant.types = reader.texts("types");
  checkTypes(grant, reader, problems);
  grant.source = reader.required("source");
  checkPurpose(grant, reader, context.legal, problems);
  prepare(grant);
  addSets(reader, context.sets, grant, problems);
  if (const Node* list = reader.node("fields")) FieldsReader(grant, problems).addAll(*list);
  else if (node.isMap() && !node.find("sets")) problems.error(node.at, "a grant needs 'fields' or 'sets'");
  if (const Node* consent = reader.map("consent")) grant.consent = loadConsent(*consent, grant.recipient, problems);
  if (const Node* recorded = reader.map("recorded")) grant.recorded = loadRecorded(*recorded, problems);
  if (const Node* text = reader.node("free_text")) grant.free_text = loadFreeText(*text, problems);
  if (const Node* bail = reader.map("undetermined_bail")) {
    NodeReader inner(*bail, "undetermined_bail", problems);
    grant.undetermined_bail = !inner.required("because").empty();
    inner.finish();
  }
  if (const Node* quality = reader.map("quality")) grant.quality = loadQuality(*quality, problems);
  checkSensitive(reader, context.legal, grant, problems);
  settleCovers(grant, problems);
  reader.finish();
  return grant;
}

}  // namespace causeway::protection
