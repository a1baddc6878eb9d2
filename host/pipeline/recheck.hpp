#pragma once

#include "host/model/case.pb.h"

namespace causeway::pipeline {

/// Brings into a draft what may have changed while it waited to be sent and what decides whether it may still go: consent, ways of
/// contact that are safe, and who may see the case. Somebody who is no longer in the case has neither consent nor a safe contact.
void bringUpToDate(canonical::CanonicalMessage& draft, const canonical::Case& now);

}  // namespace causeway::pipeline
