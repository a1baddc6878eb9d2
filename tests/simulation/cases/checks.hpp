#pragma once

#include "tests/simulation/cases/office.hpp"
#include "tests/simulation/cases/telling.hpp"
#include "tests/simulation/cases/view.hpp"

#include <string>
#include <vector>

namespace causeway::simulation::cases {

/// Facts of a telling that the case, as it is known now, knows to be superseded, in words.
std::vector<std::string> stale(const Telling& telling, const View& known, const std::string& today);

/// Where what the people of a case were told last is not how things stand in the end.
std::vector<std::string> disagreements(const Plot& plot, const History& history, const View& end);

/// Where the product's case is not what the model says.
std::vector<std::string> differences(const Plot& plot, const canonical::Case& whole, const View& end);

/// The product's duties of one case, as Duties::linesAt writes them.
std::vector<std::string> dutyLines(const Plot& plot, const canonical::Case& whole,
                                   const std::vector<care::ClockRow>& clocks);

}  // namespace causeway::simulation::cases
