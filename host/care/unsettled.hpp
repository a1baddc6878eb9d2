#pragma once

#include "host/base/clock.hpp"
#include "host/base/result.hpp"
#include "host/care/case_fold.hpp"
#include "host/model/case.pb.h"

#include <chrono>

/// What a message says that only a person can settle: it is refused, so that it is held with the reason, before anybody is told. Or it is
/// taken with a finding, where it alone decides nothing.
namespace causeway::care {

/// How far the clock of a sender may be ahead of ours without anything being wrong.
constexpr std::chrono::minutes kClocksDiffer{5};

/// A court's results are of a day that had not come, in London, when the message was received: a slip in the date, of which nobody can
/// say which day is meant.
Result<void> checkResultAhead(const canonical::CanonicalMessage& message);

/// The contact is dated later than it was reported: planned, or a slip. Nobody has been told anything yet.
bool isAhead(const canonical::ContactMade& contact, Instant received);

/// Reports each person of whom the message brings such a contact (`contact_ahead`).
void findContactsAhead(const canonical::Case& before, const canonical::CanonicalMessage& message, Folded& out);

/// A charge is stopped that is not found: taken for a new one it would leave the old one standing.
Result<void> checkDiscontinued(const canonical::CaseRecord& before, const canonical::Case& after);

/// A hearing goes back to a start that it had left, in a document that does not say when it was made: it may be an old copy that was held
/// up on its way, and people would be told to come on a day that is over.
Result<void> checkOldStart(const canonical::CaseRecord& before, const canonical::CaseRecord& after,
                           const canonical::CanonicalMessage& message);

}  // namespace causeway::care
