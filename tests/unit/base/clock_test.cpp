#include "host/base/clock.hpp"

#include <gtest/gtest.h>

namespace causeway {
namespace {

using namespace std::chrono_literals;

Instant at(const char* text) { return parseInstant(text).value(); }

TEST(Instant, RefusesATimeWithoutAZone) {
  EXPECT_FALSE(parseInstant("2026-06-02T09:00:00"));
  EXPECT_FALSE(parseInstant("2026-06-02"));
  EXPECT_FALSE(parseInstant("2026-02-30T09:00:00Z"));
  EXPECT_FALSE(parseInstant("2026-06-02T24:00:00Z"));
}

TEST(Instant, ReadsEveryFormThatCourtsSend) {
  EXPECT_EQ(formatInstant(at("2026-06-02T09:00:00.0000000-00:00")), "2026-06-02T09:00:00Z");
  EXPECT_EQ(formatInstant(at("2026-06-02T10:00:00+01:00")), "2026-06-02T09:00:00Z");
  EXPECT_EQ(formatInstant(at("2026-06-02T09:01:01.25Z")), "2026-06-02T09:01:01.25Z");
  EXPECT_EQ(formatInstant(at("2099-12-31T23:59:58Z")), "2099-12-31T23:59:58Z");
}

TEST(LondonTime, IsOneHourAheadInSummer) {
  const auto summer = toLondon(at("2026-06-02T09:00:00Z"));
  EXPECT_EQ(summer.hour, 10);
  const auto winter = toLondon(at("2026-12-02T09:00:00Z"));
  EXPECT_EQ(winter.hour, 9);
}

TEST(LondonTime, CrossesMidnightInSummer) {
  const auto local = toLondon(at("2026-06-02T23:30:00Z"));
  EXPECT_EQ(static_cast<unsigned>(local.date.day()), 3U);
  EXPECT_EQ(local.hour, 0);
}

TEST(LondonTime, HasNoMomentInTheMissingHour) {
  const std::chrono::year_month_day spring{std::chrono::year(2026), std::chrono::March, std::chrono::day(29)};
  EXPECT_FALSE(fromLondon({spring, 1, 30, 0}));
  EXPECT_EQ(fromLondon({spring, 2, 0, 0}), at("2026-03-29T01:00:00Z"));
}

TEST(LondonTime, TakesTheFirstOfTheDoubledHour) {
  const std::chrono::year_month_day autumn{std::chrono::year(2026), std::chrono::October, std::chrono::day(25)};
  EXPECT_EQ(fromLondon({autumn, 1, 30, 0}), at("2026-10-25T00:30:00Z"));
}

}  // namespace
}  // namespace causeway
