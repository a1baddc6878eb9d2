#pragma once

#include "host/base/clock.hpp"
#include "host/base/node.hpp"

#include <chrono>
#include <set>
#include <string>
#include <vector>

namespace causeway {

/// Working days in England and Wales: not Saturday, not Sunday, not a bank holiday of the calendar. The calendar is dated
/// data with its source; a date beyond its last year is refused, never guessed.
class WorkingDays {
 public:
  /// Calendar files, in any order. One is the calendar itself: `calendar` (its name), `source`, `first_year`, `last_year`,
  /// `holidays: [2026-01-01, ...]`. The others add days on which a force does not work: `calendar`, `source`, `adds_to` (the name of
  /// the calendar itself) and `holidays`. A day that stands in two files is a mistake, since one of them is then out of date.
  static WorkingDays load(const std::vector<const Node*>& files, Problems& problems);

  /// False for every day outside the years of the calendar.
  bool isWorkingDay(std::chrono::year_month_day day) const;
  /// The day `count` working days after `day`; day 0 is the day of receipt. Invalid beyond the calendar.
  Result<std::chrono::year_month_day> after(std::chrono::year_month_day day, int count) const;
  /// 17:00 in London on the day `count` working days after the London day of `received`.
  Result<Instant> due(Instant received, int count) const;
  int lastYear() const { return last_year_; }

 private:
  struct File;
  void add(const File& file, Problems& problems);
  void checkYears(const Location& at, Problems& problems) const;

  std::set<std::chrono::sys_days> holidays_;
  int first_year_ = 0;
  int last_year_ = 0;
};

}  // namespace causeway
