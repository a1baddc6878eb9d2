#pragma once

#include "host/base/clock.hpp"

#include <atomic>
#include <chrono>
#include <string_view>

namespace causeway {

/// A clock that stands still until the test moves it. Thread-safe.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(std::string_view start = "2026-06-02T09:00:00Z")
      : now_(parseInstant(start)->time_since_epoch().count()) {}
  Instant now() const override { return Instant(std::chrono::microseconds(now_.load())); }
  void advance(std::chrono::microseconds by) { now_ += by.count(); }

 private:
  std::atomic<std::int64_t> now_;
};

}  // namespace causeway
