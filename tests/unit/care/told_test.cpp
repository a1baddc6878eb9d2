#include "host/care/told.hpp"

#include "host/care/case_join.hpp"
#include "host/care/without_person.hpp"
#include "tests/unit/care/orders_of_arrival.hpp"
#include "tests/unit/care/steps.hpp"

namespace causeway::care {
namespace {

using namespace steps;

constexpr std::string_view kTrial = "2026-07-14T10:00", kLater = "2026-08-20T10:00";
const std::string_view kOne = "2026-06-01T09:00:00Z", kTwo = "2026-06-02T09:00:00Z", kThree = "2026-06-03T09:00:00Z",
                       kFour = "2026-06-04T09:00:00Z";

/// The court's word of its one trial.
CanonicalMessage ofTrial(std::string_view id, std::string_view at, std::string_view day, std::string_view state) {
  auto out = message(id, state == "vacated" ? "trial.vacated" : "hearing.listed", "courts.cp/1", at);
  auto& hearing = addHearing(out, day);
  hearing.mutable_purpose()->set_code("trial");
  hearing.set_state(std::string(state));
  *hearing.add_identifiers() = number("cp_hearing", "7c1f0000-0000-4000-8000-000000000003");
  return out;
}
CanonicalMessage listed(std::string_view id, std::string_view at, std::string_view day = kTrial) {
  return ofTrial(id, at, day, "fixed");
}
CanonicalMessage vacated(std::string_view id, std::string_view at, std::string_view day = kTrial) {
  return ofTrial(id, at, day, "vacated");
}

/// The prosecutor's word of the witness Edwin Vane, or of the victim.
CanonicalMessage wanted(std::string_view id, std::string_view at, std::string_view requirement,
                        std::string_view who = "Vane", std::string_view day = kTrial) {
  return demand({id, at, day}, requirement,
                {who == "Vane" ? "Edwin" : "Cora", who, who == "Vane" ? "witness" : "victim"});
}

/// Ada's case with Cora Lisle, the victim (p-1), and Edwin Vane, a witness (p-2).
CanonicalMessage known() {
  auto out = registered();
  addParty(out, person("Edwin", "Vane"), "witness");
  return out;
}

/// The people of whom it is told that a hearing is off.
std::vector<std::string> toldOff(const Folded& folded) {
  std::vector<std::string> out;
  for (const auto& event : folded.events)
    if (event.type == "hearing.called_off")
      std::ranges::copy_if(event.about, std::back_inserter(out), [](const auto& id) { return id.starts_with("p-"); });
  return out;
}
using People = std::vector<std::string>;

TEST(Told, ATrialThatIsVacatedBeforeItWasFixedCallsNobody) {
  EXPECT_EQ(toldOff(fold({known(), vacated("m-2", kTwo)})), People());
  const auto late = fold({known(), vacated("m-2", kTwo), listed("m-1", kOne)});
  EXPECT_EQ(count(late, "hearing.listed"), 0);
  EXPECT_EQ(toldOff(late), People());
  EXPECT_EQ(toldOff(fold({known(), vacated("m-2", kTwo), listed("m-1", kOne), vacated("m-3", kThree)})), People());
}

TEST(Told, ADayThatIsOverCallsNobodyOff) {
  EXPECT_EQ(toldOff(fold({known(), listed("m-1", kOne), vacated("m-2", "2026-07-15T09:00:00Z")})), People());
}

TEST(Told, WhoeverCameToTheCaseAfterTheDayWasToldHearsNothingOfIt) {
  EXPECT_EQ(
      toldOff(fold({registered(), listed("m-1", kOne), wanted("m-2", kTwo, "not_required"), vacated("m-3", kThree)})),
      People{"p-1"});
}

TEST(Told, WhoeverWasToldTheDayIsToldOnceThatItIsOff) {
  std::vector<CanonicalMessage> all{known(), listed("m-1", kOne), vacated("m-2", kTwo)};
  EXPECT_EQ(toldOff(fold(all)), (People{"p-1", "p-2"}));
  all.push_back(vacated("m-3", kThree));
  EXPECT_EQ(toldOff(fold(all)), People());
}

TEST(Told, WhoeverIsStoodDownByTheSameNewsIsNotToldTwice) {
  const auto folded = fold({known(), listed("m-1", kOne), wanted("m-2", kTwo, "required"), vacated("m-3", kThree)});
  EXPECT_EQ(only(folded, "stand_down.due").about.front(), "p-2");
  EXPECT_EQ(toldOff(folded), People{"p-1"});
}

TEST(Told, AWitnessWhoWasStoodDownIsToldOnlyOfADayThatTheyHeardOfSince) {
  std::vector<CanonicalMessage> all{known(), listed("m-1", kOne), wanted("m-2", kTwo, "required"),
                                    wanted("m-3", kThree, "not_required")};
  auto off = all;
  off.push_back(vacated("m-4", kFour));
  EXPECT_EQ(toldOff(fold(off)), People{"p-1"});
  all.push_back(listed("m-4", kFour, kLater));
  all.push_back(vacated("m-5", "2026-06-05T09:00:00Z", kLater));
  EXPECT_EQ(toldOff(fold(all)), (People{"p-1", "p-2"}));
}

TEST(Told, AVictimWhoIsNotWantedHearsAllTheSameThatTheTrialIsOff) {
  EXPECT_EQ(toldOff(fold({known(), listed("m-1", kOne), wanted("m-2", kTwo, "required", "Lisle"),
                          wanted("m-3", kThree, "not_required", "Lisle"), vacated("m-4", kFour)})),
            (People{"p-1", "p-2"}));
}

TEST(Told, ATrialThatIsOnAgainIsToldAnewOnTheSameDayAndMayBeCalledOffAgain) {
  std::vector<CanonicalMessage> all{known(), listed("m-1", kOne), vacated("m-2", kTwo), listed("m-3", kThree)};
  EXPECT_EQ(count(fold(all), "hearing.listed"), 1);
  all.push_back(vacated("m-4", kFour));
  EXPECT_EQ(toldOff(fold(all)), (People{"p-1", "p-2"}));
}

TEST(Told, AnOldListAfterTheTrialWasVacatedTellsNobodyAnything) {
  const auto folded = fold({known(), listed("m-1", kOne), vacated("m-3", kThree), listed("m-2", kTwo)});
  EXPECT_EQ(count(folded, "hearing.listed"), 0);
  EXPECT_EQ(toldOff(folded), People());
}

TEST(Told, AMoveThatComesAfterTheTrialWasVacatedLeavesEverybodyToldThatItIsOff) {
  const auto off = fold({known(), listed("m-1", kOne), vacated("m-3", kThree, kLater)});
  EXPECT_EQ(toldOff(off), (People{"p-1", "p-2"})) << "the day that they were told holds no more";
  const auto late = fold({known(), listed("m-1", kOne), vacated("m-3", kThree, kLater), listed("m-2", kTwo, kLater)});
  EXPECT_EQ(count(late, "hearing.listed"), 0);
  EXPECT_EQ(toldOff(late), People());
}

TEST(Told, NobodyIsToldBeforeTheRecordsKnowTheCase) {
  EXPECT_EQ(toldOff(fold({listed("m-1", kOne), vacated("m-2", kTwo)})), People());
  EXPECT_EQ(toldOff(fold({listed("m-1", kOne), vacated("m-2", kTwo), known()})), People());
  EXPECT_EQ(toldOff(fold({listed("m-1", kOne), known(), vacated("m-2", kTwo)})), (People{"p-1", "p-2"}));
}

TEST(Told, OfTwoTrialsThatTurnOutToBeOneWhoeverWasToldOfEitherIsToldThatItIsOff) {
  std::vector<CanonicalMessage> all{known(), listed("m-1", kOne, kLater), wanted("m-2", kTwo, "required")};
  all.push_back(listed("m-3", "2026-05-30T09:00:00Z", kTrial));
  EXPECT_EQ(fold(all).record.case_().hearings_size(), 1);
  all.push_back(vacated("m-4", kFour, kLater));
  const auto folded = fold(all);
  EXPECT_EQ(count(folded, "stand_down.due"), 1);
  EXPECT_EQ(toldOff(folded), People{"p-1"});
}

TEST(Told, AWitnessGoesOnWaitingForTheCoDefendantsTrialOfThatDay) {
  auto two = known();
  addOffence(addDefendant(two, kBen), "TH68026", "2026-02-01", 1);
  auto both = message("m-1", "hearing.listed", "courts.cp/1", kOne);
  addHearing(both, kTrial).mutable_purpose()->set_code("trial");
  auto off = message("m-2", "trial.vacated", "courts.cp/1", kTwo);
  addDefendant(off, kAda);
  auto& hearing = addHearing(off, kTrial);
  hearing.mutable_purpose()->set_code("trial");
  hearing.set_state("vacated");
  hearing.add_defendant_ids(off.case_().defendants(0).id());
  ASSERT_EQ(fold({two, both, off}).record.case_().hearings_size(), 2);
  EXPECT_EQ(toldOff(fold({two, both, off})), People());
}

TEST(Told, ARecordOfAnOlderVersionCountsEverybodyAsTold) {
  auto older = fold({known(), listed("m-1", kOne)}).record;
  auto& facts = *older.mutable_facts();
  facts.erase(std::remove_if(facts.begin(), facts.end(), isToldMark), facts.end());
  const auto folded = apply(older, vacated("m-2", kTwo));
  ASSERT_TRUE(folded);
  EXPECT_EQ(toldOff(*folded), (People{"p-1", "p-2"}));
}

TEST(Told, WhoeverIsErasedLeavesNoMark) {
  auto record = fold({known(), listed("m-1", kOne)}).record;
  ASSERT_TRUE(takeOut(record, "p-2").found);
  EXPECT_TRUE(
      std::ranges::none_of(record.facts(), [](const auto& one) { return isToldMark(one) && one.value() == "p-2"; }));
  const auto folded = apply(record, vacated("m-2", kTwo));
  ASSERT_TRUE(folded);
  EXPECT_EQ(toldOff(*folded), People{"p-1"});
}

TEST(Told, AMarkSaysNothingOfWhoIsWhoInAnotherCase) {
  const auto one = fold({known(), listed("m-1", kOne)}).record;
  for (const auto& [from, to] : sameElements(one, one)) EXPECT_EQ(from, to);
}

TEST(Told, EveryOrderEndsInTheSameState) {
  arrival::expectEveryOrderAlike({known(), listed("m-1", kOne), wanted("m-2", kTwo, "required"),
                                  listed("m-3", kThree, kLater), vacated("m-4", kFour, kLater)});
}

}  // namespace
}  // namespace causeway::care
