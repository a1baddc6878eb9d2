#include "host/transport/deadline.hpp"

#include <algorithm>

namespace causeway::transport {

int pollTimeout(Deadline deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
  return static_cast<int>(std::clamp<long long>(left, 0, 60'000));
}

}  // namespace causeway::transport
