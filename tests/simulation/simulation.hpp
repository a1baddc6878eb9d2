#pragma once

#include <string>
#include <vector>

namespace causeway::simulation {

struct Outcome {
  std::vector<std::string> broken;  ///< promises that did not hold, in words; none is what everybody hopes for
  int documents = 0, arrivals = 0, crashes = 0;
};

/// One life of a host, wholly decided by the seed.
Outcome simulate(unsigned seed);

}  // namespace causeway::simulation
