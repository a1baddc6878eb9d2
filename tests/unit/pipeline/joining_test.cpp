#include "tests/unit/pipeline/rig_support.hpp"

namespace causeway::pipeline {
namespace {

TEST_F(Pipeline, LetsAResultWaitForItsCaseAndThenTells) {
  const auto result = rig.receive("courts", resultFile({}));
  rig.deliver();
  EXPECT_EQ(rig.stateOf(result), "waiting");
  EXPECT_EQ(rig.audited("waiting").size(), 1U);
  EXPECT_TRUE(rig.sender.sent().empty());
  const auto whole = registered();
  EXPECT_EQ(rig.stateOf(result), "done");
  EXPECT_EQ(caseIdOf(result), caseIdOf(whole));
  EXPECT_EQ(rig.sender.sent("records").size(), 1U);
  EXPECT_EQ(rig.sender.sent("adviser").size(), 1U);
}

TEST_F(Pipeline, LetsTheSameSaidTwiceWhileWaitingTellOnce) {
  const auto first = rig.receive("courts", resultFile({}));
  const auto again = rig.receive("courts", resultFile({.id = "R2"}));
  registered();
  EXPECT_EQ(rig.stateOf(first), "done");
  EXPECT_EQ(rig.stateOf(again), "repeated");
  EXPECT_EQ(rig.sender.sent("records").size(), 1U);
}

TEST_F(Pipeline, JoinsWhatWaitedForANumberThatTheCaseGetsLater) {
  registered({.urn = "", .occurrence = "700"});
  const auto waits = rig.receive("courts", resultFile({.urn = "01ZD0303926"}));
  ASSERT_EQ(rig.stateOf(waits), "waiting");
  // A result of the other defendant brings both numbers.
  const auto brings = rig.receive(
      "courts", resultFile({.id = "R2", .asn = "1101ZD0100000448755L", .family = "Quill", .occurrence = "700"}));
  rig.deliver();
  EXPECT_EQ(rig.stateOf(brings), "done");
  EXPECT_EQ(rig.stateOf(waits), "done");
  EXPECT_EQ(rig.ledger().waiting, 0);
}

TEST_F(Pipeline, HoldsWhatFitsTwoCases) {
  registered({.urn = "01ZD0303926"});
  registered({.id = "C2", .urn = "01ZD0303927", .occurrence = "700"});
  const auto held = rig.receive("courts", resultFile({.occurrence = "700"}));
  EXPECT_EQ(rig.stateOf(held), "held");
  ASSERT_EQ(rig.holds().size(), 1U);
  EXPECT_EQ(rig.holds()[0].reason_code, "many_cases");
  rig.deliver();
  EXPECT_TRUE(rig.sender.sent("records").empty());
}

TEST_F(Pipeline, HoldsADefendantWhomTheCaseDoesNotKnow) {
  registered();
  const auto held = rig.receive("courts", resultFile({.asn = "1101ZD0100000448756M", .family = "Stranger"}));
  EXPECT_EQ(rig.stateOf(held), "held");
  EXPECT_EQ(rig.holds().at(0).reason_code, "not_placed");
}

TEST_F(Pipeline, HoldsWhatArrivesForAnErasedCaseAndGoesOn) {
  const auto whole = registered();
  ASSERT_TRUE(rig.vault().destroy(caseIdOf(whole)));
  for (const char* id : {"R1", "R2"}) {
    const auto held = rig.receive("courts", resultFile({.id = id}));
    EXPECT_EQ(held.outcome, "accepted");
    EXPECT_EQ(rig.stateOf(held), "held");
    EXPECT_EQ(rig.holds().at(0).reason_code, "case_unreadable");
    rig.restart();  // once with the case in memory, once without
  }
  EXPECT_EQ(rig.stateOf(registered({.id = "C2", .urn = "01ZD0303927"})), "done");
}

TEST_F(Pipeline, HoldsAWaitingMessageThatWasErased) {
  const auto result = rig.receive("courts", resultFile({}));
  ASSERT_TRUE(rig.vault().destroy("message:" + rig.messagesOf(result.document_id).at(0).message_id));
  EXPECT_EQ(rig.stateOf(registered()), "done");
  EXPECT_EQ(rig.stateOf(result), "held");
  EXPECT_EQ(rig.holds().at(0).reason_code, "message_unreadable");
}

TEST_F(Pipeline, HoldsAMessageThatStatesAnotherForce) {
  const auto opens = rig.receive("records", caseFile({.force = "53"}));
  EXPECT_EQ(opens.outcome, "accepted");
  EXPECT_EQ(rig.stateOf(opens), "held");
  EXPECT_EQ(rig.holds().at(0).reason_code, "other_force");
  EXPECT_EQ(caseIdOf(opens), "") << "it touched a case";
  // Its number is free for whoever it belongs to, and a result for it finds no case.
  EXPECT_EQ(rig.stateOf(rig.receive("courts", resultFile({}))), "waiting");
}

TEST_F(Pipeline, HoldsAnotherForcesResultForACaseOfOurs) {
  const auto whole = registered();
  const auto before = rig.caseOf(caseIdOf(whole)).SerializeAsString();
  const auto result = rig.receive("courts", resultFile({.force = " 53 "}));
  rig.deliver();
  EXPECT_EQ(rig.stateOf(result), "held");
  EXPECT_EQ(rig.holds().at(0).reason_code, "other_force");
  EXPECT_EQ(rig.holds().at(0).rule, "controller");
  EXPECT_EQ(rig.caseOf(caseIdOf(whole)).SerializeAsString(), before);
}

TEST_F(Pipeline, HoldsACaseOfAUrnThatAnotherForceGave) {
  const auto opens = rig.receive("records", caseFile({.force = ""}));
  EXPECT_EQ(rig.stateOf(opens), "held");
  EXPECT_EQ(rig.holds().at(0).reason_code, "other_force");
}

TEST_F(Pipeline, HoldsACaseThatDoesNotSayWhoseItIs) {
  const auto opens = rig.receive("records", caseFile({.urn = "CRC10955-23", .force = ""}));
  EXPECT_EQ(rig.stateOf(opens), "held");
  EXPECT_EQ(rig.holds().at(0).reason_code, "force_unknown");
}

TEST_F(Pipeline, TakesWhatStatesNoForceForACaseOfOurs) {
  EXPECT_EQ(rig.stateOf(registered({.urn = "52SB0044126", .force = ""})), "done");
  registered({.id = "C2"});
  // A case that moved here keeps the number that another force gave.
  EXPECT_EQ(rig.stateOf(rig.receive("courts", resultFile({.force = ""}))), "in_flight");
}

TEST_F(Pipeline, TakesTheCasesOfEveryForceOfTheConfiguration) {
  auto scene = Scene::usual();
  scene.forces = {"52", "53"};
  rig.restart(scene);
  EXPECT_EQ(rig.stateOf(registered({.force = "53"})), "done");
}

TEST_F(Pipeline, HoldsWhatWaitedWhenItsForceIsNoLongerOurs) {
  auto both = Scene::usual();
  both.forces = {"52", "53"};
  rig.restart(both);
  const auto waits = rig.receive("courts", resultFile({.force = "53"}));
  ASSERT_EQ(rig.stateOf(waits), "waiting");
  rig.restart(Scene::usual());
  registered();
  EXPECT_EQ(rig.stateOf(waits), "held");
  EXPECT_EQ(rig.holds().at(0).reason_code, "other_force");
}

TEST_F(Pipeline, KeepsTestAndLiveCasesOfOneNumberApart) {
  const auto live = registered();
  const auto test = rig.receive("test-records", caseFile({.family = "Tester"}));
  rig.deliver();
  EXPECT_NE(caseIdOf(live), caseIdOf(test));
  EXPECT_EQ(rig.caseOf(caseIdOf(live)).case_().parties_size(), 1);
  EXPECT_EQ(rig.sender.sent().size(), 1U) << "a test case reached a live recipient";
  EXPECT_EQ(deliveryTo("prosecutor", test).state, DeliveryState::Held);
  EXPECT_EQ(deliveryTo("prosecutor", test).reason, "test_mix");
}

TEST_F(Pipeline, KeepsAMarkedTestOutOfALiveCase) {
  const auto live = registered();
  const auto test = rig.receive("courts", resultFile({.test = true}));
  rig.deliver();
  ASSERT_EQ(test.outcome, "accepted") << test.body;
  EXPECT_EQ(rig.stateOf(test), "waiting");
  EXPECT_EQ(rig.caseOf(caseIdOf(live)).message_ids_size(), 1);
  // The same result for real is not a repetition of the test.
  const auto real = rig.receive("courts", resultFile({.id = "R2"}));
  rig.deliver();
  EXPECT_EQ(rig.stateOf(real), "done");
  EXPECT_EQ(rig.sender.sent("records").size(), 1U);
}

TEST_F(Pipeline, RemembersACaseAcrossARestart) {
  const auto whole = registered();
  rig.restart();
  const auto result = rig.receive("courts", resultFile({}));
  rig.deliver();
  EXPECT_EQ(caseIdOf(result), caseIdOf(whole));
  EXPECT_EQ(rig.sender.sent("records").size(), 1U);
}

}  // namespace
}  // namespace causeway::pipeline
