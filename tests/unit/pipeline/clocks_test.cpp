#include "tests/unit/pipeline/clock_scene.hpp"

namespace causeway::pipeline {
namespace {

using care::ClockState;

TEST_F(Clocked, StartsAtReceiptWithItsDelivery) {
  const auto result = resulted();
  const auto row = clock();
  EXPECT_EQ(row.clock, "outcome");
  EXPECT_EQ(row.law, "2021-04-01");
  EXPECT_EQ(row.state, ClockState::Running);
  EXPECT_EQ(formatInstant(row.started_at), "2026-06-02T09:00:00Z");
  EXPECT_EQ(formatInstant(row.due_at), "2026-06-09T16:00:00Z");
  EXPECT_EQ(row.element, "p-1");
  const auto delivery = rig.deliveriesOf(result).at(0);
  EXPECT_EQ(row.delivery_id, delivery.delivery_id);
  EXPECT_EQ(delivery.due_at, row.due_at);
  const auto draft = rig.draftOf(delivery);
  EXPECT_EQ(row.task_id, draft.case_().tasks(0).id());
  EXPECT_EQ(draft.case_().tasks(0).due_at(), "2026-06-09T16:00:00Z");
  EXPECT_EQ(rig.audited("clock_started").size(), 1U);
}

TEST_F(Clocked, ARepeatedResultDoesNotRestartIt) {
  resulted();
  rig.clock.advance(std::chrono::hours(24));
  resulted({.id = "R2"});
  EXPECT_EQ(formatInstant(clock().due_at), "2026-06-09T16:00:00Z");
}

TEST_F(Clocked, WhatTakesThePlaceOfAnUnsentOneInheritsTheEarliestReceipt) {
  resulted();
  rig.clock.advance(std::chrono::hours(24));
  const auto newer = resulted({.id = "R2", .at = "2026-04-02T12:00:00Z", .plea = "guilty"});
  const auto all = clocks();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(std::ranges::count(all, ClockState::Superseded, &care::ClockRow::state), 1);
  const auto open = std::ranges::find_if(all, [](const auto& row) { return isOpen(row); });
  ASSERT_NE(open, all.end());
  EXPECT_EQ(formatInstant(open->due_at), "2026-06-09T16:00:00Z");
  EXPECT_EQ(rig.draftOf(rig.deliveriesOf(newer).at(0)).case_().tasks(0).due_at(), "2026-06-09T16:00:00Z")
      << "the records system is told no later time than the law's";
}

TEST_F(Clocked, WhatComesAfterTheTaskWasSentIsADutyOfItsOwn) {
  resulted();
  rig.deliver();
  rig.clock.advance(std::chrono::hours(24));
  resulted({.id = "R2", .code = "1015", .at = "2026-04-02T12:00:00Z"});
  const auto all = clocks();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_TRUE(std::ranges::all_of(all, [](const auto& row) { return isOpen(row); }));
}

class ClockedWithAnEnd : public Clocked {
 protected:
  ClockedWithAnEnd() : Clocked(scene()) {}

