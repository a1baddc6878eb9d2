#pragma once

#include "host/model/case.pb.h"

#include <string>
#include <string_view>

namespace causeway::care {

/// Number of an id: 3 for "h-3"; 0 for anything else.
int numberOf(std::string_view id);

/// The next id of a kind: above every one in use, and above every one that went away (`next_element` of the record).
std::string nextDefendantId(const canonical::CaseRecord& record);
std::string nextPartyId(const canonical::CaseRecord& record);
std::string nextHearingId(const canonical::CaseRecord& record);
std::string nextOffenceId(const canonical::CaseRecord& record);
std::string nextResultId(const canonical::CaseRecord& record);
std::string nextOrderId(const canonical::CaseRecord& record);

/// The element goes away (it was another one after all): its number is never given again.
void retire(canonical::CaseRecord& record, std::string_view id);

}  // namespace causeway::care
