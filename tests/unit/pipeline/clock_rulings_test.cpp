#include "host/pipeline/clock_report.hpp"
#include "tests/unit/pipeline/clock_scene.hpp"

namespace causeway::pipeline {
namespace {

using care::ClockRow;
using care::ClockState;

class ClockRuled : public Clocked {
 protected:
  Ruling ruling(const std::string& because = "an officer was on leave") {
    return {clock().clock_id, "sup.7", because, "uid:1000"};
  }
};

TEST_F(ClockRuled, RefusesWithoutWhoAndWhyOrWithAName) {
  resulted();
  auto nobody = ruling();
  nobody.by.clear();
  EXPECT_EQ(rig.clockRulings().suspend(nobody, "unsafe_contact").error().kind, ErrorKind::Invalid);
  EXPECT_EQ(rig.clockRulings().suspend(ruling(""), "unsafe_contact").error().kind, ErrorKind::Invalid);
  EXPECT_EQ(rig.clockRulings().suspend(ruling("Lisle asked"), "unsafe_contact").error().kind, ErrorKind::Invalid);
  auto unknown = ruling();
  unknown.about = "none";
  EXPECT_EQ(rig.clockRulings().resume(unknown).error().kind, ErrorKind::NotFound);
  EXPECT_TRUE(rig.audited("clock_ruled").empty());
}

TEST_F(ClockRuled, AGoodReasonIsOneOfTheClocksAndOnlyForALateOne) {
  resulted();
  EXPECT_EQ(rig.clockRulings().goodReason(ruling(), "not_reached").error().kind, ErrorKind::Refused);
  pass(24 * 8);
  EXPECT_EQ(rig.clockRulings().goodReason(ruling(), "forgot").error().kind, ErrorKind::Invalid);
  ASSERT_TRUE(rig.clockRulings().goodReason(ruling(), "not_reached"));
  EXPECT_EQ(clock().good_reason, "not_reached");
  EXPECT_EQ(clock().state, ClockState::Breached) << "a reason makes no duty done";
  EXPECT_EQ(rig.audited("clock_ruled").size(), 1U);
  EXPECT_EQ(rig.store().decisionsAbout("clock", clock().clock_id)->size(), 1U);
}

TEST_F(ClockRuled, APersonSuspendsAndResumes) {
  resulted();
  EXPECT_EQ(rig.clockRulings().suspend(ruling(), "no_time").error().kind, ErrorKind::Invalid);
  EXPECT_EQ(rig.clockRulings().resume(ruling()).error().kind, ErrorKind::Refused);
  ASSERT_TRUE(rig.clockRulings().suspend(ruling(), "unsafe_contact"));
  EXPECT_EQ(rig.clockRulings().suspend(ruling(), "unsafe_contact").error().kind, ErrorKind::Refused);
  rig.clock.advance(std::chrono::hours(24));
  const auto row = rig.clockRulings().resume(ruling());
  ASSERT_TRUE(row) << row.error().text();
  EXPECT_EQ(formatInstant(row->due_at), "2026-06-10T16:00:00Z");
}

TEST_F(ClockRuled, APersonSaysThatItWasDoneAndNotInTheFutureNorBeforeItBegan) {
  resulted();
  EXPECT_EQ(rig.clockRulings().done(ruling(), rig.clock.now() + std::chrono::seconds(1)).error().kind,
            ErrorKind::Invalid);
  EXPECT_EQ(rig.clockRulings().done(ruling(), clock().started_at - std::chrono::seconds(1)).error().kind,
            ErrorKind::Invalid);
  ASSERT_TRUE(rig.clockRulings().done(ruling(), rig.clock.now()));
  EXPECT_EQ(clock().state, ClockState::Met);
  EXPECT_EQ(rig.clockRulings().done(ruling(), rig.clock.now()).error().kind, ErrorKind::Refused);
}

ClockRow counted(const std::string& right, ClockState state, bool over = false) {
  ClockRow row;
  row.right = right;
  row.team = "care";
  row.clock = "outcome";
  row.state = state;
  row.due_at = *parseInstant("2026-05-31T23:30:00Z");
  if (over) row.stopped_at = row.due_at;
  return row;
}

TEST(ClockReport, CountsEachDutyOnce) {
  std::vector<ClockRow> rows{counted("8", ClockState::Met, true),        counted("8", ClockState::Breached, true),
                             counted("8", ClockState::Breached),         counted("8", ClockState::Running),
                             counted("8", ClockState::Suspended),        counted("8", ClockState::Cancelled, true),
                             counted("8", ClockState::Superseded, true), counted("9", ClockState::Met, true)};
  rows[1].good_reason = "not_reached";
  rows[0].enhanced = true;
  rows.push_back(counted("8", ClockState::Met, true));
  rows.back().test = true;
  const auto before = *parseInstant("2026-05-01T00:00:00Z"), after = *parseInstant("2026-07-01T00:00:00Z");
  const auto report = complianceOf(rows, ReportBy::Right, before);
  ASSERT_EQ(report.size(), 2U);
  const auto& right8 = report[0];
  EXPECT_EQ(right8.group, "8");
  EXPECT_EQ(right8.due, 7);
  EXPECT_EQ(right8.met + right8.late + right8.overdue + right8.running + right8.suspended + right8.ended, right8.due);
  EXPECT_EQ(right8.with_good_reason, 1);
  EXPECT_EQ(right8.metPercent(), 33);
  EXPECT_EQ(report[1].metPercent(), 100);
  EXPECT_EQ(complianceOf(rows, ReportBy::Right, after)[0].overdue, 2) << "due, though its firing is still to come";
  EXPECT_EQ(complianceOf(rows, ReportBy::Month, before).at(0).group, "2026-06") << "by the day in London";
  EXPECT_EQ(complianceOf(rows, ReportBy::Team, before).at(0).due, 8);
}

TEST(ClockReport, WritesWordsThatASpreadsheetCannotTakeForAFormula) {
  auto row = counted("=1+2,\"x\"", ClockState::Met, true);
  const auto csv = asCsv(complianceOf({row}, ReportBy::Right, row.due_at));
  EXPECT_EQ(csv,
            "group,due,met,late,overdue,with_good_reason,running,suspended,ended,enhanced,met_percent\n"
            "_1_2__x_,1,1,0,0,0,0,0,0,0,100\n");
}

TEST(ClockReport, SaysNothingInPerCentWhileNothingIsDecided) {
  const auto row = counted("8", ClockState::Running, false);
  const auto report = complianceOf({row}, ReportBy::Right, row.started_at);
  ASSERT_EQ(report.size(), 1U);
  EXPECT_FALSE(report[0].metPercent());
  EXPECT_TRUE(asCsv(report).ends_with(",\n")) << "no hundred per cent of nothing";
}

}  // namespace
}  // namespace causeway::pipeline
