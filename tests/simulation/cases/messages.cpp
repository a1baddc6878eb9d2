#include "tests/simulation/cases/messages.hpp"

#include "tests/support/builders.hpp"

#include <fmt/format.h>

#include <array>

namespace causeway::simulation::cases {
namespace {

using canonical::CanonicalMessage;
using support::code;

constexpr std::string_view kCrownCourt = "C52BR00", kMagistrates = "B52BR00", kOffence = "OF61131";
constexpr std::array<std::string_view, 3> kGiven = {"Cora", "Edwin", "Nell"};
constexpr std::array<std::string_view, 3> kFamily = {"Lisle", "Vane", "Thrale"};

canonical::Defendant& addAccused(const Plot& plot, CanonicalMessage& to) {
  const auto asn = fmt::format("2652SB0100000{:05}K", plot.number);
  return support::addDefendant(to, {"Ada", "Marsh", "1990-02-03", asn});
}

canonical::Party& addPerson(const Plot& plot, int person, CanonicalMessage& to) {
  const auto place = static_cast<size_t>(person);
  return support::addParty(to, support::person(kGiven[place], familyOf(plot, person)),
                           person == 0 ? "victim" : "witness");
}

void registerCase(const Plot& plot, CanonicalMessage& to) {
  support::addOffence(addAccused(plot, to), kOffence, "2026-02-01", 1);
  to.mutable_case_()->mutable_force()->set_code("52");
  for (int person = 0; person <= plot.witnesses; ++person) {
    auto& party = addPerson(plot, person, to);
    if (person == 0) party.mutable_enhanced()->set_entitled(plot.enhanced);
  }
}

canonical::Hearing& hearing(const Plot& plot, const Statement& statement, CanonicalMessage& to) {
  auto& out = support::addHearing(to, statement.when, statement.hearing == Hearing::Trial ? kCrownCourt : kMagistrates);
  *out.add_identifiers() = support::number("cp_hearing", numberOf(plot, statement.hearing));
  return out;
}

void list(const Plot& plot, const Statement& statement, CanonicalMessage& to) {
  auto& out = hearing(plot, statement, to);
  out.set_state(statement.what == Says::Vacated ? "vacated" : "listed");
  *out.mutable_purpose() = code(statement.hearing == Hearing::Trial ? "trial" : "plea");
  out.add_defendant_ids(addAccused(plot, to).id());
  if (statement.what != Says::Vacated) return;
  *out.mutable_trial_outcome()->mutable_kind() = code("vacated");
  *out.mutable_trial_outcome()->mutable_reason() = code("vacated_l");
}

// The prosecutor names a hearing by its day and court, and knows no number of the court's.
void want(const Plot& plot, const Statement& statement, CanonicalMessage& to) {
  auto& at = support::addHearing(to, statement.when, kCrownCourt);
  *at.mutable_purpose() = code("trial");
  auto& party = addPerson(plot, statement.person, to);
  *party.mutable_roles(0)->mutable_role() = code("witness");
  auto& attendance = *party.add_attendances();
  attendance.set_hearing_id(at.id());
  *attendance.mutable_requirement() = code(statement.yes ? "required" : "not_required");
}

void plead(const Plot& plot, const Statement& statement, CanonicalMessage& to) {
  auto& offence = support::addOffence(addAccused(plot, to), kOffence, "2026-02-01", 1);
  *offence.mutable_plea() = code(statement.yes ? "guilty" : "not_guilty");
}

void result(const Plot& plot, const Statement& statement, CanonicalMessage& to) {
  auto& held = hearing(plot, statement, to);
  held.set_state("resulted");
  auto& accused = addAccused(plot, to);
  auto& offence = support::addOffence(accused, kOffence, "2026-02-01", 1);
  for (const auto& [which, wording] : statement.ordered) {
    auto& one = support::addResult(offence, which, wording, dateOf(statement.when));
    if (plot.numbered) one.set_source_result_id(numberOf(plot, statement.hearing) + which);
    *one.mutable_category() = code(statement.hearing == Hearing::Trial ? "final" : "interim");
  }
  if (statement.hearing == Hearing::Trial) *offence.mutable_verdict() = code("guilty");
  if (statement.bail.empty()) return;
  *accused.mutable_bail()->mutable_status() = code("conditional");
  auto& condition = *accused.mutable_bail()->add_conditions();
  *condition.mutable_kind() = code("no_contact");
  *condition.mutable_text() = support::text(statement.bail + " " + std::string(kGiven[0]) + " " + familyOf(plot, 0));
}

std::string_view typeOf(const Statement& statement) {
  switch (statement.what) {
    case Says::Registered: return "case.registered";
    case Says::Listed: return "hearing.listed";
    case Says::Vacated: return "trial.vacated";
    case Says::Wanted: return statement.yes ? "witness.warn_requested" : "witness.dewarn_requested";
    case Says::Pleaded: return "plea.recorded";
    case Says::Resulted: return "hearing.resulted";
  }
  return {};
}

}  // namespace

std::string senderOf(Says what) {
  if (what == Says::Registered) return "records";
  return what == Says::Wanted || what == Says::Pleaded ? "cps" : "courts";
}

std::string urnOf(const Plot& plot) { return fmt::format("52SB{:05}26", plot.number); }

std::string numberOf(const Plot& plot, Hearing hearing) {
  return fmt::format("7c1f0000-0000-4000-8000-{:06}{:06}", plot.number, hearing == Hearing::Plea ? 1 : 2);
}

std::string familyOf(const Plot& /*plot*/, int person) { return std::string(kFamily[static_cast<size_t>(person)]); }

CanonicalMessage messageOf(const Plot& plot, const Statement& statement) {
  const auto sender = senderOf(statement.what);
  const auto format = sender == "records" ? "niche.xml" : sender == "cps" ? "cps.wcu" : "courts.common-platform-event";
  auto out = support::message("", typeOf(statement), format, formatInstant(statement.at));
  out.set_source_system(sender);
  out.mutable_case_()->set_urn(urnOf(plot));
  switch (statement.what) {
    case Says::Registered: registerCase(plot, out); break;
    case Says::Listed:
    case Says::Vacated: list(plot, statement, out); break;
    case Says::Wanted: want(plot, statement, out); break;
    case Says::Pleaded: plead(plot, statement, out); break;
    case Says::Resulted: result(plot, statement, out); break;
  }
  return out;
}

}  // namespace causeway::simulation::cases
