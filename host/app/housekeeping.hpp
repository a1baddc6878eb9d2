#pragma once

#include "host/base/log.hpp"
#include "host/pipeline/break_glass.hpp"
#include "host/pipeline/retention.hpp"
#include "host/pipeline/timed_loop.hpp"

#include <functional>

namespace causeway::app {

/// A thread that does its round every few minutes, the first one soon after the start.
class Housekeeping {
 public:
  /// `round` is told the number of the round, from 0.
  explicit Housekeeping(std::function<void(int)> round);
  /// True of one round in each hour.
  static bool isHourly(int round) { return round % 12 == 0; }
  /// Waits for the round under way.
  void stop();

 private:
  pipeline::TimedLoop loop_;
};

/// What is kept for days only goes when its days are over, and a person is told of reviews that are due.
void throwAway(pipeline::Retention& retention, Log& log);

/// Warns while a restricted case was opened and nobody has reviewed why.
void askForReviews(pipeline::BreakGlass& glass, Log& log);

}  // namespace causeway::app
