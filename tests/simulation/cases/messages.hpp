#pragma once

#include "host/model/case.pb.h"
#include "tests/simulation/cases/plot.hpp"

namespace causeway::simulation::cases {

/// A statement as the mapping of its sender would make it, without the numbers and the time of receipt.
canonical::CanonicalMessage messageOf(const Plot& plot, const Statement& statement);
/// Partner id of whoever says it.
std::string senderOf(Says what);

std::string urnOf(const Plot& plot);
std::string numberOf(const Plot& plot, Hearing hearing);  ///< the court's number of a hearing
std::string familyOf(const Plot& plot, int person);       ///< invented family names tell the people of a case apart

}  // namespace causeway::simulation::cases
