#include "host/base/text.hpp"
#include "tests/unit/care/clock_support.hpp"

namespace causeway::care {
namespace {

TEST(ClockBook, ReportsEveryMistakeAtItsPlace) {
  const std::string text = R"(patterns:
  slow:                                                   # want: no clock follows the pattern 'slow'
    escalate: [ { at: due, tell: leader } ]
  late:
    escalate: [ { at: due, tell: x }, { before: 1h, tell: x } ]   # want: the steps stand in the order of time
clocks:
  - id: a                                                 # want: a clock needs 'right' # want: a clock needs 'stops' or 'settled: true' # want: a clock needs 'escalate' # want: a clock needs 'versions'
    what: to do
    team: t
  - id: b
    right: "8"
    what: to do
    team: t
    follows: latte                                        # want: no pattern is named 'latte'; did you mean 'late'?
    settled: true
    escalate: [ { before: 4h, tell: x } ]                 # want: an escalation needs one step with at: due
    ask_again: 0                                          # want: 'ask_again' is a number of working days
    versions:
      - { valid_from: 2021-04-01, due: at_once }          # want: a version of a clock needs 'source'
      - { valid_from: 2021-01-01, source: law, due: { hours: 1, working_days: 1 } }   # want: 'due' is at_once # want: versions stand in the order
  - id: b                                                 # want: the clock 'b' stands twice # want: a clock with 'suspends' needs 'resumes'
    right: "8"
    what: to do
    team: t
    follows: late
    settled: yes                                          # want: 'settled'
    again: restart                                        # want: did you mean 'restarts'?
    stops: [ { type: task.completed, "case.tusks[].state": done } ]      # want: no field 'tusks'
    suspends: [ { when: { type: contact.reported_unsafe } } ]             # want: needs 'reason'
    escalate: [ { at: noon, tell: x }, { before: 4m, tell: x } ]           # want: a step says when # want: 'before' and 'after' are hours or working days # want: in the order of time
    tells: nobody                                          # want: unknown key 'tells'
    versions:
      - { valid_from: 2021-04-01, valid_to: 2022-03-31, source: law, due: { enhanced: 5, standard: 1 } }   # want: 'due' is at_once
      - { valid_from: 2022-04-02, valid_to: 2023-01-01, source: law, due: { working_days: 1 } }   # want: no version holds from 2022-04-01
      - { valid_from: 2022-12-31, source: law, due: { working_days: 1 } }   # want: two versions hold on 2022-12-31
      - { valid_from: 2024-01-01, valid_to: 2024-06-01, source: law, due: { working_days: 1 } }   # want: no version holds after 2024-06-01
)";
  Problems problems;
  bookFrom(text, problems);
  EXPECT_TRUE(support::reportsWhatIsWanted(text, problems));
}

TEST(ClockBook, CountsWorkingDaysFromTheLondonDayOfReceiptUntilFive) {
  EXPECT_EQ(due(started("outcome", "2026-06-02T09:00:00Z")), "2026-06-09T16:00:00Z") << "five, in summer time";
  EXPECT_EQ(due(started("outcome", "2026-06-02T09:00:00Z", true)), "2026-06-03T16:00:00Z");
  EXPECT_EQ(due(started("hearing", "2026-06-02T22:59:59Z")), "2026-06-03T16:00:00Z") << "23:59:59 in London";
  EXPECT_EQ(due(started("hearing", "2026-06-02T23:00:00Z")), "2026-06-04T16:00:00Z") << "midnight is the next day";
  EXPECT_EQ(due(started("hearing", "2026-01-05T23:59:59Z")), "2026-01-06T17:00:00Z") << "in winter time";
}

TEST(ClockBook, PassesOverWeekendsBankHolidaysAndChangesOfTheClock) {
  EXPECT_EQ(due(started("hearing", "2026-04-02T15:00:00Z")), "2026-04-07T16:00:00Z") << "Easter";
  EXPECT_EQ(due(started("hearing", "2026-12-24T10:00:00Z")), "2026-12-29T17:00:00Z") << "the substitute for Boxing Day";
  EXPECT_EQ(due(started("hearing", "2026-03-27T18:00:00Z")), "2026-03-30T16:00:00Z") << "summer time began on Sunday";
  EXPECT_EQ(due(started("hearing", "2026-10-23T18:00:00Z")), "2026-10-26T17:00:00Z") << "it ended on Sunday";
  EXPECT_EQ(due(started("notice", "2026-03-28T18:00:00Z")), "2026-03-30T18:00:00Z") << "hours are hours of the clock";
}

TEST(ClockBook, IsDueAtOnceWhereNothingCanBeCounted) {
  const auto beyond = started("hearing", "2028-12-29T10:00:00Z");
  EXPECT_EQ(due(beyond), "2028-12-29T10:00:00Z") << "the calendar ends with 2028: nothing is guessed";
  const auto before_any_law = started("hearing", "2021-03-31T10:00:00Z");
  EXPECT_EQ(due(before_any_law), "2021-03-31T10:00:00Z");
  EXPECT_EQ(before_any_law.law, "");
}

TEST(ClockBook, TakesTheLawOfTheDayOfReceipt) {
  const auto before = started("outcome", "2026-06-30T22:30:00Z"), after = started("outcome", "2026-06-30T23:30:00Z");
  EXPECT_EQ(before.law, "2021-04-01");
  EXPECT_EQ(after.law, "2026-07-01") << "0:30 on 1 July in London";
  EXPECT_EQ(due(before), "2026-07-07T16:00:00Z");
  EXPECT_EQ(due(after), "2026-07-06T16:00:00Z");
}

TEST(ClockBook, TellsBeforeAndAfterInHoursAndWorkingDays) {
  const auto& book = usualBook();
  using enum Escalation::When;
  EXPECT_EQ(formatInstant(book.moment({Before, 4, 0, {}}, at("2026-06-09T16:00:00Z"))), "2026-06-09T12:00:00Z");
  EXPECT_EQ(formatInstant(book.moment({After, 0, 1, {}}, at("2026-06-05T16:00:00Z"))), "2026-06-08T16:00:00Z");
  EXPECT_EQ(formatInstant(book.moment({Before, 0, 1, {}}, at("2026-04-07T16:00:00Z"))), "2026-04-02T16:00:00Z");
  EXPECT_EQ(formatInstant(book.moment({After, 0, 2, {}}, at("2026-10-23T16:00:00Z"))), "2026-10-27T17:00:00Z")
      << "at the same time of day";
  EXPECT_GT(book.moment({After, 0, 1, {}}, at("2028-12-29T17:00:00Z")), at("2028-12-29T17:00:00Z"))
      << "beyond the calendar somebody is still told";
  EXPECT_LT(ClockBook().moment({Before, 0, 3, {}}, at("2026-06-05T16:00:00Z")), at("2026-06-03T00:00:00Z"));
}

TEST(ClockBook, CountsBackFromADayToFiveOrFromItsMorning) {
  const auto& book = usualBook();
  const auto before = [&](ClockLaw::Kind kind, int amount, const char* day) {
    ClockLaw law;
    law.kind = kind;
    law.standard = amount;
    return formatInstant(book.before(law, *parseDate(day)));
  };
  using enum ClockLaw::Kind;
  EXPECT_EQ(before(WorkingDays, 2, "2026-04-08"), "2026-04-02T16:00:00Z") << "over Easter";
  EXPECT_EQ(before(WorkingDays, 1, "2026-10-26"), "2026-10-23T16:00:00Z") << "summer time ended between";
  EXPECT_EQ(before(WorkingDays, 0, "2026-10-26"), "2026-10-26T17:00:00Z");
  EXPECT_EQ(before(Hours, 24, "2026-06-09"), "2026-06-08T08:00:00Z");
  EXPECT_EQ(before(Minutes, 30, "2026-06-09"), "2026-06-09T07:30:00Z");
  EXPECT_EQ(before(AtOnce, 0, "2026-06-09"), "2026-06-09T08:00:00Z");
}

TEST(ClockBook, CountsMinutesOfTheClock) {
  const auto book = bookFrom(R"(clocks:
  - id: missed
    right: x
    what: find them
    team: t
    settled: true
    escalate: [ { at: due, tell: x } ]
    versions: [ { valid_from: 2021-04-01, source: law, due: { minutes: 15 } } ]
)");
  EXPECT_EQ(formatInstant(*book.due(book.find("missed")->versions[0], at("2026-06-05T22:50:00Z"), false)),
            "2026-06-05T23:05:00Z");
}

}  // namespace
}  // namespace causeway::care
