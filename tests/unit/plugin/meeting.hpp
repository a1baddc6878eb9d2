#pragma once

#include "causeway/sdk.hpp"

#include <atomic>
#include <cstdint>
#include <latch>
#include <string>

namespace meeting {

namespace sdk = causeway::sdk;

/// An adapter for tests: notices when two calls are in one instance at the same time, and can make calls wait for each other.
class Meeting {
 public:
  static constexpr std::string_view kName = "meeting";
  static constexpr std::string_view kVersion = "1.0.0";

  void meet(const sdk::Inputs& in, sdk::Outputs& out) {
    const bool alone = inside_.fetch_add(1) == 0;
    if (const auto latch = in["latch"]; !latch.empty()) {
      reinterpret_cast<std::latch*>(std::stoull(std::string(latch)))->arrive_and_wait();
    }
    inside_.fetch_sub(1);
    out.put("value", alone ? "alone" : "crowded");
  }
  void wrap(const sdk::Inputs&, sdk::Outputs& out) {
    out.put("source", "meeting");
    out.put("sequence", "1");
  }

  static constexpr sdk::Converter<Meeting> kConverters[] = {{"meeting.meet", &Meeting::meet}};

 private:
  std::atomic<int> inside_ = 0;
};

}  // namespace meeting
