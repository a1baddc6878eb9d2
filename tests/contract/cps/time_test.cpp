#include "adapters/cps/cps.hpp"
#include "causeway/testkit.hpp"

#include <gtest/gtest.h>

namespace cps {
namespace {

using causeway::testkit::Host;

std::string read(const char* zoned, const causeway::sdk::NamedTexts& inputs) {
  Host host(sdk::kTable<Cps>, {{"zoned_times", zoned}});
  const auto answer = host.convert("cps.stated_time", inputs);
  if (!answer.ok()) return "refused";
  std::string out;
  for (const char* part : {"date", "time", "basis", "confidence"})
    out += (out.empty() ? "" : " ") + std::string(answer[part]);
  if (!answer["conflicting"].empty()) out += " or " + std::string(answer["conflicting"]);
  return out;
}

TEST(CpsTime, RefusesWhatIsNoTime) {
  for (const char* wrong : {"soon", "2026-06-31", "2026-13-01T10:00", "2026-06-02T25:00", "2026-06-02T10", "02/06/2026",
                            "2026-06-02T10:00+1", "2026-06-02T10:00:", "2026-06-02T10:00 BST", "2026-06-02 at 10"})
    EXPECT_EQ(read("unknown", {{"value", wrong}}), "refused") << wrong;
}

TEST(CpsTime, ADayAloneIsADayAlone) {
  EXPECT_EQ(read("unknown", {{"value", "2026-06-02"}}), "2026-06-02  date_only high");
  EXPECT_EQ(read("unknown", {{"date", "2026-06-02"}}), "2026-06-02  date_only high");
}

TEST(CpsTime, ATimeWithoutAZoneIsTheClockOnTheWall) {
  for (const char* text : {"2026-06-02T10:00", "2026-06-02T10:00:00", "2026-06-02 10:00", "2026-06-02T10:00:00.000"})
    EXPECT_EQ(read("unknown", {{"value", text}}), "2026-06-02 10:00 stated_local high") << text;
  EXPECT_EQ(read("unknown", {{"date", "2026-06-02"}, {"time", "09:45"}}), "2026-06-02 09:45 stated_local high");
}

TEST(CpsTime, AZoneThatLondonHasOnThatDayChangesNothing) {
  EXPECT_EQ(read("unknown", {{"value", "2026-06-02T10:00+01:00"}}), "2026-06-02 10:00 stated_local high");
  EXPECT_EQ(read("unknown", {{"value", "2026-01-12T10:00Z"}}), "2026-01-12 10:00 stated_local high");
  EXPECT_EQ(read("unknown", {{"value", "2026-01-12T10:00:00+0000"}}), "2026-01-12 10:00 stated_local high");
}

// Systems write Z behind local times: an hour is at stake, so a person looks.
TEST(CpsTime, AnyOtherZoneIsADoubt) {
  EXPECT_EQ(read("unknown", {{"value", "2026-06-02T10:00Z"}}), "2026-06-02 10:00 unknown conflict or 2026-06-02T11:00");
  EXPECT_EQ(read("unknown", {{"value", "2026-06-02T23:30Z"}}), "2026-06-02 23:30 unknown conflict or 2026-06-03T00:30");
  EXPECT_EQ(read("utc", {{"value", "2026-06-02T09:00Z"}}), "2026-06-02 10:00 stated_local high");
  EXPECT_EQ(read("local", {{"value", "2026-06-02T10:00Z"}}), "2026-06-02 10:00 stated_local high");
}

TEST(CpsTime, KnowsTheNightsOnWhichTheClocksChange) {
  EXPECT_EQ(read("utc", {{"value", "2026-03-29T00:59Z"}}), "2026-03-29 00:59 stated_local high");
  EXPECT_EQ(read("utc", {{"value", "2026-03-29T01:00Z"}}), "2026-03-29 02:00 stated_local high");
  EXPECT_EQ(read("utc", {{"value", "2026-10-25T00:59Z"}}), "2026-10-25 01:59 stated_local high");
  EXPECT_EQ(read("utc", {{"value", "2026-10-25T01:00Z"}}), "2026-10-25 01:00 stated_local high");
}

TEST(CpsTime, OfTwoReadingsOfADeadlineTheEarlierCounts) {
  Host host(sdk::kTable<Cps>);
  EXPECT_EQ(host.convert("cps.due_day", {{"value", "2026-05-15"}})["value"], "2026-05-15");
  EXPECT_TRUE(host.convert("cps.due_time", {{"value", "2026-05-15"}}).fields.empty());
  EXPECT_EQ(host.convert("cps.due_time", {{"value", "2026-05-15T12:00Z"}})["value"], "12:00");
  EXPECT_EQ(host.convert("cps.due_time", {{"value", "2026-05-15T12:00+02:00"}})["value"], "11:00");
  EXPECT_EQ(host.convert("cps.due_day", {{"value", "2026-05-15T23:30Z"}})["value"], "2026-05-15");
  EXPECT_FALSE(host.convert("cps.due_day", {{"value", "Friday"}}).ok());
}

}  // namespace
}  // namespace cps
