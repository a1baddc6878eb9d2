#include "host/care/answers.hpp"

#include "host/care/placing.hpp"
#include "host/care/referral_moves.hpp"

#include <algorithm>

namespace causeway::care {
namespace {

bool sharesKey(const auto& list, const auto& said, const auto& key) {
  return std::ranges::any_of(said, [&](const auto& one) {
    return !key(one).empty() && std::ranges::any_of(list, [&](const auto& other) { return key(one) == key(other); });
  });
}

/// The same referral, production, booking or message to the person; where none of these is said, the same way to reach them.
bool sharesWork(const canonical::Party& a, const canonical::Party& said) {
  const auto id = [](const auto& one) { return one.id(); };
  const auto booking = [](const auto& one) { return one.booking_id(); };
  if (sharesKey(a.referrals(), said.referrals(), id) || sharesKey(a.productions(), said.productions(), id) ||
      sharesKey(a.notifications(), said.notifications(), id) || sharesKey(a.video_links(), said.video_links(), booking))
    return true;
  const bool referred = std::ranges::any_of(a.eligibilities(), [&](const auto& one) {
    return std::ranges::any_of(
        said.referrals(), [&](const auto& other) { return !other.id().empty() && other.id() == one.referral_id(); });
  });
  const bool by_contact = said.referrals().empty() && said.productions().empty() && said.video_links().empty();
  return referred || (by_contact && sharesKey(a.contact_points(), said.contact_points(),
                                              [](const auto& one) { return one.value(); }));
}

}  // namespace

bool namesNobody(const canonical::Party& said) {
  return !said.has_person() && !said.has_organisation() && !said.has_officer() && said.identifiers().empty() &&
         said.roles().empty() && said.id().empty();
}

int findAnswered(const canonical::Case& whole, const canonical::Party& said) {
  int found = kNobody;
  for (int i = 0; i < whole.parties_size(); ++i) {
    if (!sharesWork(whole.parties(i), said)) continue;
    if (found != kNobody) return kSeveral;
    found = i;
  }
  return found;
}

Result<void> checkAnswers(const canonical::Case& whole, const canonical::CanonicalMessage& message) {
  if (auto refused = refusedMoves(whole, message); !refused.empty())
    return fail(ErrorKind::Invalid, std::move(refused));
  for (const auto& said : message.case_().parties())
    if (namesNobody(said) && findAnswered(whole, said) < 0)
      return fail(ErrorKind::Invalid,
                  "the answer cannot be placed: no one person of the case was referred, moved or written to under "
                  "what it names");
  return {};
}

}  // namespace causeway::care
