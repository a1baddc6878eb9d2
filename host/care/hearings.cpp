#include "host/care/hearings.hpp"

#include "host/care/at_odds.hpp"
#include "host/care/element_ids.hpp"
#include "host/care/hearing_states.hpp"
#include "host/care/placing.hpp"
#include "host/care/references.hpp"
#include "host/care/sources.hpp"

#include <algorithm>

namespace causeway::care {
namespace {

canonical::Hearing asHearing(const canonical::NextHearing& next, const std::string& defendant) {
  canonical::Hearing out;
  if (next.has_court()) *out.mutable_court() = next.court();
  if (next.has_court_name()) out.set_court_name(next.court_name());
  if (next.has_courtroom()) out.set_courtroom(next.courtroom());
  if (next.has_type()) *out.mutable_type() = next.type();
  if (next.has_purpose()) *out.mutable_purpose() = next.purpose();
  *out.mutable_starts_at() = next.starts_at();
  out.set_state(next.starts_at().precision() == "exact" ? "fixed" : "provisional");
  out.add_defendant_ids(defendant);
  if (!next.cp_hearing_id().empty()) {
    auto& number = *out.add_identifiers();
    number.set_type("cp_hearing");
    number.set_value(next.cp_hearing_id());
    number.set_grade("ok");
  }
  return out;
}

/// "2026-06-02T10:00" of "2026-06-02T10:00[cp_utc]".
std::string_view clockOf(std::string_view start) { return start.substr(0, start.find('[')); }

/// A day against a time of that day is one and the same fixture, better known.
bool sameStart(std::string_view a, std::string_view b) {
  a = clockOf(a), b = clockOf(b);
  return a.starts_with(b) || b.starts_with(a);
}

bool holdsAll(const canonical::Hearing& whole, const canonical::Hearing& part) {
  return std::all_of(part.defendant_ids().begin(), part.defendant_ids().end(), [&](const auto& id) {
    return std::find(whole.defendant_ids().begin(), whole.defendant_ids().end(), id) != whole.defendant_ids().end();
  });
}

}  // namespace

void Hearings::takeNext(const canonical::Case& said, const std::vector<std::string>& defendant_ids) {
  for (int i = 0; i < said.defendants_size(); ++i) {
    const auto& defendant = said.defendants(i);
    const auto& id = defendant_ids[static_cast<size_t>(i)];
    const auto takeAll = [&](const auto& results) {
      for (const auto& result : results)
        if (result.has_next_hearing() && !result.deleted()) take(result.next_hearing(), id);
    };
    takeAll(defendant.results());
    for (const auto& offence : defendant.offences()) takeAll(offence.results());
  }
}

void Hearings::take(const canonical::NextHearing& next, const std::string& defendant) {
  if (next.starts_at().date().empty()) return;  // nothing to know it by; the result keeps it and a finding says so
  auto& whole = *out_.record.mutable_case_();
  const auto said = asHearing(next, defendant);
  const int place = findHearing(whole, said, ledger_);
  auto& shown = place >= 0 ? *whole.mutable_hearings(place) : *whole.add_hearings();
  if (place < 0) {
    shown.set_id(nextHearingId(out_.record));
    changed_.insert(shown.id());
  }
  const std::string id = shown.id();
  if (merger_.merge(shown, said, id)) changed_.insert(id);
}

bool Hearings::isSame(const canonical::Hearing& a, const canonical::Hearing& b) const {
  const auto number_a = hearingNumber(a), number_b = hearingNumber(b);
  if (!number_a.empty() && !number_b.empty()) return number_a == number_b;
  if (!sameDefendants(a, b)) return false;
  if (sameFixture(a, b)) return true;
  if (houseOf(a) != houseOf(b)) return false;
  if (!number_a.empty() || !number_b.empty()) {
    // Common Platform keeps the number when a hearing moves; other senders then still speak of the old date.
    const auto &numbered = number_a.empty() ? b : a, &other = number_a.empty() ? a : b;
    if (numbered.starts_at().date() != other.starts_at().date())
      return wasAt(numbered, houseOf(other), other.starts_at().date(), ledger_);
  }
  // The time at which a hearing was held is seldom the one for which it was listed.
  if (a.starts_at().date() != b.starts_at().date() || !purposesAgree(a, b) || hasHappened(a) == hasHappened(b))
    return false;
  return !wasForetold(hasHappened(a) ? a : b);
}

bool Hearings::wasForetold(const canonical::Hearing& hearing) const {
  return std::ranges::any_of(ledger_.all(hearing.id(), "starts_at"),
                             [](const Claim& claim) { return claim.day() < claim.value.substr(0, 10); });
}

/// The new date was said after the old one was last said, and before the old one came.
bool Hearings::isSaidLater(const canonical::Hearing& old, const canonical::Hearing& later) const {
  std::string_view last_of_old, first_since;
  for (const Claim& claim : ledger_.all(old.id(), "starts_at")) last_of_old = std::max(last_of_old, claim.when);
  for (const Claim& claim : ledger_.all(later.id(), "starts_at"))
    if (claim.when > last_of_old && (first_since.empty() || claim.when < first_since)) first_since = claim.when;
  return !first_since.empty() && first_since.substr(0, 10) < old.starts_at().date();
}

/// Without numbers a trial that is given another date looks like a second trial. It is the same one when the new date was said
/// later, and before the old date came, for everybody whose trial it was. A mention before the trial moves nothing.
bool Hearings::isMovedTo(const canonical::Hearing& old, const canonical::Hearing& later) const {
  if (hasHappened(old) || (!hearingNumber(old).empty() && !hearingNumber(later).empty())) return false;
  if (isTakenBack(old, later)) return true;
  if (!mayMove(old, later)) return false;
  if (old.defendant_ids().empty() || !holdsAll(later, old)) return false;
  if (old.starts_at().date() == later.starts_at().date()) return isRetimed(old, later);
  return old.purpose().code() == "trial" && later.purpose().code() == "trial" && isSaidLater(old, later);
}

bool Hearings::isFixedByCourt(const canonical::Hearing& hearing) const {
  return std::ranges::any_of(ledger_.all(hearing.id(), "starts_at"),
                             [](const Claim& claim) { return fixesTrials(claim.family); });
}

/// A trial that the court has fixed moves by its own word. Of a day that it named before, anybody may speak still.
bool Hearings::mayMove(const canonical::Hearing& old, const canonical::Hearing& later) const {
  if (old.purpose().code() != "trial" || !isFixedByCourt(old) || isFixedByCourt(later)) return true;
  const auto& at = later.starts_at();
  return std::ranges::any_of(ledger_.all(old.id(), "starts_at"), [&](const Claim& claim) {
    return fixesTrials(claim.family) && sameStart(claim.value, at.date() + (at.time().empty() ? "" : "T" + at.time()));
  });
}

/// Fixed by the court, or of the same start as a trial that is: what the prosecutor says of nobody by name has a fixture of its own.
bool Hearings::isWhereTheCourtIs(const canonical::Hearing& hearing) const {
  return std::ranges::any_of(out_.record.case_().hearings(), [&](const auto& one) {
    return one.purpose().code() == "trial" && (one.id() == hearing.id() || sameFixture(one, hearing)) &&
           isFixedByCourt(one);
  });
}

/// Whoever named a trial that no court knows has named the court's since: it was that one all along.
bool Hearings::isTakenBack(const canonical::Hearing& theirs, const canonical::Hearing& courts) const {
  if (theirs.purpose().code() != "trial" || courts.purpose().code() != "trial" || hasHappened(courts) ||
      !holdsAll(courts, theirs) || isWhereTheCourtIs(theirs) || !isWhereTheCourtIs(courts))
    return false;
  const auto own = ledger_.all(theirs.id(), "starts_at");
  std::string_view last;
  for (const Claim& claim : own) last = std::max(last, claim.when);
  return !last.empty() && std::ranges::any_of(ledger_.all(courts.id(), "starts_at"), [&](const Claim& claim) {
    return claim.when > last && claim.day() < theirs.starts_at().date() &&
           std::ranges::any_of(own, [&](const Claim& one) { return one.family == claim.family; });
  });
}

/// Two times of one day are one hearing only when both are said to be for the same thing.
bool Hearings::isRetimed(const canonical::Hearing& old, const canonical::Hearing& later) const {
  const auto& purpose = old.purpose().code();
  return houseOf(old) == houseOf(later) && !purpose.empty() && purpose == later.purpose().code() &&
         isSaidLater(old, later);
}

/// Two times of one day that cannot be told to be one hearing or two.
void Hearings::findUnclear() {
  const auto& all = out_.record.case_().hearings();
  for (const auto& a : all)
    for (const auto& b : all) {
      if (numberOf(a.id()) >= numberOf(b.id()) || !(changed_.contains(a.id()) || changed_.contains(b.id()))) continue;
      const bool same_day =
          houseOf(a) == houseOf(b) && !a.starts_at().date().empty() && a.starts_at().date() == b.starts_at().date();
      if (!same_day || !sameDefendants(a, b) || hasHappened(a) || hasHappened(b)) continue;
      if (!hearingNumber(a).empty() && !hearingNumber(b).empty()) continue;
      out_.findings.push_back(
          {"hearing_unclear", b.id(),
           "Two starts on one day are known for the same defendant: a person must find out whether it "
           "is one hearing that was put to another time, or two."});
    }
}

void Hearings::joinAll() {
  while (joinOnePair()) {}
  findUnclear();
}

bool Hearings::joinOnePair() {
  const auto& all = out_.record.case_().hearings();
  for (int a = 0; a < all.size(); ++a)
    for (int b = a + 1; b < all.size(); ++b) {
      const bool same = isSame(all.Get(a), all.Get(b));
      if (!same && !isMovedTo(all.Get(a), all.Get(b)) && !isMovedTo(all.Get(b), all.Get(a))) continue;
      const bool first = numberOf(all.Get(a).id()) < numberOf(all.Get(b).id());
      if (!same)
        out_.findings.push_back({"hearing_moved", all.Get(first ? a : b).id(),
                                 "A later message gives another start for the same hearing: taken as moved."});
      join(first ? a : b, first ? b : a);
      return true;
    }
  return false;
}

void Hearings::join(int keep, int gone) {
  auto& whole = *out_.record.mutable_case_();
  auto& kept = *whole.mutable_hearings(keep);
  const canonical::Hearing other = whole.hearings(gone);
  merger_.absorb(kept, other, kept.id(), other.id());
  ledger_.join(other.id(), kept.id());
  merger_.sortLists(kept, kept.id());
  renameReferences(whole, other.id(), kept.id());
  merger_.joinItemsOf(whole);
  retire(out_.record, other.id());
  changed_.insert(kept.id());
  changed_.erase(other.id());
  whole.mutable_hearings()->DeleteSubrange(gone, 1);
}

void Hearings::countFixtures() {
  for (auto& hearing : *out_.record.mutable_case_()->mutable_hearings()) countFixture(hearing);
}

void Hearings::countFixture(canonical::Hearing& hearing) {
  const auto shown = ledger_.shown(hearing.id(), "starts_at");
  if (!shown) return;
  std::vector<Claim> said;
  for (const Claim& claim : ledger_.all(hearing.id(), "starts_at")) {
    // A date is fixed beforehand; what is said on the day or after tells how it went.
    const bool beforehand = claim.when.empty() || claim.day() < claim.value.substr(0, 10);
    const bool is_shown = !hasHappened(hearing) && claim.message_id == shown->message_id && claim.value == shown->value;
    if (claim.family == shown->family && (is_shown || beforehand)) said.push_back(claim);
  }
  std::ranges::sort(said, [](const Claim& a, const Claim& b) { return outranks(b, a, Choice::Latest); });
  int fixtures = 1;
  hearing.clear_previous_starts_at();
  for (size_t i = 1; i < said.size(); ++i) {
    if (sameStart(said[i].value, said[i - 1].value)) continue;
    ++fixtures;
    const auto& field = *canonical::Hearing::descriptor()->FindFieldByName("previous_starts_at");
    hearing.clear_previous_starts_at();
    // A value of the ledger was written in this form.
    (void)model::setText(hearing, field, said[i - 1].value);
  }
  hearing.set_fixture_no(fixtures);
}

}  // namespace causeway::care
