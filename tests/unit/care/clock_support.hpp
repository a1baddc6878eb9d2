#pragma once

#include "host/care/clock_moves.hpp"
#include "host/config/yaml.hpp"
#include "tests/support/want.hpp"

#include <string>

namespace causeway::care {

inline WorkingDays bankHolidays() {
  Problems problems;
  const auto file =
      config::loadYaml(std::string(CAUSEWAY_SOURCE_DIR) + "/config/calendars/england-and-wales.yaml", problems);
  auto out = WorkingDays::load({&*file}, problems);
  EXPECT_TRUE(problems.empty()) << problems.text();
  return out;
}

inline ClockBook bookFrom(const std::string& text, Problems& problems) {
  const auto node = config::parseYaml(text, "clocks.yaml", problems);
  return node ? ClockBook::load({*node}, bankHolidays(), problems) : ClockBook();
}

inline ClockBook bookFrom(const std::string& text) {
  Problems problems;
  auto out = bookFrom(text, problems);
  EXPECT_TRUE(problems.empty()) << problems.text();
  return out;
}

/// Three clocks: of one or five working days, of 48 hours, of one working day that restarts.
inline const ClockBook& usualBook() {
  static const ClockBook book = bookFrom(R"(patterns:
  told:
    stops:
      - { type: task.completed, "case.tasks[].state": done }
      - type: contact.made
        case.parties[].contacts_made[].answers_clock: { exists: true }
        case.parties[].contacts_made[].result: spoke
    cancels: [ { when: { type: task.completed, "case.tasks[].state": cancelled }, reason: not_needed } ]
    suspends: [ { when: { type: contact.reported_unsafe }, reason: unsafe_contact } ]
    resumes: [ { type: safe_contact.changed, "case.parties[].contact_points[].safe.state": safe } ]
    ask_again: 2
    escalate:
      - { before: 4h, tell: leader }
      - { at: due, tell: leader }
      - { after: 1wd, tell: head }
    good_reasons: [not_reached]
clocks:
  - id: outcome
    right: "8"
    what: tell the outcome
    team: care
    follows: told
    stops:
      - { type: contact.made, "case.parties[].contacts_made[].purpose": outcome, "case.parties[].contacts_made[].result": spoke }
    versions:
      - { valid_from: 2021-04-01, source: the first Code, due: { enhanced: 1, standard: 5 } }
      - { valid_from: 2026-07-01, source: the next Code, due: { enhanced: 1, standard: 3 } }
  - { id: notice, right: "9", what: give notice, team: care, follows: told, versions: [ { valid_from: 2021-04-01, source: a statute, due: { hours: 48 } } ] }
  - { id: hearing, right: "8", what: tell the hearing, team: care, follows: told, again: restarts, of_day: true, versions: [ { valid_from: 2021-04-01, source: the Code, due: { working_days: 1 } } ] }
)");
  return book;
}

inline Instant at(const std::string& text) { return *parseInstant(text); }

inline ClockRow started(const std::string& clock, const std::string& received, bool enhanced = false) {
  ClockRow row;
  row.clock_id = "k-1";
  row.case_id = "c-1";
  row.element = "p-1";
  row.task_id = "t-1";
  row.message_id = "m-1";
  row.enhanced = enhanced;
  row.started_at = at(received);
  begin(usualBook(), *usualBook().find(clock), row);
  return row;
}

inline std::string due(const ClockRow& row) { return formatInstant(row.due_at); }
inline std::string next(const ClockRow& row) { return row.next_fire_at ? formatInstant(*row.next_fire_at) : "never"; }

/// Says what is told at `now`, until nothing more is due: "clock.due_soon leader, ...".
inline std::string firedBy(ClockRow& row, const std::string& now) {
  std::string out;
  for (int guard = 0; guard < 20 && row.next_fire_at && *row.next_fire_at <= at(now); ++guard)
    if (const auto firing = fire(usualBook(), *usualBook().find(row.clock), row, at(now)))
      out += (out.empty() ? "" : ", ") + firing->type + " " + firing->tell;
  return out;
}

}  // namespace causeway::care
