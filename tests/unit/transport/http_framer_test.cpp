#include "host/transport/http_framer.hpp"

#include "tests/support/http_probe_requests.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace causeway::transport {
namespace {

using State = HttpFramer::State;

const std::string post_hello = "POST /in?a=1 HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello";

class BadFraming : public testing::TestWithParam<test::BadRequest> {};

TEST_P(BadFraming, IsRefused) {
  HttpFramer framer;
  framer.put(GetParam().bytes);
  if (GetParam().ends) framer.end();
  ASSERT_EQ(framer.state(), State::Failed);
  EXPECT_EQ(framer.fault().status, 400);
}

TEST_P(BadFraming, IsRefusedByteByByte) {
  HttpFramer framer;
  for (const char c : GetParam().bytes) framer.put({&c, 1});
  if (GetParam().ends) framer.end();
  EXPECT_EQ(framer.state(), State::Failed);
}

INSTANTIATE_TEST_SUITE_P(HttpFramer, BadFraming, testing::ValuesIn(test::badRequests()),
                         [](const auto& probe) { return probe.param.name; });

TEST(HttpFramer, RefusesBodyOverTheLimitAtItsHeader) {
  HttpFramer framer({.body_bytes = 4});
  EXPECT_EQ(framer.put("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n"), State::Failed);
  EXPECT_EQ(framer.fault().status, 413);
}

TEST(HttpFramer, RefusesChunksThatAddUpOverTheLimit) {
  HttpFramer framer({.body_bytes = 4});
  framer.put("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
  EXPECT_EQ(framer.state(), State::Body);
  EXPECT_EQ(framer.put("2\r\n"), State::Failed);
  EXPECT_EQ(framer.fault().status, 413);
}

TEST(HttpFramer, RefusesUnknownExpectations) {
  HttpFramer framer;
  framer.put("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nExpect: the-unexpected\r\n\r\n");
  EXPECT_EQ(framer.state(), State::Failed);
  EXPECT_EQ(framer.fault().status, 417);
}

TEST(HttpFramer, StaysFailed) {
  HttpFramer framer;
  framer.put("\n");
  EXPECT_EQ(framer.put(post_hello), State::Failed);
  EXPECT_EQ(framer.end(), State::Failed);
}

TEST(HttpFramer, TakesBodyOfExactlyTheLimit) {
  HttpFramer framer({.body_bytes = 5});
  ASSERT_EQ(framer.put(post_hello), State::Complete);
  EXPECT_EQ(framer.take().body, "hello");
}

TEST(HttpFramer, TakesHeaderOfExactlyTheLimit) {
  const std::string header = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  EXPECT_EQ(HttpFramer({.header_bytes = header.size()}).put(header), State::Complete);
  EXPECT_EQ(HttpFramer({.header_bytes = header.size() - 1}).put(header), State::Failed);
}

TEST(HttpFramer, GivesTheWholeRequest) {
  HttpFramer framer;
  ASSERT_EQ(framer.put("POST /in?a=1 HTTP/1.1\r\nHost: h\r\nContent-Type:  text/xml \r\nX-Twice: 1\r\nx-twice: 2\r\n"
                       "Content-Length: 2\r\n\r\n\r\n"),
            State::Complete);
  const auto request = framer.take();
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/in?a=1");
  EXPECT_EQ(request.content_type, "text/xml");
  EXPECT_EQ(request.header("x-twice"), "1");
  EXPECT_EQ(request.header("absent"), "");
  EXPECT_EQ(request.body, "\r\n");
  EXPECT_TRUE(request.keep_alive);
  EXPECT_TRUE(framer.idle());
}

TEST(HttpFramer, LeavesEncodedWordsAsText) {
  HttpFramer framer;
  framer.put("GET / HTTP/1.1\r\nHost: h\r\nX-Name: =?utf-8?Q?a=0D=0ASet-Cookie:_b?=\r\n\r\n");
  ASSERT_EQ(framer.state(), State::Complete);
  EXPECT_EQ(framer.take().header("x-name"), "=?utf-8?Q?a=0D=0ASet-Cookie:_b?=");
}

TEST(HttpFramer, TakesBytesOfAnyValueInABody) {
  HttpFramer framer;
  const std::string body("a\0b\n\r\xFF", 6);
  framer.put("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\n" + body);
  ASSERT_EQ(framer.state(), State::Complete);
  EXPECT_EQ(framer.take().body, body);
}

TEST(HttpFramer, JoinsChunksHoweverTheyAreCut) {
  const std::string bytes =
      "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\nA\r\n, world ok\r\n0\r\n\r\n" +
      post_hello;
  for (size_t cut = 1; cut < bytes.size(); ++cut) {
    HttpFramer framer;
    std::optional<HttpRequest> first;
    for (const auto piece : {std::string_view(bytes).substr(0, cut), std::string_view(bytes).substr(cut)})
      if (framer.put(piece) == State::Complete && !first) first = framer.take();
    ASSERT_TRUE(first) << "cut at " << cut;
    EXPECT_EQ(first->body, "hello, world ok");
    ASSERT_EQ(framer.state(), State::Complete) << "cut at " << cut;
    EXPECT_EQ(framer.take().body, "hello");
  }
}

TEST(HttpFramer, JoinsChunksThatComeByteByByte) {
  HttpFramer framer;
  for (const char c :
       std::string_view("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"))
    framer.put({&c, 1});
  ASSERT_EQ(framer.state(), State::Complete);
  EXPECT_EQ(framer.take().body, "hello");
  EXPECT_TRUE(framer.idle());
}

TEST(HttpFramer, GivesPipelinedRequestsInOrder) {
  HttpFramer framer;
  framer.put("GET /1 HTTP/1.1\r\nHost: h\r\n\r\n" + post_hello + "GET /3 HTTP/1.1\r\nHo");
  ASSERT_EQ(framer.state(), State::Complete);
  EXPECT_EQ(framer.take().target, "/1");
  ASSERT_EQ(framer.state(), State::Complete);
  EXPECT_EQ(framer.take().target, "/in?a=1");
  EXPECT_EQ(framer.state(), State::Header);
  EXPECT_FALSE(framer.idle());
  ASSERT_EQ(framer.put("st: h\r\n\r\n"), State::Complete);
  EXPECT_EQ(framer.take().target, "/3");
}

TEST(HttpFramer, TellsWhetherTheConnectionGoesOn) {
  const auto keepAlive = [](const std::string& line_and_fields) {
    HttpFramer framer;
    EXPECT_EQ(framer.put(line_and_fields + "Host: h\r\n\r\n"), State::Complete);
    return framer.take().keep_alive;
  };
  EXPECT_TRUE(keepAlive("GET / HTTP/1.1\r\n"));
  EXPECT_FALSE(keepAlive("GET / HTTP/1.1\r\nConnection: close\r\n"));
  EXPECT_FALSE(keepAlive("GET / HTTP/1.0\r\n"));
  EXPECT_TRUE(keepAlive("GET / HTTP/1.0\r\nConnection: keep-alive\r\n"));
}

TEST(HttpFramer, TellsThatTheClientWaitsForLeave) {
  HttpFramer framer;
  framer.put("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(framer.state(), State::Body);
  EXPECT_TRUE(framer.expectsContinue());
  framer.put("x");
  EXPECT_EQ(framer.take().body, "x");
  EXPECT_FALSE(framer.expectsContinue());
}

TEST(HttpFramer, EndsQuietlyBetweenRequests) {
  HttpFramer framer;
  EXPECT_EQ(framer.end(), State::Header);
  framer.put(post_hello);
  framer.take();
  EXPECT_EQ(framer.end(), State::Header);
}

}  // namespace
}  // namespace causeway::transport
