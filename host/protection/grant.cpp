#include "host/protection/grant.hpp"

#include "host/base/node_reader.hpp"
#include "host/model/message_types.hpp"

#include <algorithm>
#include <bit>

namespace causeway::protection {
namespace {

using Pick = model::FieldPath::Step::Pick;

const char* const kHowToName =
    "a field of the message, such as case.urn or case.parties[role=victim].person.names.family";

/// Adds the fields of one grant, list by list.
class FieldsReader {
 public:
  FieldsReader(Grant& grant, Problems& problems) : grant_(grant), problems_(problems) {}

  /// A list of paths and of { field or fields, because }.
  void addAll(const Node& list) {
    if (!list.isList()) problems_.error(list.at, "the fields must be a list");
    for (const auto& item : list.items) {
      if (item.isScalar()) add(item, {});
      else addReasoned(item);
    }
  }

 private:
  void addReasoned(const Node& item) {
    NodeReader reader(item, "an entry of fields", problems_);
    const Node* one = reader.node("field");
    const Node* many = reader.list("fields");
    const auto because = reader.required("because");
    reader.finish();
    if (because.empty()) return;  // reported
    if (item.isMap() && (one == nullptr) == (many == nullptr))
      problems_.error(item.at, "an entry of fields needs either 'field' or 'fields'");
    if (one) add(*one, because);
    if (many)
      for (const auto& each : many->items) add(each, because);
  }

  void add(const Node& item, const std::string& because) {
    if (!item.isScalar() || item.scalar.empty()) {
      problems_.error(item.at, std::string("expected ") + kHowToName);
      return;
    }
    const auto path = model::FieldPath::parse(item.scalar, *canonical::CanonicalMessage::descriptor());
    if (!path) {
      problems_.error(item.at, "grant of '" + item.scalar + "': " + path.error().what);
      return;
    }
    int place = 0;
    Bits bit = kEverywhere;
    for (const auto& step : path->steps()) {
      place = SchemaTree::instance().child(place, *step.field);
      if (step.pick == Pick::Index)
        problems_.error(item.at, "a grant names all elements or those of a filter, never one by its number");
      if (step.pick == Pick::Where) bit = filterBit(place, bit, step, item);
    }
    pass(place, bit, item, because);
  }

  Bits filterBit(int list, Bits needs, const model::FieldPath::Step& step, const Node& item) {
    for (const auto& filter : grant_.filters)
      if (filter.list == list && filter.needs == needs && filter.where.text() == step.where &&
          filter.equals == step.equals)
        return filter.gives;
    if (grant_.filters.size() >= 63) {
      problems_.error(item.at, "a grant may use at most 63 different filters");
      return 0;
    }
    auto where = model::FieldPath::parse(step.where, *step.field->message_type());
    if (!where) return 0;
    const Bits gives = Bits{2} << grant_.filters.size();
    grant_.filters.push_back({list, needs, gives, *std::move(where), step.equals});
    return gives;
  }

  void pass(int place, Bits bit, const Node& item, const std::string& because) {
    const auto& node = SchemaTree::instance().at(place);
    if (node.value) {
      for (const int part : node.children)
        if (!SchemaTree::instance().at(part).label_as_sent) passLeaf(part, bit, item, because);
      return;
    }
    if (node.leaf()) return passLeaf(place, bit, item, because);
    problems_.warning(item.at, "'" + node.path + "' is a group: naming it grants nothing; name its fields");
  }

  void passLeaf(int place, Bits bit, const Node& item, const std::string& because) {
    const auto& node = SchemaTree::instance().at(place);
    if (because.empty() && (node.sensitive || node.locates != canonical::NOBODY) && reasonless_ != &item) {
      problems_.error(item.at, "'" + node.path + "' is " +
                                   (node.sensitive ? "sensitive" : "a field that locates somebody") +
                                   ": say why the recipient needs it, { field: ..., because: \"...\" }");
      reasonless_ = &item;
    }
    grant_.passes[static_cast<size_t>(place)] |= bit;
  }

  Grant& grant_;
  Problems& problems_;
  const Node* reasonless_ = nullptr;  // so that an entry is reported once, not once a part
};

std::optional<ConsentRule> loadConsent(const Node& node, const std::string& recipient, Problems& problems) {
  NodeReader reader(node, "a consent rule", problems);
  ConsentRule rule;
  const auto whose = reader.texts("of");
  rule.need.types = reader.texts("types");
  rule.need.names = reader.texts("named");
  rule.need.names.push_back(recipient);
  reader.finish();
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
  scratch.passes.assign(SchemaTree::instance().nodes().size(), 0);
  FieldsReader(scratch, problems).addAll(set);
}

Grant loadGrant(const Node& node, const FieldSets& sets, Problems& problems) {
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
  grant.passes.assign(SchemaTree::instance().nodes().size(), 0);
  addSets(reader, sets, grant, problems);
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
  reader.finish();
  return grant;
}

}  // namespace causeway::protection
