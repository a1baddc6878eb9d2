#include "causeway/london.hpp"

#include <gtest/gtest.h>

namespace causeway::sdk {
namespace {

// "2026-06-02T10:00", as a count of minutes in whichever clock.
std::chrono::minutes at(std::string_view text) {
  return std::chrono::sys_days(dayFrom(text.substr(0, 10)).value()).time_since_epoch() +
         timeOfDayFrom(text.substr(11)).value();
}

std::string london(std::string_view utc) {
  const auto clock = londonFromUtc(UtcMinute(at(utc)));
  return clock ? dayText(*clock) + "T" + clockText(*clock) : "nothing";
}

std::string utc(std::string_view london) {
  const auto moment = utcFromLondon(LondonMinute(at(london)));
  return moment ? instantText(*moment) : "nothing";
}

TEST(London, ReadsNoDayThatIsNone) {
  for (const char* text : {"", "2026", "2026-02-29", "2026-13-01", "2026-00-10", "2026-06-31", "1899-12-31", "2026-6-2",
                           "2026/06/02", "2026-06-02T", " 2026-06-0", "+026-06-02", "2026-06--2"})
    EXPECT_FALSE(dayFrom(text)) << text;
  EXPECT_EQ(dayText(dayFrom("2028-02-29").value()), "2028-02-29");
}

TEST(London, ReadsNoTimeThatIsNone) {
  for (const char* text : {"", "10", "24:00", "10:60", "1:000", "10.00", "10:0", "10:00:00", "-1:00"})
    EXPECT_FALSE(timeOfDayFrom(text)) << text;
  EXPECT_EQ(timeOfDayFrom("23:59").value().count(), 23 * 60 + 59);
}

TEST(London, GoesForwardAtOneOnTheLastSundayOfMarch) {
  EXPECT_EQ(london("2026-03-28T23:59"), "2026-03-28T23:59");
  EXPECT_EQ(london("2026-03-29T00:59"), "2026-03-29T00:59");
  EXPECT_EQ(london("2026-03-29T01:00"), "2026-03-29T02:00");
}

TEST(London, GoesBackAtOneOnTheLastSundayOfOctober) {
  EXPECT_EQ(london("2026-10-25T00:59"), "2026-10-25T01:59");
  EXPECT_EQ(london("2026-10-25T01:00"), "2026-10-25T01:00");
}

TEST(London, IsAnotherDayInASummerNight) {
  EXPECT_EQ(london("2026-06-14T22:59"), "2026-06-14T23:59");
  EXPECT_EQ(london("2026-06-14T23:00"), "2026-06-15T00:00");
  EXPECT_EQ(london("2026-12-31T23:59"), "2026-12-31T23:59");
  EXPECT_EQ(utc("2026-06-15T00:30"), "2026-06-14T23:30:00Z");
}

TEST(London, TakesTheFirstOfTheHourThatComesTwiceAndNoneOfTheHourThatIsLeftOut) {
  EXPECT_EQ(utc("2026-10-25T00:59"), "2026-10-24T23:59:00Z");
  EXPECT_EQ(utc("2026-10-25T01:00"), "2026-10-25T00:00:00Z");
  EXPECT_EQ(utc("2026-10-25T01:59"), "2026-10-25T00:59:00Z");
  EXPECT_EQ(utc("2026-10-25T02:00"), "2026-10-25T02:00:00Z");
  EXPECT_EQ(utc("2026-03-29T00:59"), "2026-03-29T00:59:00Z");
  EXPECT_EQ(utc("2026-03-29T01:00"), "nothing");
  EXPECT_EQ(utc("2026-03-29T01:59"), "nothing");
  EXPECT_EQ(utc("2026-03-29T02:00"), "2026-03-29T01:00:00Z");
}

TEST(London, SaysNothingOfTheYearsWithOtherRules) {
  EXPECT_EQ(london("1995-12-31T23:59"), "nothing");
  EXPECT_EQ(london("1996-01-01T00:00"), "1996-01-01T00:00");
  EXPECT_EQ(utc("1995-06-01T12:00"), "nothing");
}

}  // namespace
}  // namespace causeway::sdk
