#include "host/care/joined_hearings.hpp"

#include "host/care/element_ids.hpp"
#include "host/care/fixtures.hpp"

#include <algorithm>

namespace causeway::care {
namespace {

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
    if (byId(fixturesOf(after), gone.id()) != nullptr) continue;
    const auto claim = std::find_if(after.facts().begin(), after.facts().end(), [&](const auto& fact) {
      return saysStart(fact, gone) && byId(fixturesOf(after), fact.element()) != nullptr;
    });
    if (claim != after.facts().end()) out[gone.id()] = claim->element();
  }
  return out;
}

std::map<std::string, std::string> joinedHearings(const std::map<std::string, std::string>& fixtures,
                                                  const canonical::CaseRecord& before,
                                                  const canonical::CaseRecord& after) {
  if (fixtures.empty()) return {};
  const auto shown_before = hearingsOfFixtures(fixturesOf(before)), shown_now = hearingsOfFixtures(fixturesOf(after));
  std::map<std::string, std::string> hearings;
  for (const auto& [gone, kept] : fixtures)
    if (const auto& id = shown_before.at(gone); byId(after.case_().hearings(), id) == nullptr)
      hearings[id] = shown_now.at(kept);
  return hearings;
}

std::map<std::string, std::string> hearingsGone(const canonical::CaseRecord& before,
                                                const canonical::CaseRecord& after) {
  std::map<std::string, std::string> out;
  for (const auto& hearing : before.case_().hearings())
    if (byId(after.case_().hearings(), hearing.id()) == nullptr) out[hearing.id()];
  if (out.empty()) return out;
  const auto joined = joinedHearings(joinedFixtures(before, after), before, after);
  const auto shown_now = hearingsOfFixtures(fixturesOf(after));
  for (auto& [gone, becomes] : out) {
    if (const auto one = joined.find(gone); one != joined.end()) becomes = one->second;
    // The fixture is still there, and is shown together with another defendant's.
    else if (const auto fixture = shown_now.find(gone); fixture != shown_now.end()) becomes = fixture->second;
  }
  return out;
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
