#include "host/transport/curl_sender.hpp"

#include "tests/support/http_probe_server.hpp"
#include "tests/unit/transport/server_fixture.hpp"

#include <atomic>
#include <thread>

namespace causeway::transport {
namespace {

using pipeline::Outgoing;
using test::TestCertificates;

class CurlSenderTest : public ServerFixture {
 protected:
  HttpsEndpoint endpoint(const std::string& partner = "courts") const {
    const auto& certificates = TestCertificates::ours();
    HttpsEndpoint endpoint;
    endpoint.url = "https://localhost:" + std::to_string(server_ ? server_->port() : 1) + "/in";
    endpoint.certificate_file = certificates.of(partner).certificate;
    endpoint.key_file = certificates.of(partner).key;
    endpoint.ca_file = certificates.authority();
    return endpoint;
  }

  static Outgoing delivery() {
    return {.endpoint = "court",
            .delivery_id = "d-1",
            .content_type = "application/json",
            .body = "{\"a\":1}",
            .headers = {}};
  }

  static Result<pipeline::Answer> sendTo(const HttpsEndpoint& endpoint, const Outgoing& outgoing = delivery()) {
    auto sender = CurlSender::create({{"court", endpoint}});
    if (!sender) return std::unexpected(sender.error());
    return (*sender)->send(outgoing);
  }

