#include "host/protection/rule_pages.hpp"

#include "host/protection/checks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace causeway::protection {
namespace {

std::string fileText(const std::string& path) {
  std::ifstream in(std::string(CAUSEWAY_SOURCE_DIR) + "/" + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(RulePages, EveryCheckHasItsRule) {
  for (const auto rule : kRuleOfCheck)
    EXPECT_TRUE(std::ranges::any_of(rulePages(), [&](const auto& page) { return page.id == rule; })) << rule;
}

TEST(RulePages, EveryRuleOfTheTableStandsOnce) {
  for (int number = 1; number <= 32; ++number) {
    const std::string id = std::string(number < 10 ? "A0" : "A") + std::to_string(number);
    const bool clock = number == 27 || number == 28;
    EXPECT_EQ(std::ranges::count(rulePages(), std::string_view(id), &RulePage::id), clock ? 0 : 1) << id;
  }
  EXPECT_TRUE(std::ranges::is_sorted(rulePages(), {}, &RulePage::id));
}

TEST(RulePages, WhatTestsARuleIsThere) {
  for (const auto& page : rulePages()) {
    EXPECT_FALSE(page.says.empty() || page.source.empty() || page.configure.empty()) << page.id;
    EXPECT_FALSE(page.tested.empty()) << page.id << " is not tested";
    const auto space = page.tested.find(' ');
    auto text = fileText(std::string(page.tested.substr(0, space)));
    if (page.tested.find("rule_table") != std::string_view::npos)
      text += fileText("tests/unit/protection/rule_table_case.cpp") +
              fileText("tests/unit/protection/rule_table_requests.cpp");
    EXPECT_FALSE(text.empty()) << page.tested;
    if (space != std::string_view::npos) {
      EXPECT_NE(text.find(page.tested.substr(space + 1)), std::string::npos) << page.tested;
    } else if (page.tested.find("rule_table") != std::string_view::npos) {
      EXPECT_NE(text.find("\"" + std::string(page.id) + "\""), std::string::npos) << page.id << " is not in the table";
    }
  }
}

TEST(RulePages, ThePageInTheFolderIsWhatTheProgramSays) {
  EXPECT_EQ(fileText("host/protection/RULES.md"), rulePagesAsMarkdown()) << "write it again with: causeway rules pages";
}

}  // namespace
}  // namespace causeway::protection
