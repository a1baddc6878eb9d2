#include "host/plugin/wire.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <random>

namespace causeway::plugin {
namespace {

constexpr std::chrono::steady_clock::time_point kNow{};  // long past

auto soon() { return std::chrono::steady_clock::now() + std::chrono::seconds(20); }

const Message kMessage{
    Message::Kind::Call, 3, "courts.local_time", {{"date", "2026-06-02"}, {"time", ""}, {"date", "b"}}};

std::string_view body(const std::string& encoded) { return std::string_view(encoded).substr(4); }

struct Pair {
  std::array<int, 2> ends{};
  Pair() { EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0); }
  ~Pair() {
    ::close(ends[0]);
    if (ends[1] >= 0) ::close(ends[1]);
  }
  void write(std::string_view bytes) const {
    EXPECT_EQ(::send(ends[1], bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
  }
  void hangUp() {
    ::close(ends[1]);
    ends[1] = -1;
  }
};

TEST(Wire, DecodesNothingThatIsCutOrTooLong) {
  const auto encoded = encode(kMessage);
  const auto whole = body(encoded);
  for (size_t size = 0; size < whole.size(); ++size) EXPECT_FALSE(decode(whole.substr(0, size))) << size;
  EXPECT_FALSE(decode(std::string(whole) + "x"));
}

TEST(Wire, DecodesNoUnknownKindAndNoImpossibleCount) {
  auto unknown = encode(kMessage);
  unknown[4] = 9;
  EXPECT_FALSE(decode(body(unknown)));
  auto endless = encode({Message::Kind::Done, 0, {}, {}});
  endless[endless.size() - 1] = '\x7F';
  EXPECT_FALSE(decode(body(endless)));
}

TEST(Wire, SurvivesAnyBytes) {
  std::mt19937 random(20260602);
  for (int round = 0; round < 20000; ++round) {
    auto bytes = encode(kMessage);
    for (int change = 0; change < 3; ++change) bytes[4 + random() % (bytes.size() - 4)] = static_cast<char>(random());
    if (const auto message = decode(body(bytes))) {
      EXPECT_EQ(body(encode(*message)), body(bytes));
    }
  }
}

TEST(Wire, BringsBackWhatWasSent) {
  const Pair pair;
  ASSERT_TRUE(send(pair.ends[1], kMessage, soon()));
  const auto message = receive(pair.ends[0], soon());
  ASSERT_TRUE(message) << message.error().text();
  EXPECT_EQ(message->kind, kMessage.kind);
  EXPECT_EQ(message->number, kMessage.number);
  EXPECT_EQ(message->text, kMessage.text);
  EXPECT_EQ(message->fields, kMessage.fields);
}

TEST(Wire, TellsLateFromGone) {
  Pair pair;
  const auto late = receive(pair.ends[0], kNow);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, ErrorKind::Unavailable);
  pair.write(encode(kMessage).substr(0, 9));
  pair.hangUp();
  const auto gone = receive(pair.ends[0], soon());
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().kind, ErrorKind::Broken);
  const auto sent = send(pair.ends[0], kMessage, soon());
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().kind, ErrorKind::Broken);
}

TEST(Wire, RefusesALengthBeyondTheLimitBeforeItMakesRoom) {
  const Pair pair;
  pair.write("\xFF\xFF\xFF\xFF");
  const auto message = receive(pair.ends[0], soon());
  ASSERT_FALSE(message);
  EXPECT_EQ(message.error().kind, ErrorKind::Broken);
}

TEST(Wire, RefusesToSendWhatIsTooLarge) {
  const Pair pair;
  const auto sent =
      send(pair.ends[0], {Message::Kind::Call, 0, {}, {{"value", std::string(kLargestMessage, 'x')}}}, soon());
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().kind, ErrorKind::TooLarge);
}

TEST(Wire, GivesUpOnAReaderThatDoesNotRead) {
  const Pair pair;
  const auto sent = send(pair.ends[0], {Message::Kind::Call, 0, {}, {{"value", std::string(3'000'000, 'x')}}}, kNow);
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().kind, ErrorKind::Unavailable);
}

}  // namespace
}  // namespace causeway::plugin
