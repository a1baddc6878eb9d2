#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace courts {

/// A wall-clock reading without a zone, minutes exact.
struct WallClock {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0;

  /// "2026-06-02"
  std::string date() const;
  /// "10:00"
  std::string time() const;
  /// "2026-06-02T10:00"
  std::string text() const { return date() + "T" + time(); }
  bool operator==(const WallClock&) const = default;
};

/// A real day written 2026-06-02, also as the head of a longer xsd:date with a zone; nothing otherwise.
std::optional<WallClock> dayOf(std::string_view text);

/// What clocks in London show when clocks on UTC show this; nothing before 1996 (causeway/london.hpp says why).
std::optional<WallClock> londonFromUtc(const WallClock& utc);

/// The reading some minutes later (or earlier).
WallClock plusMinutes(const WallClock& from, int minutes);

}  // namespace courts
