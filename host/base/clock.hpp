#pragma once

#include "host/base/result.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace causeway {

/// A moment, UTC, to the microsecond.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

/// Where the host takes the time from. The only other place that reads the wall clock is none: tests and the simulation
/// drive time by hand.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

/// Wall-clock time in England and Wales.
struct LondonTime {
  std::chrono::year_month_day date;
  int hour = 0;
  int minute = 0;
  int second = 0;
};

LondonTime toLondon(Instant instant);
/// The moment at which London clocks show this time. In the hour that happens twice (autumn) the first; in the hour that
/// does not happen (spring) nothing.
std::optional<Instant> fromLondon(const LondonTime& local);

/// RFC 3339 with Z: "2026-06-02T09:00:00Z" (fraction only when it is not zero).
std::string formatInstant(Instant instant);
/// RFC 3339 or xsd:dateTime with a zone (Z or ±hh:mm, any fraction, 'T' only). Without a zone: refused.
Result<Instant> parseInstant(std::string_view text);

}  // namespace causeway