  void startAnswering(int status, std::string body = {}) {
    start(config(), [status, body = std::move(body)](const HttpRequest&) {
      return HttpReply{.status = status, .content_type = "text/plain", .body = body, .headers = {}};
    });
  }
};

ErrorKind kindOf(const Result<pipeline::Answer>& answer) { return answer ? ErrorKind::Broken : answer.error().kind; }

TEST_F(CurlSenderTest, RefusesAnEndpointThatIsNotConfigured) {
  auto unknown = delivery();
  unknown.endpoint = "elsewhere";
  EXPECT_EQ(kindOf(sendTo(endpoint(), unknown)), ErrorKind::Refused);
}

TEST_F(CurlSenderTest, RefusesUrlsItMayNotCall) {
  for (const std::string url : {"http://localhost/", "ftp://localhost/", "https://user:word@localhost/", "localhost",
                                "", "https://localhost/#part", "file:///etc/hostname"}) {
    auto bad = endpoint();
    bad.url = url;
    EXPECT_EQ(kindOf(sendTo(bad)), ErrorKind::Invalid) << url;
  }
}

TEST_F(CurlSenderTest, RefusesAServerOfAnUnknownAuthority) {
  ASSERT_NO_FATAL_FAILURE(startAnswering(200));
  auto other = endpoint();
  other.ca_file = TestCertificates::strangers().authority();
  EXPECT_EQ(kindOf(sendTo(other)), ErrorKind::Refused);
  EXPECT_TRUE(seen().empty());
}

TEST_F(CurlSenderTest, RefusesAServerOfAnotherName) {
  auto everywhere = config();
  everywhere.address = "127.0.0.2";
  ASSERT_NO_FATAL_FAILURE(start(everywhere));
  auto other = endpoint();
  other.url = "https://127.0.0.2:" + std::to_string(server_->port()) + "/in";  // not in the certificate
  EXPECT_EQ(kindOf(sendTo(other)), ErrorKind::Refused);
}

TEST_F(CurlSenderTest, IsRefusedWhenTheServerDoesNotKnowItsCertificate) {
  ASSERT_NO_FATAL_FAILURE(startAnswering(200));
  auto stranger = endpoint();
  stranger.certificate_file = TestCertificates::strangers().of("courts").certificate;
  stranger.key_file = TestCertificates::strangers().of("courts").key;
  EXPECT_EQ(kindOf(sendTo(stranger)), ErrorKind::Refused);
}

TEST_F(CurlSenderTest, TriesLaterWhenNobodyListens) { EXPECT_EQ(kindOf(sendTo(endpoint())), ErrorKind::Unavailable); }

TEST_F(CurlSenderTest, TriesLaterWhenThePartnerIsBusyOrBroken) {
  for (const int status : {500, 502, 503, 429, 408}) {
    ASSERT_NO_FATAL_FAILURE(startAnswering(status));
    EXPECT_EQ(kindOf(sendTo(endpoint())), ErrorKind::Unavailable) << status;
  }
}

TEST_F(CurlSenderTest, TriesLaterWhenTheAnswerTakesTooLong) {
  std::atomic<bool> done{false};
  ASSERT_NO_FATAL_FAILURE(start(config(), [&](const HttpRequest&) {
    done.wait(false);
    return HttpReply{.status = 200, .content_type = {}, .body = {}, .headers = {}};
  }));
  auto hasty = endpoint();
  hasty.total_timeout = std::chrono::milliseconds(150);
  EXPECT_EQ(kindOf(sendTo(hasty)), ErrorKind::Unavailable);
  done = true;
  done.notify_all();
  server_.reset();  // before what its handler waits for is gone
}

TEST_F(CurlSenderTest, TriesLaterWhenTheAnswerIsCutOff) {
  // The status arrived and was 200: half an answer must still not count as a receipt.
  for (const std::string answer : {"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhello",
                                   "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
                                   "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
                                   "HTTP/1.1 200 OK\r\nContent-Le", "", "220 mail.example ready\r\n"}) {
    const test::HttpProbeServer server(answer);
    auto cut = endpoint();
    cut.url = "https://localhost:" + std::to_string(server.port()) + "/";
    EXPECT_EQ(kindOf(sendTo(cut)), ErrorKind::Unavailable) << answer;
  }
}

TEST_F(CurlSenderTest, TakesNoSuccessThatCouldHaveBeenCutUnnoticed) {
  const auto answerOf = [this](const std::string& bytes) {
    const test::HttpProbeServer server(bytes);
    auto endless = endpoint();
    endless.url = "https://localhost:" + std::to_string(server.port()) + "/";
    return sendTo(endless);
  };
  EXPECT_EQ(kindOf(answerOf("HTTP/1.1 200 OK\r\n\r\nhello")), ErrorKind::Refused);
  EXPECT_TRUE(answerOf("HTTP/1.1 204 No Content\r\n\r\n"));
  EXPECT_TRUE(answerOf("HTTP/1.1 404 Not Found\r\n\r\nhello"));
  EXPECT_TRUE(answerOf("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
}

TEST_F(CurlSenderTest, FollowsNoRedirect) {
  const test::HttpProbeServer elsewhere("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  const std::string target = "https://localhost:" + std::to_string(elsewhere.port()) + "/";
  const test::HttpProbeServer server("HTTP/1.1 307 Moved\r\nContent-Length: 0\r\nLocation: " + target + "\r\n\r\n");
  auto moved = endpoint();
  moved.url = "https://localhost:" + std::to_string(server.port()) + "/";
  const auto answer = sendTo(moved);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 307);
}

TEST_F(CurlSenderTest, RefusesAnAnswerBeyondItsLimit) {
  ASSERT_NO_FATAL_FAILURE(startAnswering(200, std::string(1'001, 'x')));
  auto small = endpoint();
  small.max_response_bytes = 1'000;
  EXPECT_EQ(kindOf(sendTo(small)), ErrorKind::Refused);
}

TEST_F(CurlSenderTest, RefusesHeadersThatAreNotADeliverysToSet) {
  ASSERT_NO_FATAL_FAILURE(startAnswering(200));
  for (const auto& [name, value] :
       HttpHeaders{{"Causeway-Delivery", "d-2"}, {"HOST", "elsewhere"}, {"X-A", "b\r\nX-C: d"}}) {
    auto outgoing = delivery();
    outgoing.headers.emplace_back(name, value);
    EXPECT_EQ(kindOf(sendTo(endpoint(), outgoing)), ErrorKind::Refused) << name;
  }
  EXPECT_TRUE(seen().empty());
}

TEST_F(CurlSenderTest, GivesBackWhateverElseThePartnerAnswers) {
  for (const int status : {200, 202, 302, 400, 404, 409, 422}) {
    ASSERT_NO_FATAL_FAILURE(startAnswering(status, "said"));
    auto answer = sendTo(endpoint());
    ASSERT_TRUE(answer) << status << " " << answer.error().text();
    EXPECT_EQ(answer->status, status);
    EXPECT_EQ(answer->body, "said");
    EXPECT_EQ(answer->content_type, "text/plain");
  }
}

TEST_F(CurlSenderTest, SendsTheDeliveryWithItsIdAndAsOurselves) {
  ASSERT_NO_FATAL_FAILURE(startAnswering(200));
  auto outgoing = delivery();
  outgoing.headers.emplace_back("X-Test", "");
  ASSERT_TRUE(sendTo(endpoint("police"), outgoing));
  const auto request = seen().at(0);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/in");
  EXPECT_EQ(request.content_type, "application/json");
  EXPECT_EQ(request.header("causeway-delivery"), "d-1");
  EXPECT_EQ(request.body, "{\"a\":1}");
  EXPECT_EQ(request.peer.uris, std::vector<std::string>{"urn:causeway:partner:police"});
}

TEST_F(CurlSenderTest, KeepsItsConnection) {
  ASSERT_NO_FATAL_FAILURE(startAnswering(200));
  auto sender = CurlSender::create({{"court", endpoint()}});
  ASSERT_TRUE(sender);
  for (int i = 0; i < 50; ++i) ASSERT_TRUE((*sender)->send(delivery()));
  EXPECT_EQ(server_->counters().connections, 1U);
  EXPECT_EQ(server_->counters().requests, 50U);
}

TEST_F(CurlSenderTest, UsesOneConnectionPerThread) {
  ASSERT_NO_FATAL_FAILURE(startAnswering(200));
  auto sender = CurlSender::create({{"court", endpoint()}});
  ASSERT_TRUE(sender);
  std::atomic<int> sent{0};
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&] {
        for (int i = 0; i < 25; ++i) sent += (*sender)->send(delivery()).has_value() ? 1 : 0;
      });
  }
  EXPECT_EQ(sent, 100);
  EXPECT_LE(server_->counters().connections, 4U);
}

TEST_F(CurlSenderTest, FindsAServerAgainThatWasStartedAnew) {
  ASSERT_NO_FATAL_FAILURE(startAnswering(200));
  auto sender = CurlSender::create({{"court", endpoint()}});
  ASSERT_TRUE((*sender)->send(delivery()));
  auto same_port = config();
  same_port.port = server_->port();
  server_.reset();
  EXPECT_EQ(kindOf((*sender)->send(delivery())), ErrorKind::Unavailable);
  ASSERT_NO_FATAL_FAILURE(start(same_port));
  EXPECT_TRUE((*sender)->send(delivery()));
}

TEST_F(CurlSenderTest, CallsOtherTargetsAndMethodsOfTheSameServer) {
  ASSERT_NO_FATAL_FAILURE(startAnswering(503, "starting"));
  auto client = HttpsClient::create(endpoint());
  ASSERT_TRUE(client);
  const auto answer =
      (*client)->call({.method = "GET", .target = "/health?full=1", .content_type = {}, .body = {}, .headers = {}});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 503);  // for a person to see: only a delivery treats it as "try again"
  EXPECT_EQ(seen().at(0).method, "GET");
  EXPECT_EQ(seen().at(0).target, "/health?full=1");
  EXPECT_FALSE(
      (*client)->call({.method = "GET", .target = "elsewhere", .content_type = {}, .body = {}, .headers = {}}));
}

}  // namespace
}  // namespace causeway::transport
