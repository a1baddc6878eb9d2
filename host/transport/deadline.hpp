#pragma once

#include <chrono>

namespace causeway::transport {

/// A point on the monotonic clock. Deadlines hold for a whole step, never for a single read: who sends one byte at a time
/// gains nothing.
using Deadline = std::chrono::steady_clock::time_point;

inline Deadline deadlineIn(std::chrono::milliseconds time) { return std::chrono::steady_clock::now() + time; }

/// For poll(2): rounded up, 0 when the deadline has passed, at most a minute (poll again then).
int pollTimeout(Deadline deadline);

}  // namespace causeway::transport
