#pragma once

#include "host/base/clock.hpp"

#include <array>
#include <functional>
#include <span>
#include <string>

namespace causeway {

/// Fills a buffer with random bytes. The host passes a cryptographic source, the simulation a seeded one.
using RandomSource = std::function<void(std::span<unsigned char>)>;

/// Makes the ids of messages, cases and deliveries.
class Ids {
 public:
  Ids(const Clock& clock, RandomSource random) : clock_(clock), random_(std::move(random)) {}

  /// UUID version 7 (RFC 9562): sorts by the time it was made. For ids that stay inside the force.
  std::string timeOrdered() const;
  /// UUID version 4: tells nothing. For every id that leaves the force.
  std::string random() const;

 private:
  const Clock& clock_;
  RandomSource random_;
};

}  // namespace causeway
