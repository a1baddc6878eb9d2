#include "tests/unit/transport/server_fixture.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <future>
#include <latch>
#include <memory>

namespace causeway::transport {
namespace {

using std::chrono::milliseconds;
using test::HttpProbe;

class HttpsServerLimits : public ServerFixture {};

const std::string get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

TEST_F(HttpsServerLimits, RefusesABodyOverTheLimitAndTakesOneAtIt) {
  auto small = config();
  small.limits.body_bytes = 100'000;
  ASSERT_NO_FATAL_FAILURE(start(small));
  HttpProbe over(server_->port(), as("courts"));
  over.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100001\r\n\r\n" + std::string(100'001, 'x'));
  EXPECT_EQ(over.readReply().status, 413);
  EXPECT_TRUE(over.closedByServer());
  EXPECT_TRUE(seen().empty());
  HttpProbe at(server_->port(), as("courts"));
  at.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n" + std::string(100'000, 'x'));
  EXPECT_EQ(at.readReply().status, 200);
  EXPECT_EQ(seen().at(0).body.size(), 100'000U);
}

// Sends single bytes until the server has refused; a fresh byte each time must not move the deadline.
void drip(HttpProbe& probe, const HttpsServer& server) {
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (server.counters().too_slow == 0 && std::chrono::steady_clock::now() < give_up) probe.send("a");
}

TEST_F(HttpsServerLimits, RefusesAHeaderThatTakesTooLongHoweverItDrips) {
  auto hasty = config();
  hasty.limits.header_bytes = 100'000'000;
  hasty.header_deadline = milliseconds(60);
  ASSERT_NO_FATAL_FAILURE(start(hasty));
  HttpProbe probe(server_->port(), as("courts"));
  probe.send("GET / HTTP/1.1\r\nHost: h\r\nX-Drip: ");
  drip(probe, *server_);
  EXPECT_EQ(probe.readReply().status, 408);
  EXPECT_TRUE(probe.closedByServer());
  EXPECT_TRUE(seen().empty());
}

TEST_F(HttpsServerLimits, RefusesABodyThatTakesTooLongHoweverItDrips) {
  auto hasty = config();
  hasty.limits.body_bytes = 100'000'000;
  hasty.body_deadline = milliseconds(60);
  ASSERT_NO_FATAL_FAILURE(start(hasty));
  HttpProbe probe(server_->port(), as("courts"));
  probe.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000000\r\n\r\n");
  drip(probe, *server_);
  EXPECT_EQ(probe.readReply().status, 408);
  EXPECT_TRUE(seen().empty());
}

TEST_F(HttpsServerLimits, ClosesAnIdleConnectionWithoutAWord) {
  auto hasty = config();
  hasty.idle_timeout = milliseconds(60);
  ASSERT_NO_FATAL_FAILURE(start(hasty));
  HttpProbe probe(server_->port(), as("courts"));
  probe.send(get);
  EXPECT_EQ(probe.readReply().status, 200);
  EXPECT_TRUE(probe.closedByServer());
  EXPECT_EQ(server_->counters().too_slow, 0U);
}

TEST_F(HttpsServerLimits, ClosesAConnectionThatNeverStartsTls) {
  auto hasty = config();
  hasty.handshake_deadline = milliseconds(60);
  ASSERT_NO_FATAL_FAILURE(start(hasty));
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(server_->port());
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  char byte = 0;
  EXPECT_EQ(::recv(socket, &byte, 1, 0), 0);
  ::close(socket);
  server_->stop();  // the count is made after the client has heard of it
  EXPECT_EQ(server_->counters().handshakes_failed, 1U);
}

TEST_F(HttpsServerLimits, TellsAPeerWithTooManyConnectionsThatItIsBusy) {
  auto narrow = config();
  narrow.max_connections_per_peer = 1;
  ASSERT_NO_FATAL_FAILURE(start(narrow));
  HttpProbe first(server_->port(), as("courts"));
  first.send(get);
  EXPECT_EQ(first.readReply().status, 200);
  HttpProbe second(server_->port(), as("courts"));
  const auto refused = second.readReply();
  EXPECT_EQ(refused.status, 503);
  EXPECT_NE(refused.header.find("Retry-After: 1"), std::string::npos);
  EXPECT_TRUE(second.closedByServer());
  HttpProbe other(server_->port(), as("police"));
  other.send(get);
  EXPECT_EQ(other.readReply().status, 200);
  EXPECT_EQ(server_->counters().too_busy, 1U);
}

TEST_F(HttpsServerLimits, TellsEverybodyBeyondTheLimitThatItIsBusyUntilOneLeaves) {
  auto narrow = config();
  narrow.max_connections = 2;
  ASSERT_NO_FATAL_FAILURE(start(narrow));
  auto first = std::make_unique<HttpProbe>(server_->port(), as("courts"));
  first->send(get);
  EXPECT_EQ(first->readReply().status, 200);
  HttpProbe second(server_->port(), as("police"));
  second.send(get);
  EXPECT_EQ(second.readReply().status, 200);
  EXPECT_EQ(HttpProbe(server_->port(), as("police")).readReply().status, 503);
  first.reset();
  int status = 503;
  for (int attempt = 0; status == 503 && attempt < 1'000; ++attempt) {
    HttpProbe next(server_->port(), as("police"));
    next.send(get);
    status = next.readReply().status;
  }
  EXPECT_EQ(status, 200);
}

TEST_F(HttpsServerLimits, ServesManyConnectionsAtOnce) {
  ASSERT_NO_FATAL_FAILURE(start(config()));
  std::vector<std::unique_ptr<HttpProbe>> probes;
  // More than the 16 threads of Poco's common pool: every one must be answered while all the others stay open.
  for (int i = 0; i < 40; ++i) {
    probes.push_back(std::make_unique<HttpProbe>(server_->port(), as(i % 2 == 0 ? "courts" : "police")));
    probes.back()->send(get);
    ASSERT_EQ(probes.back()->readReply().status, 200);
  }
  EXPECT_EQ(server_->counters().connections, 40U);
}

TEST_F(HttpsServerLimits, LetsRunningHandlersAnswerBeforeItStops) {
  std::latch entered(1);
  std::latch released(1);
  ASSERT_NO_FATAL_FAILURE(start(config(), [&](const HttpRequest& request) {
    if (request.target == "/slow") {
      entered.count_down();
      released.wait();
    }
    return HttpReply{.status = 202, .content_type = {}, .body = {}, .headers = {}};
  }));
  HttpProbe idle(server_->port(), as("courts"));
  idle.send(get);
  EXPECT_EQ(idle.readReply().status, 202);
  HttpProbe busy(server_->port(), as("courts"));
  busy.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
  entered.wait();
  auto stopped = std::async(std::launch::async, [this] { server_->stop(); });
  EXPECT_TRUE(idle.closedByServer());  // so the stop has begun
  released.count_down();
  const auto reply = busy.readReply();
  EXPECT_EQ(reply.status, 202);
  EXPECT_NE(reply.header.find("Connection: close"), std::string::npos);
  stopped.get();
}

}  // namespace
}  // namespace causeway::transport
