#include "tests/support/http_probe_requests.hpp"
#include "tests/unit/transport/server_fixture.hpp"

namespace causeway::transport {
namespace {

class HttpsServerProbe : public ServerFixture, public testing::WithParamInterface<test::BadRequest> {};

TEST_P(HttpsServerProbe, AnswersBadRequestAndCloses) {
  ASSERT_NO_FATAL_FAILURE(start(config()));
  test::HttpProbe probe(server_->port(), as("courts"));
  ASSERT_TRUE(probe.connected());
  probe.send(GetParam().bytes);
  if (GetParam().ends) probe.finish();
  const auto reply = probe.readReply();
  EXPECT_EQ(reply.status, 400);
  EXPECT_NE(reply.header.find("Connection: close"), std::string::npos);
  EXPECT_TRUE(probe.closedByServer());
  EXPECT_TRUE(seen().empty());
  EXPECT_EQ(server_->counters().malformed, 1U);
}

INSTANTIATE_TEST_SUITE_P(Raw, HttpsServerProbe, testing::ValuesIn(test::badRequests()),
                         [](const auto& probe) { return probe.param.name; });

}  // namespace
}  // namespace causeway::transport
