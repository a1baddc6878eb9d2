#include "host/care/clock_book.hpp"

#include "host/base/stable_id.hpp"
#include "host/base/text.hpp"
#include "host/care/clock_reader.hpp"

#include <algorithm>

namespace causeway::care {
namespace {

constexpr int kStartOfDay = 9, kEndOfDay = 17;
constexpr int kLongestRun = 30;  // days in a row that are not worked: more are outside the calendar

std::chrono::sys_days londonDay(Instant moment) { return std::chrono::sys_days(toLondon(moment).date); }

// The same time of day on another London day; where the clocks skip it, an hour earlier rather than later.
Instant onDay(Instant moment, std::chrono::year_month_day day) {
  auto local = toLondon(moment);
  local.date = day;
  if (const auto found = fromLondon(local)) return *found;
  --local.hour;
  return fromLondon(local).value_or(moment);
}

}  // namespace

ClockBook ClockBook::load(const std::vector<Node>& files, const WorkingDays& calendar, Problems& problems) {
  ClockBook out;
  out.calendar_ = calendar;
  out.version_ = contentId(files);
  out.kinds_ = readClocks(files, problems);
  return out;
}

const ClockKind* ClockBook::find(std::string_view id) const {
  const auto found = std::ranges::find(kinds_, id, &ClockKind::id);
  return found == kinds_.end() ? nullptr : &*found;
}

const ClockLaw* ClockBook::lawAt(const ClockKind& kind, Instant received) {
  const auto day = toLondon(received).date;
  const ClockLaw* out = nullptr;
  for (const auto& law : kind.versions)
    if (law.valid_from <= day) out = &law;
  return out && out->valid_to && *out->valid_to < day ? nullptr : out;
}

const ClockLaw* ClockBook::lawOf(const ClockKind& kind, std::string_view law) {
  const auto found =
      std::ranges::find_if(kind.versions, [&](const ClockLaw& one) { return formatDate(one.valid_from) == law; });
  return found == kind.versions.end() ? nullptr : &*found;
}

std::optional<Instant> ClockBook::due(const ClockLaw& law, Instant received, bool enhanced) const {
  const int amount = enhanced ? law.enhanced : law.standard;
  if (law.kind == ClockLaw::Kind::AtOnce) return received;
  if (law.kind == ClockLaw::Kind::Minutes) return received + std::chrono::minutes(amount);
  if (law.kind == ClockLaw::Kind::Hours) return received + std::chrono::hours(amount);
  const auto out = calendar_.due(received, amount);
  return out ? std::optional(*out) : std::nullopt;
}

Instant ClockBook::before(const ClockLaw& law, std::chrono::year_month_day day) const {
  const bool in_days = law.kind == ClockLaw::Kind::WorkingDays;
  LondonTime start;
  start.date = day;
  start.hour = in_days ? kEndOfDay : kStartOfDay;
  const auto from = fromLondon(start).value_or(Instant(std::chrono::sys_days(day)));
  if (law.kind == ClockLaw::Kind::AtOnce || law.standard == 0) return from;
  if (law.kind == ClockLaw::Kind::Minutes) return from - std::chrono::minutes(law.standard);
  return moment({Escalation::When::Before, in_days ? 0 : law.standard, in_days ? law.standard : 0, {}}, from);
}

bool ClockBook::isCounted(std::chrono::sys_days day) const {
  const std::chrono::year_month_day date(day);
  return calendar_.isWorkingDay(date) || static_cast<int>(date.year()) > calendar_.lastYear();
}

Instant ClockBook::moment(const Escalation& step, Instant due) const {
  using enum Escalation::When;
  if (step.when == AtDue) return due;
  const bool before = step.when == Before;
  if (step.hours > 0) return before ? due - std::chrono::hours(step.hours) : due + std::chrono::hours(step.hours);
  auto day = londonDay(due);
  // Outside the calendar every day counts; so does each of a run that no calendar has.
  for (int left = step.working_days, run = 0; left > 0; ++run) {
    day += std::chrono::days(before ? -1 : 1);
    if (run < kLongestRun && !isCounted(day)) continue;
    --left;
    run = 0;
  }
  return onDay(due, std::chrono::year_month_day(day));
}

Instant ClockBook::movedOn(const ClockLaw& law, Instant due, Instant suspended, Instant resumed) const {
  if (law.kind != ClockLaw::Kind::WorkingDays) return due + (resumed - suspended);
  auto last = londonDay(resumed);
  if (toLondon(resumed).hour >= kEndOfDay) do
      last += std::chrono::days(1);
    while (!isCounted(last));
  int passed = 0;
  for (auto day = londonDay(suspended) + std::chrono::days(1); day <= last; day += std::chrono::days(1))
    if (isCounted(day)) ++passed;
  return passed == 0 ? due : std::max(due, afterWorkingDays(due, passed));
}

Instant ClockBook::afterWorkingDays(Instant from, int days) const {
  const auto out = calendar_.due(from, days);
  return out ? *out : from + std::chrono::hours(24 * days);
}

}  // namespace causeway::care
