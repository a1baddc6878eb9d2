#include "host/routing/person_scope.hpp"

#include <algorithm>

namespace causeway::routing {
namespace {

template <class List, class Test>
void removeUnless(List& list, Test keep) {
  for (int i = list.size() - 1; i >= 0; --i)
    if (!keep(list.Get(i))) list.DeleteSubrange(i, 1);
}

bool names(const auto& list, const std::string& id) { return std::ranges::find(list, id) != list.end(); }

// An offence whose victims are not recorded may be against anybody: it stays.
bool isAgainst(const canonical::Party& person, const canonical::Offence& offence) {
  return offence.victim_ids().empty() || names(offence.victim_ids(), person.id()) ||
         names(person.offence_ids(), offence.id());
}

template <class List>
void keepIds(List& ids, const canonical::Case& whole) {
  removeUnless(ids, [&](const std::string& id) {
    return std::ranges::any_of(whole.parties(), [&](const canonical::Party& party) { return party.id() == id; });
  });
}

}  // namespace

bool keepOnlyWhatConcerns(const canonical::Party& person, canonical::Case& whole) {
  bool spoke_of_offences = false, concerned = false;
  auto& defendants = *whole.mutable_defendants();
  for (int i = defendants.size() - 1; i >= 0; --i) {
    auto& defendant = *defendants.Mutable(i);
    const bool had_offences = !defendant.offences().empty();
    spoke_of_offences |= had_offences;
    removeUnless(*defendant.mutable_offences(), [&](const auto& offence) { return isAgainst(person, offence); });
    const auto protects = [&](const auto& element) { return names(element.protects(), person.id()); };
    if (defendant.has_bail()) removeUnless(*defendant.mutable_bail()->mutable_conditions(), protects);
    removeUnless(*defendant.mutable_orders(), protects);
    concerned |= !defendant.offences().empty();
    if (had_offences && defendant.offences().empty()) defendants.DeleteSubrange(i, 1);
  }
  return concerned || !spoke_of_offences;
}

void dropLinksToOthers(canonical::Case& whole) {
  for (auto& defendant : *whole.mutable_defendants()) {
    keepIds(*defendant.mutable_parent_ids(), whole);
    for (auto& offence : *defendant.mutable_offences()) keepIds(*offence.mutable_victim_ids(), whole);
    if (defendant.has_bail())
      for (auto& condition : *defendant.mutable_bail()->mutable_conditions())
        keepIds(*condition.mutable_protects(), whole);
    for (auto& order : *defendant.mutable_orders()) keepIds(*order.mutable_protects(), whole);
  }
  for (auto& party : *whole.mutable_parties()) {
    if (party.has_supporter()) keepIds(*party.mutable_supporter()->mutable_supports(), whole);
    removeUnless(*party.mutable_relationships(), [&](const canonical::Relationship& link) {
      return std::ranges::any_of(whole.parties(), [&](const auto& other) { return other.id() == link.to_id(); }) ||
             std::ranges::any_of(whole.defendants(), [&](const auto& other) { return other.id() == link.to_id(); });
    });
  }
}

void keepOnlySubject(const std::string& id, canonical::Case& whole) {
  auto& parties = *whole.mutable_parties();
  for (int i = parties.size() - 1; i >= 0; --i)
    if (parties.Get(i).id() != id) parties.DeleteSubrange(i, 1);
  dropLinksToOthers(whole);
}

}  // namespace causeway::routing
