#include "host/pipeline/hold_notice.hpp"
#include "tests/unit/pipeline/clock_scene.hpp"

// Whoever must decide on a hold is told of it, once; a hold of that very telling is told to nobody.
namespace causeway::pipeline {
namespace {

Scene noticeScene() {
  auto out = clockScene();
  for (auto& mapping : out.mappings)
    if (mapping.find("mapping: test.task\n") != std::string::npos)
      mapping += R"(  - { from: "case.tasks[].instructions", to: text }
)";
  const std::string templates = "templates:\n";
  out.routes.insert(out.routes.find(templates) + templates.size(),
                    R"(  held: "{case.holds[].what}: {case.holds[0].code}. {case.holds[].why}"
)");
  out.routes += R"(  - id: held
    version: 1
    state: live
    source: invented for tests
    when: { type: hold.raised }
    tell:
      - recipient: records
        type: task.raised
        purpose: victim_care
        task: { kind: decide_hold, unit: supervisor, priority: high, instructions: held }
)";
  const std::string grant = "    types: [task.raised]\n", fields = "case.tasks.due_at, ";
  out.protection.insert(out.protection.rfind(fields), "{ field: case.tasks.instructions, because: our own text }, ");
  out.protection.insert(out.protection.rfind(grant), "    condition: justice\n");
  return out;
}

class HoldNotices : public Clocked {
 protected:
  HoldNotices() : Clocked(noticeScene()) {}

  /// A result whose task the records system refuses, so that it is held.
  Acknowledgement refused(const std::string& id = "R1") {
    rig.sender.answer(FakeSender::withStatus(422));
    const auto out = resulted({.id = id});
    rig.deliver();
    rig.sender.answer(FakeSender::withStatus(200));
    return out;
  }
  void wait(std::chrono::seconds time) {
    rig.clock.advance(time);
    rig.rounds().turn();
    rig.deliver();
  }
  std::vector<std::string> notices() {
    std::vector<std::string> out;
    for (const auto& one : rig.sender.sent("records"))
      if (one.body.find("decide_hold") != std::string::npos) out.push_back(one.body);
    return out;
  }
  HoldRow onlyHold() {
    const auto holds = *rig.store().openHolds(10);
    EXPECT_EQ(holds.size(), 1U);
    return holds.empty() ? HoldRow() : holds.front();
  }
};

TEST_F(HoldNotices, NobodyIsToldOfWhatIsDecidedAtOnce) {
  refused();
  ASSERT_TRUE(rig.rulings().close(Ruling{onlyHold().hold_id, "wcu.2210", "told by telephone", "uid:1000"}));
  wait(std::chrono::hours(1));
  EXPECT_TRUE(notices().empty());
}

TEST_F(HoldNotices, ItsOwnTaskThatIsHeldIsToldToNobody) {
  refused();
  rig.sender.answer(FakeSender::withStatus(422));
  wait(kHoldStands);
  EXPECT_EQ(rig.store().openHolds(10)->size(), 2U);
  for (int i = 0; i < 5; ++i) wait(std::chrono::minutes(10));
  EXPECT_EQ(rig.store().openHolds(10)->size(), 2U);
}

TEST_F(HoldNotices, NobodyIsToldAfterTheCaseIsErasedButWhoMustHearOfThat) {
  refused();
  ASSERT_TRUE(rig.rulings().erase(Ruling{case_id, "dpo.1", "its time is over", "uid:1000"}));
  wait(kHoldStands);
  for (const auto& one : notices()) EXPECT_NE(one.find("tell_by_hand"), std::string::npos) << one;
}

TEST_F(HoldNotices, SayOnceWhatIsHeldWhyAndWhatToDo) {
  refused();
  wait(kHoldStands - std::chrono::seconds(1));
  EXPECT_TRUE(notices().empty());
  wait(std::chrono::seconds(1));
  const auto told = notices();
  ASSERT_EQ(told.size(), 1U);
  for (const char* part :
       {"what records was to be told (task.raised)", "status_422", "refused this message", "release this one"})
    EXPECT_NE(told[0].find(part), std::string::npos) << part << " in " << told[0];
  EXPECT_EQ(told[0].find("Mina"), std::string::npos);
  wait(std::chrono::hours(2));
  EXPECT_EQ(notices().size(), 1U);
}

TEST_F(HoldNotices, ANewHoldOfTheSameIsToldAnew) {
  refused();
  wait(kHoldStands);
  rig.sender.answer(FakeSender::withStatus(422));
  const auto ruled = rig.rulings().release(Ruling{onlyHold().hold_id, "wcu.2210", "it says it works", "uid:1000"});
  ASSERT_TRUE(ruled);
  rig.deliver();
  rig.sender.answer(FakeSender::withStatus(200));
  wait(kHoldStands);
  EXPECT_EQ(notices().size(), 2U);
}

TEST_F(HoldNotices, StandInNoListOfDuties) {
  refused();
  wait(kHoldStands);
  const auto all = *rig.store().clocksOf(case_id);
  EXPECT_EQ(all.size(), clocks().size() + 1);
  for (const auto& row : all) EXPECT_NE(care::isNoDuty(row), care::isOpen(row));
  EXPECT_EQ(rig.store().openClocks(Instant::max(), 10)->size(), 1U) << "the duty to tell the outcome";
}

TEST_F(HoldNotices, AMessageThatIsHeldIsTold) {
  resulted({.date = "2027-05-01"});  // a day to come
  ASSERT_EQ(onlyHold().delivery_id, "");
  wait(kHoldStands);
  const auto told = notices();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_NE(told[0].find("that came from courts"), std::string::npos) << told[0];
}

}  // namespace
}  // namespace causeway::pipeline
