#include "host/config/yaml.hpp"

#include "tests/support/want.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace causeway::config {
namespace {

const std::string kBad = std::string(CAUSEWAY_SOURCE_DIR) + "/tests/unit/config/bad/yaml";

Node parsed(std::string_view text) {
  Problems problems;
  auto node = parseYaml(text, "test.yaml", problems);
  EXPECT_TRUE(node.has_value() && problems.empty()) << problems.text();
  return node ? *std::move(node) : Node();
}

std::string problemsOf(std::string_view text) {
  Problems problems;
  const auto node = parseYaml(text, "test.yaml", problems);
  EXPECT_TRUE(node.has_value() || problems.hasErrors()) << "an error that is not among the problems";
  return problems.text();
}

TEST(Yaml, ReportsEveryProblemOfABadFileAtItsPlace) {
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kBad)) {
    SCOPED_TRACE(entry.path().filename());
    const auto text = support::fileText(entry.path());
    Problems problems;
    const auto node = parseYaml(text, "bad.yaml", problems);
    EXPECT_TRUE(support::reportsWhatIsWanted(text, problems));
    ++files;
  }
  EXPECT_EQ(files, 8);
}

TEST(Yaml, CountsLinesAndColumnsFromOne) {
  EXPECT_EQ(problemsOf("a: 1\nb:\n  a: 1\n  c: *x\n"),
            "test.yaml:4:6: not valid YAML: the referenced anchor is not defined\n");
  EXPECT_EQ(problemsOf("a: { b: 1, b: 2 }"), "test.yaml:1:12: 'b' stands twice; first in line 1\n");
}

TEST(Yaml, CountsColumnsInCharactersNotBytes) {
  EXPECT_EQ(problemsOf("{ caf\xC3\xA9: 1, b: 2, b: 3 }"), "test.yaml:1:18: 'b' stands twice; first in line 1\n");
}

TEST(Yaml, FindsPlacesFarIntoALongLine) {
  std::string text = "a: [";
  for (int i = 0; i < 1000; ++i) text += "\xC3\xA9,";
  text += "{ b: 1, b: 2 }]";
  EXPECT_EQ(problemsOf(text), "test.yaml:1:2013: 'b' stands twice; first in line 1\n");
}

TEST(Yaml, RefusesBytesThatAreNotUtf8WithTheirPlace) {
  EXPECT_EQ(problemsOf("a: 1\nb: caf\xE9\n"), "test.yaml:2:7: the file is not UTF-8 from here on; save it as UTF-8\n");
  EXPECT_EQ(problemsOf("a: \xC3\xA9\xED\xA0\x80\n"),
            "test.yaml:1:5: the file is not UTF-8 from here on; save it as UTF-8\n");
}

TEST(Yaml, RefusesOtherEncodingsAndControlCharacters) {
  EXPECT_NE(problemsOf("\xEF\xBB\xBF"
                       "a: 1")
                .find("1:1: the file starts with a byte order mark"),
            std::string::npos);
  EXPECT_NE(problemsOf(std::string_view("\0a\0:\0 \0b", 8)).find("1:1: a control character"), std::string::npos);
  EXPECT_NE(problemsOf("a: b\rc: d\n").find("1:5: a control character"), std::string::npos);
  EXPECT_NE(problemsOf("a: \x1B[31m\n").find("1:4: a control character"), std::string::npos);
}

