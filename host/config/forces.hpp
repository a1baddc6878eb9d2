#pragma once

#include "host/config/values.hpp"

#include <string>
#include <vector>

namespace causeway::config {

/// `forces` of the main file: codes of the police forces whose cases are handled here. Every one that is none, or stands twice, is a problem, and
/// so is an empty list.
std::vector<std::string> readForces(NodeReader& reader, Problems& problems);

}  // namespace causeway::config
