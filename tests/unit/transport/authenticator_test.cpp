#include "host/transport/authenticator.hpp"

#include "host/transport/curl_sender.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/token_server.hpp"
#include "tests/unit/transport/server_fixture.hpp"

#include <atomic>
#include <thread>

namespace causeway::transport {
namespace {

using test::TestCertificates;
using test::TokenServer;

pipeline::Outgoing delivery() {
  return {.endpoint = "prison", .delivery_id = "d-1", .content_type = "application/json", .body = "{}", .headers = {}};
}

HttpsEndpoint endpointAt(const std::string& url) {
  const auto& certificates = TestCertificates::ours();
  HttpsEndpoint out;
  out.url = url;
  out.certificate_file = certificates.of("police").certificate;
  out.key_file = certificates.of("police").key;
  out.ca_file = certificates.authority();
  return out;
}

class TokenTest : public testing::Test {
 protected:
  TokenRequest request() const {
    TokenRequest out;
    out.endpoint = endpointAt(server_.url("/oauth/token"));
    out.client_id = "causeway";
    out.client_secret = "opensesame";
    return out;
  }

  std::unique_ptr<CurlSender> sender(const TokenRequest& request) {
    auto shows = makeTokenAuthenticator(request, clock_);
    EXPECT_TRUE(shows) << shows.error().text();
    auto made =
        CurlSender::create({{"prison", endpointAt(server_.url("/api/moves"))}}, {{"prison", *std::move(shows)}});
    EXPECT_TRUE(made) << made.error().text();
    return *std::move(made);
  }
  ErrorKind failureOf(const TokenRequest& request) {
    const auto answer = sender(request)->send(delivery());
    return answer ? ErrorKind::Conflict : answer.error().kind;
  }

  FakeClock clock_;
  TokenServer server_;
};

TEST_F(TokenTest, TriesLaterWhenTheTokenEndpointIsBusyOrAway) {
  for (const int status : {500, 503, 429, 408}) {
    server_.behave({.status = status});
    EXPECT_EQ(failureOf(request()), ErrorKind::Unavailable) << status;
  }
  auto away = request();
  away.endpoint.url = "https://localhost:1/oauth/token";
  EXPECT_EQ(failureOf(away), ErrorKind::Unavailable);
}

TEST_F(TokenTest, NeedsAPersonWhenTheTokenEndpointRefuses) {
  auto wrong = request();
  wrong.client_secret = "wrong";
  EXPECT_EQ(failureOf(wrong), ErrorKind::Refused);
  for (const int status : {302, 400, 403, 404}) {
    server_.behave({.status = status});
    EXPECT_EQ(failureOf(request()), ErrorKind::Refused) << status;
  }
}

TEST_F(TokenTest, TakesNoAnswerThatIsNoToken) {
  for (const std::string body :
       {"no", "[]", "{}", R"({"access_token":7,"token_type":"bearer"})", R"({"access_token":"","token_type":"bearer"})",
        R"({"access_token":"a"})", R"({"access_token":"a","token_type":"mac"})",
        R"({"access_token":"a\r\nX: y","token_type":"bearer"})", R"({"access_token":"a b","token_type":"bearer"})",
        R"({"access_token":"a","token_type":"bearer","expires_in":"soon"})",
        R"({"access_token":"a","token_type":"bearer","expires_in":0})"}) {
    server_.behave({.body = body});
    EXPECT_EQ(failureOf(request()), ErrorKind::Refused) << body;
  }
  EXPECT_TRUE(server_.served().empty());
}

TEST_F(TokenTest, NeverTellsTheSecretOrTheTokenInAnError) {
  server_.behave({.body = R"({"access_token":"t0ps3cret","token_type":"mac"})"});
  const auto answer = sender(request())->send(delivery());
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().text().find("t0ps3cret"), std::string::npos);
  EXPECT_EQ(answer.error().text().find("opensesame"), std::string::npos);
}

TEST_F(TokenTest, GivesUpWhenANewTokenIsRefusedToo) {
  const auto sends = sender(request());
  ASSERT_TRUE(sends->send(delivery()));
  server_.behave({.body = R"({"access_token":"of-another-realm","token_type":"bearer"})"});
  server_.revoke();
  const auto answer = sends->send(delivery());
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 401);
  EXPECT_EQ(server_.asked().size(), 2U);  // one renewal, not a loop
}

