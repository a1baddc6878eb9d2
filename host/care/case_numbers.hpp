#pragma once

#include "host/model/case.pb.h"

#include <string_view>

namespace causeway::care {

/// Adds to the numbers of the case those by which others answer: referrals, plans, productions, video links, and the probation and
/// prison numbers of the people in it. A message that names one of them finds the case.
void collectNumbers(canonical::Case& whole);

/// Whether messages may be joined by a number of this kind; the number of the kind is then its own key.
bool joinsByItself(std::string_view type);

}  // namespace causeway::care
