#pragma once

#include <algorithm>
#include <vector>

namespace causeway::app {

/// Seconds that this thread has had of the processor.
double threadSeconds();

/// Microseconds of the processor a call, over one window of so many seconds. What else runs on the machine in between does not count.
template <class Work>
double micros(double seconds, Work work) {
  const double start = threadSeconds();
  long calls = 0;
  double elapsed = 0;
  while (elapsed < seconds) {
    for (int i = 0; i < 16; ++i) work();
    calls += 16;
    elapsed = threadSeconds() - start;
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
