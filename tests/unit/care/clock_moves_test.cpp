#include "tests/unit/care/clock_support.hpp"

namespace causeway::care {
namespace {

const ClockKind& kind(const ClockRow& row) { return *usualBook().find(row.clock); }

TEST(ClockMoves, TellBeforeAtAndAfterTheDueTimeOnceEach) {
  auto row = started("hearing", "2026-06-02T09:00:00Z");
  EXPECT_EQ(next(row), "2026-06-03T12:00:00Z");
  EXPECT_EQ(firedBy(row, "2026-06-03T11:59:59Z"), "");
  EXPECT_EQ(firedBy(row, "2026-06-03T12:00:00Z"), "clock.due_soon leader");
  EXPECT_EQ(firedBy(row, "2026-06-03T12:00:01Z"), "");
  EXPECT_EQ(row.state, ClockState::Running);
  EXPECT_EQ(firedBy(row, "2026-06-03T16:00:00Z"), "clock.overdue leader");
  EXPECT_EQ(row.state, ClockState::Breached);
  EXPECT_TRUE(isOpen(row));
  EXPECT_EQ(firedBy(row, "2026-06-04T16:00:00Z"), "clock.overdue head");
  EXPECT_EQ(next(row), "never");
  EXPECT_EQ(row.fired, 3);
}

TEST(ClockMoves, AfterDownTimeTellEverythingThatStillMakesSense) {
  auto row = started("hearing", "2026-06-02T09:00:00Z");
  EXPECT_EQ(firedBy(row, "2026-06-08T09:00:00Z"), "clock.overdue leader, clock.overdue head")
      << "'due soon' makes no sense any more; both who must know that it is late hear of it";
}

TEST(ClockMoves, StopInTimeIsMetAndLaterIsABreachThatIsClosed) {
  auto in_time = started("hearing", "2026-06-02T09:00:00Z"), late = in_time, told_late = in_time;
  stop(in_time, in_time.due_at, "m-2");
  EXPECT_EQ(in_time.state, ClockState::Met);
  EXPECT_EQ(next(in_time), "never");
  firedBy(late, "2026-06-03T16:00:00Z");
  stop(late, late.due_at + std::chrono::seconds(1), "m-2");
  EXPECT_EQ(late.state, ClockState::Breached);
  EXPECT_FALSE(isOpen(late));
  firedBy(told_late, "2026-06-03T16:00:00Z");
  stop(told_late, at("2026-06-03T15:00:00Z"), "m-2");
  EXPECT_EQ(told_late.state, ClockState::Met) << "it was done in time, only the word of it came late";
}

TEST(ClockMoves, ABreachStaysOneWhenTheDutyEnds) {
  auto row = started("hearing", "2026-06-02T09:00:00Z"), running = row;
  firedBy(row, "2026-06-03T16:00:00Z");
  close(row, ClockState::Cancelled, "not_needed", at("2026-06-04T09:00:00Z"));
  EXPECT_EQ(row.state, ClockState::Breached);
  close(running, ClockState::Cancelled, "not_needed", at("2026-06-02T10:00:00Z"));
  EXPECT_EQ(running.state, ClockState::Cancelled);
}

TEST(ClockMoves, ASuspendedOneNeverSleepsForEver) {
  auto row = started("hearing", "2026-06-02T09:00:00Z");
  ASSERT_TRUE(suspend(usualBook(), kind(row), row, "unsafe_contact", at("2026-06-02T10:00:00Z")));
  EXPECT_FALSE(suspend(usualBook(), kind(row), row, "unsafe_contact", at("2026-06-02T11:00:00Z"))) << "once";
  EXPECT_EQ(firedBy(row, "2026-06-03T16:00:00Z"), "") << "no breach while nobody can be told safely";
  EXPECT_EQ(firedBy(row, "2026-06-04T16:00:00Z"), "clock.suspended leader");
  EXPECT_EQ(firedBy(row, "2026-06-08T16:00:00Z"), "clock.suspended leader");
  EXPECT_EQ(row.state, ClockState::Suspended);
}

TEST(ClockMoves, ResumedItHasTheDaysBackThatPassed) {
  const auto resumed = [](const std::string& clock, const std::string& from, const std::string& to) {
    auto row = started(clock, "2026-06-02T09:00:00Z");
    EXPECT_TRUE(suspend(usualBook(), kind(row), row, "unsafe_contact", at(from)));
    EXPECT_TRUE(resume(usualBook(), kind(row), row, at(to)));
    EXPECT_EQ(row.state, ClockState::Running);
    EXPECT_FALSE(resume(usualBook(), kind(row), row, at(to)));
    return due(row);
  };
  EXPECT_EQ(resumed("hearing", "2026-06-02T10:00:00Z", "2026-06-02T12:00:00Z"), "2026-06-03T16:00:00Z");
  EXPECT_EQ(resumed("hearing", "2026-06-02T10:00:00Z", "2026-06-04T09:00:00Z"), "2026-06-05T16:00:00Z") << "two days";
  EXPECT_EQ(resumed("hearing", "2026-06-02T10:00:00Z", "2026-06-04T16:30:00Z"), "2026-06-08T16:00:00Z")
      << "after 17:00 the day is over";
  EXPECT_EQ(resumed("hearing", "2026-06-02T10:00:00Z", "2026-06-05T17:00:00Z"), "2026-06-09T16:00:00Z")
      << "a Friday evening counts until Monday";
  EXPECT_EQ(resumed("notice", "2026-06-02T10:00:00Z", "2026-06-03T10:00:00Z"), "2026-06-05T09:00:00Z");
}

TEST(ClockMoves, ARunningOneKeepsItsLaw) {
  auto row = started("outcome", "2026-06-29T09:00:00Z");
  ASSERT_TRUE(suspend(usualBook(), kind(row), row, "unsafe_contact", at("2026-06-29T10:00:00Z")));
  ASSERT_TRUE(resume(usualBook(), kind(row), row, at("2026-07-02T09:00:00Z")));
  EXPECT_EQ(row.law, "2021-04-01");
  EXPECT_EQ(due(row), "2026-07-09T16:00:00Z") << "five days of the old law and the three that passed";
}

TEST(ClockMoves, ALateOneCannotBeSuspended) {
  auto row = started("hearing", "2026-06-02T09:00:00Z");
  firedBy(row, "2026-06-03T16:00:00Z");
  EXPECT_FALSE(suspend(usualBook(), kind(row), row, "unsafe_contact", at("2026-06-04T09:00:00Z")));
}

TEST(ClockMoves, TheEarliestUnmetReceiptCounts) {
  const auto older = started("outcome", "2026-06-02T09:00:00Z");
  auto newer = started("outcome", "2026-06-04T09:00:00Z");
  inherit(usualBook(), kind(newer), older, newer);
  EXPECT_EQ(newer.due_at, older.due_at);
  EXPECT_EQ(newer.started_at, older.started_at);
  auto shorter = started("outcome", "2026-06-02T10:00:00Z", true);
  inherit(usualBook(), kind(shorter), older, shorter);
  EXPECT_EQ(due(shorter), "2026-06-03T16:00:00Z") << "never a later one";
}

}  // namespace
}  // namespace causeway::care
