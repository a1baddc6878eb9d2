#include "tests/unit/protection/rule_table.hpp"

#include <map>

namespace causeway::protection {
namespace {

TEST(RuleTable, EveryCaseComesOutAsItMust) {
  for (const auto& one : ruleTable()) EXPECT_EQ(one.outcome(), one.wanted) << one.rule << ": " << one.what;
}

TEST(RuleTable, EveryRuleLetsSomethingPassAndStopsSomething) {
  std::map<std::string, std::pair<int, int>> seen;
  for (const auto& one : ruleTable()) {
    auto& [passed, stopped] = seen[one.rule];
    ++(one.passes() ? passed : stopped);
    if (!one.passes()) {
      EXPECT_TRUE(one.wanted.ends_with(one.rule)) << one.what << " is stopped by another rule";
    }
  }
  for (const char* rule :
       {"A01", "A02", "A03", "A04", "A05", "A06", "A07",  "A08",   "A09",   "A11",        "A19",
        "A20", "A21", "A22", "A23", "A24", "A25", "TEST", "ASKER", "PARTY", "RESTRICTED", "BAIL-P"}) {
    EXPECT_GT(seen[rule].first, 0) << rule << " lets nothing pass";
    EXPECT_GT(seen[rule].second, 0) << rule << " stops nothing";
  }
}

}  // namespace
}  // namespace causeway::protection
