#include "host/pipeline/retry.hpp"

#include <algorithm>
#include <cstdint>

namespace causeway::pipeline {

std::chrono::milliseconds retryDelay(const RetryTimes& times, int attempts, double random) {
  auto wait = times.base;
  for (int i = 1; i < attempts && wait < times.cap; ++i) wait *= 2;
  wait = std::min(wait, times.cap);
  return std::chrono::milliseconds(static_cast<std::int64_t>(static_cast<double>(wait.count()) * (0.5 + random / 2)));
}

}  // namespace causeway::pipeline
