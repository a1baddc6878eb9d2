#pragma once

#include "tests/unit/care/steps.hpp"

#include <string>

/// Messages that take back what was said before: whole lists of witnesses, bail that is over, an address left.
namespace causeway::care::steps {

inline constexpr std::string_view kList = "case.parties[role=witness].attendances";

/// Who must come to the trial of that day, as the prosecutor's whole list says.
inline CanonicalMessage wholeList(const Said& said, const std::vector<std::string_view>& who,
                                  std::string_view start = "2026-06-02T10:00") {
  auto out = message(said.id, "witnesses.required", "cps.witness-list/1", said.at);
  addDefendant(out, kAda);
  auto& hearing = addHearing(out, start, "C01LV00");
  hearing.set_state("fixed");
  *hearing.mutable_purpose() = code("trial");
  for (const auto family : who) {
    auto& attendance = *addParty(out, person("Cora", family, "1999-01-05"), "witness").add_attendances();
    attendance.set_hearing_id(hearing.id());
    *attendance.mutable_requirement() = code("required");
  }
  out.add_complete(std::string(kList));
  return out;
}

/// The records know of a person's address, post code apart.
inline CanonicalMessage livesAt(const Said& said, const std::vector<std::string_view>& streets,
                                std::string_view format) {
  auto out = message(said.id, "party.updated", format, said.at);
  auto& party = addParty(out, person("Cora", "Lisle", "1999-01-05"), "victim");
  for (const auto street : streets) {
    auto& address = *party.add_addresses();
    address.add_lines(std::string(street));
    address.set_safe_for_post(true);
  }
  return out;
}

inline const canonical::Party& named(const canonical::Case& whole, std::string_view family) {
  static const canonical::Party none;
  for (const auto& one : whole.parties())
    if (one.person().names(0).family() == family) return one;
  ADD_FAILURE() << "nobody of that name";
  return none;
}

inline CanonicalMessage bailed(const Said& said) {
  auto out = result(said);
  *bailOf(out).mutable_status() = code("conditional");
  *bailOf(out).add_conditions()->mutable_text() = text("Not to contact a person");
  return out;
}

inline CanonicalMessage bailOver(const Said& said, std::string_view format = "courts.spi-result/1") {
  auto out = message(said.id, "hearing.resulted", format, said.at);
  addOffence(addDefendant(out, kAda), "TH68026", "2026-02-01", 1);
  out.add_cleared("case.defendants.bail.conditions");
  return out;
}

inline constexpr std::string_view kFirst = "2026-04-01T12:00:00Z", kSecond = "2026-04-20T12:00:00Z",
                                  kThird = "2026-05-05T12:00:00Z";

}  // namespace causeway::care::steps
