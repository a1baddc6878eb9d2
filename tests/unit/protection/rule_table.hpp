#pragma once

#include "tests/unit/protection/policy_support.hpp"

#include <functional>

namespace causeway::protection {

/// One question to a policy, to be changed by a case of the table.
struct Question {
  canonical::CanonicalMessage message = sample();
  Recipient recipient = partner();
  std::string purpose = "care";
  Instant now = kNow;
};

/// One case of the rule table: the sample case, changed in one thing, and what must come of it.
struct RuleCase {
  std::string rule;
  std::string what;
  std::string policy;  ///< whole text
  std::function<void(Question&)> change;
  std::string path;    ///< field that is looked at when nothing is held
  std::string wanted;  ///< "passes", "withheld A23", or "held no_agreement A01"

  bool passes() const { return wanted == "passes"; }
  /// What came of it, in the words of `wanted`.
  std::string outcome() const;
};

/// Every rule that a decision applies, with cases that pass because of it and cases that are held or redacted because of it.
const std::vector<RuleCase>& ruleTable();

}  // namespace causeway::protection
