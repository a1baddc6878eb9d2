#include "tests/support/temporary_folder.hpp"
#include "tests/unit/transport/server_fixture.hpp"

#include <filesystem>
#include <stdexcept>

namespace causeway::transport {
namespace {

using test::HttpProbe;
using test::TestCertificates;

class HttpsServerTest : public ServerFixture {};

const std::string get = "GET /health HTTP/1.1\r\nHost: h\r\n\r\n";

TEST_F(HttpsServerTest, RefusesAClientWithoutACertificate) {
  ASSERT_NO_FATAL_FAILURE(start(config()));
  for (const bool tls_1_2 : {true, false}) {
    HttpProbe probe(server_->port(),
                    {.client = {}, .authority = TestCertificates::ours().authority(), .only_tls_1_2 = tls_1_2});
    probe.send(get);
    EXPECT_EQ(probe.readReply().status, 0);
  }
  EXPECT_TRUE(seen().empty());
  server_->stop();  // the count is made after the client has heard of it
  EXPECT_EQ(server_->counters().handshakes_failed, 2U);
}

TEST_F(HttpsServerTest, RefusesACertificateOfAnotherAuthority) {
  ASSERT_NO_FATAL_FAILURE(start(config()));
  HttpProbe probe(server_->port(), {.client = TestCertificates::strangers().of("courts"),
                                    .authority = TestCertificates::ours().authority()});
  probe.send(get);
  EXPECT_EQ(probe.readReply().status, 0);
  EXPECT_TRUE(seen().empty());
}

TEST_F(HttpsServerTest, RefusesTls11) {
  ASSERT_NO_FATAL_FAILURE(start(config()));
  auto options = as("courts");
  options.only_tls_1_1 = true;
  EXPECT_FALSE(HttpProbe(server_->port(), options).connected());
}

TEST_F(HttpsServerTest, TakesTls12) {
  ASSERT_NO_FATAL_FAILURE(start(config()));
  auto options = as("courts");
  options.only_tls_1_2 = true;
  HttpProbe probe(server_->port(), options);
  probe.send(get);
  EXPECT_EQ(probe.readReply().status, 200);
}

TEST_F(HttpsServerTest, WillNotStartWithoutItsCertificates) {
  auto missing = config();
  missing.certificate_file += ".absent";
  auto started = HttpsServer::start(missing, [](const HttpRequest&) { return HttpReply{}; });
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().kind, ErrorKind::Invalid);
  auto open = config();
  open.client_ca_file.clear();
  EXPECT_FALSE(HttpsServer::start(open, [](const HttpRequest&) { return HttpReply{}; }));
}

/// Certificate files that change while the server runs.
class RenewedCertificates : public HttpsServerTest {
 protected:
  HttpsServerConfig copied() {
    auto moved = config();
    moved.certificate_file = folder_.file("server.pem");
    moved.key_file = folder_.file("server.key");
    moved.client_ca_file = folder_.file("ca.pem");
    return moved;
  }
  void install(const TestCertificates& certificates) {
    const auto overwrite = std::filesystem::copy_options::overwrite_existing;
    std::filesystem::copy_file(certificates.server().certificate, folder_.file("server.pem"), overwrite);
    std::filesystem::copy_file(certificates.server().key, folder_.file("server.key"), overwrite);
    std::filesystem::copy_file(certificates.authority(), folder_.file("ca.pem"), overwrite);
  }
  int statusFor(const TestCertificates& certificates) {
    HttpProbe probe(server_->port(), {.client = certificates.of("courts"), .authority = certificates.authority()});
    probe.send(get);
    return probe.readReply().status;
  }
  TemporaryFolder folder_;
};

TEST_F(RenewedCertificates, AreNotTakenWhenTheyCannotBeUsed) {
  install(TestCertificates::ours());
  ASSERT_NO_FATAL_FAILURE(start(copied()));
  std::filesystem::copy_file(TestCertificates::strangers().server().key, folder_.file("server.key"),
                             std::filesystem::copy_options::overwrite_existing);
  const auto mixed = server_->reloadCertificates();
  ASSERT_FALSE(mixed);
  EXPECT_EQ(mixed.error().kind, ErrorKind::Invalid);
  EXPECT_EQ(statusFor(TestCertificates::ours()), 200);
}

TEST_F(RenewedCertificates, AreUsedByNewConnectionsWhileThoseThatStandGoOn) {
  install(TestCertificates::ours());
  ASSERT_NO_FATAL_FAILURE(start(copied()));
  HttpProbe standing(server_->port(), as("courts"));
  standing.send(get);
  EXPECT_EQ(standing.readReply().status, 200);
  install(TestCertificates::strangers());
  EXPECT_EQ(statusFor(TestCertificates::ours()), 200) << "not before they are read again";
  ASSERT_TRUE(server_->reloadCertificates());
  EXPECT_EQ(statusFor(TestCertificates::strangers()), 200);
  EXPECT_EQ(statusFor(TestCertificates::ours()), 0);
  standing.send(get);
  EXPECT_EQ(standing.readReply().status, 200);
}

TEST_F(HttpsServerTest, WillNotShareItsPort) {
  ASSERT_NO_FATAL_FAILURE(start(config()));
  auto same = config();
  same.port = server_->port();
  auto second = HttpsServer::start(same, [](const HttpRequest&) { return HttpReply{}; });
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::Unavailable);
}

