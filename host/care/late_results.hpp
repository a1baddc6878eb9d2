#pragma once

#include "host/model/case.pb.h"

#include <string>
#include <vector>

namespace causeway::care {

/// What is told is of hearings after which others of the same defendants were resulted already: it came late, and its bail may be lifted by
/// now. `about`: ids of hearings, defendants and results.
bool isLateResult(const canonical::Case& whole, const std::vector<std::string>& about);

}  // namespace causeway::care
