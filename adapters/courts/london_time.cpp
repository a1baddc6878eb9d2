#include "london_time.hpp"

#include <charconv>
#include <chrono>

namespace courts {
namespace {

namespace ch = std::chrono;
using Minutes = ch::sys_time<ch::minutes>;

constexpr int kFirstYear = 1996;

Minutes pointOf(const WallClock& clock) {
  const ch::year_month_day day(ch::year(clock.year), ch::month(static_cast<unsigned>(clock.month)),
                               ch::day(static_cast<unsigned>(clock.day)));
  return ch::sys_days(day) + ch::hours(clock.hour) + ch::minutes(clock.minute);
}

WallClock clockOf(Minutes point) {
  const auto days = ch::floor<ch::days>(point);
  const ch::year_month_day date(days);
  const auto rest = point - days;
  return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())), static_cast<int>(ch::floor<ch::hours>(rest).count()),
          static_cast<int>((rest % ch::hours(1)).count())};
}

// 01:00 UTC on the last Sunday of a month.
Minutes changeIn(int year, ch::month month) {
  return ch::sys_days(ch::year(year) / month / ch::Sunday[ch::last]) + ch::hours(1);
}

std::optional<int> numberOf(std::string_view digits) {
  int out = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  if (error != std::errc() || end != digits.data() + digits.size() || digits.front() == '-') return std::nullopt;
  return out;
}

std::string padded(int number, size_t width) {
  std::string out = std::to_string(number);
  return out.size() >= width ? out : std::string(width - out.size(), '0') + out;
}

}  // namespace

std::string WallClock::date() const { return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2); }
std::string WallClock::time() const { return padded(hour, 2) + ":" + padded(minute, 2); }

std::optional<WallClock> dayOf(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  if (text.size() > 10 && text[10] != 'T' && text[10] != 'Z' && text[10] != '+' && text[10] != '-') return std::nullopt;
  const auto year = numberOf(text.substr(0, 4)), month = numberOf(text.substr(5, 2)), day = numberOf(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const ch::year_month_day date(ch::year(*year), ch::month(static_cast<unsigned>(*month)),
                                ch::day(static_cast<unsigned>(*day)));
  if (!date.ok()) return std::nullopt;
  return WallClock{*year, *month, *day, 0, 0};
}

std::optional<WallClock> londonFromUtc(const WallClock& utc) {
  if (utc.year < kFirstYear) return std::nullopt;
  const auto point = pointOf(utc);
  const bool summer = point >= changeIn(utc.year, ch::March) && point < changeIn(utc.year, ch::October);
  return clockOf(summer ? point + ch::hours(1) : point);
}

WallClock plusMinutes(const WallClock& from, int minutes) { return clockOf(pointOf(from) + ch::minutes(minutes)); }

}  // namespace courts
