#pragma once

#include "host/base/clock.hpp"
#include "host/care/clock_row.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::pipeline {

/// How a group of duties stands. What was cancelled or superseded counts under `due` and nowhere in `met_percent`.
struct Compliance {
  std::string group;         ///< a right, a team, a clock or a month ("2026-06"), as it was asked for
  int due = 0;               ///< duties whose time limit fell into the period
  int met = 0;               ///< done in time
  int late = 0;              ///< done too late
  int overdue = 0;           ///< too late and still not done
  int with_good_reason = 0;  ///< of the late and overdue ones, those with a recorded good reason
  int running = 0;           ///< not yet due
  int suspended = 0;
  int ended = 0;     ///< cancelled or superseded
  int enhanced = 0;  ///< of all, those for people with enhanced rights

  /// Of those that were met, late or overdue, how many in a hundred were met; nothing when there were none.
  std::optional<int> metPercent() const;
};

enum class ReportBy { Right, Team, Clock, Month };

/// Counts duties by group, in order of the group's name; those of test cases are left out. Only the clocks themselves are counted, never the
/// audit log. A clock that was due before `now` and whose firing is still to come counts as overdue.
std::vector<Compliance> complianceOf(const std::vector<care::ClockRow>& rows, ReportBy by, Instant now);
/// Comma-separated values, a line each, with a heading. No field can hold a comma, a quote or a formula.
std::string asCsv(const std::vector<Compliance>& report);

}  // namespace causeway::pipeline
