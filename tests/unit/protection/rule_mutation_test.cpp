#include "tests/unit/protection/rule_switch.hpp"
#include "tests/unit/protection/rule_table.hpp"

#include <iostream>

// Takes each check of the engine out, turns it round, and moves each comparison of moments by one, and shows that the rule table
// notices every time. It runs over a library of its own that is built with the switch.
namespace causeway::protection {
namespace {

struct Caught {
  int cases = 0;
  const RuleCase* first = nullptr;
};

Caught runWith(Check check, Mutation mutation) {
  ruleSwitch().check = check;
  ruleSwitch().mutation = mutation;
  Caught out;
  for (const auto& one : ruleTable()) {
    if (one.outcome() == one.wanted) continue;
    ++out.cases;
    if (!out.first) out.first = &one;
  }
  ruleSwitch().check = Check::Count;
  return out;
}

TEST(RuleMutation, WithoutOneTheTableHolds) {
  const auto none = runWith(Check::Count, Mutation::None);
  EXPECT_EQ(none.cases, 0) << none.first->rule << ": " << none.first->what;
}

TEST(RuleMutation, EveryOneIsCaught) {
  runWith(Check::Count, Mutation::None);
  const auto compared = ruleSwitch().compared;
  int mutants = 0, caught = 0;
  for (size_t i = 0; i < kChecks; ++i) {
    const auto check = static_cast<Check>(i);
    if (check == Check::Transformed)
      continue;  // a reason that is told, not a check: what is changed never passes as it is
    EXPECT_TRUE(ruleSwitch().asked.contains(check)) << "check " << i << " is never asked";
    for (const auto mutation : {Mutation::Disabled, Mutation::Flipped, Mutation::Boundary}) {
      if (mutation == Mutation::Boundary && !compared.contains(check)) continue;
      const auto found = runWith(check, mutation);
      const char* const what = mutation == Mutation::Disabled  ? "disabled"
                               : mutation == Mutation::Flipped ? "flipped"
                                                               : "one moment later";
      ++mutants;
      caught += found.cases > 0 ? 1 : 0;
      EXPECT_GT(found.cases, 0) << ruleOf(check) << ", check " << i << ", " << what << ": nobody noticed";
      std::cout << ruleOf(check) << "  check " << i << " " << what << ": caught by " << found.cases << " case(s)"
                << (found.first ? ", first " + found.first->rule + " " + found.first->what : "") << "\n";
    }
  }
  std::cout << caught << " of " << mutants << " mutants caught by " << ruleTable().size() << " cases\n";
}

}  // namespace
}  // namespace causeway::protection
