#include "tests/contract/courts/converted.hpp"

#include <gtest/gtest.h>

namespace courts {
namespace {

using causeway::sdk::kTable;
using causeway::sdk::NamedTexts;
using causeway::testkit::Answer;
using causeway::testkit::Host;

Answer read(const NamedTexts& inputs, const NamedTexts& settings = {}) {
  return converted("courts.local_time", inputs, settings);
}

std::string readingOf(const Answer& answer) {
  return std::string(answer["date"]) + " " + std::string(answer["time"]) + " " + std::string(answer["basis"]) + " " +
         std::string(answer["confidence"]);
}

TEST(CourtsLocalTime, RefusesADateOrTimeThatDoesNotExist) {
  for (const auto* date : {"2026-02-30", "2026-13-01", "02/06/2026", "soon", "2026-6-2", "-026-06-02"})
    EXPECT_EQ(read({{"date", date}, {"time", "10:00:00"}}).status, CW_REJECTED) << date;
  for (const auto* time : {"24:00:00", "10:60:00", "10", "1000", "ten", "10:00x", "10:00:00+1"})
    EXPECT_EQ(read({{"date", "2026-06-02"}, {"time", time}}).status, CW_REJECTED) << time;
}

TEST(CourtsLocalTime, SaysNothingWithoutADate) {
  EXPECT_TRUE(read({}).fields.empty());
  EXPECT_TRUE(read({{"time", "10:00:00"}, {"text", "at 10:00"}}).fields.empty());
}

TEST(CourtsLocalTime, KeepsADayWithoutATime) {
  const auto answer = read({{"date", "2026-06-02"}});
  EXPECT_EQ(answer["precision"], "date_only");
  EXPECT_EQ(answer["basis"], "date_only");
  EXPECT_EQ(answer["time"], "");
}

TEST(CourtsLocalTime, MarksATimeThatNothingExplains) {
  const auto answer =
      read({{"date", "2026-06-02"}, {"time", "09:00:00"}, {"sender", "Z00CJSE"}, {"text", "Adjourned."}});
  EXPECT_EQ(readingOf(answer), "2026-06-02 09:00 unknown low");
  EXPECT_EQ(answer["finding"], "time_basis_unknown");
  EXPECT_EQ(answer["raw"], "2026-06-02T09:00:00");
}

TEST(CourtsLocalTime, BelievesLibraAndConvertsCommonPlatform) {
  EXPECT_EQ(readingOf(read({{"date", "2026-06-02"}, {"time", "09:00:00"}, {"sender", "B00LIBRA"}})),
            "2026-06-02 09:00 libra_local high");
  EXPECT_EQ(readingOf(read({{"date", "2026-06-02"}, {"time", "09:00:00"}, {"sender", "C00CommonPlatform"}})),
            "2026-06-02 10:00 cp_utc high");
  EXPECT_EQ(
      readingOf(
          read({{"date", "2026-06-02"}, {"time", "09:00:00"}, {"sender", "Z00CJSE"}, {"system", "C00CommonPlatform"}})),
      "2026-06-02 10:00 cp_utc high");
  EXPECT_EQ(readingOf(read({{"date", "2026-12-02"}, {"time", "09:00:00"}, {"sender", "C00CommonPlatform"}})),
            "2026-12-02 09:00 cp_utc high");
}

TEST(CourtsLocalTime, BelievesNeitherOfTwoSendersThatDisagree) {
  const auto answer =
      read({{"date", "2026-06-02"}, {"time", "09:00:00"}, {"sender", "B00LIBRA"}, {"system", "C00CommonPlatform"}});
  EXPECT_EQ(answer["basis"], "unknown");
}

TEST(CourtsLocalTime, KnowsCommonPlatformByItsStyle) {
  EXPECT_EQ(
      readingOf(read({{"date", "2026-06-02"}, {"time", "09:00:00"}, {"text", "REMUB - Remand unconditional bail"}})),
      "2026-06-02 10:00 cp_utc high");
  EXPECT_EQ(
      readingOf(read(
          {{"date", "2026-06-02"}, {"time", "09:00:00"}, {"style", "Fined."}, {"style", "A - AdjournmentAdjourned"}})),
      "2026-06-02 10:00 cp_utc high");
  EXPECT_EQ(readingOf(read({{"date", "2026-06-02"}, {"time", "09:00:00.000Z"}})), "2026-06-02 10:00 cp_utc high");
  EXPECT_EQ(readingOf(read({{"date", "2026-06-02"}, {"time", "10:00:00+01:00"}})), "2026-06-02 10:00 cp_utc high");
  EXPECT_EQ(readingOf(read({{"date", "2026-06-02"}, {"time", "09:00:00Z"}, {"sender", "B00LIBRA"}})),
            "2026-06-02 09:00 libra_local high");
}

TEST(CourtsLocalTime, PrefersTheTimeInTheTextAndKeepsTheOther) {
  const auto answer = read(
      {{"date", "2026-06-02"}, {"time", "09:00:00"}, {"text", "until hearing on 2026-06-02 at 10:00 in Courtroom 03"}});
  EXPECT_EQ(readingOf(answer), "2026-06-02 10:00 text high");
  EXPECT_EQ(answer["conflicting"], "2026-06-02T09:00");
  EXPECT_EQ(answer["finding"], "time_conflict");
}

TEST(CourtsLocalTime, LeavesADifferenceThatIsNoSummerHourToAPerson) {
  const auto odd = read({{"date", "2026-06-02"}, {"time", "09:00:00"}, {"text", "on 02/06/2026 at 14:00"}});
  EXPECT_EQ(readingOf(odd), "2026-06-02 14:00 text conflict");
  const auto winter = read({{"date", "2026-12-02"}, {"time", "09:00:00"}, {"text", "on 02/12/2026 at 10:00"}});
  EXPECT_EQ(readingOf(winter), "2026-12-02 10:00 text conflict");
  // Libra writes local time, so an hour is not explained there.
  const auto libra =
      read({{"date", "2026-06-02"}, {"time", "09:00:00"}, {"text", "on 02/06/2026 at 10:00"}, {"sender", "B00LIBRA"}});
  EXPECT_EQ(readingOf(libra), "2026-06-02 10:00 text conflict");
}

TEST(CourtsLocalTime, IsSureWhereFieldAndTextAgree) {
  const auto answer = read({{"date", "2026-06-02"},
                            {"time", "10:00:00"},
                            {"text", "on 02/06/2026 at 10:00"},
                            {"sender", "C00CommonPlatform"}});
  EXPECT_EQ(readingOf(answer), "2026-06-02 10:00 text high");
  EXPECT_EQ(answer["conflicting"], "");
  EXPECT_EQ(answer["finding"], "");
}

TEST(CourtsLocalTime, TakesNoTimeOfAnotherDay) {
  EXPECT_EQ(
      readingOf(read({{"date", "2026-06-03"}, {"time", "09:00:00"}, {"text", "A - Adjourned on 02/06/2026 at 14:00"}})),
      "2026-06-03 10:00 cp_utc high");
}

TEST(CourtsLocalTime, SaysSoWhenTheTextGivesTwoTimes) {
  const auto answer = read({{"date", "2026-06-02"},
                            {"time", "09:00:00"},
                            {"sender", "B00LIBRA"},
                            {"text", "on 02/06/2026 at 10:00 or on 02/06/2026 at 14:00"}});
  EXPECT_EQ(answer["confidence"], "conflict");
  EXPECT_EQ(answer["finding"], "time_conflict");
}

// The clocks change at 01:00 UTC on the last Sunday of March and October.
TEST(CourtsLocalTime, IsRightOnTheDaysOfTheChange) {
  const auto london = [](const char* date, const char* time) {
    return readingOf(read({{"date", date}, {"time", time}, {"sender", "C00CommonPlatform"}})).substr(0, 16);
  };
  EXPECT_EQ(london("2026-03-29", "00:59:00"), "2026-03-29 00:59");
  EXPECT_EQ(london("2026-03-29", "01:00:00"), "2026-03-29 02:00");
  EXPECT_EQ(london("2026-03-28", "23:30:00"), "2026-03-28 23:30");
  EXPECT_EQ(london("2026-10-25", "00:59:00"), "2026-10-25 01:59");
  EXPECT_EQ(london("2026-10-25", "01:00:00"), "2026-10-25 01:00");
  EXPECT_EQ(london("2026-10-24", "23:30:00"), "2026-10-25 00:30");
  EXPECT_EQ(london("2024-03-31", "10:00:00"), "2024-03-31 11:00");  // the month ends on a Sunday
  EXPECT_EQ(london("2025-10-26", "10:00:00"), "2025-10-26 10:00");
  EXPECT_EQ(london("2026-06-30", "23:30:00"), "2026-07-01 00:30");
  EXPECT_EQ(london("1996-07-01", "10:00:00"), "1996-07-01 11:00");
}

TEST(CourtsLocalTime, DoesNotKnowTheRulesBefore1996) {
  EXPECT_EQ(readingOf(read({{"date", "1995-07-01"}, {"time", "10:00:00"}, {"sender", "C00CommonPlatform"}})),
            "1995-07-01 10:00 unknown low");
}

TEST(CourtsLocalTime, DoesAsTheInstallationSaysWhereNothingTells) {
  EXPECT_EQ(readingOf(read({{"date", "2026-06-02"}, {"time", "09:00:00"}}, {{"unmarked_times", "libra_local"}})),
            "2026-06-02 09:00 libra_local high");
  EXPECT_EQ(readingOf(read({{"date", "2026-06-02"}, {"time", "09:00:00"}}, {{"unmarked_times", "cp_utc"}})),
            "2026-06-02 10:00 cp_utc high");
  Host host(kTable<Courts>, {{"unmarked_times", "perhaps"}});
  EXPECT_FALSE(host.started());
}

}  // namespace
}  // namespace courts
