#pragma once

#include "host/base/clock.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

namespace causeway::pipeline {

/// Sees to it that a policy which does not answer in time lets nothing leave. A decision that took longer than the limit counts as none,
/// whatever it says; then nobody is asked for a while, so that everything waits in its place at once and not one after the other. A
/// decision that never ends cannot be interrupted: whoever asks `hangs` turns senders away and tells somebody. Thread-safe.
class PolicyWatch {
 public:
  /// `limit`: of one decision, by this clock. A clock that jumps makes a decision late that was not: it is taken again.
  PolicyWatch(std::shared_ptr<const Clock> clock, std::chrono::milliseconds limit)
      : clock_(std::move(clock)), limit_(limit) {}

  /// Told of each late decision, on the thread that took it. Set before the first.
  void onLate(std::function<void()> told) { told_ = std::move(told); }

  /// The number of the decision that begins now; nothing while the policy rests after a late one.
  std::optional<int> begin();
  /// It has ended; false when it was too late to count.
  bool inTime(int decision);

  /// A decision has been under way for longer than the limit.
  bool hangs() const;
  /// Nobody is asked at the moment, because one was late.
  bool rests() const;

  static constexpr std::chrono::seconds kRest{30};

 private:
  std::shared_ptr<const Clock> clock_;
  std::chrono::milliseconds limit_;
  std::function<void()> told_;
  mutable std::mutex mutex_;
  std::map<int, Instant> under_way_;
  int next_ = 0;
  Instant rests_until_{};
};

}  // namespace causeway::pipeline
