#include "tests/unit/pipeline/rig_support.hpp"

namespace causeway::pipeline {
namespace {

using std::chrono::minutes;

class HeldMessages : public Pipeline {
 protected:
  Ruling ruling(const std::string& hold_id, const std::string& because = "asked the office, it may go") {
    return {.about = hold_id, .by = "wco.4471", .because = because, .through = "uid:1000"};
  }
  Result<Ruled> release(const std::string& hold_id) { return rig.rulings().release(ruling(hold_id)); }
  Result<Ruled> close(const std::string& hold_id) { return rig.rulings().close(ruling(hold_id)); }
  std::string onlyHold() {
    const auto holds = rig.holds();
    EXPECT_EQ(holds.size(), 1U);
    return holds.empty() ? "" : holds[0].hold_id;
  }
  ErrorKind kindOf(const Result<Ruled>& result) { return result ? ErrorKind::Broken : result.error().kind; }
  std::string textOf(const Result<Ruled>& result) { return result ? "no error" : result.error().text(); }

  /// The usual case, told to a prosecutor who refuses it.
  Acknowledgement refused() {
    rig.sender.answer(FakeSender::withStatus(422));
    auto out = registered();
    rig.sender.answer(FakeSender::withStatus(200));
    return out;
  }
};

TEST_F(HeldMessages, RefusesAnUnknownNumber) {
  EXPECT_EQ(kindOf(release("no such hold")), ErrorKind::NotFound);
  EXPECT_EQ(kindOf(close("no such hold")), ErrorKind::NotFound);
  EXPECT_NE(textOf(release("no such hold")).find("causeway held"), std::string::npos);
  EXPECT_TRUE(rig.audited("release").empty());
}

TEST_F(HeldMessages, RefusesADecisionWithoutWhoOrWhy) {
  refused();
  const auto hold = onlyHold();
  for (const Ruling& one :
       {Ruling{hold, "", "a reason", ""}, Ruling{hold, "wco.4471", "", ""}, Ruling{hold, "two words", "a reason", ""},
        Ruling{hold, "wco.4471", std::string(301, 'x'), ""}}) {
    EXPECT_EQ(kindOf(rig.rulings().release(one)), ErrorKind::Invalid);
    EXPECT_EQ(kindOf(rig.rulings().close(one)), ErrorKind::Invalid);
  }
  EXPECT_EQ(rig.holds().size(), 1U);
}

TEST_F(HeldMessages, KeepsPersonalValuesOutOfTheReason) {
  refused();
  const auto hold = onlyHold();
  for (const char* because :
       {"spoke to LISLE today", "call 07700900123", "ask cora", "mail to x@example.org", "about 01ZD0303926"}) {
    const auto result = rig.rulings().release(ruling(hold, because));
    EXPECT_EQ(kindOf(result), ErrorKind::Invalid) << because;
    EXPECT_EQ(textOf(result).find("isle"), std::string::npos);
  }
  EXPECT_TRUE(rig.rulings().release(ruling(hold, "a relisted trial in room 12, so it may go")));
}

TEST_F(HeldMessages, DecidesOnce) {
  const auto whole = refused();
  const auto hold = onlyHold();
  ASSERT_TRUE(release(hold)) << textOf(release(hold));
  rig.deliver();
  for (const auto& again : {release(hold), close(hold)}) {
    EXPECT_EQ(kindOf(again), ErrorKind::Conflict);
    EXPECT_NE(textOf(again).find("wco.4471"), std::string::npos);
  }
  rig.deliver();
  EXPECT_EQ(rig.sender.sent("prosecutor").size(), 2U) << "a second release sent it again";
  EXPECT_EQ(rig.audited("release").size(), 1U);
}

TEST_F(HeldMessages, ReleasesNothingWhileTheCauseStands) {
  rig.passTime(minutes(1));
  registered();
  const auto result = rig.receive("courts", resultFile({.bail = "undetermined_p"}));
  rig.deliver();
  const auto refusal = release(onlyHold());
  EXPECT_EQ(kindOf(refusal), ErrorKind::Refused);
  EXPECT_NE(textOf(refusal).find("two opposite meanings"), std::string::npos);
  EXPECT_NE(textOf(refusal).find("Find out from the court"), std::string::npos);
  rig.deliver();
  EXPECT_TRUE(rig.sender.sent("adviser").empty());
  EXPECT_EQ(rig.holds().size(), 1U);
  EXPECT_TRUE(rig.audited("release").empty());
  EXPECT_EQ(rig.stateOf(result), "held");
}

TEST_F(HeldMessages, DoesNothingWhenTheStoreCannotTakeTheDecision) {
  refused();
  const auto hold = onlyHold();
  rig.disk().setFaultHook([](auto operation, auto) {
    return operation == store::GuardedVfs::Operation::Write ? store::GuardedVfs::Fault::NoSpace
                                                            : store::GuardedVfs::Fault::None;
  });
  EXPECT_EQ(kindOf(release(hold)), ErrorKind::Unavailable);
  rig.deliver();
  EXPECT_EQ(rig.sender.sent("prosecutor").size(), 1U);
  rig.disk().setFaultHook({});
  EXPECT_TRUE(release(hold));
  rig.deliver();
  EXPECT_EQ(rig.sender.sent("prosecutor").size(), 2U);
}

TEST_F(HeldMessages, SendsAReleasedDeliveryUnderItsOldNumber) {
  const auto whole = refused();
  EXPECT_EQ(rig.stateOf(whole), "held");
  const auto ruled = release(onlyHold());
  ASSERT_TRUE(ruled) << textOf(ruled);
  EXPECT_EQ(ruled->outcome, "released");
  EXPECT_EQ(rig.stateOf(whole), "in_flight");
  rig.deliver();
  EXPECT_EQ(rig.stateOf(whole), "done");
  const auto sent = rig.sender.sent("prosecutor");
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_EQ(sent[0].delivery_id, sent[1].delivery_id);
  EXPECT_TRUE(rig.holds().empty());
  const auto audited = rig.audited("release");
  ASSERT_EQ(audited.size(), 1U);
  for (const char* part :
       {R"("actor":"wco.4471")", R"("because":"asked the office, it may go")", R"("through":"uid:1000")"})
    EXPECT_NE(audited[0].find(part), std::string::npos) << audited[0];
}

TEST_F(HeldMessages, SendsAReleasedDeliveryAfterARestart) {
  const auto whole = refused();
  ASSERT_TRUE(release(onlyHold()));
  rig.restart();
  rig.deliver();
  EXPECT_EQ(deliveryTo("prosecutor", whole).state, DeliveryState::Delivered);
}

TEST_F(HeldMessages, HoldsAReleasedDeliveryAgainWhenItFailsAgain) {
  refused();
  const auto first = onlyHold();
  rig.sender.answer(FakeSender::withStatus(422));
  ASSERT_TRUE(release(first));
  rig.deliver();
  EXPECT_NE(onlyHold(), first);
  EXPECT_EQ(rig.sender.sent("prosecutor").size(), 2U);
}

TEST_F(HeldMessages, NeverSendsAReleasedDeliveryAfterANewerOneThatSaysAllOfIt) {
  registered();
  rig.sender.answer(FakeSender::withStatus(422));
  const auto old = rig.receive("courts", resultFile({}));
  rig.deliver();
  rig.sender.answer(FakeSender::withStatus(200));
  rig.receive("courts", resultFile({.id = "R2", .at = "2026-04-01T15:00:00Z", .plea = "guilty"}));
  rig.deliver();
  const auto before = rig.sender.sent("records").size();
  for (const auto& hold : rig.holds()) {
    const auto ruled = release(hold.hold_id);
    ASSERT_TRUE(ruled) << textOf(ruled);
    EXPECT_EQ(ruled->outcome, "superseded");
  }
  rig.deliver();
  EXPECT_EQ(rig.sender.sent("records").size(), before);
  EXPECT_EQ(deliveryTo("records", old).state, DeliveryState::Superseded);
  EXPECT_EQ(rig.stateOf(old), "done");
}

TEST_F(HeldMessages, SendsNothingThatAWithdrawnConsentForbidsSince) {
  registered();
  rig.sender.answer(FakeSender::withStatus(422));
  const auto result = rig.receive("courts", resultFile({}));
  rig.deliver();
  rig.sender.answer(FakeSender::withStatus(200));
  registered({.id = "C2", .kind = "case.updated", .at = "2026-05-01T09:00:00Z", .consent = "withdrawn"});
  for (const auto& hold : rig.holds())
    if (hold.delivery_id == deliveryTo("adviser", result).delivery_id) {
      EXPECT_EQ(kindOf(release(hold.hold_id)), ErrorKind::Refused);
    }
  rig.deliver();
  EXPECT_EQ(rig.sender.sent("adviser").size(), 1U);
}

TEST_F(HeldMessages, ClosesADeliveryForGood) {
  const auto whole = refused();
  const auto ruled = close(onlyHold());
  ASSERT_TRUE(ruled) << textOf(ruled);
  rig.restart();
  rig.passTime(minutes(30));
  EXPECT_EQ(rig.sender.sent("prosecutor").size(), 1U);
  EXPECT_EQ(deliveryTo("prosecutor", whole).state, DeliveryState::Declined);
  EXPECT_EQ(rig.stateOf(whole), "done");
  EXPECT_EQ(rig.audited("close").size(), 1U);
}

TEST_F(HeldMessages, LetsAMessageThroughOnceItsCaseKnowsTheDefendant) {
  registered({.family = "Lisle"});
  const auto held = rig.receive("courts", resultFile({.asn = "1101ZD0100000448756M", .family = "Stranger"}));
  ASSERT_EQ(rig.stateOf(held), "held");
  EXPECT_EQ(kindOf(release(onlyHold())), ErrorKind::Refused) << "still nobody of that number in the case";
  auto text = caseFile({.id = "C2", .kind = "case.updated", .at = "2026-05-01T09:00:00Z"});
  text.insert(text.find("<Victim"), "<Defendant asn=\"1101ZD0100000448756M\" given=\"Dee\" family=\"Stranger\"/>");
  ASSERT_EQ(rig.receive("records", text).outcome, "accepted");
  const auto ruled = release(onlyHold());
  ASSERT_TRUE(ruled) << textOf(ruled);
  EXPECT_EQ(ruled->outcome, "released");
  rig.deliver();
  EXPECT_EQ(rig.stateOf(held), "done");
  EXPECT_EQ(rig.sender.sent("records").size(), 1U);
  EXPECT_TRUE(rig.holds().empty());
}

TEST_F(HeldMessages, ReadsAMessageAgainByAMendedMapping) {
  const auto whole = registered();
  const auto held = rig.receive("courts", resultFile({.date = "20260401"}));
  ASSERT_EQ(rig.stateOf(held), "held");
  EXPECT_EQ(kindOf(release(onlyHold())), ErrorKind::Refused);
  EXPECT_EQ(rig.caseOf(caseIdOf(whole)).message_ids_size(), 1);
  auto scene = Scene::usual();
  auto& mapping = scene.mappings[1];
  // As if the field had never been wanted: the simplest way to mend a mapping.
  for (const std::string line : {"  - { from: \"@date\", to: \"case.hearings[0].starts_at.date\", as: date }\n",
                                 "              - { from: \"@on\", to: ordered_on, as: date }\n"})
    mapping.replace(mapping.find(line), line.size(), "");
  mapping += "ignore:\n  - { from: \"**/@date\", why: tests }\n  - { from: \"**/@on\", why: tests }\n";
  rig.restart(scene);
  const auto ruled = release(onlyHold());
  ASSERT_TRUE(ruled) << textOf(ruled);
  rig.deliver();
  EXPECT_EQ(rig.stateOf(held), "done");
  EXPECT_EQ(rig.caseOf(caseIdOf(whole)).message_ids_size(), 2);
}

TEST_F(HeldMessages, ClosesAMessageThatFitsTwoCases) {
  registered({.urn = "01ZD0303926"});
  registered({.id = "C2", .urn = "01ZD0303927", .occurrence = "700"});
  const auto held = rig.receive("courts", resultFile({.occurrence = "700"}));
  ASSERT_EQ(rig.stateOf(held), "held");
  EXPECT_EQ(kindOf(release(onlyHold())), ErrorKind::Refused);
  ASSERT_TRUE(close(onlyHold()));
  EXPECT_EQ(rig.stateOf(held), "quarantined");
  EXPECT_TRUE(rig.holds().empty());
  rig.deliver();
  EXPECT_TRUE(rig.sender.sent("records").empty());
}

}  // namespace
}  // namespace causeway::pipeline
