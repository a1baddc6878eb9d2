#pragma once

#include <charconv>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

/// Days and clocks of England and Wales, for converters. An adapter brings no time zone database: a shared library that reads files of
/// the machine it happens to run on would read a summons differently from one machine to the next.
namespace causeway::sdk {

/// A moment, to the minute.
using UtcMinute = std::chrono::sys_time<std::chrono::minutes>;
/// What clocks in London show, to the minute.
using LondonMinute = std::chrono::local_time<std::chrono::minutes>;

namespace london_detail {

/// The rule of the Summer Time Order 1994 onwards (Directive 2000/84/EC, kept in law), as it has stood since 1996.
inline constexpr std::chrono::year kFirstYear{1996};

/// 01:00 UTC on the last Sunday of a month.
inline UtcMinute changeIn(std::chrono::year year, std::chrono::month month) {
  return std::chrono::sys_days(year / month / std::chrono::Sunday[std::chrono::last]) + std::chrono::hours(1);
}

inline std::optional<int> numberOf(std::string_view digits) {
  int out = 0;
  for (const char c : digits)
    if (c < '0' || c > '9') return std::nullopt;
  std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return out;
}

inline std::string padded(unsigned number, size_t width) {
  std::string out = std::to_string(number);
  return out.size() >= width ? out : std::string(width - out.size(), '0') + out;
}

}  // namespace london_detail

/// What clocks in London show at a moment: an hour ahead from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of
/// October. Nothing before 1996, when other rules held.
inline std::optional<LondonMinute> londonFromUtc(UtcMinute utc) {
  using namespace std::chrono;
  const year in = year_month_day(floor<days>(utc)).year();
  if (in < london_detail::kFirstYear) return std::nullopt;
  const bool summer = utc >= london_detail::changeIn(in, March) && utc < london_detail::changeIn(in, October);
  return LondonMinute(utc.time_since_epoch() + hours(summer ? 1 : 0));
}

/// The moment at which clocks in London show this: the first of the two in the hour that autumn repeats, nothing in the hour that
/// spring leaves out, nothing before 1996.
inline std::optional<UtcMinute> utcFromLondon(LondonMinute clock) {
  for (const int ahead : {1, 0}) {
    const UtcMinute utc(clock.time_since_epoch() - std::chrono::hours(ahead));
    if (londonFromUtc(utc) == clock) return utc;
  }
  return std::nullopt;
}

/// A real day from 1900 on written 2026-06-02, ten characters and no more; nothing otherwise.
inline std::optional<std::chrono::year_month_day> dayFrom(std::string_view text) {
  using namespace std::chrono;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto y = london_detail::numberOf(text.substr(0, 4)), m = london_detail::numberOf(text.substr(5, 2)),
             d = london_detail::numberOf(text.substr(8));
  if (!y || !m || !d || *y < 1900) return std::nullopt;
  const year_month_day out(year(*y), month(static_cast<unsigned>(*m)), day(static_cast<unsigned>(*d)));
  return out.ok() ? std::optional(out) : std::nullopt;
}

/// Minutes since midnight of a clock written 10:00, 00:00 to 23:59, five characters and no more; nothing otherwise.
inline std::optional<std::chrono::minutes> timeOfDayFrom(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = london_detail::numberOf(text.substr(0, 2)), minute = london_detail::numberOf(text.substr(3));
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  return std::chrono::minutes(*hour * 60 + *minute);
}

/// "2026-06-02"
inline std::string dayText(std::chrono::year_month_day day) {
  using london_detail::padded;
  return padded(static_cast<unsigned>(static_cast<int>(day.year())), 4) + "-" +
         padded(static_cast<unsigned>(day.month()), 2) + "-" + padded(static_cast<unsigned>(day.day()), 2);
}
/// The day of a clock, "2026-06-02"
inline std::string dayText(LondonMinute clock) {
  return dayText(std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(clock)));
}
/// "10:00"
inline std::string clockText(LondonMinute clock) {
  const auto since_midnight = (clock - std::chrono::floor<std::chrono::days>(clock)).count();
  return london_detail::padded(static_cast<unsigned>(since_midnight / 60), 2) + ":" +
         london_detail::padded(static_cast<unsigned>(since_midnight % 60), 2);
}
/// "2026-06-02T09:00:00Z"
inline std::string instantText(UtcMinute utc) {
  const LondonMinute clock(utc.time_since_epoch());
  return dayText(clock) + "T" + clockText(clock) + ":00Z";
}

}  // namespace causeway::sdk
