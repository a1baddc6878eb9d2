#pragma once

#include "host/base/result.hpp"
#include "host/model/case.pb.h"

/// What a message says that only a person can settle: it is refused, so that it is held with the reason, before anybody is told.
namespace causeway::care {

/// A charge is stopped that is not found: taken for a new one it would leave the old one standing.
Result<void> checkDiscontinued(const canonical::CaseRecord& before, const canonical::Case& after);

/// A hearing goes back to a start that it had left, in a document that does not say when it was made: it may be an old copy that was held
/// up on its way, and people would be told to come on a day that is over.
Result<void> checkOldStart(const canonical::CaseRecord& before, const canonical::CaseRecord& after,
                           const canonical::CanonicalMessage& message);

}  // namespace causeway::care
