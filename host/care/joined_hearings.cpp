#include "host/care/joined_hearings.hpp"

#include "host/care/fixtures.hpp"

#include <algorithm>

namespace causeway::care {
namespace {

bool isIn(const auto& list, std::string_view id) {
  return std::any_of(list.begin(), list.end(), [&](const auto& one) { return one.id() == id; });
}

/// Says when this fixture starts: "2026-06-02T10:00[cp_utc]" of 10:00 on 2 June.
bool saysStart(const canonical::Fact& fact, const canonical::Hearing& fixture) {
  if (fact.field() != "starts_at") return false;
  const auto& at = fixture.starts_at();
  const std::string_view value = fact.value();
  return value.substr(0, value.find('[')) == at.date() + (at.time().empty() ? "" : "T" + at.time());
}

}  // namespace

std::map<std::string, std::string> joinedFixtures(const canonical::CaseRecord& before,
                                                  const canonical::CaseRecord& after) {
  std::map<std::string, std::string> out;
  for (const auto& gone : fixturesOf(before)) {
    if (isIn(fixturesOf(after), gone.id())) continue;
    const auto claim = std::find_if(after.facts().begin(), after.facts().end(), [&](const auto& fact) {
      return saysStart(fact, gone) && isIn(fixturesOf(after), fact.element());
    });
    if (claim != after.facts().end()) out[gone.id()] = claim->element();
  }
  return out;
}

std::map<std::string, std::string> joinedHearings(const canonical::CaseRecord& before,
                                                  const canonical::CaseRecord& after) {
  auto out = joinedFixtures(before, after);
  if (out.empty()) return out;
  const auto shown_before = hearingsOfFixtures(fixturesOf(before)), shown_now = hearingsOfFixtures(fixturesOf(after));
  std::map<std::string, std::string> hearings;
  for (const auto& [gone, kept] : out)
    if (const auto& id = shown_before.at(gone); !isIn(after.case_().hearings(), id)) hearings[id] = shown_now.at(kept);
  return hearings;
}

std::string_view startHeardAt(const canonical::CaseRecord& record, const canonical::Hearing& fixture) {
  std::string_view first;
  for (const auto& fact : record.facts()) {
    if (fact.element() != fixture.id() || !saysStart(fact, fixture) || fact.said() >= record.said_size()) continue;
    const auto& at = record.said(fact.said()).received_at();
    if (first.empty() || at < first) first = at;
  }
  return first;
}

}  // namespace causeway::care
