#pragma once

#include "host/protection/grant.hpp"
#include "host/protection/policy.hpp"

namespace causeway::protection {

/// One question to the policy.
struct Asked {
  const canonical::CanonicalMessage& message;
  const Recipient& recipient;
  std::string_view purpose;
  Instant now;
  Day today;  ///< in London
};

/// What holds a message whatever its fields are: first what concerns the recipient and the law, then what concerns the case. Nothing
/// when nothing does.
std::optional<Hold> holdBefore(const Asked& asked, const Grant* grant, const Legal& legal);

/// What holds a message because of who else is in the case: asked of the message, and again of the whole case.
std::optional<Hold> holdForConflict(const canonical::Case& whole, const Recipient& recipient);

/// The consents that a grant rests on: number of the person and of the consent, or its kind where it has none.
std::vector<std::string> consentsUsed(const canonical::CanonicalMessage& message, const ConsentRule& rule, Instant now);

/// What is told of the quality of what goes out, by the grant's rule.
Quality qualityOf(const Asked& asked, const Grant& grant, const canonical::CanonicalMessage& projection);

/// The names of all that the rules read of a message to decide by this grant, beside the fields that it grants; sorted.
std::vector<std::string> inputsOf(const Grant& grant);

}  // namespace causeway::protection
