#include "host/model/codec.hpp"
#include "tests/contract/courts/corpus.hpp"
#include "tests/contract/courts/courts_reader.hpp"
#include "tests/support/want.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>

namespace causeway::courts {
namespace {

using nlohmann::json;
using support::fileText;

std::vector<std::filesystem::path> examples() {
  return filesBelow(CAUSEWAY_SOURCE_DIR "/mappings/courts/examples", ".xml");
}

json canonicalOf(const mapping::Decoded& decoded) {
  json out = json::array();
  for (const auto& message : decoded.reading.messages) out.push_back(json::parse(model::toJson(*message)));
  return out;
}

// Set CAUSEWAY_ACCEPT to write what was extracted as what is expected; the difference is then reviewed like code.
bool accepts() { return std::getenv("CAUSEWAY_ACCEPT") != nullptr; }

TEST(CourtsExamples, AreReadAsTheFilesBesideThemSay) {
  ASSERT_FALSE(examples().empty());
  for (const auto& document : examples()) {
    const auto decoded = decode(fileText(document.string()));
    ASSERT_FALSE(decoded.refused) << document.filename() << " " << decoded.refused->text();
    EXPECT_TRUE(decoded.reading.unexplained.empty()) << document.filename();
    const auto expected = std::filesystem::path(document).replace_extension(".expected.json");
    if (accepts()) std::ofstream(expected) << canonicalOf(decoded).dump(2) << "\n";
    EXPECT_EQ(canonicalOf(decoded), json::parse(fileText(expected.string()))) << document.filename();
  }
}

// The envelope gives numbers of its own; what the court said is the same in each.
TEST(CourtsExamples, AreTheSameInEveryWrapping) {
  for (const auto& document : examples()) {
    std::map<std::string, json> read;
    for (const auto& [wrapping, bytes] : wrapped(fileText(document.string()))) {
      if (wrapping == "bare") continue;  // nothing tells who wrote its times
      const auto decoded = decode(bytes);
      ASSERT_FALSE(decoded.refused) << wrapping << " " << document.filename() << " " << decoded.refused->text();
      EXPECT_EQ(decoded.envelope.at("id"), "C-1") << wrapping;
      EXPECT_TRUE(decoded.reading.unexplained.empty()) << wrapping;
      read.emplace(wrapping, canonicalOf(decoded));
    }
    for (const auto& [wrapping, canonical] : read)
      EXPECT_EQ(canonical, read.at("deliver")) << wrapping << " " << document.filename();
  }
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
