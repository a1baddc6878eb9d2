#pragma once

#include "host/protection/checks.hpp"

#include <set>

namespace causeway::protection {

/// What is done to one check while a run lasts.
enum class Mutation : unsigned char { None, Disabled, Flipped, Boundary };

/// The switch of this test build: the host is built without it.
struct RuleSwitch {
  Check check = Check::Count;
  Mutation mutation = Mutation::None;
  std::set<Check> asked;     ///< checks that were reached
  std::set<Check> compared;  ///< checks that compare moments
};

RuleSwitch& ruleSwitch();

}  // namespace causeway::protection
