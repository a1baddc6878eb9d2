#include "tests/unit/pipeline/split_scene.hpp"

namespace causeway::pipeline {
namespace {

TEST_F(CaseSplitting, HoldsASplitOfSomebodyWhoIsNotFoundAndMovesNobody) {
  EXPECT_EQ(stateAfter(splitting("S1", support::kBen)), "held");
  EXPECT_EQ(whyHeld(), "split_unclear");
  EXPECT_EQ(peopleOf(whole_).size(), 6U);
  EXPECT_TRUE(rig.store().decisionsAbout("case_split", whole_).value().empty());
}

TEST_F(CaseSplitting, HoldsASplitWhileItIsNotKnownWhereSomebodyBelongs) {
  auto more = support::message("C2", "party.updated", "niche.test", "2026-03-03T09:00:00Z");
  more.mutable_case_()->set_urn(kOld);
  support::addParty(more, support::person("Merryn", "Keast", "1960-01-01"), "witness");
  ASSERT_EQ(stateAfter(more, "records"), "done");
  EXPECT_EQ(stateAfter(splitting("S1")), "held");
  EXPECT_EQ(whyHeld(), "split_people");
  EXPECT_EQ(peopleOf(whole_).size(), 7U);
}

TEST_F(CaseSplitting, HoldsASplitWhileProcessingIsRestricted) {
  ASSERT_TRUE(rig.rulings().restrict({whole_, "dpo.12", "contested", "uid:1000"}, {"", "accuracy", {}}));
  EXPECT_EQ(stateAfter(splitting("S1")), "held");
  EXPECT_EQ(whyHeld(), "split_restricted");
}

TEST_F(CaseSplitting, HoldsASplitAfterSomebodyWasErased) {
  ASSERT_TRUE(rig.rulings().erasePerson({whole_, "dpo.12", "as asked", "uid:1000"}, "p-1"));
  EXPECT_EQ(stateAfter(splitting("S1")), "held");
  EXPECT_EQ(whyHeld(), "split_erased");
}

TEST_F(CaseSplitting, HoldsASplitWhileSomethingIsUnderWay) {
  rig.sender.answer(FakeSender::withStatus(503));
  stateAfter(resultOf("R1", kCy, kOld), "courts");
  EXPECT_EQ(stateAfter(splitting("S1")), "held");
  EXPECT_EQ(whyHeld(), "split_under_way");
  rig.sender.answer(FakeSender::withStatus(200));
  rig.passTime(std::chrono::minutes(30));
  auto again = splitting("S2");
  again.set_asserted_at("2026-04-04T09:00:00Z");
  EXPECT_EQ(stateAfter(again), "done");
  EXPECT_EQ(rig.store().decisionsAbout("case_split", whole_).value().size(), 1U);
}

TEST_F(CaseSplitting, MakesACaseOfThoseWhoGoAndLeavesTheOthers) {
  stateAfter(resultOf("R1", kCy, kOld), "courts");
  stateAfter(resultOf("R2", support::kAda, kOld), "courts");
  const auto before = told();
  const auto part = split();
  EXPECT_EQ(told(), before) << "nobody is told again";
  rig.restart();
  EXPECT_EQ(peopleOf(part), (Names{"Holt", "Finch", "Tangye", "Okoro"}));
  EXPECT_EQ(peopleOf(whole_), (Names{"Marsh", "Lisle", "Tangye", "Okoro"}));
  EXPECT_EQ(rig.caseOf(part).case_().urn(), kNew);
  EXPECT_EQ(rig.caseOf(whole_).case_().urn(), kOld);
  EXPECT_EQ(rig.caseOf(part).case_().defendants(0).offences(0).results_size(), 1);
  EXPECT_EQ(rig.caseOf(whole_).case_().defendants(0).offences(0).results_size(), 1);
  EXPECT_EQ(caseOf("R1"), part);
  EXPECT_EQ(caseOf("R2"), whole_);
  // The message that spoke of both has a share in each.
  EXPECT_EQ(caseOf("C1"), whole_);
  EXPECT_EQ(caseOf("C1+1"), part);
  const auto logged = rig.audited("alteration");
  EXPECT_TRUE(std::ranges::any_of(logged, [&](const auto& leaf) {
    return leaf.find("\"part\":\"" + part + "\"") != std::string::npos && leaf.find(whole_) != std::string::npos;
  }));
}

TEST_F(CaseSplitting, SealsThePartUnderAKeyOfItsOwn) {
  stateAfter(resultOf("R1", kCy, kOld), "courts");
  const auto part = split();
  ASSERT_TRUE(rig.rulings().erase({part, "dpo.12", "retention has ended", "uid:1000"}));
  for (const std::string id : {"R1", "C1+1"}) {
    const auto row = rig.store().message(id).value();
    for (const auto& scope : {part, whole_})
      EXPECT_FALSE(rig.vault().open(scope, "canonical:" + id, row->canonical_sealed)) << id;
  }
  const auto row = rig.store().message("C1").value();
  const auto rest = rig.vault().open(whole_, "canonical:C1", row->canonical_sealed);
  ASSERT_TRUE(rest);
  EXPECT_EQ(rest->find("Finch"), std::string::npos);
  EXPECT_NE(rest->find("Lisle"), std::string::npos);
  EXPECT_EQ(peopleOf(whole_).size(), 4U);
}

TEST_F(CaseSplitting, DoesNothingWhenItIsSaidAgain) {
  const auto part = split();
  const auto before = told();
  auto again = splitting("S2");
  again.set_asserted_at("2026-04-04T09:00:00Z");
  EXPECT_EQ(stateAfter(again), "repeated");
  EXPECT_EQ(told(), before);
  EXPECT_EQ(rig.store().decisionsAbout("case_split", whole_).value().size(), 1U);
  EXPECT_EQ(peopleOf(part).size(), 4U);
}

TEST_F(CaseSplitting, TakesInWhatCameUnderTheNewNumberBefore) {
  EXPECT_EQ(stateAfter(resultOf("R1", kCy, kNew), "courts"), "waiting");
  const auto before = told();
  const auto part = split();
  EXPECT_EQ(caseOf("R1"), part);
  EXPECT_EQ(rig.caseOf(part).case_().defendants(0).offences(0).results_size(), 1);
  EXPECT_GT(told(), before) << "whoever waited for the result hears of it";
}

TEST_F(CaseSplitting, HoldsASplitIntoACaseWhoseOffencesMayBeOthers) {
  ASSERT_EQ(stateAfter(partByRecords(1), "records"), "done");
  EXPECT_EQ(stateAfter(splitting("S1")), "held");
  EXPECT_EQ(whyHeld(), "join_identity");
  EXPECT_EQ(peopleOf(whole_).size(), 6U);
}

TEST_F(CaseSplitting, GoesIntoTheCaseThatTheRecordsMadeBefore) {
  ASSERT_EQ(stateAfter(partByRecords(2), "records"), "done");
  const auto known = caseOf("C5");
  ASSERT_NE(known, whole_);
  stateAfter(resultOf("R1", kCy, kOld), "courts");
  EXPECT_EQ(split(), known);
  auto people = peopleOf(known);
  std::ranges::sort(people);
  EXPECT_EQ(people, (Names{"Finch", "Holt", "Okoro", "Tangye"}));
  EXPECT_EQ(rig.caseOf(known).case_().defendants(0).offences(0).results_size(), 1);
}

TEST_F(CaseSplitting, TakesOutWhatEnteredTheCaseUnderTheNewNumber) {
  // The records registered the part before the notice came, and the occurrence is the same.
  auto early = support::message("C5", "case.updated", "niche.test", "2026-04-02T09:00:00Z");
  early.mutable_case_()->set_urn(kNew);
  early.mutable_case_()->mutable_force()->set_code("52");
  *early.mutable_case_()->add_identifiers() = support::number("occurrence", "700");
  support::addParty(early, support::person("Dora", "Finch", "1988-04-04"), "victim");
  ASSERT_EQ(stateAfter(early, "records"), "done") << whyHeld();
  ASSERT_EQ(caseOf("C5"), whole_);
  const auto part = split();
  EXPECT_EQ(caseOf("C5"), part);
  EXPECT_EQ(rig.caseOf(whole_).case_().urn(), kOld);
  EXPECT_EQ(rig.caseOf(part).case_().urn(), kNew);
}

}  // namespace
}  // namespace causeway::pipeline
