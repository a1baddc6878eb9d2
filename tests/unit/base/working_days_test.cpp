#include "host/base/working_days.hpp"

#include "host/base/text.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

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
  const auto node = calendarNode(shippedHolidays(), "2019", "2028");
  auto out = WorkingDays::load({&node}, problems);
  EXPECT_TRUE(problems.empty()) << problems.text();
  return out;
}

std::string problemsOf(const Node& node) {
  Problems problems;
  WorkingDays::load({&node}, problems);
  return problems.text();
}

Node ownDays(std::string adds_to, std::vector<std::string> days) {
  auto node = calendarNode(std::move(days));
  std::erase_if(node.entries, [](const auto& entry) { return entry.key.ends_with("_year"); });
  node.entries.push_back({"adds_to", {}, scalar(std::move(adds_to))});
  return node;
}

std::string problemsOf(const Node& first, const Node& second) {
  Problems problems;
  WorkingDays::load({&first, &second}, problems);
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
  EXPECT_EQ(calendar.lastYear(), 2028);
  EXPECT_EQ(afterText(calendar, "2028-12-28", 1), "2028-12-29");
  EXPECT_EQ(afterText(calendar, "2028-12-29", 1), "the working-day calendar covers 2019 to 2028 only");
  EXPECT_EQ(afterText(calendar, "2018-12-31", 0), "the working-day calendar covers 2019 to 2028 only");
  EXPECT_EQ(afterText(calendar, "2026-06-01", -1), "working days are counted forward from a real date");
  EXPECT_EQ(dueText(calendar, "2028-12-29T09:00:00Z", 5), "the working-day calendar covers 2019 to 2028 only");
  EXPECT_FALSE(calendar.isWorkingDay(*parseDate("2029-06-01")));
}

TEST(WorkingDays, RefusesDaysThatAreAddedToNothing) {
  const auto whole = calendarNode({"2026-01-01"}, "2026", "2026");
  EXPECT_NE(problemsOf(ownDays("england-and-wales", {"2026-01-02"})).find("one must hold the bank holidays"),
            std::string::npos);
  EXPECT_NE(problemsOf(whole, ownDays("scotland", {"2026-01-02"})).find("must name the calendar 'england-and-wales'"),
            std::string::npos);
  EXPECT_NE(problemsOf(whole, calendarNode({"2026-01-02"}, "2026", "2026")).find("need 'adds_to'"), std::string::npos);
  EXPECT_NE(problemsOf(whole, ownDays("england-and-wales", {"2026-01-01"})).find("stands twice"), std::string::npos);
  EXPECT_NE(problemsOf(whole, ownDays("england-and-wales", {"2027-01-04"})).find("outside the years"),
            std::string::npos);
}

TEST(WorkingDays, AForceAddsDaysOfItsOwnInAnyOrderOfFiles) {
  const auto whole = calendarNode({"2026-12-25", "2026-12-28"}, "2026", "2026");
  const auto own = ownDays("england-and-wales", {"2026-12-24"});
  Problems problems;
  for (const auto& calendar :
       {WorkingDays::load({&whole, &own}, problems), WorkingDays::load({&own, &whole}, problems)})
    EXPECT_EQ(afterText(calendar, "2026-12-23", 1), "2026-12-29");
  EXPECT_TRUE(problems.empty()) << problems.text();
}

