#include "host/care/bail_changes.hpp"

#include "host/care/merger.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace causeway::care {
namespace {

std::string bailText(const canonical::Defendant& defendant) {
  std::string out = defendant.bail().status().code();
  for (const auto& condition : defendant.bail().conditions())
    out += "; " + comparable(condition.text().text()) + condition.kind().code();
  return out;
}

bool isBailed(const canonical::Defendant& defendant) {
  const auto& status = defendant.bail().status().code();
  return (!status.empty() && status != "not_applicable") || !defendant.bail().conditions().empty();
}

bool isVictim(const canonical::Party& party) {
  return std::ranges::any_of(party.roles(), [](const auto& role) {
    return role.role().code() == "victim" || role.role().code() == "bereaved_relative";
  });
}

// An offence whose victims are not recorded may be against anybody.
bool mayBeAgainst(const canonical::Defendant& defendant, const canonical::Party& party) {
  const auto names = [](const auto& ids, const std::string& id) { return std::ranges::find(ids, id) != ids.end(); };
  return defendant.offences().empty() || std::ranges::any_of(defendant.offences(), [&](const auto& offence) {
           return offence.victim_ids().empty() || names(offence.victim_ids(), party.id()) ||
                  names(party.offence_ids(), offence.id());
         });
}

std::set<std::string> protectedBy(const canonical::Defendant& defendant, const canonical::Case& whole) {
  static const std::set<std::string> kinds = {"no_contact", "not_approach", "exclusion"};
  std::set<std::string> out;
  for (const auto& condition : defendant.bail().conditions()) {
    out.insert(condition.protects().begin(), condition.protects().end());
    if (!condition.protects().empty() || !kinds.contains(condition.kind().code())) continue;
    for (const auto& party : whole.parties())
      if (isVictim(party)) out.insert(party.id());
  }
  return out;
}

}  // namespace

bool tellsOfBail(const canonical::Defendant* before, const canonical::Defendant& now) {
  return isBailed(now) || (before != nullptr && isBailed(*before));
}

bool isOtherBail(const canonical::Defendant* before, const canonical::Defendant& now) {
  return before == nullptr || bailText(*before) != bailText(now);
}

std::vector<std::string> nowUnprotected(const canonical::Defendant* before, const canonical::Defendant& now,
                                        const canonical::Case& whole) {
  std::vector<std::string> out;
  if (before == nullptr) return out;
  auto earlier = protectedBy(*before, whole);
  const auto still = protectedBy(now, whole);
  if (!earlier.empty() && still.empty())
    for (const auto& party : whole.parties())
      if (isVictim(party) && mayBeAgainst(now, party)) earlier.insert(party.id());
  std::ranges::set_difference(earlier, still, std::back_inserter(out));
  return out;
}

}  // namespace causeway::care
