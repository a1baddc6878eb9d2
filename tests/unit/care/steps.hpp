#pragma once

#include "host/care/case_fold.hpp"
#include "tests/support/builders.hpp"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

/// One small case (Ada Marsh, one offence, one victim), what may be said of it, and what to ask of it afterwards.
namespace causeway::care::steps {

using namespace support;

/// Folds the messages one after the other and answers the last step; every step must succeed.
inline Folded fold(const std::vector<CanonicalMessage>& messages) {
  Folded out;
  for (const auto& message : messages) {
    auto next = apply(out.record, message);
    EXPECT_TRUE(next) << (next ? "" : next.error().text());
    if (next) out = *std::move(next);
  }
  return out;
}

inline bool finds(const Folded& folded, std::string_view code) {
  return std::ranges::any_of(folded.findings, [&](const Finding& one) { return one.code == code; });
}

inline int count(const Folded& folded, std::string_view type) {
  return static_cast<int>(std::ranges::count_if(folded.events, [&](const Event& one) { return one.type == type; }));
}

inline const Event& only(const Folded& folded, std::string_view type) {
  static const Event none;
  EXPECT_EQ(count(folded, type), 1) << type;
  for (const auto& one : folded.events)
    if (one.type == type) return one;
  return none;
}

inline CanonicalMessage registered() {
  auto out = message("m-case", "case.registered", "niche.case/1", "2026-03-01T09:00:00Z");
  addOffence(addDefendant(out, kAda), "TH68026", "2026-02-01", 1);
  addParty(out, person("Cora", "Lisle", "1999-01-05"), "victim");
  return out;
}

struct Said {
  std::string_view id, at;
  std::string_view next = {};
};

/// One offence with one result of that day, and a next hearing when one is given.
inline CanonicalMessage result(const Said& said, std::string_view format = "courts.spi-result/1") {
  auto out = message(said.id, "hearing.resulted", format, said.at);
  addHearing(out, std::string(said.at.substr(0, 10)) + "T10:00");
  auto& one = addResult(addOffence(addDefendant(out, kAda), "TH68026", "2026-02-01", 1), "4004", "Adjourned",
                        said.at.substr(0, 10));
  if (!said.next.empty()) setNext(one, said.next);
  return out;
}

/// Somebody of whom the prosecutor speaks.
struct Asked {
  std::string_view given, family, role;
};

/// The prosecutor's word of one person at the trial of `said.next`: wanted (`required`) or not (`not_required`).
inline CanonicalMessage demand(const Said& said, std::string_view requirement, const Asked& who) {
  auto out = message(said.id, requirement == "required" ? "witness.warn_requested" : "witness.dewarn_requested",
                     "cps.warn/1", said.at);
  auto& hearing = addHearing(out, said.next);
  hearing.mutable_purpose()->set_code("trial");
  auto& attendance = *addParty(out, person(who.given, who.family), who.role).add_attendances();
  attendance.set_hearing_id(hearing.id());
  attendance.mutable_requirement()->set_code(std::string(requirement));
  return out;
}

inline canonical::Offence& offenceOf(CanonicalMessage& message) {
  return *message.mutable_case_()->mutable_defendants(0)->mutable_offences(0);
}
inline canonical::Bail& bailOf(CanonicalMessage& message) {
  return *message.mutable_case_()->mutable_defendants(0)->mutable_bail();
}
inline const canonical::Offence& offenceOf(const Folded& folded) {
  return folded.record.case_().defendants(0).offences(0);
}

inline const canonical::Hearing* hearingOn(const Folded& folded, std::string_view date) {
  for (const auto& one : folded.record.case_().hearings())
    if (one.starts_at().date() == date) return &one;
  return nullptr;
}

}  // namespace causeway::care::steps
