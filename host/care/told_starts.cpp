#include "host/care/told_starts.hpp"

#include "host/care/at_odds.hpp"
#include "host/care/awaited.hpp"
#include "host/care/element_ids.hpp"
#include "host/care/fixtures.hpp"
#include "host/care/hearing_states.hpp"

#include <algorithm>

namespace causeway::care {
namespace {

constexpr const char* kField = "told_start";

/// What is known of a fixture that is not to be held: as it was, and of one that an older version wrote, what it says.
std::string asBefore(const canonical::CaseRecord& before, const std::map<std::string, std::string>& told,
                     const std::string& fixture) {
  if (const auto known = told.find(fixture); known != told.end()) return known->second;
  const auto* old = byId(fixturesOf(before), fixture);
  return old == nullptr ? kNobodyTold : startOf(*old);
}

}  // namespace

std::string startOf(const canonical::Hearing& hearing) {
  const auto& at = hearing.starts_at();
  return at.date() + "|" + at.time() + "|" + hearing.court().code();
}

bool isToldStart(const canonical::Fact& fact) { return fact.field() == kField; }

std::map<std::string, std::string> toldStarts(const canonical::CaseRecord& record) {
  std::map<std::string, std::string> out;
  for (const auto& fact : record.facts())
    if (isToldStart(fact)) out.emplace(fact.element(), fact.value());
  return out;
}

void rememberStarts(const canonical::CaseRecord& before, canonical::CaseRecord& after,
                    const canonical::CanonicalMessage& message) {
  const auto told = toldStarts(before);
  const auto at_odds = hearingsAtOdds(after);
  std::map<std::string, std::string> now;
  for (const auto& [id, fixtures] : fixturesByHearing(after)) {
    const auto* hearing = byId(after.case_().hearings(), id);
    const bool is_on =
        hearing != nullptr && isToCome(*hearing, message) && isNeeded(after.case_(), *hearing) && !at_odds.contains(id);
    for (const auto& fixture : fixtures) {
      const auto& known = *byId(fixturesOf(after), fixture);
      now[fixture] = is_on                ? startOf(known)
                     : isCalledOff(known) ? kNobodyTold  // whoever was told is told that it is off (told.hpp)
                                          : asBefore(before, told, fixture);
    }
  }
  auto& facts = *after.mutable_facts();
  const auto over = std::remove_if(facts.begin(), facts.end(), [&](canonical::Fact& fact) {
    if (!isToldStart(fact)) return false;
    const auto own = now.extract(fact.element());
    if (own.empty()) return true;
    if (fact.value() != own.mapped()) {
      fact.set_value(own.mapped());
      fact.set_said(after.said_size() - 1);
    }
    return false;
  });
  facts.erase(over, facts.end());
  for (const auto& [fixture, start] : now) {
    auto& fact = *facts.Add();
    fact.set_element(fixture);
    fact.set_field(kField);
    fact.set_value(start);
    fact.set_said(after.said_size() - 1);
  }
}

}  // namespace causeway::care
