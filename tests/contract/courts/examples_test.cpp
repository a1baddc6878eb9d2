#include "tests/contract/courts/corpus.hpp"
#include "tests/contract/courts/courts_reader.hpp"
#include "tests/support/want.hpp"

#include <gtest/gtest.h>

namespace causeway::courts {
namespace {

using support::fileText;

std::vector<std::filesystem::path> examples() {
  return filesBelow(CAUSEWAY_SOURCE_DIR "/mappings/courts/examples", ".xml");
}

TEST(CourtsExamples, KeepTheNumbersOfTheEnvelope) {
  const auto document = fileText(examples().front().string());
  const auto decoded = decode(wrapped(document).at("soap"));
  EXPECT_EQ(decoded.envelope.at("request"), "R-1");
  EXPECT_EQ(decoded.envelope.at("stream"), "S-1");
  EXPECT_EQ(decoded.envelope.at("source"), "Z00CJSE");
  EXPECT_EQ(decoded.envelope.at("system"), "C00CommonPlatform");
  EXPECT_EQ(decoded.envelope.at("stream_type"), "SPIResults");
  EXPECT_FALSE(decoded.test);
  EXPECT_EQ(decoded.reading.messages.front()->source_message_id(), "C-1");
}

TEST(CourtsExamples, MarkATestAsOne) {
  const auto document = fileText(examples().front().string());
  auto route = wrapped(document).at("route");
  const std::string after = "<SystemID>Z00CJSE</SystemID>";
  route.insert(route.find(after) + after.size(), "<TestOperation> true </TestOperation>");
  EXPECT_TRUE(decode(route).test);
}

// Several cases in one session: a message for each, and the fault of one is not the fault of another.
TEST(CourtsExamples, MakeAMessageOfEachCase) {
  const auto one = fileText(CAUSEWAY_SOURCE_DIR "/mappings/courts/examples/trial-fixed.xml");
  const size_t start = one.find("<Case>"), end = one.find("</Case>") + 7;
  auto second = one.substr(start, end - start);
  const std::string urn = "01ZD0300126";
  ASSERT_NE(second.find(urn), std::string::npos);
  second.replace(second.find(urn), urn.size(), "01ZD0300226");
  const auto broken =
      second.substr(0, second.find("<Birthdate>") + 11) + "soon" + second.substr(second.find("</Birthdate>"));
  const auto decoded = decode(one.substr(0, end) + broken + one.substr(end));
  ASSERT_FALSE(decoded.refused);
  ASSERT_EQ(decoded.reading.messages.size(), 2U);
  EXPECT_EQ(decoded.reading.messages[0]->case_().urn(), urn);
  EXPECT_EQ(decoded.reading.messages[1]->case_().urn(), "01ZD0300226");
  for (const auto& message : decoded.reading.messages) {
    EXPECT_EQ(message->case_().hearings_size(), 1);
    EXPECT_EQ(message->case_().defendants_size(), 1);
  }
  for (const auto& finding : decoded.reading.findings) {
    if (finding.code == "bad_value") {
      EXPECT_EQ(finding.part, 1);
    }
  }
}

}  // namespace
}  // namespace causeway::courts
