#include "host/protection/legal.hpp"

#include "host/base/node_reader.hpp"
#include "host/protection/checks.hpp"

#include <algorithm>

namespace causeway::protection {
namespace {

template <class T>
const T* find(const std::vector<T>& list, std::string_view id) {
  const auto found = std::ranges::find(list, id, &T::id);
  return found == list.end() ? nullptr : &*found;
}

bool holds(const std::vector<std::string>& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

Validity readValidity(NodeReader& reader, Problems& problems) {
  Validity out;
  const auto from = reader.date("valid_from");
  if (!reader.node("valid_from")) problems.error(reader.at(), "it needs 'valid_from', the first day on which it holds");
  if (from) out.from = *from;
  out.to = reader.date("valid_to");
  if (from && out.to && *out.to < *from) problems.error(reader.at("valid_to"), "'valid_to' is before 'valid_from'");
  return out;
}

Regime readRegime(const Node& node, Problems& problems) {
  NodeReader reader(node, "a regime", problems);
  Regime out{reader.required("id"), reader.required("meaning"), reader.required("source")};
  reader.finish();
  return out;
}

Purpose readPurpose(const Node& node, Problems& problems) {
  NodeReader reader(node, "a purpose", problems);
  Purpose out;
  out.id = reader.required("id");
  out.meaning = reader.required("meaning");
  out.under = reader.required("under");
  out.source = reader.required("source");
  out.despite_dispute = reader.flag("despite_dispute");
  out.at = node.at;
  reader.finish();
  return out;
}

Gateway readGateway(const Node& node, Problems& problems) {
  NodeReader reader(node, "a gateway", problems);
  Gateway out;
  out.id = reader.required("id");
  out.from = reader.required("from");
  out.to = reader.required("to");
  out.purposes = reader.texts("purposes");
  out.statute = reader.text("statute");
  out.valid = readValidity(reader, problems);
  out.at = node.at;
  if (out.purposes.empty() && node.isMap()) problems.error(node.at, "a gateway needs 'purposes', what it serves");
  if (out.statute.empty() && out.from != out.to)
    problems.error(node.at, "a gateway from '" + out.from + "' to '" + out.to +
                                "' needs 'statute', the law that authorises it (DPA 2018 s.36(4))");
  reader.finish();
  return out;
}

PolicyDocument readDocument(const Node& node, Problems& problems) {
  NodeReader reader(node, "a policy document", problems);
  PolicyDocument out{reader.required("id"), reader.required("title"), readValidity(reader, problems), node.at};
  reader.finish();
  return out;
}

Condition readCondition(const Node& node, Problems& problems) {
  NodeReader reader(node, "a condition", problems);
  Condition out;
  out.id = reader.required("id");
  const auto number = reader.number("schedule_8");
  if (!number || *number < 1 || *number > 4)
    problems.error(reader.at("schedule_8"),
                   "a condition needs 'schedule_8': 1 statutory purpose, 2 administration of justice, 3 vital "
                   "interests or 4 safeguarding");
  else out.schedule_8 = static_cast<int>(*number);
  out.strictly_necessary = reader.required("strictly_necessary");
  out.policy_document = reader.required("policy_document");
  out.at = node.at;
  reader.finish();
  return out;
}

template <class T, class Read>
void readList(const Node* list, Read read, std::vector<T>& out, Problems& problems) {
  if (!list) return;
  for (const auto& node : list->items) {
    auto one = read(node, problems);
    if (!one.id.empty() && find(out, one.id)) problems.error(node.at, "'" + one.id + "' stands twice");
    out.push_back(std::move(one));
  }
}

}  // namespace

void Legal::add(const Node& node, Problems& problems) {
  NodeReader reader(node, "'legal'", problems);
  readList(reader.list("regimes"), readRegime, regimes_, problems);
  readList(reader.list("purposes"), readPurpose, purposes_, problems);
  readList(reader.list("gateways"), readGateway, gateways_, problems);
  readList(reader.list("policy_documents"), readDocument, documents_, problems);
  readList(reader.list("conditions"), readCondition, conditions_, problems);
  reader.finish();
}

void Legal::check(Problems& problems) const {
  const auto known = [&](const auto& list, const std::string& id, const Location& at, std::string_view what) {
    if (!id.empty() && !find(list, id))
      problems.error(at, "there is no " + std::string(what) + " '" + id + "'" + didYouMean(id, idsOf(list)));
  };
  for (const auto& purpose : purposes_) known(regimes_, purpose.under, purpose.at, "regime");
  for (const auto& gateway : gateways_) {
    known(regimes_, gateway.from, gateway.at, "regime");
    known(regimes_, gateway.to, gateway.at, "regime");
    for (const auto& purpose : gateway.purposes) known(purposes_, purpose, gateway.at, "purpose");
  }
  for (const auto& condition : conditions_)
    known(documents_, condition.policy_document, condition.at, "policy document");
}

const Regime* Legal::regime(std::string_view id) const { return find(regimes_, id); }
const Purpose* Legal::purpose(std::string_view id) const { return find(purposes_, id); }
const Condition* Legal::condition(std::string_view id) const { return find(conditions_, id); }
const PolicyDocument* Legal::policyDocument(std::string_view id) const { return find(documents_, id); }

bool Validity::on(Day day, Check check) const {
  return !earlier(check, day, from) && !(to && earlier(check, *to, day));
}

const Gateway* Legal::gateway(std::string_view from, const std::string& to, std::string_view purpose, Day on) const {
  const Gateway* nameless = nullptr;
  for (const auto& gateway : gateways_) {
    if (gateway.from != from || gateway.to != to || !holds(gateway.purposes, purpose)) continue;
    if (!gateway.valid.on(on, Check::Gateway)) continue;
    if (!gateway.statute.empty()) return &gateway;
    nameless = &gateway;
  }
  return nameless;
}

bool Legal::hasGateway(std::string_view from, std::string_view to, std::string_view purpose) const {
  return std::ranges::any_of(gateways_, [&](const Gateway& gateway) {
    return gateway.from == from && gateway.to == to && holds(gateway.purposes, purpose);
  });
}

}  // namespace causeway::protection
