#include "host/care/wanted_again.hpp"

#include "host/care/fixtures.hpp"

#include <algorithm>
#include <optional>

namespace causeway::care {
namespace {

constexpr std::string_view kProsecutor = "cps", kCourt = "courts";

/// When the prosecutor last asked for this person at this hearing; nothing when the person is not asked for.
std::optional<std::string> demandOf(const canonical::Party& party, const canonical::Attendance& one,
                                    const Ledger& ledger) {
  const auto& wanted = one.requirement().code();
  if (wanted != "required" && wanted != "live_link") return std::nullopt;
  const auto claim = ledger.shown(party.id(), "attendances[" + one.hearing_id() + "].requirement");
  if (!claim || claim->family != kProsecutor) return std::nullopt;
  return std::string(claim->when);
}

/// The last demand for anybody at a hearing; empty: nobody is asked for.
std::string lastDemand(const canonical::Case& whole, const std::string& hearing, const Ledger& ledger) {
  std::string out;
  for (const auto& party : whole.parties())
    for (const auto& one : party.attendances())
      if (one.hearing_id() == hearing) out = std::max(out, demandOf(party, one, ledger).value_or(""));
  return out;
}

void showTrial(canonical::Hearing& hearing, const std::set<std::string>& fixtures, const Ledger& ledger,
               const std::string& demand) {
  bool any = false, overtaken = true;
  for (const auto& id : fixtures)
    if (const auto said = ledger.shown(id, "trial_outcome")) {
      any = true;
      overtaken = overtaken && said->family == kProsecutor && said->when < demand;
    }
  if (any && overtaken) hearing.clear_trial_outcome();
}

void showAttendance(const canonical::Party& party, canonical::Attendance& one, const Ledger& ledger) {
  const auto demand = demandOf(party, one, ledger);
  const auto state = ledger.shown(party.id(), "attendances[" + one.hearing_id() + "].state");
  if (demand && state && state->family != kCourt && state->when < *demand) one.clear_state();
}

}  // namespace

void showWantedAgain(canonical::CaseRecord& record, const Ledger& ledger) {
  auto& whole = *record.mutable_case_();
  std::optional<std::map<std::string, std::set<std::string>>>
      fixtures;  // of few cases: put together when they are wanted
  for (auto& hearing : *whole.mutable_hearings()) {
    if (hearing.trial_outcome().kind().code() != "cracked") continue;
    if (!fixtures) fixtures = fixturesByHearing(record);
    showTrial(hearing, fixtures->at(hearing.id()), ledger, lastDemand(whole, hearing.id(), ledger));
  }
  for (auto& party : *whole.mutable_parties())
    for (auto& one : *party.mutable_attendances())
      if (one.state() == "stood_down") showAttendance(party, one, ledger);
}

}  // namespace causeway::care
