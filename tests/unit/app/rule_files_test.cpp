#include "host/app/desks/rule_files.hpp"

#include "host/app/desks/rule_diff.hpp"

#include <gtest/gtest.h>

namespace causeway::app {
namespace {

TEST(RuleFileSet, RefusesWhatIsNoListOfFiles) {
  for (const char* text :
       {"", "{}", "[]", R"([{"path":"a.yaml"}])", R"([{"path":"../a.yaml","text":""}])",
        R"([{"path":"/etc/a.yaml","text":""}])", R"([{"path":"a.txt","text":""}])", R"([{"path":"","text":""}])",
        R"([{"path":"x/../../a.yaml","text":""}])", R"([{"path":"a.yaml","text":""},{"path":"a.yaml","text":"b"}])",
        R"([{"path":1,"text":""}])"})
    EXPECT_FALSE(filesOf(text)) << text;
}

TEST(RuleFileSet, ComesBackAsItWas) {
  const RuleFiles files{{"a.yaml", "routes: []\n"}, {"more/b.yaml", "templates: { t: \"caf\u00e9\" }\n"}};
  EXPECT_EQ(filesOf(textOf(files)).value(), files);
}

const RuleFiles kFiles{
    {"a.yaml", "templates: {}\n"},
    {"b.yaml", "routes:\n  - id: one\n    state: live\n  - { id: two, version: 1, state: shadow }\n"}};

TEST(RuleFileSet, CutsOneRuleOverAndNothingElse) {
  const auto live = withState(kFiles, "two", "live");
  ASSERT_TRUE(live);
  EXPECT_EQ((*live)[1].second, "routes:\n  - id: one\n    state: live\n  - { id: two, version: 1, state: live }\n");
  const auto shadow = withState(kFiles, "one", "shadow");
  ASSERT_TRUE(shadow);
  EXPECT_EQ((*shadow)[1].second,
            "routes:\n  - id: one\n    state: shadow\n  - { id: two, version: 1, state: shadow }\n");
}

TEST(RuleFileSet, CutsNothingOverThatIsNotThereOrIsSoAlready) {
  EXPECT_EQ(withState(kFiles, "three", "live").error().kind, ErrorKind::NotFound);
  EXPECT_EQ(withState(kFiles, "one", "live").error().kind, ErrorKind::Conflict);
  EXPECT_EQ(withState(kFiles, "one", "off").error().kind, ErrorKind::Invalid);
}

std::string told(const RuleFiles& before, const RuleFiles& after) {
  std::string out;
  for (const auto& file : diffOf(before, after)) {
    out += file.path + ":";
    for (const auto& line : file.lines)
      out += " " + std::string(1, line.sign) + std::to_string(line.number) + line.text;
    out += ";";
  }
  return out;
}

TEST(RuleDiff, TellsTheLinesOfOneSideOnly) {
  EXPECT_EQ(told(kFiles, kFiles), "");
  EXPECT_EQ(told({{"a.yaml", "1\n2\n3\n4\n"}}, {{"a.yaml", "1\nx\n3\n4\n5\n"}}), "a.yaml: -22 +2x +55;");
  EXPECT_EQ(told({{"a.yaml", "1\n2\n"}}, {{"a.yaml", "2\n"}}), "a.yaml: -11;");
}

TEST(RuleDiff, TellsWholeFilesThatCameOrWent) {
  EXPECT_EQ(told({}, {{"a.yaml", "1"}}), "a.yaml: -1 +11;");
  EXPECT_EQ(told({{"b.yaml", "1\n2"}}, {}), "b.yaml: -11 -22 +1;");
}

TEST(RuleDiff, ALongChangeIsToldWithoutATable) {
  std::string before, after;
  for (int i = 0; i < 3000; ++i) {
    before += std::to_string(i) + "a\n";
    after += std::to_string(i) + "b\n";
  }
  EXPECT_EQ(diffOf({{"a.yaml", before}}, {{"a.yaml", after}}).at(0).lines.size(), 6000U);
}

}  // namespace
}  // namespace causeway::app
