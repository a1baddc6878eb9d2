#pragma once

#include "host/pipeline/sender.hpp"

#include <map>
#include <random>
#include <string>
#include <vector>

namespace causeway::simulation {

/// All partners' systems and the lines to them. Each remembers delivery ids and does the work of one once. Until it is mended, a line
/// loses what is sent or the answer to it, and a system is out of order or refuses.
class Wire {
 public:
  explicit Wire(std::mt19937& random) : random_(random) {}

  Result<pipeline::Answer> carry(const pipeline::Outgoing& outgoing);
  void mend() { mended_ = true; }

  struct Arrival {
    std::string recipient, delivery_id, body;
  };
  const std::vector<Arrival>& arrivals() const { return arrivals_; }

 private:
  std::mt19937& random_;
  bool mended_ = false;
  std::vector<Arrival> arrivals_;
};

}  // namespace causeway::simulation
