#pragma once

#include "host/base/result.hpp"
#include "host/transport/deadline.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace causeway::transport {

/// Limits of one transfer over a local stream socket. When `wake_descriptor` becomes readable the transfer ends Unavailable.
struct FrameLimits {
  std::size_t max_bytes = 0;
  Deadline deadline;
  int wake_descriptor = -1;
};

/// A frame is its length in decimal digits, a line feed, and that many bytes.
/// NotFound: the peer closed before a frame began. Invalid, TooLarge: not a frame we take. Unavailable: cut off or too slow.
Result<std::string> readFrame(int descriptor, const FrameLimits& limits);
Result<void> writeFrame(int descriptor, std::string_view body, const FrameLimits& limits);

}  // namespace causeway::transport
