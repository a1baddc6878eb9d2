#include "host/config/retention.hpp"

#include "host/config/yaml.hpp"
#include "tests/support/want.hpp"

#include <gtest/gtest.h>

namespace causeway::config {
namespace {

const std::string kSource = CAUSEWAY_SOURCE_DIR;

TEST(Retention, ReportsEveryMistakeWhereItStands) {
  const auto text = support::fileText(kSource + "/tests/unit/config/bad/retention/standard.yaml");
  Problems problems;
  auto node = parseYaml(text, "standard.yaml", problems);
  ASSERT_TRUE(node);
  readRetention({*node}, problems);
  EXPECT_TRUE(support::reportsWhatIsWanted(text, problems));
}

TEST(Retention, ThrowsNothingAwayThatNoRuleNames) {
  Problems problems;
  const auto rules = readRetention({}, problems);
  EXPECT_EQ(rules.times.documents.count(), 0);
  EXPECT_EQ(rules.times.payloads.count(), 0);
  EXPECT_EQ(rules.times.review.count(), 0);
}

TEST(Retention, OfTheShippedFileIsWholeAndDated) {
  Problems problems;
  auto node = loadYaml(kSource + "/config/retention/standard.yaml", problems);
  ASSERT_TRUE(node);
  const auto rules = readRetention({*node}, problems);
  EXPECT_EQ(problems.text(), "");
  EXPECT_EQ(rules.rules.size(), 4U);
  EXPECT_EQ(rules.times.documents.count(), 30);
  for (const auto& rule : rules.rules) EXPECT_TRUE(rule.valid_from.ok() && !rule.source.empty());
}

}  // namespace
}  // namespace causeway::config
