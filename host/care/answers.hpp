#pragma once

#include "host/base/result.hpp"
#include "host/model/case.pb.h"

namespace causeway::care {

/// Neither a name nor a role nor a number: an answer to a referral, a production, a booking or a text that was sent.
bool namesNobody(const canonical::Party& said);

/// Whose referral, production, booking or message it is; where none of these is said, who is reached that way. The index of the party,
/// `nobody` or `several` (placing.hpp).
int findAnswered(const canonical::Case& whole, const canonical::Party& said);

/// A message that answers something must find whose it is, and may only take a referral a step that it can take. Invalid, with the
/// reason, when it does not: the message then leaves no trace in the case.
Result<void> checkAnswers(const canonical::Case& whole, const canonical::CanonicalMessage& message);

}  // namespace causeway::care
