#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace probation {

/// A moment as the services of HMPPS write it.
struct EventTime {
  std::string instant;      ///< 2026-06-14T08:06:52Z, with the fraction as sent up to microseconds
  bool zone_stated = true;  ///< false: no zone was written, and clocks in London were taken
};

/// Reads 2026-06-14T09:06:52.739152+01:00, the same with Z or without a zone, with 0 to 9 figures of a second, with or without seconds,
/// and the Java form "Fri Jun 14 09:06:52 BST 2026" (BST, GMT and UTC only). Nothing when it is none of these.
std::optional<EventTime> eventTime(std::string_view text);

/// A wall-clock reading as sent: "2026-06-02" and "10:00". Nothing when it has a zone or is no reading.
struct WallClock {
  std::string date, time;
  bool summer = false;  ///< British Summer Time holds on that day
};
std::optional<WallClock> wallClock(std::string_view text);

}  // namespace probation
