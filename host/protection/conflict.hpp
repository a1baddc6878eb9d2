#pragma once

#include "host/model/case.pb.h"
#include "host/protection/recipient.hpp"

namespace causeway::protection {

/// True when somebody of the recipient stands on the defendant's side in this case: a supporter from it who also supports a defendant or
/// somebody of the defence, who is bound to a defendant by more than work, lives with one, or is one. Which supporters are of a recipient
/// is said by its services and its name.
bool standsOnBothSides(const canonical::Case& whole, const Recipient& recipient);

}  // namespace causeway::protection
