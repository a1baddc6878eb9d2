#pragma once

#include "host/care/clock_book.hpp"
#include "host/care/clock_row.hpp"
#include "host/model/case.pb.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// What starts, stops, suspends and fires a clock: pure, over its row, the definitions and what a message said.
namespace causeway::care {

/// The same duty to the same person, about the same thing.
bool isSameDuty(const ClockRow& a, const ClockRow& b);

/// Gives a new row its law, due time and first step. `row` has everything else, `started_at` among it. Where no law holds or the
/// calendar ends, it is due at once: a person is told rather than a date guessed.
void begin(const ClockBook& book, const ClockKind& kind, ClockRow& row);
/// One that has begun is due then, as the message itself says.
void dueAt(const ClockBook& book, const ClockKind& kind, ClockRow& row, Instant due);
/// The earliest unmet receipt counts: takes over its start, law and due time when they are earlier.
void inherit(const ClockBook& book, const ClockKind& kind, const ClockRow& older, ClockRow& row);
/// It was done. In time: Met, though it may have been told of as late before the evidence came; else Breached, and closed.
void stop(ClockRow& row, Instant done_at, const std::string& evidence);
/// Nothing is to be done any more; `as` is Cancelled or Superseded. A breach stays one.
void close(ClockRow& row, ClockState as, const std::string& reason, Instant at);
/// False, and nothing changes, unless it runs.
bool suspend(const ClockBook& book, const ClockKind& kind, ClockRow& row, const std::string& reason, Instant at);
/// The time that passed is added. False, and nothing changes, unless it is suspended.
bool resume(const ClockBook& book, const ClockKind& kind, ClockRow& row, Instant at);

/// Somebody is to be told of a clock.
struct Firing {
  std::string type;  ///< clock.due_soon, clock.overdue, clock.suspended
  std::string tell;  ///< team
};
/// The next thing that is due at `now`, with the row moved past it; call again until `next_fire_at` is later. Nothing when what was due
/// makes no sense any more: "due soon" after the due time, as after down time.
std::optional<Firing> fire(const ClockBook& book, const ClockKind& kind, ClockRow& row, Instant now);

/// What entered a case, as clocks look at it.
struct Heard {
  const canonical::Case& before;
  const canonical::Case& after;
  const canonical::CanonicalMessage& message;
  const std::set<std::string>& about;  ///< elements of the case in which it changed something
  Instant received;
  /// Hearings that were shown before and are not now, with the one that each has become, or nothing (`hearingsGone`).
  std::map<std::string, std::string> gone{};
};
/// The open rows that it moves, changed: stopped on evidence, cancelled, suspended, resumed, and shortened where the person is entitled to
/// enhanced rights now. What is about a hearing that is gone is about the one that it has become; of two duties that restart and so are one,
/// the newer goes on. What tells the day of a hearing ends when that is called off, or is gone for good.
std::vector<ClockRow> hear(const ClockBook& book, std::vector<ClockRow> open, const Heard& heard);

}  // namespace causeway::care
