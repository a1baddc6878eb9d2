#pragma once

#include "host/base/clock.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::care {

/// Where a duty stands.
enum class ClockState {
  Running = 1,
  Suspended =
      2,    ///< the person cannot be told safely now: the reason is recorded, and a person is asked again and again
  Met = 3,  ///< done in time
  Breached = 4,    ///< late; open until it is done all the same (`stopped_at`)
  Cancelled = 5,   ///< need not be done any more
  Superseded = 6,  ///< a newer clock about the same took its place
};
std::string_view nameOf(ClockState state);  ///< "running", ...

/// One duty owed to one person (or about one element of a case), with its time limit. Numbers, codes and times only: no personal value.
/// Times are UTC.
struct ClockRow {
  std::string clock_id;  ///< UUIDv7
  std::string case_id;   ///< empty once the case or the person was erased: what is left counts in statistics only
  std::string element;   ///< of the person or thing in the case ("p-2"); empty: the case itself
  std::string clock;     ///< id in config/clocks
  std::string law;  ///< the version under which it started, by its first day ("2021-04-01"); empty: none could be told
  std::string right;        ///< right of the Victims' Code, or other duty, that it counts under
  std::string team;         ///< whose duty it is
  std::string subject;      ///< blind index, as of the delivery that started it
  std::string hearing;      ///< of the case that it is about, as it is shown now ("h-1"); empty: none, or several
  std::string matter;       ///< blind index of the subject without case, person and hearing; empty without a hearing
  std::string rule;         ///< rule that started it, with version
  std::string message_id;   ///< message that started it
  std::string delivery_id;  ///< delivery that started it
  std::string task_id;      ///< task that does it, as the records system knows it; empty: none
  bool enhanced = false;    ///< counted for somebody entitled to enhanced rights
  bool test = false;        ///< of a test case: in no statistics
  ClockState state = ClockState::Running;
  Instant started_at{};  ///< receipt of what started it
  Instant due_at{};
  std::optional<Instant> next_fire_at;  ///< when somebody must be told next; nothing: nobody any more
  int step = 0;                         ///< of the escalation, that comes next
  int fired = 0;                        ///< how often somebody was told
  std::optional<Instant> suspended_at;
  std::optional<Instant> stopped_at;  ///< when it was done, cancelled or superseded
  std::string evidence;               ///< message, delivery or person ("ruling") that moved it last
  std::string reason;                 ///< code: why it is suspended, cancelled or superseded, or from when it counts
  std::string good_reason;            ///< code: why a late one had to be late
  std::int64_t revision = 0;          ///< the store's: counts the changes

  bool operator==(const ClockRow&) const = default;
};

/// Of a row that is no duty of anybody: on its `next_fire_at` a consent of the case ends. It is stopped from the beginning, so that it
/// stands among no open clocks and in no statistics.
inline constexpr std::string_view kConsentEnds = "consent-ends";
inline bool isConsentEnd(const ClockRow& row) { return row.clock == kConsentEnds; }

/// Of a row that is no duty of anybody either: a hold of this number has stood for a while on its `next_fire_at`, and whoever must decide
/// on it is told. Stopped from the beginning, too.
inline constexpr std::string_view kHoldStands = "hold-stands";
inline bool isHoldStanding(const ClockRow& row) { return row.clock == kHoldStands; }
/// Only a day on which something is to be looked at: no duty, in no list and in no statistics.
inline bool isNoDuty(const ClockRow& row) { return isConsentEnd(row) || isHoldStanding(row); }

/// Something is still to be done.
inline bool isOpen(const ClockRow& row) { return !row.stopped_at.has_value(); }

}  // namespace causeway::care
