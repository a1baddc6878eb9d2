#pragma once

#include "host/model/case.pb.h"
#include "host/model/values.hpp"

#include <string>

namespace causeway::routing {

/// A field as an officer reads it: "2 June 2026 at 10:00", "special measures", "yes". Empty when absent.
std::string inPlainWords(const model::ProtoMessage& parent, const model::ProtoField& field, int index);

/// What must be said with a court time before anybody is told it; empty when the time is certain enough: it is exact, how it
/// is known is known, and no other source says otherwise, or it claims no time of day at all.
std::string doubtOf(const canonical::LocalTime& time);

}  // namespace causeway::routing
