#pragma once

#include <algorithm>
#include <chrono>
#include <vector>

namespace causeway::app {

/// Microseconds a call, over one window of so many seconds.
template <class Work>
double micros(double seconds, Work work) {
  using SteadyClock = std::chrono::steady_clock;
  const auto start = SteadyClock::now();
  long calls = 0;
  double elapsed = 0;
  while (elapsed < seconds) {
    for (int i = 0; i < 16; ++i) work();
    calls += 16;
    elapsed = std::chrono::duration<double>(SteadyClock::now() - start).count();
  }
  return elapsed / static_cast<double>(calls) * 1e6;
}

inline double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

/// Processor time of this process so far, with what the kernel did for it.
double cpuSeconds();

}  // namespace causeway::app