// What the law says, without the list: Banking and Financial Dealings Act 1971, the substitute days, and the days that a
// proclamation moved or added.
bool lawSaysHoliday(std::chrono::sys_days day) {
  using namespace std::chrono;
  const year_month_day date(day);
  const auto year = date.year();
  const auto is = [&](sys_days other) { return day == other; };
  for (const auto text : {"2020-05-08", "2022-06-02", "2022-06-03", "2022-09-19", "2023-05-08"})
    if (is(*parseDate(text))) return true;
  if (is(easter(static_cast<int>(year)) - days(2)) || is(easter(static_cast<int>(year)) + days(1))) return true;
  if (is(sys_days(year / May / Monday[1]))) return year != 2020y;
  if (is(sys_days(year / May / Monday[last]))) return year != 2022y;
  if (is(sys_days(year / August / Monday[last]))) return true;
  const auto weekday_of = [](sys_days when) { return weekday(when).iso_encoding(); };
  const sys_days new_year(year / January / 1), christmas(year / December / 25);
  if (is(new_year + days(weekday_of(new_year) == 6 ? 2 : weekday_of(new_year) == 7 ? 1 : 0))) return true;
  switch (weekday_of(christmas)) {  // both days, or those on which they are made up for
    case 5: return is(christmas) || is(christmas + days(3));
    case 6: return is(christmas + days(2)) || is(christmas + days(3));
    case 7: return is(christmas + days(1)) || is(christmas + days(2));
    default: return is(christmas) || is(christmas + days(1));
  }
}

bool lawSaysWorkingDay(std::chrono::sys_days day) {
  return std::chrono::weekday(day).iso_encoding() < 6 && !lawSaysHoliday(day);
}

TEST(WorkingDays, EveryDayFrom2019To2028IsWhatTheLawSays) {
  using namespace std::chrono;
  const auto calendar = shipped();
  for (sys_days day = 2019y / 1 / 1; day <= sys_days(2028y / 12 / 31); day += days(1))
    EXPECT_EQ(calendar.isWorkingDay(day), lawSaysWorkingDay(day)) << formatDate(day);
}

// Counted another way: by the number of working days in between, from every day of ten years at its last second in London.
TEST(WorkingDays, EveryDueTimeFrom2019To2028AgreesWithACount) {
  using namespace std::chrono;
  const auto calendar = shipped();
  for (sys_days from = 2019y / 1 / 1; from <= sys_days(2028y / 11 / 1); from += days(1)) {
    const auto last_second = fromLondon({from, 23, 59, 59});
    ASSERT_TRUE(last_second.has_value());
    for (const int count : {1, 2, 5, 10, 20}) {
      const auto due = calendar.due(*last_second, count);
      ASSERT_TRUE(due.has_value()) << formatDate(from);
      const auto local = toLondon(*due);
      int counted = 0;
      for (auto day = from + days(1); day <= sys_days(local.date); day += days(1)) counted += lawSaysWorkingDay(day);
      EXPECT_EQ(counted, count) << formatDate(from);
      EXPECT_TRUE(lawSaysWorkingDay(local.date)) << formatDate(from);
      EXPECT_EQ(std::tuple(local.hour, local.minute, local.second), std::tuple(17, 0, 0)) << formatDate(from);
    }
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

// The text between the next pair of quotation marks after `key`, or the number there; `at` moves behind it.
std::string nextOf(const std::string& text, std::string_view key, size_t& at) {
  at = text.find('"' + std::string(key) + '"', at);
  if (at == std::string::npos) return {};
  const auto begin = text.find_first_of("0123456789", at + key.size() + 2);
  at = text.find_first_of("\",}\n", begin);
  return text.substr(begin, at - begin);
}

TEST(WorkingDays, AgreesWithTheSharedVectors) {
  const auto* named = std::getenv("CAUSEWAY_CORPUS");
  const auto corpus = std::filesystem::path(named ? named : CAUSEWAY_SOURCE_DIR "/../shared/corpus");
  std::ifstream file(corpus / "probation-partners/test-vectors/working-days.json");
  if (!file) GTEST_SKIP() << "no shared vectors: set CAUSEWAY_CORPUS or put shared/corpus beside the source";
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  const auto calendar = shipped();
  int seen = 0;
  for (size_t at = text.find("add_working_days"); at != std::string::npos;) {
    const auto from = nextOf(text, "from", at);
    if (from.empty()) break;
    const auto count = nextOf(text, "days", at);
    EXPECT_EQ(afterText(calendar, from, std::stoi(count)), nextOf(text, "due", at)) << from << " + " << count;
    ++seen;
  }
  EXPECT_GE(seen, 9);
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
