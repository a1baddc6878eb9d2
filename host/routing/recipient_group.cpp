#include "host/routing/recipient_group.hpp"

#include "host/base/node_reader.hpp"

#include <algorithm>
#include <set>

namespace causeway::routing {
namespace {

constexpr std::string_view kRecipient = "$recipient";

struct Attribute {
  const char* key;
  std::vector<std::string> GroupMember::* served;
};

constexpr Attribute kAttributes[] = {{"service", &GroupMember::services},
                                     {"area", &GroupMember::areas},
                                     {"language", &GroupMember::languages},
                                     {"need", &GroupMember::needs}};

// Every word that some partner says it serves.
std::vector<std::string> allServed(const std::vector<GroupMember>& members, const Attribute& attribute) {
  std::set<std::string> out;
  for (const auto& member : members) out.insert((member.*attribute.served).begin(), (member.*attribute.served).end());
  return {out.begin(), out.end()};
}

}  // namespace

std::vector<std::string> readGroup(const Node& recipient, const std::vector<GroupMember>& members, Problems& problems) {
  NodeReader outer(recipient, "a recipient", problems);
  const Node* group = outer.map("group");
  outer.finish();
  if (!group) {
    if (!recipient.find("group"))
      problems.error(recipient.at, "a recipient is a partner's id, or { group: { service: idva, area: north } }");
    return {};
  }
  NodeReader reader(*group, "a group", problems);
  std::vector<const GroupMember*> left;
  for (const auto& member : members) left.push_back(&member);
  bool named = false;
  for (const auto& attribute : kAttributes) {
    const auto wanted = reader.optionalText(attribute.key);
    if (!wanted) continue;
    named = true;
    const auto serves = [&](const GroupMember* member) {
      return std::ranges::find(member->*attribute.served, *wanted) != (member->*attribute.served).end();
    };
    if (const auto served = allServed(members, attribute); std::ranges::find(served, *wanted) == served.end())
      problems.error(reader.at(attribute.key), "no partner serves " + std::string(attribute.key) + " '" + *wanted +
                                                   "': add it under 'serves' of a partner" +
                                                   didYouMean(*wanted, served));
    std::erase_if(left, [&](const GroupMember* member) { return !serves(member); });
  }
  reader.finish();
  if (!named) problems.error(group->at, "a group names what its members serve: service, area, language or need");
  else if (left.empty())
    problems.error(group->at, "no partner is in this group, so nobody would be told: look at 'serves' of the partners");
  std::vector<std::string> out;
  if (named)
    for (const auto* member : left) out.push_back(member->partner);
  return out;
}

bool namesRecipient(const Node& condition) {
  const auto inEntry = [](const Node::Entry& entry) { return namesRecipient(entry.value); };
  return (condition.isScalar() && condition.scalar == kRecipient) ||
         std::ranges::any_of(condition.items, namesRecipient) || std::ranges::any_of(condition.entries, inEntry);
}

Node withRecipient(Node condition, const std::string& id) {
  if (condition.isScalar() && condition.scalar == kRecipient) condition.scalar = id;
  for (auto& item : condition.items) item = withRecipient(std::move(item), id);
  for (auto& entry : condition.entries) entry.value = withRecipient(std::move(entry.value), id);
  return condition;
}

}  // namespace causeway::routing
