#pragma once

#include "host/protection/policy.hpp"

#include <string>
#include <utility>
#include <vector>

namespace causeway::pipeline {

/// A decision as the audit log keeps it: policy, names of the granted fields, and each withheld field with its rule. No values.
std::vector<std::pair<std::string, std::string>> decisionDetails(const protection::Decision& decision);

}  // namespace causeway::pipeline
