#include "host/transport/body_proof.hpp"
#include "tests/contract/courts/courts_reader.hpp"
#include "tests/support/want.hpp"

#include <gtest/gtest.h>

// The call-back of a subscription to results documents: it is believed by its signature, and becomes a message for each case.
namespace causeway::courts {
namespace {

const Instant kNow = *parseInstant("2026-06-02T23:31:00Z");

// Computed by the openssl command line over the bytes of the example.
constexpr const char* kSignature = "s5qtpiosCS/N6L7YMWmjek0oxnWVlv1dx90mbmaseyw=";

transport::BodyProof proof() {
  transport::BodyProof out;
  out.header = "x-signature";
  out.secrets = {"the word before", "the-word-of-the-subscription"};
  return out;
}

transport::HttpRequest callBack(const std::string& body, const std::string& signature) {
  transport::HttpRequest out;
  out.headers = {{"x-key-id", "kid-v1"}, {"x-signature", signature}};
  out.body = body;
  return out;
}

TEST(CourtsCallBack, IsBelievedByItsSignatureAlone) {
  auto body =
      support::fileText(std::string(CAUSEWAY_SOURCE_DIR) + "/mappings/courts/examples/cp-document-notified.json");
  EXPECT_TRUE(transport::proves(proof(), callBack(body, kSignature), kNow));
  body.replace(body.find("52SB0303026"), 11, "52SB0303027");
  EXPECT_FALSE(transport::proves(proof(), callBack(body, kSignature), kNow));
  EXPECT_FALSE(transport::proves(proof(), callBack(body, ""), kNow));
}

TEST(CourtsCallBack, IsAMessageForEachCase) {
  const auto decoded = decode(
      support::fileText(std::string(CAUSEWAY_SOURCE_DIR) + "/mappings/courts/examples/cp-document-notified.json"));
  ASSERT_FALSE(decoded.refused);
  ASSERT_EQ(decoded.reading.messages.size(), 2U);
  EXPECT_EQ(decoded.reading.messages[1]->case_().urn(), "52SB0303126");
  EXPECT_EQ(decoded.reading.messages[1]->case_().documents(0).dated(), "2026-06-03");
  EXPECT_EQ(decoded.reading.messages[1]->asserted_at(), "2026-06-02T23:30:00Z");
}

TEST(CourtsCallBack, OfAnEventThatNobodyKnowsIsKeptUnmapped) {
  const auto decoded = decode(R"({"eventType":"ANOTHER","documentId":"D-1","cases":[{"urn":"52SB0303026"}]})");
  ASSERT_FALSE(decoded.refused);
  EXPECT_TRUE(hasFinding(decoded, "unmapped_code"));
  EXPECT_TRUE(decoded.reading.messages[0]->case_().documents(0).kind().unmapped());
}

}  // namespace
}  // namespace causeway::courts
