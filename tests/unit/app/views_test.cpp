#include "host/app/desks/views.hpp"

#include "tests/support/host_rig.hpp"

#include <gtest/gtest.h>

namespace causeway::app {
namespace {

class Looking : public testing::Test {
 protected:
  Result<void> look(const std::string& by, const std::string& at = "case-1", const std::string& through = "uid:1000") {
    return views.record({by, through, at, {}, "content", {}});
  }

  support::HostRig rig;
  Views views{rig.writer(), rig.audit(), rig.clock, 5};
};

TEST_F(Looking, ShowsNothingThatCannotBeRecorded) {
  rig.crash();
  EXPECT_FALSE(look("4711"));
}

TEST_F(Looking, StandsInTheLogWithWhoAndWhat) {
  ASSERT_TRUE(look("4711"));
  const auto leaves = rig.audited("view");
  ASSERT_EQ(leaves.size(), 1U);
  for (const char* part : {"4711", "uid:1000", "case-1", "content"}) EXPECT_NE(leaves[0].find(part), std::string::npos);
  EXPECT_FALSE(views.alarmed());
  EXPECT_EQ(rig.auditFault(), "");
}

TEST_F(Looking, AtManyCasesWithinAnHourRaisesTheAlarmOnce) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(look("4711", "case-" + std::to_string(i)));
  EXPECT_FALSE(views.alarmed());
  for (int i = 5; i < 12; ++i) ASSERT_TRUE(look("4711", "case-" + std::to_string(i))) << "whoever has a reason goes on";
  EXPECT_TRUE(views.alarmed());
  const auto alarms = rig.audited("view_alarm");
  ASSERT_EQ(alarms.size(), 1U);
  EXPECT_NE(alarms[0].find("4711"), std::string::npos);
  EXPECT_EQ(rig.audited("view").size(), 12U);
  rig.clock.advance(std::chrono::hours(1));
  EXPECT_FALSE(views.alarmed());
}

TEST_F(Looking, GoesOnCountingAfterARestart) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(look("4711", "case-" + std::to_string(i)));
  Views anew{rig.writer(), rig.audit(), rig.clock, 5};
  ASSERT_TRUE(anew.goOn(rig.store()));
  EXPECT_FALSE(anew.alarmed());
  ASSERT_TRUE(anew.record({"4711", "uid:1000", "case-6", {}, "content", {}}));
  EXPECT_EQ(rig.audited("view_alarm").size(), 1U) << "the sixth within the hour";
  Views again{rig.writer(), rig.audit(), rig.clock, 5};
  ASSERT_TRUE(again.goOn(rig.store()));
  EXPECT_TRUE(again.alarmed());
  ASSERT_TRUE(again.record({"4711", "uid:1000", "case-7", {}, "content", {}}));
  EXPECT_EQ(rig.audited("view_alarm").size(), 1U) << "once an hour, also across a restart";
}

TEST_F(Looking, OfMoreThanAnHourAgoDoesNotCountAfterARestart) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(look("4711"));
  rig.clock.advance(std::chrono::hours(1));
  Views anew{rig.writer(), rig.audit(), rig.clock, 5};
  ASSERT_TRUE(anew.goOn(rig.store()));
  ASSERT_TRUE(anew.record({"4711", "uid:1000", "case-6", {}, "content", {}}));
  EXPECT_TRUE(rig.audited("view_alarm").empty());
}

TEST_F(Looking, ADaysWorkIsNoAlarm) {
  for (int i = 0; i < 60; ++i) {
    ASSERT_TRUE(look("4711", "case-" + std::to_string(i)));
    rig.clock.advance(std::chrono::minutes(13));
  }
  EXPECT_TRUE(rig.audited("view_alarm").empty());
}

TEST_F(Looking, UnderManyNamesOfOneAccountIsNoticedToo) {
  for (int i = 0; i < 21; ++i) ASSERT_TRUE(look("made-up-" + std::to_string(i)));
  ASSERT_EQ(rig.audited("view_alarm").size(), 1U);
  EXPECT_NE(rig.audited("view_alarm")[0].find("\"actor\":\"uid:1000\""), std::string::npos);
}

}  // namespace
}  // namespace causeway::app
