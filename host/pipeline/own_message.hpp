#pragma once

#include "host/base/clock.hpp"
#include "host/model/case.pb.h"

#include <string>

namespace causeway::pipeline {

/// Who says it, in the store and in the audit log.
inline constexpr const char* kOurselves = "causeway";

/// A message that the host itself says, now: it goes through rules, protection and commit like any other.
canonical::CanonicalMessage ownMessage(std::string id, std::string type, std::string format, Instant now);

/// What a message of our own is found by, should it wait for a person: the numbers of its case.
void nameCase(canonical::Case& to, const canonical::Case& whole);

}  // namespace causeway::pipeline