TEST_F(TokenTest, SendsWithAToken) {
  ASSERT_TRUE(sender(request())->send(delivery()));
  EXPECT_EQ(server_.served().at(0).header("authorization"), "Bearer token-1");
  EXPECT_EQ(server_.asked().at(0).body, "grant_type=client_credentials");
  EXPECT_EQ(server_.asked().at(0).content_type, "application/x-www-form-urlencoded");
}

TEST_F(TokenTest, SendsTheSecretInTheBodyOrEverythingElseInTheQuery) {
  auto body = request();
  body.credentials_in_body = true;
  body.scope = "read write";
  ASSERT_TRUE(sender(body)->send(delivery()));
  EXPECT_EQ(server_.asked().at(0).body,
            "grant_type=client_credentials&scope=read%20write&client_id=causeway&client_secret=opensesame");
  EXPECT_EQ(server_.asked().at(0).header("authorization"), "");
  auto query = request();
  query.parameters_in_query = true;
  ASSERT_TRUE(sender(query)->send(delivery()));
  EXPECT_EQ(server_.asked().at(1).target, "/oauth/token?grant_type=client_credentials");
  EXPECT_EQ(server_.asked().at(1).body, "");
  query.credentials_in_body = true;
  EXPECT_FALSE(makeTokenAuthenticator(query, clock_));
}

TEST_F(TokenTest, KeepsItsTokenUntilShortlyBeforeItExpires) {
  const auto sends = sender(request());
  ASSERT_TRUE(sends->send(delivery()));
  clock_.advance(std::chrono::seconds(1139));
  ASSERT_TRUE(sends->send(delivery()));
  EXPECT_EQ(server_.tokensGiven(), 1);
  clock_.advance(std::chrono::seconds(2));
  ASSERT_TRUE(sends->send(delivery()));
  EXPECT_EQ(server_.tokensGiven(), 2);
}

TEST_F(TokenTest, RenewsAShortTokenHalfWayAndOneThatDoesNotSayAfterFiveMinutes) {
  server_.behave({.lifetime_seconds = 10});
  const auto sends = sender(request());
  ASSERT_TRUE(sends->send(delivery()));
  clock_.advance(std::chrono::seconds(5));
  server_.behave({.lifetime_seconds = 0});
  ASSERT_TRUE(sends->send(delivery()));
  EXPECT_EQ(server_.tokensGiven(), 2);
  clock_.advance(std::chrono::seconds(239));
  ASSERT_TRUE(sends->send(delivery()));
  EXPECT_EQ(server_.tokensGiven(), 2);
}

TEST_F(TokenTest, FetchesANewTokenOnceWhenThePartnerRefusesTheOldOne) {
  const auto sends = sender(request());
  ASSERT_TRUE(sends->send(delivery()));
  server_.revoke();
  const auto answer = sends->send(delivery());
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(server_.tokensGiven(), 2);
}

TEST_F(TokenTest, FetchesOneTokenForAllThreads) {
  const auto sends = sender(request());
  std::atomic<int> sent{0};
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 8; ++t) threads.emplace_back([&] { sent += sends->send(delivery()).has_value() ? 1 : 0; });
  }
  EXPECT_EQ(sent, 8);
  EXPECT_EQ(server_.tokensGiven(), 1);
}

