#include "host/care/at_odds.hpp"

#include "tests/unit/care/orders_of_arrival.hpp"
#include "tests/unit/care/steps.hpp"

namespace causeway::care {
namespace {

using namespace steps;

constexpr std::string_view kFixedFor = "2026-07-14T10:00", kOtherDay = "2026-07-15T10:00",
                           kOne = "2026-06-01T09:00:00Z", kTwo = "2026-06-02T09:00:00Z",
                           kThree = "2026-06-03T09:00:00Z", kFour = "2026-06-04T09:00:00Z";
const std::string kMagistrates = "B01EF00", kCrown = "C01LV00";

/// The court fixes the trial of Ada Marsh in the result of an earlier hearing.
CanonicalMessage fixed(std::string_view id, std::string_view at, std::string_view start, const Accused& who = kAda) {
  auto out = message(id, "hearing.resulted", "courts.spi-result/1", at);
  addHearing(out, std::string(at.substr(0, 10)) + "T10:00", kMagistrates);
  auto& result =
      addResult(addOffence(addDefendant(out, who), "TH68026", "2026-02-01", 1), "4004", "Adjourned", at.substr(0, 10));
  setNext(result, start);
  *result.mutable_next_hearing()->mutable_court() = code(kMagistrates);
  return out;
}

/// The prosecutor wants Cora Lisle there.
CanonicalMessage wanted(std::string_view id, std::string_view at, std::string_view start,
                        const std::string& house = kMagistrates, std::string_view requirement = "required") {
  auto out = message(id, "witnesses.required", "cps.lwac/1", at);
  auto& hearing = addHearing(out, start, house);
  *hearing.mutable_purpose() = code("trial");
  auto& attendance = *addParty(out, person("Cora", "Lisle"), "witness").add_attendances();
  attendance.set_hearing_id(hearing.id());
  *attendance.mutable_requirement() = code(requirement);
  return out;
}

struct Told {
  int listed, warned, held, stood_down;
  bool operator==(const Told&) const = default;
};
Told told(const Folded& folded) {
  return {count(folded, "hearing.listed"), count(folded, "warning.due"), count(folded, "warning.at_odds"),
          count(folded, "stand_down.due")};
}
std::ostream& operator<<(std::ostream& out, const Told& one) {
  return out << one.listed << " listed, " << one.warned << " warned, " << one.held << " held, " << one.stood_down
             << " stood down";
}

TEST(AtOdds, NobodyIsToldOfATrialThatTheProsecutorAloneNamesBesideTheCourts) {
  for (const auto& [start, house] : {std::pair(kOtherDay, kMagistrates), std::pair(kFixedFor, kCrown),
                                     std::pair(std::string_view("2026-07-14T14:00"), kMagistrates)}) {
    const auto folded = fold({registered(), fixed("m-1", kOne, kFixedFor), wanted("m-2", kTwo, start, house)});
    EXPECT_EQ(told(folded), (Told{0, 0, 1, 0})) << start;
    EXPECT_EQ(told(fold({registered(), fixed("m-1", kOne, kFixedFor), wanted("m-2", kTwo, start, house),
                         wanted("m-3", kThree, start, house)})),
              (Told{0, 0, 0, 0}))
        << "said again";
  }
}

TEST(AtOdds, TheDefendantsNameMovesNoTrialOfTheCourt) {
  auto named = wanted("m-2", kTwo, kOtherDay);
  addOffence(addDefendant(named, kAda), "TH68026", "2026-02-01", 1);
  const auto folded = fold({registered(), fixed("m-1", kOne, kFixedFor), named});
  EXPECT_EQ(told(folded), (Told{0, 0, 1, 0}));
  ASSERT_NE(hearingOn(folded, "2026-07-14"), nullptr);
  EXPECT_FALSE(hearingOn(folded, "2026-07-14")->has_previous_starts_at());
}

TEST(AtOdds, TheWarningGoesWhenTheCourtMovesToTheProsecutorsDay) {
  const auto folded = fold(
      {registered(), fixed("m-1", kOne, kFixedFor), wanted("m-2", kTwo, kOtherDay), fixed("m-3", kThree, kOtherDay)});
  EXPECT_EQ(folded.record.case_().hearings_size(), 3) << "two that were held, and the trial";
  EXPECT_EQ(told(folded), (Told{1, 1, 0, 0}));
  EXPECT_TRUE(hearingsAtOdds(folded.record).empty());
}

TEST(AtOdds, TheWarningGoesWhenTheProsecutorNamesTheCourtsTrial) {
  const auto folded = fold(
      {registered(), fixed("m-1", kOne, kFixedFor), wanted("m-2", kTwo, kOtherDay), wanted("m-3", kThree, kFixedFor)});
  EXPECT_EQ(folded.record.case_().hearings_size(), 2);
  EXPECT_EQ(told(folded), (Told{0, 1, 0, 0})) << "the day of the trial was told before";
}

TEST(AtOdds, WhoeverWasWarnedForTheCourtsTrialIsNotWarnedAgain) {
  const std::vector<CanonicalMessage> all{registered(), fixed("m-1", kOne, kFixedFor), wanted("m-2", kTwo, kFixedFor),
                                          wanted("m-3", kThree, kOtherDay, kCrown), wanted("m-4", kFour, kFixedFor)};
  EXPECT_EQ(told(fold({all.begin(), all.begin() + 4})), (Told{0, 0, 1, 0}));
  EXPECT_EQ(told(fold(all)), (Told{0, 0, 0, 0}));
}

TEST(AtOdds, WhoeverWaitsAndIsNotWantedAnyMoreIsNotStoodDown) {
  const auto folded = fold({registered(), fixed("m-1", kOne, kFixedFor), wanted("m-2", kTwo, kOtherDay),
                            wanted("m-3", kThree, kOtherDay, kMagistrates, "not_required")});
  EXPECT_EQ(told(folded), (Told{0, 0, 0, 0}));
  EXPECT_EQ(count(folded, "warning.taken_back"), 1);
}

TEST(AtOdds, ATrialThatTheCourtListsAsWellIsNoDisagreement) {
  auto listed = message("m-3", "hearing.listed", "courts.cp/1", kThree);
  *addHearing(listed, kFixedFor, kCrown).mutable_purpose() = code("trial");
  EXPECT_EQ(told(fold({registered(), fixed("m-1", kOne, kFixedFor), wanted("m-2", kTwo, kFixedFor, kCrown), listed})),
            (Told{1, 1, 0, 0}))
      << "it is fixed after all";
}

TEST(AtOdds, ATrialOfAnotherDefendantIsNoDisagreement) {
  auto both = registered();
  addOffence(addDefendant(both, kBen), "TH68026", "2026-02-01", 1);
  auto bens = wanted("m-2", kTwo, kOtherDay);
  addOffence(addDefendant(bens, kBen), "TH68026", "2026-02-01", 1);
  EXPECT_EQ(told(fold({both, fixed("m-1", kOne, kFixedFor), bens})), (Told{1, 1, 0, 0}));
}

TEST(AtOdds, AnOlderWordOfTheProsecutorIsNoDisagreement) {
  EXPECT_EQ(told(fold({registered(), fixed("m-1", kTwo, kFixedFor), wanted("m-2", kOne, kOtherDay)})),
            (Told{1, 1, 0, 0}));
}

TEST(AtOdds, ATrialThatIsOverOrOffIsNoDisagreement) {
  EXPECT_EQ(told(fold({registered(), fixed("m-1", kOne, kFixedFor),
                       wanted("m-2", "2026-07-16T09:00:00Z", "2026-09-15T10:00")})),
            (Told{1, 1, 0, 0}))
      << "the court's day is over";
}

TEST(AtOdds, AWarningThatWaitedGoesWithTheNextNewsOnceTheCourtsDayIsOver) {
  auto news = registered();
  news.set_message_id("m-3");
  news.set_asserted_at("2026-07-16T09:00:00Z");
  news.clear_received_at();
  EXPECT_EQ(told(fold({registered(), fixed("m-1", kOne, kFixedFor), wanted("m-2", kTwo, "2026-09-15T10:00"), news})),
            (Told{1, 1, 0, 0}));
}

TEST(AtOdds, ATrialThatTheCourtNeverNamedIsNotHeldBecauseTheCourtMovesToAnother) {
  const auto folded = fold({registered(), fixed("m-1", kOne, kFixedFor), wanted("m-2", kTwo, kOtherDay),
                            fixed("m-3", kThree, "2026-07-21T10:00")});
  EXPECT_EQ(told(folded), (Told{1, 0, 0, 0})) << "the court's new day";
  EXPECT_EQ(hearingsAtOdds(folded.record).size(), 1U);
}

TEST(AtOdds, EveryOrderEndsInTheSameState) {
  auto listed = message("m-1", "hearing.listed", "courts.cp/1", kOne);
  auto& hearing = addHearing(listed, kFixedFor, kMagistrates);
  *hearing.mutable_purpose() = code("trial");
  *hearing.add_identifiers() = number("cp_hearing", "7c1f0000-0000-4000-8000-000000000003");
  hearing.add_defendant_ids(addDefendant(listed, kAda).id());
  arrival::expectEveryOrderAlike(
      {registered(), listed, wanted("m-2", kTwo, kOtherDay), wanted("m-3", kThree, kFixedFor)});
}

// What the prosecutor took back is no day at which the court's trial ever was.
TEST(AtOdds, AStandDownForADayThatTheProsecutorTookBackSendsNobodyAwayFromTheCourtsTrial) {
  auto listed = message("m-1", "hearing.listed", "courts.cp/1", kOne);
  auto& hearing = addHearing(listed, kFixedFor, kMagistrates);
  *hearing.mutable_purpose() = code("trial");
  *hearing.add_identifiers() = number("cp_hearing", "7c1f0000-0000-4000-8000-000000000003");
  EXPECT_EQ(told(fold({registered(), listed, wanted("m-2", kTwo, kOtherDay), wanted("m-3", kThree, kFixedFor),
                       wanted("m-4", kFour, kOtherDay, kMagistrates, "not_required")})),
            (Told{0, 0, 0, 0}));
}

// The prosecutor's word of nobody by name is of the hearing that is there, whatever had become of that one before.
TEST(AtOdds, ATrialThatMovedIsOneWithWhatTheProsecutorSaysOfNobody) {
  const auto folded = fold(
      {registered(), fixed("m-1", kOne, kFixedFor), fixed("m-2", kTwo, kOtherDay), wanted("m-3", kThree, kOtherDay)});
  int trials = 0;
  for (const auto& one : folded.record.case_().hearings()) trials += one.purpose().code() == "trial" ? 1 : 0;
  EXPECT_EQ(trials, 1);
  EXPECT_EQ(told(folded), (Told{0, 1, 0, 0}));
}

}  // namespace
}  // namespace causeway::care
