#include "tests/unit/care/orders_of_arrival.hpp"

namespace causeway::care {
namespace {

using namespace arrival;

CanonicalMessage registered() {
  auto out = message("m-case", "case.registered", "niche.case/1", "2026-03-01T09:00:00Z");
  for (const auto& who : {kAda, kBen}) {
    auto& defendant = addDefendant(out, who);
    addOffence(defendant, "TH68026", "2026-02-01", 1);
    addOffence(defendant, "CJ88001", "2026-02-01", 2);
  }
  auto& victim = addParty(out, person("Cora", "Lisle", "1999-01-05"), "victim");
  *victim.add_identifiers() = number("records_person", "900", "records");
  auto& phone = *victim.add_contact_points();
  *phone.mutable_channel() = code("phone");
  phone.set_value("07700900123");
  phone.mutable_safe()->set_state("safe");
  for (auto& defendant : *out.mutable_case_()->mutable_defendants()) {
    defendant.mutable_offences(0)->add_victim_ids(victim.id());
    auto& link = *victim.add_relationships();
    link.set_to_id(defendant.id());
    *link.mutable_kind() = code("neighbour");
  }
  return out;
}

CanonicalMessage resultOf(const Accused& who, std::string_view id, std::string_view said_at, std::string_view next) {
  auto out = message(id, "hearing.resulted", "courts.spi-result/1", said_at);
  addHearing(out, "2026-04-01T10:00").set_court_name("Invented Magistrates");
  auto& defendant = addDefendant(out, who);
  *defendant.mutable_bail()->mutable_status() = code("conditional");
  *defendant.mutable_bail()->add_conditions()->mutable_text() = text("Not to contact a person");
  auto& attendance = *defendant.add_attendances();
  attendance.set_hearing_id(out.case_().hearings(0).id());
  *attendance.mutable_presence() = code("present");
  for (int sequence : {1, 2}) {
    auto& offence = addOffence(defendant, sequence == 1 ? "TH68026" : "CJ88001", "2026-02-01", sequence);
    *offence.mutable_plea() = code(sequence == 1 ? "guilty" : "not_guilty");
    setNext(addResult(offence, "4004", "Adjourned", "2026-04-01"), next);
  }
  return out;
}

TEST(FoldOrder, NeverShowsInTwoResultsAndTheirCase) {
  expectEveryOrderAlike({registered(), resultOf(kAda, "m-1", "2026-04-01T12:00:00Z", "2026-06-02T10:00"),
                         resultOf(kBen, "m-2", "2026-04-01T12:01:00Z", "2026-06-02T10:00")});
}

TEST(FoldOrder, NeverShowsInAChangedPlea) {
  auto later = resultOf(kAda, "m-2", "2026-05-01T12:00:00Z", "2026-06-02T10:00");
  *later.mutable_case_()->mutable_defendants(0)->mutable_offences(1)->mutable_plea() = code("guilty");
  auto none = resultOf(kAda, "m-3", "2026-05-03T12:00:00Z", "2026-06-02T10:00");
  *none.mutable_case_()->mutable_defendants(0)->mutable_offences(1)->mutable_plea() = code("none");
  expectEveryOrderAlike({registered(), resultOf(kAda, "m-1", "2026-04-01T12:00:00Z", "2026-06-02T10:00"), later, none});
}

TEST(FoldOrder, NeverShowsInAMovedTrialAndItsResult) {
  auto moved = resultOf(kAda, "m-2", "2026-05-01T12:00:00Z", "2026-06-09T10:00");
  moved.mutable_case_()->mutable_hearings(0)->mutable_starts_at()->CopyFrom(localTime("2026-05-01T10:00"));
  auto held = message("m-3", "hearing.resulted", "courts.spi-result/1", "2026-06-09T16:00:00Z");
  *addHearing(held, "2026-06-09T10:00", "C01LV00").mutable_court_name() = "Invented Crown Court";
  auto& offence = addOffence(addDefendant(held, kAda), "TH68026", "2026-02-01", 1);
  addResult(offence, "1002", "Imprisonment", "2026-06-09");
  offence.set_final(true);
  expectEveryOrderAlike({registered(), resultOf(kAda, "m-1", "2026-04-01T12:00:00Z", "2026-06-02T10:00"), moved, held});
}

TEST(FoldOrder, NeverShowsInPeoplesDetailsFromManySources) {
  auto renamed = message("m-2", "case.updated", "niche.case/1", "2026-03-10T09:00:00Z");
  auto& victim = addParty(renamed, person("Cora", "Penrose", "1999-01-05"), "victim");
  *victim.add_identifiers() = number("records_person", "900", "records");
  auto& phone = *victim.add_contact_points();
  *phone.mutable_channel() = code("phone");
  phone.set_value("07700900123");
  phone.mutable_safe()->set_state("unsafe");
  auto prosecutor = message("m-3", "case.updated", "cps.wcu/1", "2026-04-10T09:00:00Z");
  auto& witness = addParty(prosecutor, person("Cora", "Lisle", "1999-01-05"), "witness");
  *witness.add_addresses()->mutable_lines()->Add() = "1 Nowhere Lane";
  witness.mutable_enhanced()->set_entitled(true);
  *witness.add_indicators() = code("V");
  auto lower = message("m-4", "case.updated", "niche.case/1", "2026-05-10T09:00:00Z");
  auto& again = addParty(lower, person("Cora", "Lisle", "1999-01-05"), "victim");
  *again.add_identifiers() = number("records_person", "900", "records");
  again.mutable_enhanced()->set_entitled(false);
  *again.add_addresses()->mutable_lines()->Add() = "2 Elsewhere Road";
  expectEveryOrderAlike({registered(), renamed, prosecutor, lower});
}

TEST(FoldOrder, NeverShowsInAThousandShuffles) {
  Set messages{registered()};
  for (const auto& [who, id] : {std::pair{kAda, "a"}, {kBen, "b"}}) {
    messages.push_back(resultOf(who, std::string("m-1") + id, "2026-04-01T12:00:00Z", "2026-06-02"));
    messages.push_back(resultOf(who, std::string("m-2") + id, "2026-04-20T12:00:00Z", "2026-06-02T10:00"));
    auto bailed = resultOf(who, std::string("m-3") + id, "2026-05-05T12:00:00Z", "2026-06-02T10:00");
    auto& defendant = *bailed.mutable_case_()->mutable_defendants(0);
    defendant.mutable_bail()->clear_conditions();
    *defendant.mutable_bail()->mutable_status() = code("unconditional");
    addResult(*defendant.mutable_offences(0), "3047", "Restraining order", "2026-05-05").set_ends_on("2031-05-05");
    addResult(*defendant.mutable_offences(1), "3047", "Restraining order", "2026-05-05").set_ends_on("2031-05-05");
    messages.push_back(bailed);
  }
  ASSERT_EQ(folded(messages, countUp(messages.size())).case_().defendants_size(), 2);
  expectShufflesAlike(messages, 1000);
}

}  // namespace
}  // namespace causeway::care
