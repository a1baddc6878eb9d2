#include "tests/contract/courts/corpus.hpp"

#include "tests/contract/courts/comparison.hpp"
#include "tests/contract/courts/courts_reader.hpp"
#include "tests/contract/courts/expected_form.hpp"
#include "tests/support/want.hpp"

#include <gtest/gtest.h>

#include <iostream>

namespace causeway::courts {
namespace {

using nlohmann::json;
using support::fileText;

// Every field of the document was mapped or left out for a reason.
testing::AssertionResult isExplained(const mapping::Decoded& decoded) {
  if (decoded.reading.unexplained.empty()) return testing::AssertionSuccess();
  auto out = testing::AssertionFailure();
  for (const auto& [path, count] : decoded.reading.unexplained) out << "\n  " << path << " (" << count << ")";
  return out;
}

void compareOne(Comparison& comparison, const std::filesystem::path& document, const std::filesystem::path& expected) {
  const std::string name = document.parent_path().filename().string() + "/" + document.filename().string();
  const auto decoded = decode(fileText(document.string()));
  ASSERT_FALSE(decoded.refused) << name << ": " << decoded.refused->text();
  ASSERT_EQ(decoded.reading.messages.size(), 1U) << name;
  EXPECT_TRUE(isExplained(decoded)) << name;
  comparison.compare(name, json::parse(fileText(expected.string())), expectedForm(*decoded.reading.messages.front()));
}

void judge(const Comparison& comparison, const char* what) {
  std::cout << what << ": " << comparison.cases() << " cases, " << comparison.compared() << " fields compared, "
            << comparison.mismatches().size() << " mismatches, " << comparison.leftOut() << " left out on purpose\n"
            << comparison.table();
  std::string wrong;
  for (const auto& mismatch : comparison.mismatches()) wrong += "\n  " + mismatch;
  EXPECT_TRUE(comparison.mismatches().empty()) << wrong;
  EXPECT_GT(comparison.cases(), 0);
}

TEST(CourtsCorpus, ExtractsEveryFieldOfTheNationalSamples) {
  NEED_CORPUS(folder);
  Comparison comparison;
  for (const auto& document : filesBelow(folder / "spi-resulted-case" / "bichard-phase1", "in.xml"))
    compareOne(comparison, document, document.parent_path() / "expected.json");
  judge(comparison, "national results system");
}

TEST(CourtsCorpus, ExtractsEveryFieldOfTheAnonymisedLiveMessages) {
  NEED_CORPUS(folder);
  Comparison comparison;
  for (const auto& document : filesBelow(folder / "spi-resulted-case" / "routedata-anonymised-filled", ".xml"))
    compareOne(comparison, document, std::filesystem::path(document).replace_extension(".expected.json"));
  judge(comparison, "anonymised live messages");
}

TEST(CourtsCorpus, RefusesWhatIsBrokenAndReadsTheRest) {
  NEED_CORPUS(folder);
  int read = 0;
  for (const auto* part : {"bichard-parser-cases", "bichard-e2e-extra", "routedata-anonymised", "cpp-json-and-xml"}) {
    for (const auto& document : filesBelow(folder / "spi-resulted-case" / part, ".xml")) {
      const auto text = fileText(document.string());
      const auto decoded = decode(text);
      const std::string name = document.filename().string();
      // Cut off, words of a developer where the content should be, or "<<" in the content.
      const bool broken = name.find("-invalid-001") != std::string::npos ||
                          text.find("ResultedCaseMessage") == std::string::npos ||
                          text.find("&lt;&lt;") != std::string::npos;
      EXPECT_EQ(decoded.refused.has_value(), broken) << name << (decoded.refused ? ": " + decoded.refused->text() : "");
      if (broken) {
        EXPECT_TRUE(decoded.reading.messages.empty()) << name;
        continue;
      }
      ++read;
      EXPECT_TRUE(isExplained(decoded)) << name;
      EXPECT_EQ(decoded.reading.messages.size(), 1U) << name;
      const bool incomplete =
          text.find("ResultText>") == std::string::npos && text.find("ResultText&gt;") == std::string::npos;
      if (incomplete || name.find("-invalid-") != std::string::npos) {
        EXPECT_TRUE(hasFinding(decoded, "missing_part")) << name;
      }
    }
  }
  EXPECT_GT(read, 0);
}

// Summer times of Common Platform: the time that the text gives is the time, and what the field said is kept.
TEST(CourtsCorpus, TellsTheTimeThatTheCourtSaid) {
  NEED_CORPUS(folder);
  int said = 0;
  for (const auto& document : filesBelow(folder / "spi-resulted-case" / "routedata-anonymised-filled", ".xml")) {
    const auto decoded = decode(fileText(document.string()));
    ASSERT_FALSE(decoded.refused) << document.filename();
    for (const auto& offence : decoded.reading.messages.front()->case_().defendants(0).offences()) {
      for (const auto& result : offence.results()) {
        const auto& time = result.next_hearing().starts_at();
        if (!time.has_time()) continue;
        EXPECT_NE(result.text().text().find(" at " + time.time()), std::string::npos)
            << document.filename() << " " << time.time();
        EXPECT_NE(time.basis(), "unknown") << document.filename();
        EXPECT_TRUE(time.basis() != "text" || !time.conflicting().empty()) << document.filename();
        ++said;
      }
    }
  }
  EXPECT_GT(said, 0);
}

}  // namespace
}  // namespace causeway::courts