TEST_F(HttpsServerTest, RefusesMethodsItDoesNotKnow) {
  ASSERT_NO_FATAL_FAILURE(start(config()));
  for (const std::string method : {"TRACE", "CONNECT", "get"}) {
    HttpProbe probe(server_->port(), as("courts"));
    probe.send(method + " / HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(probe.readReply().status, 501) << method;
    EXPECT_TRUE(probe.closedByServer()) << method;
  }
  EXPECT_TRUE(seen().empty());
}

TEST_F(HttpsServerTest, AnswersAnEmpty500WhenTheHandlerThrows) {
  ASSERT_NO_FATAL_FAILURE(start(config(), [](const HttpRequest&) -> HttpReply { throw std::runtime_error("secret"); }));
  HttpProbe probe(server_->port(), as("courts"));
  probe.send(get);
  const auto reply = probe.readReply();
  EXPECT_EQ(reply.status, 500);
  EXPECT_EQ(reply.body, "");
  EXPECT_EQ(reply.header.find("secret"), std::string::npos);
}

TEST_F(HttpsServerTest, TellsTheHandlerWhoIsCallingFromTheCertificate) {
  ASSERT_NO_FATAL_FAILURE(start(config()));
  for (const std::string partner : {"courts", "test-courts"}) {
    HttpProbe probe(server_->port(), as(partner));
    probe.send("GET / HTTP/1.1\r\nHost: h\r\nX-Partner: police\r\n\r\n");
    EXPECT_EQ(probe.readReply().status, 200);
  }
  const auto requests = seen();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0].peer.uris, std::vector<std::string>{"urn:causeway:partner:courts"});
  EXPECT_EQ(requests[1].peer.uris, std::vector<std::string>{"urn:causeway:test-partner:courts"});
  EXPECT_EQ(requests[0].peer.fingerprint.size(), 64U);
  EXPECT_NE(requests[0].peer.fingerprint, requests[1].peer.fingerprint);
}

TEST_F(HttpsServerTest, ServesAThousandRequestsOnOneConnection) {
  ASSERT_NO_FATAL_FAILURE(start(config()));
  HttpProbe probe(server_->port(), as("courts"));
  const std::string body(7'000, 'x');
  const std::string request = "POST /in HTTP/1.1\r\nHost: h\r\nContent-Length: 7000\r\n\r\n" + body;
  for (int i = 0; i < 1'000; ++i) {
    probe.send(request);
    ASSERT_EQ(probe.readReply().body, "ok");
  }
  EXPECT_EQ(server_->counters().requests, 1'000U);
  EXPECT_EQ(server_->counters().connections, 1U);
  EXPECT_EQ(seen().back().body, body);
}

TEST_F(HttpsServerTest, AnswersPipelinedRequestsInOrder) {
  ASSERT_NO_FATAL_FAILURE(start(config(), [](const HttpRequest& request) {
    return HttpReply{.status = 200, .content_type = {}, .body = request.target, .headers = {}};
  }));
  HttpProbe probe(server_->port(), as("courts"));
  probe.send("GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\nGET /3 HTTP/1.1\r\nHost: h\r\n\r\n");
  for (const std::string target : {"/1", "/2", "/3"}) EXPECT_EQ(probe.readReply().body, target);
}

TEST_F(HttpsServerTest, AnswersHeadWithoutABody) {
  ASSERT_NO_FATAL_FAILURE(start(config()));
  HttpProbe probe(server_->port(), as("courts"));
  probe.send("HEAD /health HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_NE(probe.readReply(true).header.find("Content-Length: 2"), std::string::npos);
  probe.send(get);
  EXPECT_EQ(probe.readReply().body, "ok");
}

TEST_F(HttpsServerTest, GivesLeaveToSendABody) {
  ASSERT_NO_FATAL_FAILURE(start(config()));
  HttpProbe probe(server_->port(), as("courts"));
  probe.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(probe.readReply().status, 100);
  probe.send("hello");
  EXPECT_EQ(probe.readReply().status, 200);
  EXPECT_EQ(seen().at(0).body, "hello");
}

TEST_F(HttpsServerTest, ClosesWhenAsked) {
  ASSERT_NO_FATAL_FAILURE(start(config()));
  HttpProbe probe(server_->port(), as("courts"));
  probe.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_NE(probe.readReply().header.find("Connection: close"), std::string::npos);
  EXPECT_TRUE(probe.closedByServer());
}

}  // namespace
}  // namespace causeway::transport
