#include "host/transport/http_message.hpp"

#include <gtest/gtest.h>

namespace causeway::transport {
namespace {

HttpReply reply(int status, std::string body = {}) {
  return {.status = status, .content_type = {}, .body = std::move(body), .headers = {}};
}

const std::string broken = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

TEST(HttpReply, NeverWritesALineBreakIntoAHeader) {
  auto injected = reply(200);
  injected.headers.emplace_back("X-Note", "a\r\nSet-Cookie: b");
  EXPECT_EQ(serialise(injected, false, false), broken);
  auto type = reply(200);
  type.content_type = "text/plain\r\n\r\nbody";
  EXPECT_EQ(serialise(type, false, false), broken);
}

TEST(HttpReply, LeavesFramingToTheServer) {
  auto second_length = reply(200, "body");
  second_length.headers.emplace_back("content-LENGTH", "1");
  EXPECT_EQ(serialise(second_length, false, false), broken);
}

TEST(HttpReply, RefusesAStatusThatIsNone) {
  EXPECT_EQ(serialise(reply(0), false, false), broken);
  EXPECT_EQ(serialise(reply(101), false, false), broken);
}

TEST(HttpReply, TellsNothingAboutTheServer) {
  EXPECT_EQ(serialise(reply(202, "ok"), false, false), "HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\nok");
}

TEST(HttpReply, AnswersHeadWithTheLengthAlone) {
  EXPECT_EQ(serialise(reply(200, "four"), true, true),
            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\n");
}

TEST(HttpReply, HasNoBodyWhereNoneMayBe) {
  EXPECT_EQ(serialise(reply(204, "ignored"), false, false), "HTTP/1.1 204 No Content\r\n\r\n");
}

}  // namespace
}  // namespace causeway::transport
