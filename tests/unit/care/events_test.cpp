#include "tests/unit/care/steps.hpp"

namespace causeway::care {
namespace {

using namespace steps;

TEST(EventsOfACase, ChangesNothingForAMessageItHasSeen) {
  const auto first = fold({registered(), result({"m-1", "2026-04-01T12:00:00Z", "2026-06-02T10:00"})});
  const auto again = apply(first.record, result({"m-1", "2026-04-01T12:00:00Z", "2026-06-02T10:00"}));
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->events.empty());
  EXPECT_EQ(again->record.SerializeAsString(), first.record.SerializeAsString());
}

TEST(EventsOfACase, TellsNothingWhenTheSameIsSaidUnderAnotherNumber) {
  const auto folded = fold({registered(), result({"m-1", "2026-04-01T12:00:00Z", "2026-06-02T10:00"}),
                            result({"m-2", "2026-04-01T13:00:00Z", "2026-06-02T10:00"})});
  EXPECT_TRUE(folded.events.empty());
  EXPECT_EQ(offenceOf(folded).results_size(), 1);
}

TEST(EventsOfACase, TakesBailAsOneStatement) {
  auto strict = result({"m-1", "2026-04-01T12:00:00Z"}), free = result({"m-2", "2026-05-01T12:00:00Z"});
  *bailOf(strict).mutable_status() = code("conditional");
  *bailOf(strict).add_conditions()->mutable_text() = text("Not to contact a person");
  *bailOf(free).mutable_status() = code("unconditional");
  const auto folded = fold({registered(), strict, free});
  EXPECT_EQ(folded.record.case_().defendants(0).bail().conditions_size(), 0);
  EXPECT_EQ(only(folded, "bail.changed").about, std::vector<std::string>{"d-1"});
  EXPECT_EQ(count(fold({registered(), strict}), "bail.changed"), 1);
}

TEST(EventsOfACase, MakesOneOrderOfARepeatedOne) {
  auto message = result({"m-1", "2026-04-01T12:00:00Z"});
  auto& defendant = *message.mutable_case_()->mutable_defendants(0);
  addOffence(defendant, "CJ88001", "2026-02-01", 2);
  for (auto& offence : *defendant.mutable_offences())
    addResult(offence, "3047", "Not to go to a street", "2026-04-01").set_ends_on("2031-04-01");
  const auto folded = fold({registered(), message});
  ASSERT_EQ(folded.record.case_().defendants(0).orders_size(), 1);
  EXPECT_EQ(only(folded, "order.made").about.front(), folded.record.case_().defendants(0).orders(0).id());
  auto again = message;
  again.set_message_id("m-2");
  EXPECT_EQ(count(*apply(folded.record, again), "order.made"), 0);
}

TEST(EventsOfACase, TakesAwayAnOrderThatTheCourtHasWithdrawn) {
  auto made = result({"m-1", "2026-04-01T12:00:00Z"});
  addResult(offenceOf(made), "3047", "Not to go to a street", "2026-04-01").set_source_result_id("res-7");
  auto withdrawn = made;
  withdrawn.set_message_id("m-2");
  withdrawn.set_asserted_at("2026-04-02T12:00:00Z");
  offenceOf(withdrawn).mutable_results(1)->set_deleted(true);
  EXPECT_EQ(fold({made, withdrawn}).record.case_().defendants(0).orders_size(), 0);
}

TEST(EventsOfACase, TellsOfAResultOnceItsCaseIsKnown) {
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

TEST(EventsOfACase, SaysOfAResultThatALaterHearingIsResultedAlready) {
  const auto earlier = result({"m-1", "2026-04-01T12:00:00Z"}), later = result({"m-2", "2026-05-01T12:00:00Z"});
  const auto late = fold({registered(), later, earlier});
  EXPECT_EQ(count(late, "hearing.resulted"), 0);
  EXPECT_EQ(only(late, "hearing.resulted_late").about.size(), 4U)
      << "the hearing, the result, its offence and whose it is";
  const auto in_order = fold({registered(), earlier, later});
  EXPECT_EQ(count(in_order, "hearing.resulted"), 1);
  EXPECT_EQ(count(in_order, "hearing.resulted_late"), 0);
}

TEST(EventsOfACase, AResultIsNotLateForALaterOneOfSomebodyElse) {
  auto both = registered();
  addOffence(addDefendant(both, kBen), "TH68026", "2026-02-01", 1);
  auto of_ada = result({"m-1", "2026-04-01T12:00:00Z"}),
       of_ben = message("m-2", "hearing.resulted", "courts.spi-result/1", "2026-05-01T12:00:00Z");
  auto& ben = addDefendant(of_ben, kBen);
  addResult(addOffence(ben, "TH68026", "2026-02-01", 1), "4004", "Adjourned", "2026-05-01");
  addHearing(of_ben, "2026-05-01T10:00").add_defendant_ids(ben.id());
  of_ada.mutable_case_()->mutable_hearings(0)->add_defendant_ids(of_ada.case_().defendants(0).id());
  EXPECT_EQ(count(fold({both, of_ben, of_ada}), "hearing.resulted"), 1);
}

TEST(EventsOfACase, FinishesACaseOnceWhenEverythingIsFinal) {
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

TEST(EventsOfACase, AResultThatOnlyMendsABirthdayIsNotToldAnew) {
  const auto first = result({"m-1", "2026-06-02T12:00:00Z"});
  auto mended = result({"m-2", "2026-06-02T15:00:00Z"});
  mended.mutable_case_()->mutable_defendants(0)->mutable_person()->set_born_on("1990-02-04");
  EXPECT_EQ(count(fold({registered(), first}), "hearing.resulted"), 1);
  EXPECT_EQ(count(fold({registered(), first, mended}), "hearing.resulted"), 0);
}

TEST(EventsOfACase, TheDefendantOfAHearingThatEverybodyWasToldOfIsNoNews) {
  auto listed = message("m-1", "hearing.listed", "cps.hearing/1", "2026-06-01T09:00:00Z");
  addHearing(listed, "2026-07-14T10:00");
  auto whose = message("m-2", "hearing.listed", "courts.list/1", "2026-06-02T09:00:00Z");
  auto& hearing = addHearing(whose, "2026-07-14T10:00");
  hearing.add_defendant_ids(addDefendant(whose, kAda).id());
  EXPECT_EQ(count(fold({registered(), listed}), "hearing.listed"), 1);
  EXPECT_EQ(count(fold({registered(), listed, whose}), "hearing.listed"), 0);
}

TEST(EventsOfACase, AStartThatAnotherSourceNamesForNobodyIsNewsOnlyToWhoWasNotToldOfIt) {
  auto from_court = message("m-1", "hearing.listed", "courts.list/1", "2026-06-01T09:00:00Z");
  auto& hearing = addHearing(from_court, "2026-07-14T10:00");
  hearing.add_defendant_ids(addDefendant(from_court, kAda).id());
  const auto fromProsecutor = [](std::string_view start) {
    auto out = message("m-2", "hearing.listed", "cps.hearing/1", "2026-06-02T09:00:00Z");
    addHearing(out, start);
    return out;
  };
  auto of_two = registered();
  addOffence(addDefendant(of_two, kBen), "TH68026", "2026-02-01", 1);
  EXPECT_EQ(count(fold({registered(), from_court, fromProsecutor("2026-07-14T14:00")}), "hearing.listed"), 1);
  EXPECT_EQ(count(fold({of_two, from_court, fromProsecutor("2026-07-14T10:00")}), "hearing.listed"), 1);
  EXPECT_EQ(count(fold({registered(), from_court, fromProsecutor("2026-07-14T10:00")}), "hearing.listed"), 0);
}

}  // namespace
}  // namespace causeway::care
