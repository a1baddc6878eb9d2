#include "host/care/at_odds.hpp"
#include "host/care/merger.hpp"
#include "host/care/placing.hpp"
#include "host/model/identifiers.hpp"

#include <algorithm>

namespace causeway::care {

std::string_view hearingNumber(const canonical::Hearing& hearing) {
  for (const auto& number : hearing.identifiers())
    if (number.type() == "cp_hearing" && !number.value().empty() && number.grade() != "unusable") return number.value();
  return {};
}

std::string houseOf(const canonical::Hearing& hearing) {
  const auto& code = hearing.court().code();
  if (!code.empty()) return std::string(model::courtHouse(code));
  return !hearing.psa().code().empty() ? hearing.psa().code() : comparable(hearing.court_name());
}

bool sameDefendants(const canonical::Hearing& a, const canonical::Hearing& b) {
  const bool numbered = !hearingNumber(a).empty() || !hearingNumber(b).empty();
  if (a.defendant_ids().empty() || b.defendant_ids().empty())
    return numbered || a.defendant_ids_size() == b.defendant_ids_size();
  return std::ranges::any_of(a.defendant_ids(), [&](const auto& id) {
    return std::ranges::find(b.defendant_ids(), id) != b.defendant_ids().end();
  });
}

bool purposesAgree(const canonical::Hearing& a, const canonical::Hearing& b) {
  const auto &one = a.purpose().code(), &other = b.purpose().code();
  return one.empty() || other.empty() || one == other;
}

bool sameFixture(const canonical::Hearing& a, const canonical::Hearing& b) {
  const auto &one = a.starts_at(), &other = b.starts_at();
  if (one.date() != other.date()) return false;
  const auto house = houseOf(a), other_house = houseOf(b);
  const bool same_minute = !one.time().empty() && one.time() == other.time();
  if (house != other_house) {
    // Common Platform tells of a vacated trial without its court. Nobody stands before two courts in one minute.
    return same_minute && (house.empty() || other_house.empty()) && !one.date().empty() && purposesAgree(a, b);
  }
  return same_minute || ((one.time().empty() || other.time().empty()) && purposesAgree(a, b));
}

bool wasAt(const canonical::Hearing& hearing, std::string_view house, std::string_view date, const Ledger& ledger) {
  if (date.empty() || houseOf(hearing) != house) return false;
  if (hearing.starts_at().date() == date) return true;
  return std::ranges::any_of(ledger.all(hearing.id(), "starts_at"), [&](const Claim& claim) {
    return fixesTrials(claim.family) && claim.value.starts_with(date);
  });
}

int findHearing(const canonical::Case& whole, const canonical::Hearing& said, const Ledger& ledger) {
  const auto& all = whole.hearings();
  const auto first = [&](const auto& passes) {
    for (int i = 0; i < all.size(); ++i)
      if (passes(all.Get(i))) return i;
    return kNobody;
  };
  if (!said.id().empty())
    if (const int found = first([&](const auto& one) { return one.id() == said.id(); }); found != kNobody) return found;
  const auto number = hearingNumber(said);
  if (!number.empty())
    if (const int found = first([&](const auto& one) { return hearingNumber(one) == number; }); found != kNobody)
      return found;
  const auto may_be = [&](const auto& one) {
    return (number.empty() || hearingNumber(one).empty()) && sameDefendants(one, said);
  };
  // As they stand first, and exactly before nearly: a hearing that has moved away gives way to one that is there.
  const auto exactly = [&](const auto& one) {
    return may_be(one) && sameFixture(one, said) && one.starts_at().time() == said.starts_at().time();
  };
  const auto nearly = [&](const auto& one) { return may_be(one) && sameFixture(one, said); };
  // On its own day it is another hearing, unless it was at that very minute before.
  const auto& at = said.starts_at();
  const auto formerly = [&](const auto& one) {
    if (!may_be(one) || hearingNumber(one).empty()) return false;
    if (one.starts_at().date() != at.date()) return wasAt(one, houseOf(said), at.date(), ledger);
    return !at.time().empty() && wasAt(one, houseOf(said), at.date() + "T" + at.time(), ledger);
  };
  if (const int found = first(exactly); found != kNobody) return found;
  if (const int found = first(nearly); found != kNobody) return found;
  return first(formerly);
}

}  // namespace causeway::care
