#include "tests/unit/care/orders_of_arrival.hpp"
#include "tests/unit/care/steps.hpp"

namespace causeway::care {
namespace {

using namespace steps;

constexpr std::string_view kTrial = "2026-07-14T10:00";

/// The prosecutor's word of one witness: wanted (`required`) or not (`not_required`) at the trial.
CanonicalMessage wanted(std::string_view id, std::string_view at, std::string_view requirement,
                        std::string_view who = "Lisle", std::string_view day = kTrial) {
  return demand({id, at, day}, requirement, {who == "Lisle" ? "Cora" : "Edwin", who, "witness"});
}

CanonicalMessage vacated(std::string_view id, std::string_view at) {
  auto out = message(id, "trial.vacated", "courts.cp/1", at);
  auto& hearing = addHearing(out, kTrial);
  hearing.mutable_purpose()->set_code("trial");
  hearing.set_state("vacated");
  return out;
}

CanonicalMessage admitted(std::string_view id, std::string_view at, std::string_view plea = "guilty") {
  auto out = message(id, "plea.recorded", "cps.plea/1", at);
  addOffence(addDefendant(out, kAda), "TH68026", "2026-02-01", 1).mutable_plea()->set_code(std::string(plea));
  return out;
}

int warnings(const Folded& folded) { return count(folded, "warning.due"); }
int standDowns(const Folded& folded) { return count(folded, "stand_down.due"); }

/// The court's word, which comes so many days into June.
CanonicalMessage listed(std::string_view id, std::string_view at, std::string_view day, std::string_view received) {
  auto out = message(id, "hearing.listed", "courts.cp/1", at);
  out.set_received_at(std::string(received));
  auto& hearing = addHearing(out, day);
  hearing.mutable_purpose()->set_code("trial");
  *hearing.add_identifiers() = number("cp_hearing", "7c1f0000-0000-4000-8000-000000000003");
  return out;
}

const std::string_view kOne = "2026-06-01T09:00:00Z", kTwo = "2026-06-02T09:00:00Z", kThree = "2026-06-03T09:00:00Z";

TEST(Awaited, NobodyIsWarnedOfATrialWhoIsNotWanted) {
  EXPECT_EQ(warnings(fold({registered(), wanted("m-1", kOne, "not_required")})), 0);
  EXPECT_EQ(warnings(fold({registered(), wanted("m-1", kOne, "read")})), 0);
}

TEST(Awaited, NobodyIsWarnedOfADayThatIsOver) {
  EXPECT_EQ(warnings(fold({registered(), wanted("m-1", "2026-07-15T09:00:00Z", "required")})), 0);
}

TEST(Awaited, WhoIsWantedIsWarnedOnce) {
  const auto folded = fold({registered(), wanted("m-1", kOne, "required")});
  EXPECT_EQ(only(folded, "warning.due").about.size(), 2U);
  EXPECT_EQ(warnings(fold({registered(), wanted("m-1", kOne, "required"), wanted("m-2", kTwo, "required")})), 0);
}

TEST(Awaited, WhoIsNotWantedAnyMoreIsStoodDownAndMayBeWarnedAgain) {
  std::vector<CanonicalMessage> all{registered(), wanted("m-1", kOne, "required"), wanted("m-2", kTwo, "not_required")};
  EXPECT_EQ(standDowns(fold(all)), 1);
  all.push_back(wanted("m-3", kThree, "required"));
  EXPECT_EQ(warnings(fold(all)), 1);
  EXPECT_EQ(standDowns(fold(all)), 0);
}

TEST(Awaited, AnOldWarningAfterAStandDownWarnsNobody) {
  EXPECT_EQ(warnings(fold({registered(), wanted("m-2", kTwo, "not_required"), wanted("m-1", kOne, "required")})), 0);
}

TEST(Awaited, AVacatedTrialStandsEverybodyDown) {
  const auto folded = fold(
      {registered(), wanted("m-1", kOne, "required"), wanted("m-2", kOne, "required", "Vane"), vacated("m-3", kTwo)});
  EXPECT_EQ(standDowns(folded), 2);
}

TEST(Awaited, NobodyIsWarnedOfATrialThatIsOffAlready) {
  const auto folded = fold({registered(), vacated("m-2", kTwo), wanted("m-1", kOne, "required")});
  EXPECT_EQ(warnings(folded), 0);
  EXPECT_EQ(standDowns(folded), 0);
}

TEST(Awaited, APleaOfGuiltyToEverythingStandsEverybodyDown) {
  const auto folded = fold({registered(), wanted("m-1", kOne, "required"), admitted("m-2", kTwo)});
  EXPECT_EQ(standDowns(folded), 1);
  EXPECT_EQ(standDowns(fold({registered(), wanted("m-1", kOne, "required"), admitted("m-2", kTwo, "not_guilty")})), 0);
}

TEST(Awaited, NobodyIsToldTheDateOfATrialInWhichEverythingIsAdmitted) {
  auto plea = admitted("m-2", kTwo);
  addHearing(plea, kTrial).mutable_purpose()->set_code("trial");
  const auto folded = fold({registered(), wanted("m-1", kOne, "required"), plea});
  EXPECT_EQ(standDowns(folded), 1);
  EXPECT_EQ(count(folded, "hearing.listed"), 0);
}

TEST(Awaited, ATrialGoesOnForTheCoDefendantWhoAdmitsNothing) {
  auto two = registered();
  addOffence(addDefendant(two, kBen), "TH68026", "2026-02-01", 1);
  EXPECT_EQ(standDowns(fold({two, wanted("m-1", kOne, "required"), admitted("m-2", kTwo)})), 0);
}

TEST(Awaited, NobodyIsStoodDownFromAHearingThatTookPlace) {
  auto over = result({"m-2", "2026-07-14T16:00:00Z"});
  over.mutable_case_()->mutable_hearings(0)->mutable_purpose()->set_code("trial");
  const auto folded = fold({registered(), wanted("m-1", kOne, "required"), over});
  EXPECT_EQ(standDowns(folded), 0);
}

// The prosecutor names the old day of a trial that had moved, and only then does the court's own word of that day come.
TEST(Awaited, TwoTrialsThatTurnOutToBeOneStandNobodyDownAndTellTheDayThatHolds) {
  auto warned = wanted("m-2", kOne, "required");
  warned.set_received_at(std::string(kThree));
  const std::vector<CanonicalMessage> before{registered(), listed("m-1", kTwo, "2026-08-20T10:00", kTwo), warned};
  EXPECT_EQ(warnings(fold(before)), 1) << "as far as is known there are two trials";
  auto all = before;
  all.push_back(listed("m-3", "2026-05-30T09:00:00Z", kTrial, "2026-06-04T09:00:00Z"));
  const auto folded = fold(all);
  EXPECT_EQ(folded.record.case_().hearings_size(), 1);
  EXPECT_EQ(standDowns(folded), 0);
  EXPECT_EQ(warnings(folded), 0);
  EXPECT_EQ(count(folded, "hearing.listed"), 1) << "the day told last was the other one";
}

TEST(Awaited, OfTwoTrialsThatTurnOutToBeOneTheDayToldLastIsNotToldAgain) {
  const auto folded =
      fold({registered(), wanted("m-1", kOne, "required"), listed("m-2", kTwo, "2026-08-20T10:00", kTwo),
            listed("m-3", "2026-05-30T09:00:00Z", kTrial, "2026-06-04T09:00:00Z")});
  EXPECT_EQ(folded.record.case_().hearings_size(), 1);
  EXPECT_EQ(count(folded, "hearing.listed"), 0);
  EXPECT_EQ(standDowns(folded), 0);
  EXPECT_EQ(warnings(folded), 0);
}

TEST(Awaited, WhoIsNotWantedAtTheTrialThatTwoTurnOutToBeIsStoodDown) {
  auto off = wanted("m-4", kThree, "not_required", "Lisle", "2026-08-20T10:00");
  std::vector<CanonicalMessage> all{registered(), wanted("m-1", kOne, "required"),
                                    listed("m-2", kTwo, "2026-08-20T10:00", kTwo), off};
  const auto folded = fold(all);
  ASSERT_EQ(folded.record.case_().hearings_size(), 1) << "the prosecutor names the court's trial since";
  const auto& down = only(folded, "stand_down.due");
  EXPECT_NE(std::ranges::find(down.about, folded.record.case_().hearings(0).id()), down.about.end())
      << "of a hearing that the case still has";
  all.push_back(listed("m-3", "2026-05-30T09:00:00Z", kTrial, "2026-06-04T09:00:00Z"));
  EXPECT_EQ(standDowns(fold(all)), 0);
}

/// The prosecutor says that the trial has cracked: nobody need come.
CanonicalMessage cracked(std::string_view id, std::string_view at, std::string_view format = "cps.stand-down-all/1") {
  auto out = message(id, "witness.dewarn_requested", format, at);
  auto& hearing = addHearing(out, kTrial);
  hearing.mutable_purpose()->set_code("trial");
  hearing.mutable_trial_outcome()->mutable_kind()->set_code("cracked");
  return out;
}

TEST(Awaited, WhoIsAskedForAfterTheProsecutorCalledTheTrialCrackedIsWarnedAnew) {
  const auto first = wanted("m-1", kOne, "required"), again = wanted("m-3", kThree, "required");
  EXPECT_EQ(standDowns(fold({registered(), first, cracked("m-2", kTwo)})), 1);
  EXPECT_EQ(warnings(fold({registered(), first, cracked("m-2", kTwo), again})), 1);
  EXPECT_EQ(standDowns(fold({registered(), first, again, cracked("m-2", kTwo)})), 0);
  EXPECT_EQ(warnings(fold({registered(), first, cracked("m-2", kThree), wanted("m-3", kTwo, "required")})), 0)
      << "an old list";
  EXPECT_EQ(warnings(fold({registered(), first, cracked("m-2", kTwo, "courts.cp/1"), again})), 0)
      << "the court's word stands";
}

TEST(Awaited, WhoWasToldToStayAtHomeIsWarnedAnewWhenAskedForAgain) {
  auto told = wanted("m-2", kTwo, "required");
  told.set_format("niche.party/1");
  told.set_type("party.updated");
  told.mutable_case_()->mutable_parties(0)->mutable_attendances(0)->clear_requirement();
  told.mutable_case_()->mutable_parties(0)->mutable_attendances(0)->set_state("stood_down");
  const auto first = wanted("m-1", kOne, "required");
  EXPECT_EQ(warnings(fold({registered(), first, told, wanted("m-3", kThree, "required")})), 1);
  EXPECT_EQ(warnings(fold({registered(), told, first})), 0) << "the demand is older";
}

/// A result that fixes the trial for that day, in the court in which it is.
CanonicalMessage fixed(std::string_view id, std::string_view at, std::string_view day) {
  auto out = result({id, at, day});
  *offenceOf(out).mutable_results(0)->mutable_next_hearing()->mutable_court() = code("B01EF01");
  return out;
}

TEST(Awaited, AStandDownForTheOldDayOfAHearingThatMovedIsForAPersonToSettle) {
  const auto moved = fold({registered(), fixed("m-1", "2026-06-01T08:00:00Z", kTrial), wanted("m-2", kOne, "required"),
                           fixed("m-3", "2026-06-02T08:00:00Z", "2026-07-16T10:00")});
  EXPECT_FALSE(apply(moved.record, cracked("m-4", kThree)));
  EXPECT_FALSE(apply(moved.record, wanted("m-5", kThree, "not_required")));
  EXPECT_TRUE(apply(moved.record, wanted("m-6", kThree, "not_required", "Bray"))) << "somebody else";
}

/// The prosecutor stops, or the court decides, everything against the one defendant.
CanonicalMessage ended(std::string_view id, std::string_view at, bool discontinued) {
  auto out = message(id, discontinued ? "case.discontinued" : "hearing.resulted", "courts.cp/1", at);
  auto& offence = addOffence(addDefendant(out, kAda), "TH68026", "2026-02-01", 1);
  if (discontinued) offence.set_discontinued(true);
  else offence.set_final(true);
  addResult(offence, "2051", "Withdrawn", at.substr(0, 10));
  return out;
}

TEST(Awaited, ACaseThatEndsBeforeItsTrialStandsEverybodyDown) {
  const auto first = wanted("m-1", kOne, "required");
  for (const bool discontinued : {true, false}) {
    const auto over = ended("m-2", kTwo, discontinued);
    EXPECT_EQ(standDowns(fold({registered(), first, over})), 1);
    EXPECT_EQ(warnings(fold({registered(), over, first})), 0) << "a demand from before the end that comes late";
    EXPECT_EQ(standDowns(fold({registered(), over, first})), 0);
  }
}

TEST(Awaited, AChargeThatIsDiscontinuedWithoutItsDateIsFoundByItsNumberOrAsked) {
  auto undated = ended("m-2", kTwo, true), other = ended("m-3", kTwo, true);
  offenceOf(undated).clear_starts_on();
  offenceOf(other).clear_starts_on();
  offenceOf(other).set_sequence(7);
  const auto first = wanted("m-1", kOne, "required");
  EXPECT_EQ(standDowns(fold({registered(), first, undated})), 1);
  EXPECT_FALSE(apply(fold({registered(), first}).record, other));
}

TEST(Awaited, ACaseThatEndsForOneOfTwoDefendantsStandsNobodyDown) {
  auto both = registered();
  addOffence(addDefendant(both, kBen), "TH68026", "2026-02-01", 1);
  EXPECT_EQ(standDowns(fold({both, wanted("m-1", kOne, "required"), ended("m-2", kTwo, true)})), 0);
}

TEST(Awaited, ATrialThatIsFixedAfterTheEndIsForAPersonToSettle) {
  const auto over = fold({registered(), ended("m-1", kOne, false)});
  EXPECT_FALSE(apply(over.record, wanted("m-2", kThree, "required")));
  EXPECT_FALSE(apply(over.record, listed("m-3", kThree, kTrial, kThree)));
}

TEST(Awaited, EveryOrderEndsInTheSameState) {
  arrival::expectEveryOrderAlike(
      {registered(), wanted("m-1", kOne, "required"), wanted("m-2", kTwo, "not_required"), vacated("m-3", kThree)});
}

// A plea may be taken back, and what became known meanwhile was told to nobody.
TEST(Awaited, ATrialThatIsToBeHeldAfterAllIsToldOfWhenItsStartWasNot) {
  const auto day = "2026-07-21T11:00";
  std::vector<CanonicalMessage> moved{registered(), listed("m-1", kOne, kTrial, kOne), admitted("m-2", kTwo),
                                      listed("m-3", kThree, day, kThree)},
      new_one{registered(), admitted("m-2", kTwo), listed("m-3", kThree, day, kThree)},
      told{registered(), listed("m-1", kOne, kTrial, kOne), admitted("m-2", kTwo)};
  for (auto* all : {&moved, &new_one, &told}) {
    EXPECT_EQ(count(fold(*all), "hearing.listed"), 0);
    all->push_back(admitted("m-4", "2026-06-04T09:00:00Z", "not_guilty"));
  }
  EXPECT_EQ(count(fold(moved), "hearing.listed"), 1);
  EXPECT_EQ(count(fold(new_one), "hearing.listed"), 1);
  EXPECT_EQ(count(fold(told), "hearing.listed"), 0);
  moved.push_back(admitted("m-5", "2026-06-05T09:00:00Z"));
  moved.push_back(admitted("m-6", "2026-06-06T09:00:00Z", "not_guilty"));
  EXPECT_EQ(count(fold(moved), "hearing.listed"), 0) << "told of it before";
}

TEST(Awaited, AnOldWarningMeansTheTrialThatWasAtThatMinuteThoughItStaysOnThatDay) {
  const auto folded = fold({registered(), listed("m-1", kOne, kTrial, kOne),
                            listed("m-2", kThree, "2026-07-14T11:00", kThree), wanted("m-3", kTwo, "required")});
  ASSERT_EQ(folded.record.case_().hearings_size(), 1);
  EXPECT_EQ(folded.record.case_().hearings(0).starts_at().time(), "11:00");
  EXPECT_EQ(warnings(folded), 1);
  EXPECT_EQ(count(folded, "hearing.listed"), 0);
}

}  // namespace
}  // namespace causeway::care
