#pragma once

#include "host/pipeline/rulebook.hpp"
#include "tests/simulation/cases/office.hpp"

#include <memory>
#include <string>
#include <vector>

namespace causeway::simulation::cases {

struct Outcome {
  std::vector<std::string> broken;  ///< promises that did not hold, in words; none is what everybody hopes for
  int arrivals = 0, tellings = 0, duties = 0;
};

/// Fifty cases, wholly decided by the seed, once in the order in which everything was said and once shuffled, late, twice and lost on the way.
/// `wrong`: by a host that does this wrong.
Outcome simulate(const std::shared_ptr<const pipeline::Rulebook>& rulebook, unsigned seed,
                 Wrong wrong = Wrong::Nothing);

}  // namespace causeway::simulation::cases
