#include "host/transport/body_proof.hpp"

#include "host/base/text.hpp"
#include "host/transport/keyed_digest.hpp"

#include <gtest/gtest.h>

namespace causeway::transport {
namespace {

// Computed by the openssl command line.
constexpr const char* kBody = R"({"data":{"id":"1","type":"notifications"}})";
constexpr const char* kSignature = "zc0mvZuY1XRJ3xf9eMrXYsrcpquPhxW1NrZG9uFcSXA=";

const Instant kNow = *parseInstant("2026-06-02T09:00:00Z");

BodyProof signature() {
  BodyProof out;
  out.header = "pecs-signature";
  out.secrets = {"topsecret"};
  return out;
}

HttpRequest request(const HttpHeaders& headers, const std::string& body = kBody) {
  HttpRequest out;
  out.headers = headers;
  out.body = body;
  return out;
}

TEST(BodyProof, RefusesWhatIsMissingWrongOrThereTwice) {
  const auto proof = signature();
  for (const HttpHeaders& headers :
       {HttpHeaders{}, HttpHeaders{{"pecs-signature", ""}}, HttpHeaders{{"pecs-signature", "topsecret"}},
        HttpHeaders{{"pecs-signature", std::string(kSignature) + "="}}, HttpHeaders{{"other", kSignature}},
        HttpHeaders{{"pecs-signature", kSignature}, {"pecs-signature", kSignature}}})
    EXPECT_FALSE(proves(proof, request(headers), kNow));
  EXPECT_FALSE(proves(proof, request({{"pecs-signature", kSignature}}, std::string(kBody) + " "), kNow));
  auto other = proof;
  other.secrets = {"topsecret1"};
  EXPECT_FALSE(proves(other, request({{"pecs-signature", kSignature}}), kNow));
}

TEST(BodyProof, TakesTheDigestOfTheBodyUnderAnyOfTheSecrets) {
  auto proof = signature();
  EXPECT_TRUE(proves(proof, request({{"pecs-signature", kSignature}}), kNow));
  proof.secrets = {"next", "topsecret"};
  EXPECT_TRUE(proves(proof, request({{"pecs-signature", kSignature}}), kNow));
}

TEST(BodyProof, ReadsAPrefixAndHexadecimal) {
  auto proof = signature();
  proof.prefix = "sha256=";
  proof.hexadecimal = true;
  const auto digest = hex(*hmacSha256("topsecret", kBody));
  EXPECT_TRUE(proves(proof, request({{"pecs-signature", "sha256=" + upperCase(digest)}}), kNow));
  EXPECT_FALSE(proves(proof, request({{"pecs-signature", digest}}), kNow));
}

TEST(BodyProof, RefusesWhatIsTooOldOrFromTheFuture) {
  auto proof = signature();
  proof.timestamp_header = "x-at";
  proof.joined_by = ".";
  proof.tolerance = std::chrono::seconds(300);
  const auto at = [&](const std::string& stamp) {
    return proves(proof,
                  request({{"x-at", stamp}, {"pecs-signature", base64(*hmacSha256("topsecret", stamp + "." + kBody))}}),
                  kNow);
  };
  for (const std::string bad : {"2026-06-02T08:54:59Z", "2026-06-02T09:05:01Z", "2026-06-02T09:00:00", "", "soon", "-1",
                                "99999999999999999999", "1780390800x"})
    EXPECT_FALSE(at(bad)) << bad;
  for (const std::string good : {"2026-06-02T08:55:00Z", "2026-06-02T10:05:00+01:00", "1780390800"})
    EXPECT_TRUE(at(good)) << good;
  // A stamp that is not what was signed is no stamp.
  EXPECT_FALSE(proves(proof, request({{"x-at", "1780390800"}, {"pecs-signature", kSignature}}), kNow));
}

TEST(BodyProof, ComparesAWord) {
  BodyProof proof;
  proof.token = true;
  proof.header = "authorization";
  proof.prefix = "Bearer ";
  proof.secrets = {"word"};
  EXPECT_TRUE(proves(proof, request({{"authorization", "Bearer word"}}), kNow));
  EXPECT_FALSE(proves(proof, request({{"authorization", "Bearer words"}}), kNow));
  EXPECT_FALSE(proves(proof, request({{"authorization", "word"}}), kNow));
}

}  // namespace
}  // namespace causeway::transport
