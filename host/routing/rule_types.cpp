#include "host/base/node_reader.hpp"
#include "host/model/message_types.hpp"
#include "host/routing/rule.hpp"

#include <algorithm>
#include <iterator>

namespace causeway::routing {
namespace {

using Types = std::set<std::string>;

Types everyType() {
  const auto names = model::messageTypeNames(model::TypeUse::Waits);
  return {names.begin(), names.end()};
}

Types both(const Types& a, const Types& b) {
  Types out;
  std::ranges::set_intersection(a, b, std::inserter(out, out.end()));
  return out;
}

void checkName(const Node& node, Problems& problems) {
  const auto* type = model::findMessageType(node.scalar);
  if (type && (type->comes || type->derived)) return;
  problems.error(node.at, (type ? "nothing sends us a message of type '" : "unknown message type '") + node.scalar +
                              "', so this can never hold" +
                              didYouMean(node.scalar, model::messageTypeNames(model::TypeUse::Waits)));
}

Types typesOfTest(const Node& test, Problems& problems) {
  const Node* value = &test;
  const bool one_operator = test.isMap() && test.entries.size() == 1;
  const std::string name = one_operator ? test.entries.front().key : "equals";
  if (one_operator) value = &test.entries.front().value;
  if (name != "equals" && name != "in" && name != "not_equals") return everyType();
  Types out;
  const auto add = [&](const Node& item) {
    if (!item.isScalar()) return;
    checkName(item, problems);
    out.insert(item.scalar);
  };
  if (value->isList()) std::ranges::for_each(value->items, add);
  else add(*value);
  out = both(out, everyType());
  if (name != "not_equals") return out;
  Types others;
  std::ranges::set_difference(everyType(), out, std::inserter(others, others.end()));
  return others;
}

Types anyOf(const Node& list, Problems& problems) {
  if (!list.isList() || list.items.empty()) return everyType();
  Types out;
  for (const auto& item : list.items) out.merge(typesOf(item, problems));
  return out;
}

// What stands under `none` narrows the types only when it tests nothing but the type.
Types noneOf(const Node& list, Problems& problems) {
  Types out = everyType();
  for (const auto& item : list.items) {
    const auto excluded = typesOf(item, problems);
    if (!item.isMap() || item.entries.size() != 1 || item.entries.front().key != "type") continue;
    for (const auto& type : excluded) out.erase(type);
  }
  return out;
}

}  // namespace

std::set<std::string> typesOf(const Node& when, Problems& problems) {
  Types out = everyType();
  for (const auto& entry : when.entries) {
    if (entry.key == "type") out = both(out, typesOfTest(entry.value, problems));
    if (entry.key == "any") out = both(out, anyOf(entry.value, problems));
    if (entry.key == "none") out = both(out, noneOf(entry.value, problems));
    if (entry.key != "all") continue;
    if (entry.value.isMap()) out = both(out, typesOf(entry.value, problems));
    for (const auto& item : entry.value.items) out = both(out, typesOf(item, problems));
  }
  return out;
}

}  // namespace causeway::routing