TEST(Yaml, RefusesMoreThanSixtyFourLevels) {
  const auto nested = [](size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_EQ(problemsOf(nested(64)), "");
  EXPECT_EQ(problemsOf(nested(65)), "test.yaml:1:65: nested deeper than 64 levels\n");
  EXPECT_NE(problemsOf(std::string(200'000, '[')), "");
  EXPECT_NE(problemsOf(std::string(10'000, '{')), "");
}

TEST(Yaml, RefusesMoreThanFourMegabytes) {
  EXPECT_EQ(problemsOf("a: " + std::string(kMaxYamlBytes, 'x')), "test.yaml: the file is larger than 4 MB; split it\n");
}

TEST(Yaml, NamesAFileThatCannotBeRead) {
  Problems problems;
  const auto missing = loadYaml("no/such/file.yaml", problems);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::NotFound);
  EXPECT_EQ(problems.text(), "no/such/file.yaml: the file does not exist\n");
  Problems folder_problems;
  EXPECT_FALSE(loadYaml(CAUSEWAY_SOURCE_DIR "/host", folder_problems));
  EXPECT_NE(folder_problems.text().find("not a file"), std::string::npos);
}

TEST(Yaml, TheErrorNamesTheFirstProblem) {
  Problems problems;
  const auto node = parseYaml("a: [", "test.yaml", problems);
  ASSERT_FALSE(node);
  EXPECT_EQ(node.error().kind, ErrorKind::Invalid);
  EXPECT_EQ(node.error().text() + "\n", problems.text());
}

TEST(Yaml, KeepsTheTextOfPlainScalars) {
  const auto node = parsed("a: no\nb: 010\nc: 1e3\nd: 0x1F\ne: 2026-06-02\nf: .inf\n");
  ASSERT_EQ(node.entries.size(), 6U);
  const std::vector<std::string> wanted{"no", "010", "1e3", "0x1F", "2026-06-02", ".inf"};
  for (size_t i = 0; i < wanted.size(); ++i) {
    EXPECT_EQ(node.entries[i].value.scalar, wanted[i]);
    EXPECT_FALSE(node.entries[i].value.quoted);
  }
}

TEST(Yaml, KnowsQuotedFromPlain) {
  const auto node = parsed("a: \"true\"\nb: 'x'\nc: |\n  block\nd: true\n");
  EXPECT_TRUE(node.find("a")->quoted);
  EXPECT_TRUE(node.find("b")->quoted);
  EXPECT_TRUE(node.find("c")->quoted);
  EXPECT_EQ(node.find("c")->scalar, "block\n");
  EXPECT_FALSE(node.find("d")->quoted);
}

TEST(Yaml, ReadsNoValueAsNullAndQuotedNullAsText) {
  const auto node = parsed("a:\nb: ~\nc: null\nd: \"null\"\ne: \"\"\nf: nullable\n");
  EXPECT_TRUE(node.find("a")->isNull());
  EXPECT_TRUE(node.find("b")->isNull());
  EXPECT_TRUE(node.find("c")->isNull());
  EXPECT_EQ(node.find("d")->scalar, "null");
  EXPECT_TRUE(node.find("e")->isScalar());
  EXPECT_EQ(node.find("f")->scalar, "nullable");
  EXPECT_TRUE(parsed("").isNull());
  EXPECT_TRUE(parsed("# only a remark\n").isNull());
}

TEST(Yaml, RemembersWhereKeysAndValuesStand) {
  const auto node = parsed("one: 1\ntwo:\n  - {a: b}\n  -   c\nthree:\n\nfour: ~\n");
  EXPECT_EQ(node.at.text(), "test.yaml:1:1");
  EXPECT_EQ(node.find("one")->at.text(), "test.yaml:1:6");
  EXPECT_EQ(node.entries[1].key_at.text(), "test.yaml:2:1");
  const auto& list = *node.find("two");
  EXPECT_EQ(list.at.text(), "test.yaml:3:3");
  EXPECT_EQ(list.items[0].at.text(), "test.yaml:3:5");
  EXPECT_EQ(list.items[0].find("a")->at.text(), "test.yaml:3:9");
  EXPECT_EQ(list.items[1].at.text(), "test.yaml:4:7");
  EXPECT_EQ(node.find("three")->at.text(), "test.yaml:5:1");
  EXPECT_EQ(node.find("four")->at.text(), "test.yaml:7:7");
}

TEST(Yaml, ReadsFilesWithWindowsLineEnds) {
  const auto node = parsed("a: 1\r\nb:\r\n  - c\r\n");
  EXPECT_EQ(node.find("a")->scalar, "1");
  EXPECT_EQ(node.find("b")->items[0].at.text(), "test.yaml:3:5");
}

TEST(Yaml, KeepsTheFirstOfTwoEqualKeysSoThatReadingCanGoOn) {
  Problems problems;
  const auto node = parseYaml("a: 1\na: 2\nb: 3\n", "test.yaml", problems);
  ASSERT_TRUE(node.has_value());
  EXPECT_EQ(node->entries.size(), 2U);
  EXPECT_EQ(node->find("a")->scalar, "1");
  EXPECT_TRUE(problems.hasErrors());
}

}  // namespace
}  // namespace causeway::config
