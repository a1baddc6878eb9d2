#pragma once

#include "host/care/clock_row.hpp"
#include "host/model/case.pb.h"
#include "host/pipeline/store.hpp"

#include <chrono>
#include <string_view>
#include <vector>

/// Whoever must decide on a hold is told of it: a hold about a case has a row among the clocks, with its own number, and when that falls due
/// a message of our own (`hold.raised`) goes through rules, protection and commit like any other, once, also after down time.
namespace causeway::pipeline {

/// How long a hold stands before somebody is told of it: whoever decides on it at once, or holds a few of the same cause, is not told
/// of each.
constexpr std::chrono::seconds kHoldStands{30};

/// Type of the message that says so. A hold of its own deliveries is told to nobody but the log.
constexpr std::string_view kHoldRaised = "hold.raised";

/// Writes a hold, and the row by which somebody is told of it. One that is about no case has no such row: it stands in the host's log
/// and in `/health`.
Result<void> putHold(Transaction& tx, const HoldRow& hold);

/// The holds that one message tells of: those of the same case that came of the same message, for the same reason, and that nobody was
/// told of yet. Their rows are written as told; `row` is one of them. What a person decided on meanwhile is left out.
Result<std::vector<HoldRow>> holdsToTell(Transaction& tx, care::ClockRow& row);

/// How a hold is told: its codes, its words and what to do. No personal value.
Result<canonical::Hold> described(Transaction& tx, const HoldRow& hold);

}  // namespace causeway::pipeline
