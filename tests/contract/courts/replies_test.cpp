#include "tests/contract/courts/corpus.hpp"
#include "tests/contract/courts/courts_reader.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/want.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace causeway::courts {
namespace {

const char* const kOutcomes[] = {"accepted",   "duplicate", "malformed",    "too_large",   "wrong_namespace",
                                 "no_mapping", "conflict",  "wrong_source", "not_allowed", "unavailable"};

std::string between(const std::string& text, const std::string& element) {
  const size_t start = text.find("<" + element + ">"), end = text.find("</" + element + ">");
  if (start == std::string::npos || end == std::string::npos) return {};
  return text.substr(start + element.size() + 2, end - start - element.size() - 2);
}

// Nothing of the reply but the part that the schema describes.
std::string part(const std::string& text, const std::string& element) {
  const size_t start = text.find("<" + element), end = text.find("</" + element + ">");
  return start == std::string::npos || end == std::string::npos ? std::string()
                                                                : text.substr(start, end - start + element.size() + 3);
}

testing::AssertionResult isValid(const std::string& document, const std::filesystem::path& schema) {
  const TemporaryFolder folder;
  const auto file = folder.file("reply.xml"), said = folder.file("said.txt");
  std::ofstream(file) << document;
  const std::string command =
      "xmllint --nonet --noout --schema '" + schema.string() + "' '" + file + "' > '" + said + "' 2>&1";
  if (std::system(command.c_str()) == 0) return testing::AssertionSuccess();
  return testing::AssertionFailure() << support::fileText(said) << document;
}

mapping::Decoded example() {
  return decode(wrapped(support::fileText(CAUSEWAY_SOURCE_DIR "/mappings/courts/examples/trial-fixed.xml")).at("soap"));
}

TEST(CourtsReplies, RefuseToSayAnOutcomeThatHasNoNumber) {
  const auto* plan = library().writePlan("cjse.submit-response");
  ASSERT_NE(plan, nullptr);
  const canonical::CanonicalMessage nothing;
  const auto written = mapping::write(*plan, nothing, {{"reply.outcome", "shrugged"}}, {});
  EXPECT_FALSE(written);
}

TEST(CourtsReplies, TellTheSenderInItsOwnNumbers) {
  const auto decoded = example();
  ASSERT_FALSE(decoded.refused) << decoded.refused->text();
  const auto accepted = reply("cjse.submit-response", replyValues(decoded, "accepted"));
  EXPECT_EQ(between(accepted, "RequestID"), "R-1");
  EXPECT_EQ(between(accepted, "ResponseCode"), "1");
  EXPECT_EQ(between(accepted, "ResponseText"), "Success");
  const auto duplicate = reply("cjse.route-data-response", replyValues(decoded, "duplicate"));
  EXPECT_EQ(between(duplicate, "CorrelationID"), "C-1");
  EXPECT_EQ(between(duplicate, "Code"), "302");
  EXPECT_EQ(between(duplicate, "Description"), "PreviouslySent");
  EXPECT_EQ(between(duplicate, "RouteId"), "7");
  EXPECT_EQ(between(reply("cjse.route-data-response", replyValues(decoded, "malformed")), "Code"), "1310");
  EXPECT_EQ(between(reply("cjse.route-data-response", replyValues(decoded, "wrong_namespace")), "Code"), "1310");
}

TEST(CourtsReplies, AnswerInTheWrappingThatTheMessageCameIn) {
  const auto decoded = example();
  ASSERT_EQ(decoded.layers.size(), 3U);
  EXPECT_EQ(decoded.layers[0]->id, "soap.envelope");
  EXPECT_EQ(decoded.layers[1]->reply, "cjse.submit-response");
  EXPECT_EQ(decoded.layers[2]->reply, "cjse.route-data-response");
}

TEST(CourtsReplies, AnswerARefusalWithWhatWasLearntBeforeIt) {
  const auto decoded = decode(wrapped("<Nonsense xmlns='urn:nobody'/>").at("soap"));
  ASSERT_TRUE(decoded.refused);
  const auto refusal = reply("cjse.submit-response", replyValues(decoded, "no_mapping"));
  EXPECT_EQ(between(refusal, "RequestID"), "R-1");
  EXPECT_EQ(between(refusal, "ResponseCode"), "1359");
}

TEST(CourtsReplies, AreValidByTheSchemasOfTheExchange) {
  NEED_CORPUS(folder);
  if (std::system("command -v xmllint > /dev/null") != 0) GTEST_SKIP() << "no xmllint";
  const auto schemas = folder / "schemas-spi-cjse" / "xsd";
  const auto decoded = example();
  for (const auto* outcome : kOutcomes) {
    const auto route = reply("cjse.route-data-response", replyValues(decoded, outcome));
    EXPECT_TRUE(isValid(route, schemas / "cjseOperations.xsd")) << outcome;
    const auto submit = part(reply("cjse.submit-response", replyValues(decoded, outcome)), "SubmitResponseMes");
    EXPECT_TRUE(isValid(submit, schemas / "MessageLayer.xsd")) << outcome;
  }
  // A message that was refused before its numbers were known still gets a valid answer.
  const auto unknown = reply("cjse.route-data-response",
                             {{"reply.outcome", "malformed"}, {"reply.text", "the document cannot be read"}});
  EXPECT_TRUE(isValid(unknown, schemas / "cjseOperations.xsd"));
}

}  // namespace
}  // namespace causeway::courts
