#pragma once

#include "host/protection/grant.hpp"

#include <string>
#include <vector>

/// What a consent covers, in the words of its scope.
namespace causeway::protection {

/// The words that `covered_by` may say: "any_consent", and the codes of the list "consent-scope".
const std::vector<std::string>& coverNames();
/// The bit of such a word; kNothingCovered for any other.
Cover coverNamed(std::string_view name);
/// What to say of any other.
std::string wrongCover(const std::string& name);

/// What the live consents of everybody whom the rule names cover together: of one person what any of them covers, of several what each
/// of them allows. kNothingCovered when somebody has none, or there is nobody. A scope that is in no list covers nothing.
Cover coveredBy(const canonical::CanonicalMessage& message, const ConsentRule& rule, Instant now);

}  // namespace causeway::protection
