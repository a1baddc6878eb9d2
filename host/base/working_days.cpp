#include "host/base/working_days.hpp"

#include "host/base/node_reader.hpp"
#include "host/base/text.hpp"

namespace causeway {
namespace {

constexpr int kDueHour = 17;

bool isWeekend(std::chrono::sys_days day) {
  const std::chrono::weekday weekday(day);
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

int yearOf(std::chrono::sys_days day) { return static_cast<int>(std::chrono::year_month_day(day).year()); }

}  // namespace

WorkingDays WorkingDays::load(const Node& node, Problems& problems) {
  WorkingDays out;
  NodeReader reader(node, "a calendar", problems);
  reader.required("calendar");
  reader.required("source");
  const auto year = [&](std::string_view key) {
    const auto value = reader.number(key);
    if (!value && node.isMap() && !node.find(key))
      problems.error(node.at, "a calendar needs '" + std::string(key) + "'");
    if (value && *value >= 1900 && *value <= 2100) return static_cast<int>(*value);
    if (value) problems.error(reader.at(key), "'" + std::string(key) + "' must be a year");
    return 0;
  };
  out.first_year_ = year("first_year");
  out.last_year_ = year("last_year");
  if (out.first_year_ > out.last_year_) problems.error(reader.at("last_year"), "'last_year' comes before 'first_year'");
  const Node* holidays = reader.list("holidays");
  if (node.isMap() && !holidays) problems.error(node.at, "a calendar needs 'holidays', the days that are not worked");
  reader.finish();
  if (!holidays) return out;
  for (const auto& item : holidays->items) {
    const auto date = item.isScalar() ? parseDate(item.scalar) : std::nullopt;
    if (!date) {
      problems.error(item.at, "a holiday must be a date such as 2026-12-28");
      continue;
    }
    const std::chrono::sys_days day(*date);
    if (yearOf(day) < out.first_year_ || yearOf(day) > out.last_year_)
      problems.error(item.at, "the holiday is outside the years of the calendar");
    if (isWeekend(day))
      problems.error(item.at,
                     "the holiday is a Saturday or Sunday: give the substitute day, which is the one not worked");
    if (!out.holidays_.insert(day).second) problems.error(item.at, "the holiday stands twice");
  }
  for (int covered = out.first_year_; covered != 0 && covered <= out.last_year_; ++covered) {
    const std::chrono::sys_days begin(std::chrono::year(covered) / 1 / 1);
    const auto next = out.holidays_.lower_bound(begin);
    if (next == out.holidays_.end() || yearOf(*next) != covered)
      problems.error(holidays->at, "the calendar covers " + std::to_string(covered) + " but lists no holiday in it");
  }
  return out;
}

bool WorkingDays::isWorkingDay(std::chrono::year_month_day day) const {
  if (!day.ok()) return false;
  const std::chrono::sys_days when(day);
  return yearOf(when) >= first_year_ && yearOf(when) <= last_year_ && !isWeekend(when) && !holidays_.contains(when);
}

Result<std::chrono::year_month_day> WorkingDays::after(std::chrono::year_month_day day, int count) const {
  if (!day.ok() || count < 0) return fail(ErrorKind::Invalid, "working days are counted forward from a real date");
  std::chrono::sys_days when(day);
  const auto covered = [&] { return yearOf(when) >= first_year_ && yearOf(when) <= last_year_; };
  while (covered()) {
    if (count == 0) return std::chrono::year_month_day(when);
    when += std::chrono::days(1);
    if (isWorkingDay(std::chrono::year_month_day(when))) --count;
  }
  return fail(ErrorKind::Invalid, "the working-day calendar covers " + std::to_string(first_year_) + " to " +
                                      std::to_string(last_year_) + " only");
}

Result<Instant> WorkingDays::due(Instant received, int count) const {
  CW_TRY(const auto day, after(toLondon(received).date, count));
  const auto moment = fromLondon({day, kDueHour, 0, 0});
  if (!moment) return fail(ErrorKind::Broken, "17:00 does not exist on the due day");
  return *moment;
}

}  // namespace causeway