 private:
  // A result of code 1015 needs not be told, and takes back what was to be told before.
  static Scene scene() {
    auto out = clockScene();
    const std::string conduct = "    good_reasons: [not_reached]\n";
    out.clocks.replace(out.clocks.find(conduct), conduct.size(), conduct + "    ended_by: [stand_down]\n");
    out.routes += R"(  - id: off
    version: 1
    state: live
    source: invented for tests
    when: { type: hearing.resulted, "case.defendants[].offences[].results[].code": "1015" }
    tell:
      - recipient: records
        type: task.raised
        purpose: victim_care
        for_each: "case.parties[role=victim]"
        task: { kind: stand_down, unit: care, priority: normal, instructions: tell }
        due: at_once
        subject: "outcome {case.hearings[0].id}"
)";
    return out;
  }
};

TEST_F(ClockedWithAnEnd, AnotherHearingsEndEndsNothing) {
  resulted();
  resulted({.id = "R2", .code = "1015", .date = "2026-05-01", .at = "2026-05-01T12:00:00Z"});
  const auto all = clocks();
  EXPECT_EQ(std::ranges::count_if(all, [](const auto& row) { return isOpen(row); }), 1);
}

TEST_F(ClockedWithAnEnd, WhatEndsADutyEndsItThoughItsTaskHasGoneOut) {
  resulted();
  rig.deliver();
  resulted({.id = "R2", .code = "1015", .at = "2026-04-02T12:00:00Z"});
  for (const auto& row : clocks()) {
    EXPECT_EQ(row.state, ClockState::Cancelled);
    EXPECT_EQ(row.reason, "stand_down");
    EXPECT_FALSE(isOpen(row));
  }
  EXPECT_EQ(pass(24 * 14), 0) << "nobody is told that it is late";
}

TEST_F(Clocked, TheTaskDoneStopsItAndNobodyIsTold) {
  resulted();
  rig.deliver();
  taskDone("t-another");
  EXPECT_EQ(clock().state, ClockState::Running);
  taskDone(clock().task_id);
  EXPECT_EQ(clock().state, ClockState::Met);
  EXPECT_FALSE(isOpen(clock()));
  EXPECT_EQ(pass(24 * 14), 0);
  EXPECT_EQ(told(), 0);
}

TEST_F(Clocked, TellsBeforeItIsLateWhenItIsAndAfterOnceEach) {
  resulted();
  EXPECT_EQ(pass(24 * 7 + 2), 0) << "11:00 on the day";
  EXPECT_EQ(pass(1), 1) << "four hours before";
  EXPECT_EQ(pass(3), 0);
  EXPECT_EQ(clock().state, ClockState::Running);
  EXPECT_EQ(pass(1), 1) << "17:00";
  EXPECT_EQ(clock().state, ClockState::Breached);
  EXPECT_EQ(pass(23), 0);
  EXPECT_EQ(pass(1), 1) << "a working day later";
  EXPECT_EQ(pass(24 * 14), 0);
  EXPECT_EQ(told(), 3);
  EXPECT_EQ(rig.audited("clock_fired").size(), 3U);
  EXPECT_EQ(rig.store().messagesOfCase(case_id)->size(), 5U) << "each is a message with its place in the ledger";
}

TEST_F(Clocked, WhatFellDueWhileTheHostWasDownIsToldOnceAtTheNextStart) {
  resulted();
  rig.deliver();
  rig.close();
  rig.clock.advance(std::chrono::hours(24 * 30));
  rig.restart();
  EXPECT_EQ(rig.rounds().turn(), 3) << "one step makes no sense any more, two are told";
  rig.deliver();
  EXPECT_EQ(told(), 2);
  rig.restart();
  EXPECT_EQ(rig.rounds().turn(), 0);
  rig.deliver();
  EXPECT_EQ(told(), 2);
}

TEST_F(Clocked, RunsOnWhileItsDeliveryIsHeld) {
  rig.sender.answer(FakeSender::withStatus(422));
  const auto result = resulted();
  rig.deliver();
  ASSERT_EQ(rig.deliveriesOf(result).at(0).state, DeliveryState::Held);
  rig.sender.answer(FakeSender::withStatus(200));
  pass(24 * 8);
  EXPECT_EQ(clock().state, ClockState::Breached);
  EXPECT_EQ(told(), 2);
}

TEST_F(Clocked, TheReceiptIsAllThatSomeOwe) {
  admit([&] {
    auto message = said("case.updated");
    message.mutable_case_()->mutable_stage()->set_code("charged");
    return message;
  }());
  EXPECT_EQ(clock().clock, "update");
  rig.deliver();
  EXPECT_EQ(clock().state, ClockState::Met);
  EXPECT_EQ(pass(3), 0);
}

TEST_F(Clocked, UnsafeContactSuspendsItAndSomebodyIsAskedAgain) {
  resulted();
  auto message = said("contact.reported_unsafe");
  auto& victim = support::addParty(message, support::person("Cora", "Lisle", "1999-01-05"), "victim");
  auto& point = *victim.add_contact_points();
  point.set_value("07700900123");
  point.mutable_safe()->set_state("unsafe");
  admit(message);
  ASSERT_EQ(clock().state, ClockState::Suspended);
  EXPECT_EQ(clock().reason, "unsafe_contact");
  EXPECT_EQ(pass(24 * 3), 1) << "two working days later";
  EXPECT_EQ(clock().state, ClockState::Suspended);
  message.set_message_id("safe-again");
  message.set_type("safe_contact.changed");
  message.set_asserted_at(formatInstant(rig.clock.now()));
  message.set_received_at(formatInstant(rig.clock.now()));
  auto& other = *message.mutable_case_()->mutable_parties(0)->add_contact_points();
  other.set_value("07700900456");
  other.mutable_safe()->set_state("safe");
  admit(message);
  EXPECT_EQ(clock().state, ClockState::Running);
  EXPECT_EQ(formatInstant(clock().due_at), "2026-06-12T16:00:00Z") << "three working days passed";
}

TEST_F(Clocked, AnErasedCaseLeavesAStatisticAndNoLink) {
  resulted();
  rig.deliver();
  const auto before = clock();
  ASSERT_TRUE(rig.rulings().erase({case_id, "dpo.12", "retention has ended", "uid:1000"}));
  EXPECT_TRUE(clocks().empty());
  const auto left = *rig.store().clock(before.clock_id);
  ASSERT_TRUE(left);
  EXPECT_EQ(left->state, ClockState::Cancelled);
  EXPECT_EQ(left->case_id + left->element + left->subject + left->task_id + left->delivery_id + left->message_id, "");
  EXPECT_EQ(left->right, "8");
  EXPECT_EQ(pass(24 * 10), 1) << "nothing but that records, which had it, are to be told by hand";
}

TEST_F(Clocked, AnErasedPersonsClocksEndAndOthersGoOn) {
  resulted();
  const auto id = clock().clock_id;
  ASSERT_TRUE(rig.rulings().erasePerson({case_id, "dpo.12", "asked for", "uid:1000"}, "p-1"));
  EXPECT_TRUE(clocks().empty());
  EXPECT_EQ((*rig.store().clock(id))->state, ClockState::Cancelled);
}

class NobodyTold : public Clocked {
 protected:
  static Scene scene() {
    auto out = clockScene();
    out.routes = out.routes.substr(0, out.routes.find("  - id: late"));
    out.routes.erase(out.routes.find("  late:"), out.routes.find("routes:") - out.routes.find("  late:"));
    return out;
  }
  NobodyTold() : Clocked(scene()) {}
};

TEST_F(NobodyTold, ADutyThatNoRuleTellsOfIsHeldForAPerson) {
  resulted();
  pass(24 * 7 + 7);
  const auto holds = rig.holds();
  ASSERT_EQ(holds.size(), 1U);
  EXPECT_EQ(holds[0].reason_code, "clock_untold");
  EXPECT_EQ(holds[0].case_id, case_id);
  const auto released = rig.rulings().release({holds[0].hold_id, "wco.1", "seen to", "uid:1000"});
  EXPECT_EQ(released.error().kind, ErrorKind::Refused) << "nobody is told by it a second time";
  EXPECT_TRUE(rig.rulings().close({holds[0].hold_id, "wco.1", "seen to", "uid:1000"}));
}

TEST_F(Clocked, AClockThatTheConfigurationKnowsNoMoreIsHeldForAPersonEachDay) {
  resulted();
  auto scene = clockScene();
  scene.clocks.replace(scene.clocks.find("id: outcome"), 11, "id: another");
  scene.routes.replace(scene.routes.find("clock: outcome"), 14, "clock: another");
  rig.restart(std::move(scene));
  pass(24 * 7 + 3);
  ASSERT_EQ(rig.holds().size(), 1U);
  EXPECT_EQ(rig.holds()[0].reason_code, "clock_unknown");
  pass(25);
  EXPECT_EQ(rig.holds().size(), 2U);
  EXPECT_EQ(clock().state, ClockState::Breached);
}

class InShadow : public Clocked {
 protected:
  static Scene scene() {
    auto out = clockScene();
    out.routes.replace(out.routes.find("state: live"), 11, "state: shadow");
    return out;
  }
  InShadow() : Clocked(scene()) {}
};

TEST_F(InShadow, ARuleThatOnlyShowsStartsNothing) {
  resulted();
  EXPECT_TRUE(clocks().empty());
}

class HeldInShadow : public Clocked {
 protected:
  static Scene scene() {
    auto out = clockScene();
    out.routes.replace(out.routes.find("state: live"), 11, "state: shadow");
    out.routes.insert(out.routes.find("        due: { clock: outcome }"), "        hold: { because: look first }\n");
    return out;
  }
  HeldInShadow() : Clocked(scene()) {}
};

TEST_F(HeldInShadow, NobodyCanReleaseWhatIsNeverToBeSent) {
  const auto result = resulted();
  const auto row = rig.deliveriesOf(result).at(0);
  EXPECT_EQ(row.state, DeliveryState::Shadow);
  EXPECT_EQ(row.reason, "rule_hold") << "it is recorded that it would have waited for a person";
  EXPECT_TRUE(rig.store().openHolds(10)->empty());
}

}  // namespace
}  // namespace causeway::pipeline
