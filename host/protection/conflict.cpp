#include "host/protection/conflict.hpp"

#include "host/base/text.hpp"

#include <algorithm>

namespace causeway::protection {
namespace {

bool isOf(const canonical::Supporter& supporter, const Recipient& recipient) {
  const auto& service = supporter.service().code();
  if (!service.empty() && std::ranges::find(recipient.services, service) != recipient.services.end()) return true;
  const auto organisation = lowerCase(trim(supporter.organisation()));
  return !organisation.empty() && organisation == lowerCase(trim(recipient.organisation));
}

bool isDefendant(const canonical::Case& whole, const std::string& id) {
  return !id.empty() && std::ranges::any_of(whole.defendants(), [&](const auto& one) { return one.id() == id; });
}

bool isOfTheDefence(const canonical::Party& party) {
  return std::ranges::any_of(party.roles(), [](const auto& role) { return role.side().code() == "defence"; });
}

bool isOfTheDefence(const canonical::Case& whole, const std::string& id) {
  return std::ranges::any_of(whole.parties(),
                             [&](const auto& one) { return !id.empty() && one.id() == id && isOfTheDefence(one); });
}

// A relation of which nobody says what it is counts as one by more than work.
bool isBound(const canonical::Relationship& relationship) {
  return relationship.lives_with() || relationship.kind().code() != "professional" || relationship.kind().unmapped();
}

bool standsWithADefendant(const canonical::Case& whole, const canonical::Party& party) {
  const auto& supports = party.supporter().supports();
  if (std::ranges::any_of(supports,
                          [&](const auto& id) { return isDefendant(whole, id) || isOfTheDefence(whole, id); }))
    return true;
  if (std::ranges::any_of(party.relationships(),
                          [&](const auto& one) { return isDefendant(whole, one.to_id()) && isBound(one); }))
    return true;
  const auto& key = party.person().person_key();
  return isOfTheDefence(party) || std::ranges::any_of(whole.defendants(), [&](const auto& one) {
           return !key.empty() && one.person().person_key() == key;
         });
}

}  // namespace

bool standsOnBothSides(const canonical::Case& whole, const Recipient& recipient) {
  if (recipient.services.empty() && recipient.organisation.empty()) return false;
  return std::ranges::any_of(whole.parties(), [&](const canonical::Party& party) {
    return party.has_supporter() && isOf(party.supporter(), recipient) && standsWithADefendant(whole, party);
  });
}

}  // namespace causeway::protection
