#pragma once

#include <span>
#include <string>
#include <string_view>

namespace causeway::protection {

/// One rule by which people are protected, told for those who must answer for it.
struct RulePage {
  std::string_view id;  ///< as it stands in decisions and holds: A23
  std::string_view title;
  std::string_view says;       ///< in plain English
  std::string_view source;     ///< law or guidance
  std::string_view configure;  ///< where and how; or that there is nothing to configure
  std::string_view kept_by;    ///< part of the host that keeps it
  std::string_view tested;     ///< file, then the test in it after a space
};

/// In the order of their ids; first those of the law, then the house rules.
std::span<const RulePage> rulePages();

/// All of them as one page of Markdown, as it lies in RULES.md beside this file.
std::string rulePagesAsMarkdown();

}  // namespace causeway::protection
