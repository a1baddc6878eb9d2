#include "host/care/case_fold.hpp"
#include "tests/support/builders.hpp"

#include <gtest/gtest.h>

namespace causeway::care {
namespace {

using namespace support;

Folded fold(const std::vector<CanonicalMessage>& messages) {
  Folded out;
  for (const auto& message : messages) {
    auto next = apply(out.record, message);
    EXPECT_TRUE(next) << (next ? "" : next.error().text());
    if (next) out = *std::move(next);
  }
  return out;
}

bool finds(const Folded& folded, std::string_view code) {
  return std::ranges::any_of(folded.findings, [&](const Finding& one) { return one.code == code; });
}

int count(const Folded& folded, std::string_view type) {
  return static_cast<int>(std::ranges::count_if(folded.events, [&](const Event& one) { return one.type == type; }));
}

const Event& only(const Folded& folded, std::string_view type) {
  static const Event none;
  EXPECT_EQ(count(folded, type), 1) << type;
  for (const auto& one : folded.events)
    if (one.type == type) return one;
  return none;
}

CanonicalMessage registered() {
  auto out = message("m-case", "case.registered", "niche.case/1", "2026-03-01T09:00:00Z");
  addOffence(addDefendant(out, ada), "TH68026", "2026-02-01", 1);
  addParty(out, person("Cora", "Lisle", "1999-01-05"), "victim");
  return out;
}

struct Said {
  std::string_view id, at;
  std::string_view next = {};
};

/// One offence with one result of that day, and a next hearing when one is given.
CanonicalMessage result(const Said& said, std::string_view format = "courts.spi-result/1") {
  auto out = message(said.id, "hearing.resulted", format, said.at);
  addHearing(out, std::string(said.at.substr(0, 10)) + "T10:00");
  auto& one = addResult(addOffence(addDefendant(out, ada), "TH68026", "2026-02-01", 1), "4004", "Adjourned", said.at.substr(0, 10));
  if (!said.next.empty()) setNext(one, said.next);
  return out;
}

canonical::Offence& offenceOf(CanonicalMessage& message) { return *message.mutable_case_()->mutable_defendants(0)->mutable_offences(0); }
canonical::Bail& bailOf(CanonicalMessage& message) { return *message.mutable_case_()->mutable_defendants(0)->mutable_bail(); }
const canonical::Offence& offenceOf(const Folded& folded) { return folded.record.case_().defendants(0).offences(0); }

const canonical::Hearing* hearingOn(const Folded& folded, std::string_view date) {
  for (const auto& one : folded.record.case_().hearings())
    if (one.starts_at().date() == date) return &one;
  return nullptr;
}

TEST(CaseFold, ChangesNothingForAMessageItHasSeen) {
  const auto first = fold({registered(), result({"m-1", "2026-04-01T12:00:00Z", "2026-06-02T10:00"})});
  const auto again = apply(first.record, result({"m-1", "2026-04-01T12:00:00Z", "2026-06-02T10:00"}));
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->events.empty());
  EXPECT_EQ(again->record.SerializeAsString(), first.record.SerializeAsString());
}

TEST(CaseFold, TellsNothingWhenTheSameIsSaidUnderAnotherNumber) {
  const auto folded = fold({registered(), result({"m-1", "2026-04-01T12:00:00Z", "2026-06-02T10:00"}), result({"m-2", "2026-04-01T13:00:00Z", "2026-06-02T10:00"})});
  EXPECT_TRUE(folded.events.empty());
  EXPECT_EQ(offenceOf(folded).results_size(), 1);
}

TEST(CaseFold, KeepsAPleaWhenALaterMessageHasNone) {
  auto guilty = result({"m-1", "2026-04-01T12:00:00Z"}), none = result({"m-2", "2026-05-01T12:00:00Z"});
  *offenceOf(guilty).mutable_plea() = code("guilty");
  *offenceOf(none).mutable_plea() = code("none");
  EXPECT_EQ(offenceOf(fold({registered(), guilty, none})).plea().code(), "guilty");
}

TEST(CaseFold, BelievesTheCourtInWhatTheCourtDecides) {
  auto court = result({"m-1", "2026-04-01T12:00:00Z"}), prosecutor = result({"m-2", "2026-05-01T12:00:00Z"}, "cps.wcu/1");
  *offenceOf(court).mutable_verdict() = code("guilty");
  *offenceOf(prosecutor).mutable_verdict() = code("not_guilty");
  const auto folded = fold({registered(), court, prosecutor});
  EXPECT_EQ(offenceOf(folded).verdict().code(), "guilty");
  const auto facts = provenance(folded.record);
  const auto lost = std::find_if(facts.begin(), facts.end(), [](const auto& one) { return one.field() == "verdict" && one.value() == "not_guilty"; });
  ASSERT_NE(lost, facts.end());
  EXPECT_EQ(lost->state(), "competing");
  EXPECT_EQ(lost->family(), "cps");
}

TEST(CaseFold, BelievesTheRecordsInHowAVictimIsReached) {
  auto later = message("m-2", "case.updated", "courts.spi-new-case/1", "2026-05-01T12:00:00Z");
  auto& party = addParty(later, person("Cora", "Lisle", "1999-01-05"), "victim");
  party.mutable_person()->set_occupation("of the court");
  auto first = registered();
  first.mutable_case_()->mutable_parties(0)->mutable_person()->set_occupation("of the records");
  EXPECT_EQ(fold({first, later}).record.case_().parties(0).person().occupation(), "of the records");
}

TEST(CaseFold, MarksWhatTheSameSourceHasReplacedAsSuperseded) {
  auto first = result({"m-1", "2026-04-01T12:00:00Z"}), second = result({"m-2", "2026-05-01T12:00:00Z"});
  *offenceOf(first).mutable_plea() = code("not_guilty");
  *offenceOf(second).mutable_plea() = code("guilty");
  const auto folded = fold({second, first});
  for (const auto& fact : provenance(folded.record)) {
    if (fact.field() == "plea") {
      EXPECT_EQ(fact.state(), fact.value() == "guilty" ? "current" : "superseded");
    }
  }
}

TEST(CaseFold, NeverLowersEnhancedRightsNorUnsafeContact) {
  auto high = registered(), low = message("m-2", "case.updated", "niche.case/1", "2026-05-01T12:00:00Z");
  auto& raised = *high.mutable_case_()->mutable_parties(0);
  auto& lowered = addParty(low, person("Cora", "Lisle", "1999-01-05"), "victim");
  raised.mutable_enhanced()->set_entitled(true);
  lowered.mutable_enhanced()->set_entitled(false);
  for (auto* party : {&raised, &lowered}) {
    auto& phone = *party->add_contact_points();
    *phone.mutable_channel() = code("phone");
    phone.set_value("07700900123");
    phone.mutable_safe()->set_state(party == &raised ? "unsafe" : "safe");
  }
  const auto folded = fold({high, low});
  const auto& party = folded.record.case_().parties(0);
  EXPECT_TRUE(party.enhanced().entitled());
  ASSERT_EQ(party.contact_points_size(), 1);
  EXPECT_EQ(party.contact_points(0).safe().state(), "unsafe");
  auto person_says = low;
  person_says.set_message_id("m-3");
  person_says.set_format("console.decision/1");
  person_says.set_source_system("urn:invented:console");
  person_says.set_asserted_at("2026-05-02T12:00:00Z");
  const auto decided = apply(folded.record, person_says);
  ASSERT_TRUE(decided);
  EXPECT_FALSE(decided->record.case_().parties(0).enhanced().entitled());
  EXPECT_EQ(decided->record.case_().parties(0).contact_points(0).safe().state(), "safe");
}

TEST(CaseFold, TakesBailAsOneStatement) {
  auto strict = result({"m-1", "2026-04-01T12:00:00Z"}), free = result({"m-2", "2026-05-01T12:00:00Z"});
  *bailOf(strict).mutable_status() = code("conditional");
  *bailOf(strict).add_conditions()->mutable_text() = text("Not to contact a person");
  *bailOf(free).mutable_status() = code("unconditional");
  const auto folded = fold({registered(), strict, free});
  EXPECT_EQ(folded.record.case_().defendants(0).bail().conditions_size(), 0);
  EXPECT_EQ(only(folded, "bail.changed").about, std::vector<std::string>{"d-1"});
  EXPECT_EQ(count(fold({registered(), strict}), "bail.changed"), 1);
}

TEST(CaseFold, AsksAPersonAboutBailP) {
  auto doubtful = result({"m-1", "2026-04-01T12:00:00Z"});
  *bailOf(doubtful).mutable_status() = code("undetermined_p");
  EXPECT_TRUE(finds(fold({doubtful}), "bail_p"));
  EXPECT_FALSE(finds(fold({result({"m-1", "2026-04-01T12:00:00Z"})}), "bail_p"));
}

TEST(CaseFold, AsksAPersonAboutAnUnknownPlea) {
  auto odd = result({"m-1", "2026-04-01T12:00:00Z"});
  *offenceOf(odd).mutable_plea() = code("9");
  offenceOf(odd).mutable_plea()->set_unmapped(true);
  EXPECT_TRUE(finds(fold({odd}), "unknown_plea"));
}

TEST(CaseFold, AsksAPersonAboutTwoTimes) {
  auto odd = result({"m-1", "2026-04-01T12:00:00Z", "2026-06-02T10:00"});
  offenceOf(odd).mutable_results(0)->mutable_next_hearing()->mutable_starts_at()->set_confidence("conflict");
  EXPECT_TRUE(finds(fold({odd}), "time_conflict"));
}

TEST(CaseFold, KeepsHowExactANextHearingIs) {
  const auto folded = fold({registered(), result({"m-1", "2026-04-01T12:00:00Z", "2026-06-02"})});
  const auto* hearing = hearingOn(folded, "2026-06-02");
  ASSERT_NE(hearing, nullptr);
  EXPECT_EQ(hearing->state(), "provisional");
  EXPECT_EQ(hearing->starts_at().precision(), "date_only");
  const auto fixed = fold({registered(), result({"m-1", "2026-04-01T12:00:00Z", "2026-06-02"}), result({"m-2", "2026-04-20T12:00:00Z", "2026-06-02T10:00"})});
  EXPECT_EQ(hearingOn(fixed, "2026-06-02")->state(), "fixed");
  EXPECT_EQ(hearingOn(fixed, "2026-06-02")->fixture_no(), 1);
}

TEST(CaseFold, SaysWhenANextHearingHasNoDate) {
  auto undated = result({"m-1", "2026-04-01T12:00:00Z"});
  offenceOf(undated).mutable_results(0)->mutable_next_hearing()->set_court_name("Invented Crown Court");
  const auto folded = fold({registered(), undated});
  EXPECT_TRUE(finds(folded, "next_hearing_undated"));
  EXPECT_EQ(count(folded, "hearing.listed"), 0);
}

TEST(CaseFold, MovesATrialAndKeepsWhereItWas) {
  const auto folded = fold({registered(), result({"m-1", "2026-04-01T12:00:00Z", "2026-06-02T10:00"}), result({"m-2", "2026-05-01T12:00:00Z", "2026-06-09T10:00"})});
  EXPECT_EQ(hearingOn(folded, "2026-06-02"), nullptr);
  const auto* moved = hearingOn(folded, "2026-06-09");
  ASSERT_NE(moved, nullptr);
  EXPECT_EQ(moved->fixture_no(), 2);
  EXPECT_EQ(moved->previous_starts_at().date(), "2026-06-02");
  EXPECT_TRUE(finds(folded, "hearing_moved"));
  EXPECT_EQ(only(folded, "hearing.listed").about.front(), moved->id());
}

TEST(CaseFold, TakesNoNoticeOfALateCopyOfTheOldDate) {
  const auto moved = fold({registered(), result({"m-1", "2026-04-01T12:00:00Z", "2026-06-02T10:00"}), result({"m-2", "2026-05-01T12:00:00Z", "2026-06-09T10:00"})});
  auto late = result({"m-3", "2026-04-01T12:00:00Z", "2026-06-02T10:00"});
  late.set_received_at("2026-05-05T12:00:00Z");
  const auto folded = apply(moved.record, late);
  ASSERT_TRUE(folded);
  EXPECT_EQ(hearingOn(*folded, "2026-06-02"), nullptr);
  EXPECT_EQ(hearingOn(*folded, "2026-06-09")->fixture_no(), 2);
  EXPECT_EQ(count(*folded, "hearing.listed"), 0);
}

TEST(CaseFold, LeavesATrialWhereItIsWhenAMentionComesFirst) {
  auto mention = result({"m-2", "2026-04-20T12:00:00Z"});
  setNext(*offenceOf(mention).mutable_results(0), "2026-05-25T10:00", "mention");
  const auto folded = fold({registered(), result({"m-1", "2026-04-01T12:00:00Z", "2026-06-02T10:00"}), mention});
  EXPECT_NE(hearingOn(folded, "2026-06-02"), nullptr);
  EXPECT_NE(hearingOn(folded, "2026-05-25"), nullptr);
}

TEST(CaseFold, LeavesATrialOfTwoWhenItIsMovedForOneOnly) {
  auto second = result({"m-1b", "2026-04-01T12:00:00Z", "2026-06-02T10:00"});
  auto& other = *second.mutable_case_()->mutable_defendants(0);
  *other.mutable_person() = person(ben.given, ben.family, ben.born_on);
  *other.mutable_asn() = number("asn", ben.asn);
  const auto folded = fold({result({"m-1", "2026-04-01T12:00:00Z", "2026-06-02T10:00"}), second, result({"m-2", "2026-05-01T12:00:00Z", "2026-06-09T10:00"})});
  EXPECT_NE(hearingOn(folded, "2026-06-02"), nullptr);
  EXPECT_NE(hearingOn(folded, "2026-06-09"), nullptr);
}

TEST(CaseFold, MakesOneOrderOfARepeatedOne) {
  auto message = result({"m-1", "2026-04-01T12:00:00Z"});
  auto& defendant = *message.mutable_case_()->mutable_defendants(0);
  addOffence(defendant, "CJ88001", "2026-02-01", 2);
  for (auto& offence : *defendant.mutable_offences()) addResult(offence, "3047", "Not to go to a street", "2026-04-01").set_ends_on("2031-04-01");
  const auto folded = fold({registered(), message});
  ASSERT_EQ(folded.record.case_().defendants(0).orders_size(), 1);
  EXPECT_EQ(only(folded, "order.made").about.front(), folded.record.case_().defendants(0).orders(0).id());
  auto again = message;
  again.set_message_id("m-2");
  EXPECT_EQ(count(*apply(folded.record, again), "order.made"), 0);
}

TEST(CaseFold, TakesAwayAnOrderThatTheCourtHasWithdrawn) {
  auto made = result({"m-1", "2026-04-01T12:00:00Z"});
  addResult(offenceOf(made), "3047", "Not to go to a street", "2026-04-01").set_source_result_id("res-7");
  auto withdrawn = made;
  withdrawn.set_message_id("m-2");
  withdrawn.set_asserted_at("2026-04-02T12:00:00Z");
  offenceOf(withdrawn).mutable_results(1)->set_deleted(true);
  EXPECT_EQ(fold({made, withdrawn}).record.case_().defendants(0).orders_size(), 0);
}

TEST(CaseFold, TellsOfAResultOnceItsCaseIsKnown) {
  auto held = result({"m-1", "2026-04-01T12:00:00Z", "2026-06-02T10:00"});
  *bailOf(held).mutable_status() = code("conditional");
  const auto early = fold({held});
  EXPECT_EQ(count(early, "hearing.resulted"), 1);
  auto joined = apply(early.record, registered());
  ASSERT_TRUE(joined);
  EXPECT_EQ(count(*joined, "case.registered"), 1);
  const auto& again = only(*joined, "hearing.resulted");
  EXPECT_NE(std::ranges::find(again.about, "r-1"), again.about.end());
  EXPECT_EQ(count(*joined, "hearing.listed"), 1);
  EXPECT_EQ(count(*joined, "bail.changed"), 1);
  auto updated = registered();
  updated.set_message_id("m-case-2");
  addParty(updated, person("Otto", "Vane", "1960-05-05"), "witness");
  const auto later = apply(joined->record, updated);
  ASSERT_TRUE(later);
  EXPECT_EQ(count(*later, "case.updated"), 1);
  EXPECT_EQ(later->events.size(), 1u);
}

TEST(CaseFold, FinishesACaseOnceWhenEverythingIsFinal) {
  auto open = result({"m-1", "2026-04-01T12:00:00Z"}), last = result({"m-2", "2026-06-02T12:00:00Z"});
  offenceOf(last).set_final(true);
  EXPECT_EQ(count(fold({last}), "case.finalised"), 0);  // nobody has told yet who else stands accused
  const auto folded = fold({registered(), open, last});
  EXPECT_EQ(count(folded, "case.finalised"), 1);
  EXPECT_EQ(folded.record.case_().finalised_on(), "2026-06-02");
  auto again = last;
  again.set_message_id("m-3");
  EXPECT_EQ(count(*apply(folded.record, again), "case.finalised"), 0);
}

TEST(CaseFold, DropsReferencesThatLeadNowhere) {
  auto message = registered();
  offenceOf(message).add_victim_ids("new-999");
  offenceOf(message).add_victim_ids(message.case_().parties(0).id());
  const auto folded = fold({message});
  ASSERT_EQ(offenceOf(folded).victim_ids_size(), 1);
  EXPECT_EQ(offenceOf(folded).victim_ids(0), "p-1");
}

TEST(CaseFold, WritesNoPersonalValueIntoTheNameOfAField) {
  auto message = registered();
  auto& phone = *message.mutable_case_()->mutable_parties(0)->add_contact_points();
  *phone.mutable_channel() = code("phone");
  phone.set_value("07700900123");
  const auto folded = fold({message});
  for (const auto& fact : folded.record.facts())
    for (const char* value : {"07700900123", "Lisle", "LISLE"}) EXPECT_EQ(fact.field().find(value), std::string::npos);
}

}  // namespace
}  // namespace causeway::care
