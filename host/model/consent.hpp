#pragma once

#include "host/base/clock.hpp"
#include "host/model/case.pb.h"

#include <string>
#include <vector>

namespace causeway::model {

/// Whether a person's recorded consent carries something to somebody now.
struct ConsentNeed {
  std::vector<std::string> types;  ///< any of these kinds of consent will do
  std::vector<std::string> names;  ///< how the consent may name who is to receive: partner id, service
};

/// True when one consent of the party is given, not withdrawn, not past its last day (London), of one of the types, and
/// either names no recipient or names one of `names`. A code that is not in its list counts as no consent.
bool hasLiveConsent(const canonical::Party& party, const ConsentNeed& need, Instant now);
/// All such consents of the party, in their order.
std::vector<const canonical::Consent*> liveConsents(const canonical::Party& party, const ConsentNeed& need,
                                                    Instant now);
/// The first of them; nullptr when there is none.
const canonical::Consent* liveConsent(const canonical::Party& party, const ConsentNeed& need, Instant now);

}  // namespace causeway::model
