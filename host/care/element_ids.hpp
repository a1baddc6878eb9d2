#pragma once

#include "host/model/case.pb.h"
#include "host/model/values.hpp"

#include <algorithm>
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

/// The defendant, offence, hearing or party of that id; the case itself when it is empty; nullptr when there is none.
model::ProtoMessage* elementById(canonical::Case& whole, std::string_view id);
const model::ProtoMessage* elementById(const canonical::Case& whole, std::string_view id);

/// The element of a list with this id; nullptr when there is none, and for an empty id.
template <class List>
const auto* byId(const List& list, std::string_view id) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.id() == id; });
  return found == list.end() || id.empty() ? nullptr : &*found;
}

/// The element goes away (it was another one after all): its number is never given again.
void retire(canonical::CaseRecord& record, std::string_view id);

}  // namespace causeway::care
