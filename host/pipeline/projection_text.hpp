#pragma once

#include "host/mapping/write_plan.hpp"
#include "host/protection/policy.hpp"

#include <string>
#include <utility>
#include <vector>

namespace causeway::pipeline {

/// A decision as the audit log keeps it: policy, names of the granted fields, and each withheld field with its rule. No values.
std::vector<std::pair<std::string, std::string>> decisionDetails(const protection::Decision& decision);

/// What a mapping may say of the quality of what it writes: $quality.source, $quality.as_of (RFC 3339) and $quality.missing (names of fields,
/// apart by spaces); one that is not known is absent (DPA 2018 s.38(5)(a) and (b)).
void nameQuality(const protection::Quality& quality, mapping::NamedValues& named);

}  // namespace causeway::pipeline
