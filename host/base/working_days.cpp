#include "host/base/working_days.hpp"

#include "host/base/node_reader.hpp"
#include "host/base/text.hpp"

#include <algorithm>

namespace causeway {
namespace {

constexpr int kDueHour = 17;

bool isWeekend(std::chrono::sys_days day) {
  const std::chrono::weekday weekday(day);
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

int yearOf(std::chrono::sys_days day) { return static_cast<int>(std::chrono::year_month_day(day).year()); }

int yearIn(NodeReader& reader, const Node& node, std::string_view key, Problems& problems) {
  const auto value = reader.number(key);
  if (!value && node.isMap() && !node.find(key)) problems.error(node.at, "a calendar needs '" + std::string(key) + "'");
  if (value && *value >= 1900 && *value <= 2100) return static_cast<int>(*value);
  if (value) problems.error(reader.at(key), "'" + std::string(key) + "' must be a year");
  return 0;
}

}  // namespace

struct WorkingDays::File {
  std::string name, adds_to;
  Location at;
  int first_year = 0, last_year = 0;
  const Node* holidays = nullptr;

  static File read(const Node& node, Problems& problems) {
    File out;
    NodeReader reader(node, "a calendar", problems);
    out.name = reader.required("calendar");
    out.at = reader.at("calendar");
    reader.required("source");
    out.adds_to = reader.text("adds_to");
    if (out.adds_to.empty()) {
      out.first_year = yearIn(reader, node, "first_year", problems);
      out.last_year = yearIn(reader, node, "last_year", problems);
      if (out.first_year > out.last_year)
        problems.error(reader.at("last_year"), "'last_year' comes before 'first_year'");
    }
    out.holidays = reader.list("holidays");
    if (node.isMap() && !out.holidays)
      problems.error(node.at, "a calendar needs 'holidays', the days that are not worked");
    reader.finish();
    return out;
  }
};

WorkingDays WorkingDays::load(const std::vector<const Node*>& files, Problems& problems) {
  WorkingDays out;
  std::vector<File> read;
  for (const auto* node : files) read.push_back(File::read(*node, problems));
  const auto whole = [](const File& file) { return file.adds_to.empty(); };
  const auto base = std::ranges::find_if(read, whole);
  if (base == read.end()) {
    if (!read.empty())
      problems.error(read.front().at, "no calendar file without 'adds_to': one must hold the bank holidays");
    return out;
  }
  out.first_year_ = base->first_year;
  out.last_year_ = base->last_year;
  out.add(*base, problems);
  if (base->holidays) out.checkYears(base->holidays->at, problems);
  for (const auto& file : read) {
    if (&file == &*base) continue;
    if (whole(file))
      problems.error(file.at, "a second calendar: days that are added to '" + base->name + "' need 'adds_to'");
    else if (file.adds_to != base->name)
      problems.error(file.at, "'adds_to' must name the calendar '" + base->name + "'");
    else out.add(file, problems);
  }
  return out;
}

void WorkingDays::add(const File& file, Problems& problems) {
  if (!file.holidays) return;
  for (const auto& item : file.holidays->items) {
    const auto date = item.isScalar() ? parseDate(item.scalar) : std::nullopt;
    if (!date) {
      problems.error(item.at, "a holiday must be a date such as 2026-12-28");
      continue;
    }
    const std::chrono::sys_days day(*date);
    if (yearOf(day) < first_year_ || yearOf(day) > last_year_)
      problems.error(item.at, "the holiday is outside the years of the calendar");
    if (isWeekend(day))
      problems.error(item.at,
                     "the holiday is a Saturday or Sunday: give the substitute day, which is the one not worked");
    if (!holidays_.insert(day).second) problems.error(item.at, "the holiday stands twice");
  }
}

void WorkingDays::checkYears(const Location& at, Problems& problems) const {
  for (int covered = first_year_; covered != 0 && covered <= last_year_; ++covered) {
    const std::chrono::sys_days begin(std::chrono::year(covered) / 1 / 1);
    const auto next = holidays_.lower_bound(begin);
    if (next == holidays_.end() || yearOf(*next) != covered)
      problems.error(at, "the calendar covers " + std::to_string(covered) + " but lists no holiday in it");
  }
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
