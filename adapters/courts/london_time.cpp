#include "london_time.hpp"

#include "causeway/london.hpp"

namespace courts {
namespace {

namespace ch = std::chrono;
namespace sdk = causeway::sdk;

sdk::UtcMinute pointOf(const WallClock& clock) {
  const ch::year_month_day day(ch::year(clock.year), ch::month(static_cast<unsigned>(clock.month)),
                               ch::day(static_cast<unsigned>(clock.day)));
  return ch::sys_days(day) + ch::hours(clock.hour) + ch::minutes(clock.minute);
}

WallClock clockOf(ch::minutes since_epoch) {
  const auto days = ch::floor<ch::days>(since_epoch);
  const ch::year_month_day date{ch::sys_days(days)};
  const auto rest = since_epoch - days;
  return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())), static_cast<int>(ch::floor<ch::hours>(rest).count()),
          static_cast<int>((rest % ch::hours(1)).count())};
}

sdk::LondonMinute shown(const WallClock& clock) { return sdk::LondonMinute(pointOf(clock).time_since_epoch()); }

}  // namespace

std::string WallClock::date() const { return sdk::dayText(shown(*this)); }
std::string WallClock::time() const { return sdk::clockText(shown(*this)); }

std::optional<WallClock> dayOf(std::string_view text) {
  if (text.size() > 10 && text[10] != 'T' && text[10] != 'Z' && text[10] != '+' && text[10] != '-') return std::nullopt;
  const auto day = sdk::dayFrom(text.substr(0, 10));
  return day ? std::optional(clockOf(ch::sys_days(*day).time_since_epoch())) : std::nullopt;
}

std::optional<WallClock> londonFromUtc(const WallClock& utc) {
  const auto clock = sdk::londonFromUtc(pointOf(utc));
  return clock ? std::optional(clockOf(clock->time_since_epoch())) : std::nullopt;
}

WallClock plusMinutes(const WallClock& from, int minutes) {
  return clockOf(pointOf(from).time_since_epoch() + ch::minutes(minutes));
}

}  // namespace courts
