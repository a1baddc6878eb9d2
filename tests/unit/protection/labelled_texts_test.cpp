#include "tests/unit/protection/labelled_texts.hpp"

#include "host/model/case.pb.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>

namespace causeway::protection {
namespace {

/// What became of the texts of one folder: with `hold`, where any finding stops a text, and with `redact`, where only what is merely
/// possible stops it and the rest is taken out.
struct Report {
  int leaking = 0, clean = 0;
  std::vector<std::string> missed;         ///< texts that would pass as they are
  std::vector<std::string> left_standing;  ///< marks that would still be read, wholly or in part, after a removal
  std::vector<std::string> held_clean;     ///< clean texts with a finding
  std::map<std::string, std::pair<int, int>> kinds;  ///< marks of a kind: all, and those found
};

bool isWritten(char c) { return (c & 0x80) != 0 || std::isalnum(static_cast<unsigned char>(c)) != 0; }

bool isCovered(const LabelledText& text, const LabelledText::Mark& mark, const std::vector<Finding>& findings) {
  for (auto at = mark.begin; at < mark.end; ++at) {
    if (!isWritten(text.text[at])) continue;
    const bool inside =
        std::ranges::any_of(findings, [&](const Finding& each) { return each.begin <= at && at < each.end; });
    if (!inside) return false;
  }
  return true;
}

bool isTouched(const LabelledText::Mark& mark, const std::vector<Finding>& findings) {
  return std::ranges::any_of(findings,
                             [&](const Finding& each) { return each.begin < mark.end && mark.begin < each.end; });
}

void judge(const LabelledText& text, const TextSearch& search, Report& report) {
  const auto findings = search.find(text.text);
  (text.marks.empty() ? report.clean : report.leaking) += 1;
  if (text.marks.empty()) {
    if (findings.empty()) return;
    std::string what;
    for (const auto& each : findings) what += " '" + text.text.substr(each.begin, each.end - each.begin) + "'";
    return report.held_clean.push_back(text.at.text() + ": held because of" + what);
  }
  if (findings.empty()) report.missed.push_back(text.at.text() + ": nothing found");
  const bool stops =
      std::ranges::any_of(findings, [](const Finding& each) { return each.confidence == Confidence::Possible; });
  for (const auto& mark : text.marks) {
    auto& [all, found] = report.kinds[mark.kind];
    ++all;
    found += isTouched(mark, findings) ? 1 : 0;
    if (!stops && !isCovered(text, mark, findings))
      report.left_standing.push_back(text.at.text() + ": a " + mark.kind + " at character " +
                                     std::to_string(mark.begin));
  }
}

Report reportOn(const std::filesystem::path& folder) {
  Report report;
  const auto lore = shippedLore();
  for (const auto& one : labelledCases(folder)) {
    const TextSearch search(knownPeople(one.whole, {}, false), lore);
    for (const auto& text : one.texts) judge(text, search, report);
  }
  return report;
}

void print(const std::string& title, const Report& report) {
  std::cout << title << ": " << report.leaking << " texts that leak, " << report.missed.size() << " missed, "
            << report.left_standing.size() << " marks left standing after removal; " << report.clean << " clean texts, "
            << report.held_clean.size() << " held\n";
  for (const auto& [kind, counts] : report.kinds)
    std::cout << "  " << kind << ": " << counts.second << " of " << counts.first << " marks found\n";
  for (const auto* lines : {&report.missed, &report.left_standing, &report.held_clean})
    for (const auto& line : *lines) std::cout << "  " << line << "\n";
}

TEST(LabelledTexts, NothingLeaksFromTheTextsOfDevelopmentAndFewCleanOnesAreHeld) {
  const auto report = reportOn(std::string(CAUSEWAY_SOURCE_DIR) + "/tests/unit/protection/texts");
  print("texts of development", report);
  EXPECT_GE(report.leaking + report.clean, 300);
  EXPECT_GE(report.clean, 120);
  EXPECT_TRUE(report.missed.empty());
  EXPECT_TRUE(report.left_standing.empty());
  EXPECT_LE(report.held_clean.size() * 20, static_cast<size_t>(report.clean));
}

// Texts by somebody who had not seen the search; CAUSEWAY_TEXTS names another folder of the same form. The marks that a removal leaves
// standing are counted and explained in its README: one more is a step back. Clean texts are counted over both folders, since these were
// chosen to tempt.
TEST(LabelledTexts, OfSomebodyElseNoneGoesOutAndEveryMarkThatIsLeftIsUnderstood) {
  constexpr std::size_t kUnderstood = 19;
  const char* named = std::getenv("CAUSEWAY_TEXTS");
  const std::string here = std::string(CAUSEWAY_SOURCE_DIR) + "/tests/unit/protection/";
  const auto report = reportOn(named ? named : here + "texts-blind"), first = reportOn(here + "texts");
  print("texts of somebody else", report);
  EXPECT_GT(report.leaking, 0);
  EXPECT_TRUE(report.missed.empty());
  if (named) return;
  EXPECT_LE(report.left_standing.size(), kUnderstood);
  EXPECT_LE((report.held_clean.size() + first.held_clean.size()) * 20, static_cast<size_t>(report.clean + first.clean));
}

}  // namespace
}  // namespace causeway::protection
