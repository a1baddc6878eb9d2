#pragma once

#include "host/care/fold.hpp"

#include <string>
#include <vector>

namespace causeway::care {

/// A court that sends the result of a hearing again sends all of it. What it ordered on the same day for the same offence and no longer says
/// is shown as withdrawn by the court (`deleted`), and what stands in its place as amended; both are worked out anew from who said what
/// when, so that the order of arrival does not matter. Answers the ids of results that changed by it.
std::vector<std::string> replaceResults(canonical::CaseRecord& record);

}  // namespace causeway::care
