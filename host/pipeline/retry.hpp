#pragma once

#include <chrono>

namespace causeway::pipeline {

struct RetryTimes {
  std::chrono::milliseconds base{2'000};
  std::chrono::milliseconds cap{900'000};
  std::chrono::milliseconds budget{86'400'000};  ///< after this since the delivery was made it is held for a person
};

/// The wait before attempt `attempts` + 1: doubling, capped, and between half and all of that by `random` (0 to 1), so that a
/// partner that comes back is not met by everybody at once.
std::chrono::milliseconds retryDelay(const RetryTimes& times, int attempts, double random);

}  // namespace causeway::pipeline
