#include "tests/unit/protection/rule_switch.hpp"

namespace causeway::protection {

RuleSwitch& ruleSwitch() {
  static RuleSwitch instance;
  return instance;
}

bool switched(Check check, bool refuses) {
  auto& rules = ruleSwitch();
  rules.asked.insert(check);
  if (rules.check != check) return refuses;
  if (rules.mutation == Mutation::Disabled) return false;
  return rules.mutation == Mutation::Flipped ? !refuses : refuses;
}

bool switchedEarlier(Check check, bool earlier, bool same) {
  auto& rules = ruleSwitch();
  rules.compared.insert(check);
  return earlier || (same && rules.check == check && rules.mutation == Mutation::Boundary);
}

}  // namespace causeway::protection