TEST(JwtAuthenticator, TakesAKeyApartFromItsEnd) {
  const std::string issuer = "26785a09-ab16-4eb0-8407-a37497a57506", secret = "3d844edf-8d35-48ac-975b-e847b4f122b0";
  for (const auto& wrong : {std::string(), secret, issuer + secret, issuer + "-" + secret.substr(1) + "x",
                            "name" + issuer + "-" + secret, "name-" + issuer + "_" + secret})
    EXPECT_FALSE(jwtSecretOf(wrong)) << wrong;
  for (const auto& good : {issuer + "-" + secret, "a-name_with-dashes-" + issuer + "-" + secret}) {
    const auto parts = jwtSecretOf(good);
    ASSERT_TRUE(parts) << good;
    EXPECT_EQ(parts->issuer, issuer);
    EXPECT_EQ(parts->secret, secret);
  }
}

TEST(JwtAuthenticator, SignsANewTokenForTheMoment) {
  FakeClock clock;
  clock.advance(Instant(std::chrono::seconds(1'568'818'578)) - clock.now());
  const auto shows =
      makeJwtAuthenticator({"26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"}, clock);
  // Computed by the openssl command line from the documented header and payload.
  const HttpHeaders wanted{{"Authorization",
                            "Bearer eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9."
                            "eyJpc3MiOiIyNjc4NWEwOS1hYjE2LTRlYjAtODQwNy1hMzc0OTdhNTc1MDYiLCJpYXQiOjE1Njg4MTg1Nzh9."
                            "YT_aQYNif0l3HaPwy62Cj9g0qsYzjnj1K5pLwkELiFw"}};
  EXPECT_EQ(shows->fields().value(), wanted);
  EXPECT_FALSE(shows->renew(wanted));
  clock.advance(std::chrono::seconds(1));
  EXPECT_NE(shows->fields().value(), wanted);
}

class KeyTest : public ServerFixture {};

TEST_F(KeyTest, RefusesADeliveryThatSetsTheFieldItself) {
  ASSERT_NO_FATAL_FAILURE(start(config()));
  auto made = CurlSender::create({{"prison", endpointAt("https://localhost:" + std::to_string(server_->port()) + "/")}},
                                 {{"prison", makeKeyAuthenticator("x-api-key", "k-1")}});
  auto outgoing = delivery();
  outgoing.headers.emplace_back("X-Api-Key", "k-2");
  EXPECT_FALSE((*made)->send(outgoing));
  EXPECT_TRUE(seen().empty());
}

TEST_F(KeyTest, ShowsAKeyByWhateverMethodAndTarget) {
  ASSERT_NO_FATAL_FAILURE(start(config()));
  auto made =
      CurlSender::create({{"prison", endpointAt("https://localhost:" + std::to_string(server_->port()) + "/in")}},
                         {{"prison", makeKeyAuthenticator("x-api-key", "k-1")}});
  for (const std::string method : {"PUT", "DELETE", "GET"}) {
    auto outgoing = delivery();
    outgoing.method = method;
    outgoing.target = "/moves/7?full=1";
    outgoing.headers = {{"Idempotency-Key", "d-1"}};
    ASSERT_TRUE((*made)->send(outgoing)) << method;
    EXPECT_EQ(seen().back().method, method);
    EXPECT_EQ(seen().back().target, "/moves/7?full=1");
    EXPECT_EQ(seen().back().header("x-api-key"), "k-1");
    EXPECT_EQ(seen().back().header("idempotency-key"), "d-1");
    EXPECT_EQ(seen().back().body, method == "GET" ? "" : "{}");
  }
}

TEST_F(KeyTest, RefusesAnEndpointWithoutCertificateAndKey) {
  HttpsEndpoint bare;
  bare.url = "https://localhost/";
  EXPECT_FALSE(CurlSender::create({{"prison", bare}}));
  EXPECT_TRUE(CurlSender::create({{"prison", bare}}, {{"prison", makeKeyAuthenticator("x-api-key", "k-1")}}));
}

}  // namespace
}  // namespace causeway::transport
