#include "host/base/working_days.hpp"

#include "host/base/text.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace causeway {
namespace {

Node scalar(std::string text) {
  Node node;
  node.kind = Node::Kind::Scalar;
  node.scalar = std::move(text);
  return node;
}

Node calendarNode(std::vector<std::string> holidays, std::string first = "2024", std::string last = "2027") {
  Node list;
  list.kind = Node::Kind::List;
  for (auto& day : holidays) list.items.push_back(scalar(std::move(day)));
  Node node;
  node.kind = Node::Kind::Map;
  node.entries = {{"calendar", {}, scalar("england-and-wales")},
                  {"source", {}, scalar("gov.uk/bank-holidays")},
                  {"first_year", {}, scalar(std::move(first))},
                  {"last_year", {}, scalar(std::move(last))},
                  {"holidays", {}, list}};
  return node;
}

// The shipped file without a YAML library: every "- date" line of it.
std::vector<std::string> shippedHolidays() {
  std::ifstream file(std::string(CAUSEWAY_SOURCE_DIR) + "/config/calendars/england-and-wales.yaml");
  std::vector<std::string> out;
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("  - ")) out.push_back(line.substr(4, 10));
  return out;
}

WorkingDays shipped() {
  Problems problems;
  auto out = WorkingDays::load(calendarNode(shippedHolidays()), problems);
  EXPECT_TRUE(problems.empty()) << problems.text();
  return out;
}

std::string problemsOf(const Node& node) {
  Problems problems;
  WorkingDays::load(node, problems);
  return problems.text();
}

std::string afterText(const WorkingDays& calendar, std::string_view day, int count) {
  const auto found = calendar.after(*parseDate(day), count);
  return found ? formatDate(*found) : found.error().what;
}

std::string dueText(const WorkingDays& calendar, std::string_view received, int count) {
  const auto due = calendar.due(*parseInstant(received), count);
  return due ? formatInstant(*due) : due.error().what;
}

// Sunday of Easter in the Gregorian calendar (Meeus, Jones, Butcher): an independent check of the shipped dates.
std::chrono::sys_days easter(int year) {
  const int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
  return std::chrono::sys_days(std::chrono::year(year) / (n / 31) / (n % 31 + 1));
}

TEST(WorkingDays, RefusesACalendarThatIsNotSound) {
  EXPECT_NE(problemsOf(calendarNode({"2026-12-26"}, "2026", "2026")).find("give the substitute day"),
            std::string::npos);
  EXPECT_NE(problemsOf(calendarNode({"2026-02-30", "2026-01-01"}, "2026", "2026")).find("must be a date"),
            std::string::npos);
  EXPECT_NE(problemsOf(calendarNode({"2026-01-01", "2026-01-01"}, "2026", "2026")).find("stands twice"),
            std::string::npos);
  EXPECT_NE(problemsOf(calendarNode({"2026-01-01", "2025-01-01"}, "2026", "2026")).find("outside the years"),
            std::string::npos);
  EXPECT_NE(problemsOf(calendarNode({"2026-01-01"}, "2026", "2027")).find("lists no holiday in it"), std::string::npos);
  EXPECT_NE(problemsOf(calendarNode({"2026-01-01"}, "2027", "2026")).find("comes before"), std::string::npos);
  EXPECT_NE(problemsOf(calendarNode({}, "soon", "2026")).find("whole number"), std::string::npos);
}

TEST(WorkingDays, RefusesDaysBeyondTheCalendarInsteadOfGuessing) {
  const auto calendar = shipped();
  EXPECT_EQ(calendar.lastYear(), 2027);
  EXPECT_EQ(afterText(calendar, "2027-12-30", 1), "2027-12-31");
  EXPECT_EQ(afterText(calendar, "2027-12-31", 1), "the working-day calendar covers 2024 to 2027 only");
  EXPECT_EQ(afterText(calendar, "2023-12-29", 0), "the working-day calendar covers 2024 to 2027 only");
  EXPECT_EQ(afterText(calendar, "2026-06-01", -1), "working days are counted forward from a real date");
  EXPECT_EQ(dueText(calendar, "2027-12-31T09:00:00Z", 5), "the working-day calendar covers 2024 to 2027 only");
  EXPECT_FALSE(calendar.isWorkingDay(*parseDate("2028-06-01")));
}

TEST(WorkingDays, ShippedDatesHoldEasterAndEightDaysAYear) {
  const auto calendar = shipped();
  EXPECT_EQ(shippedHolidays().size(), 32U);
  for (int year = 2024; year <= 2027; ++year) {
    SCOPED_TRACE(year);
    EXPECT_FALSE(calendar.isWorkingDay(easter(year) - std::chrono::days(2)));  // Good Friday
    EXPECT_FALSE(calendar.isWorkingDay(easter(year) + std::chrono::days(1)));  // Easter Monday
    EXPECT_TRUE(calendar.isWorkingDay(easter(year) + std::chrono::days(2)));
    using namespace std::chrono;
    EXPECT_FALSE(calendar.isWorkingDay(sys_days(std::chrono::year(year) / May / Monday[1])));
    EXPECT_FALSE(calendar.isWorkingDay(sys_days(std::chrono::year(year) / May / Monday[last])));
    EXPECT_FALSE(calendar.isWorkingDay(sys_days(std::chrono::year(year) / August / Monday[last])));
  }
}

TEST(WorkingDays, CountsOverWeekendsAndHolidays) {
  const auto calendar = shipped();
  EXPECT_EQ(afterText(calendar, "2026-04-02", 1), "2026-04-07");  // Maundy Thursday to the Tuesday after Easter
  EXPECT_EQ(afterText(calendar, "2026-12-24", 1), "2026-12-29");  // over Christmas, the weekend and the substitute day
  EXPECT_EQ(afterText(calendar, "2027-12-24", 1), "2027-12-29");  // two substitute days
  EXPECT_EQ(afterText(calendar, "2026-05-22", 5), "2026-06-01");  // spring bank holiday within five working days
  EXPECT_EQ(afterText(calendar, "2026-06-06", 0), "2026-06-06");  // day 0 is the day itself, also a Saturday
  EXPECT_EQ(afterText(calendar, "2026-06-06", 1), "2026-06-08");
}

TEST(WorkingDays, StartsFromTheLondonDayOfReceipt) {
  const auto calendar = shipped();
  EXPECT_EQ(dueText(calendar, "2026-01-14T23:59:00Z", 1), "2026-01-15T17:00:00Z");
  EXPECT_EQ(dueText(calendar, "2026-06-02T22:59:00Z", 1), "2026-06-03T16:00:00Z");  // 23:59 in London
  EXPECT_EQ(dueText(calendar, "2026-06-02T23:01:00Z", 1), "2026-06-04T16:00:00Z");  // already the 3rd in London
}

TEST(WorkingDays, DueTimeFollowsTheClocksOfLondon) {
  const auto calendar = shipped();
  EXPECT_EQ(dueText(calendar, "2026-03-27T12:00:00Z", 1), "2026-03-30T16:00:00Z");  // clocks went forward on the 29th
  EXPECT_EQ(dueText(calendar, "2026-10-23T12:00:00Z", 1), "2026-10-26T17:00:00Z");  // clocks went back on the 25th
}

}  // namespace
}  // namespace causeway
