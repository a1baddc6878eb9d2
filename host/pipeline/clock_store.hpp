#pragma once

#include "host/base/result.hpp"
#include "host/care/clock_row.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace causeway::pipeline {

/// Writes of clocks, as part of a transaction.
class ClockWrites {
 public:
  virtual ~ClockWrites() = default;
  /// Conflict when its number is there already.
  virtual Result<void> insertClock(const care::ClockRow& row) = 0;
  virtual Result<std::optional<care::ClockRow>> findClock(std::string_view clock_id) = 0;
  /// Writes all but the number, and counts `row.revision` up; Conflict when the stored row has another revision: somebody was faster.
  virtual Result<void> updateClock(care::ClockRow& row) = 0;
  /// Those of a case that are not stopped, by due time; none of no case.
  virtual Result<std::vector<care::ClockRow>> openClocksOf(std::string_view case_id) = 0;
  /// All of a case, by due time; none of no case.
  virtual Result<std::vector<care::ClockRow>> allClocksOf(std::string_view case_id) = 0;
  /// Those that this delivery started and that are not stopped; none of no delivery.
  virtual Result<std::vector<care::ClockRow>> openClocksOfDelivery(std::string_view delivery_id) = 0;
};

/// Reads of clocks beside the writer: only what is committed. All by due time.
class ClockReads {
 public:
  virtual ~ClockReads() = default;
  virtual Result<std::optional<care::ClockRow>> clock(std::string_view clock_id) = 0;
  /// Those of which somebody must be told at or before this moment, the longest waiting first, at most `limit`.
  virtual Result<std::vector<care::ClockRow>> clocksToFire(Instant now, int limit) = 0;
  virtual Result<std::vector<care::ClockRow>> clocksOf(std::string_view case_id) = 0;
  /// Not stopped, of any case, due before this moment, at most `limit`.
  virtual Result<std::vector<care::ClockRow>> openClocks(Instant due_before, int limit) = 0;
  /// Due from the first moment on and before the second, in any state.
  virtual Result<std::vector<care::ClockRow>> clocksDueIn(Instant from, Instant to) = 0;
};

}  // namespace causeway::pipeline
