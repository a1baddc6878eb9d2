#pragma once

#include "host/care/schemes.hpp"

namespace causeway::care {

/// One victim, one offender, one rule.
struct EligibilityQuestion {
  const canonical::Case& whole;
  const canonical::Party& victim;
  const canonical::Defendant& offender;
  const Sentenced& sentence;
};

/// The finding with its reasons: `likely`, `unlikely`, or `undetermined` where a person has to look. Number, due day and referral are
/// left to the caller.
canonical::Eligibility findEligibility(const EligibilityQuestion& asked, const SchemeRule& rule,
                                       const OffenceList& list);

}  // namespace causeway::care
