#include "host/transport/control_socket.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <latch>

namespace causeway::transport {
namespace {

using std::chrono::milliseconds;

class ControlSocketTest : public testing::Test {
 protected:
  ControlSocketTest() {
    std::string pattern = testing::TempDir() + "control-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
    config_.path = folder_ + "/socket";
  }
  ~ControlSocketTest() override { std::filesystem::remove_all(folder_); }

  static std::string echo(std::string_view request, const PeerCredentials&) { return "re: " + std::string(request); }

  void start(ControlHandler handler = echo) {
    auto started = ControlSocket::start(config_, std::move(handler));
    ASSERT_TRUE(started) << started.error().text();
    socket_ = std::move(*started);
  }

  // Sends bytes as they are and reads until the other side closes.
  std::string raw(std::string_view bytes) const {
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::ranges::copy(config_.path, address.sun_path);
    std::string got;
    if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) {
      static_cast<void>(!::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL));
      ::shutdown(descriptor, SHUT_WR);
      char byte = 0;
      while (::recv(descriptor, &byte, 1, 0) == 1) got += byte;
    }
    ::close(descriptor);
    return got;
  }

  std::string folder_;
  ControlSocketConfig config_;
  std::unique_ptr<ControlSocket> socket_;
};

TEST_F(ControlSocketTest, SaysThatNoHostAnswers) {
  auto reply = callControlSocket(config_.path, "{}");
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().kind, ErrorKind::Unavailable);
}

TEST_F(ControlSocketTest, RefusesAPathThatIsTooLong) {
  config_.path = folder_ + "/" + std::string(120, 'a');
  EXPECT_FALSE(ControlSocket::start(config_, echo));
  EXPECT_EQ(callControlSocket(config_.path, "{}").error().kind, ErrorKind::Invalid);
}

TEST_F(ControlSocketTest, WillNotTakeOverFromAHostThatAnswers) {
  ASSERT_NO_FATAL_FAILURE(start());
  auto second = ControlSocket::start(config_, echo);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::Conflict);
  EXPECT_TRUE(callControlSocket(config_.path, "{}"));
}

TEST_F(ControlSocketTest, WillNotRemoveAFileThatIsNoSocket) {
  std::ofstream(config_.path) << "keep me";
  EXPECT_EQ(ControlSocket::start(config_, echo).error().kind, ErrorKind::Conflict);
  EXPECT_EQ(std::filesystem::file_size(config_.path), 7U);
}

TEST_F(ControlSocketTest, ReplacesWhatACrashedHostLeft) {
  const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::ranges::copy(config_.path, address.sun_path);
  ASSERT_EQ(::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  ::close(descriptor);
  ASSERT_NO_FATAL_FAILURE(start());
  EXPECT_TRUE(callControlSocket(config_.path, "{}"));
}

TEST_F(ControlSocketTest, CutsOffWhatIsNoFrame) {
  config_.max_request_bytes = 100;
  ASSERT_NO_FATAL_FAILURE(start());
  for (const std::string bytes : {"{}\n", "-1\n", "101\n", "99999999999999\n", "5\nab", "\n\n\n", "12"})
    EXPECT_EQ(raw(bytes), "") << bytes;
  EXPECT_EQ(raw("2\n{}"), "6\nre: {}");
}

TEST_F(ControlSocketTest, CutsOffAClientThatDripsItsRequest) {
  config_.transfer_deadline = milliseconds(60);
  config_.threads = 1;
  ASSERT_NO_FATAL_FAILURE(start());
  const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::ranges::copy(config_.path, address.sun_path);
  ASSERT_EQ(::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  ASSERT_EQ(::send(descriptor, "5\na", 3, 0), 3);
  EXPECT_TRUE(callControlSocket(config_.path, "{}"));  // the only thread is free again
  ::close(descriptor);
}

TEST_F(ControlSocketTest, CutsOffTheClientWhenTheHandlerThrows) {
  ASSERT_NO_FATAL_FAILURE(start([](std::string_view, const PeerCredentials&) -> std::string { throw 1; }));
  auto reply = callControlSocket(config_.path, "{}");
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().kind, ErrorKind::Refused);
}

TEST_F(ControlSocketTest, ServesOnlyItsOwnUserWhateverTheMode) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can become another user";
  ASSERT_NO_FATAL_FAILURE(start());
  std::filesystem::permissions(folder_, std::filesystem::perms::all);
  std::filesystem::permissions(config_.path, std::filesystem::perms::all);
  const pid_t child = ::fork();
  if (child == 0) {
    if (::setuid(65534) != 0 || ::access(config_.path.c_str(), W_OK) != 0) ::_exit(2);
    ::_exit(callControlSocket(config_.path, "{}") ? 1 : 0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST_F(ControlSocketTest, MakesAFileForItsUserAlone) {
  ASSERT_NO_FATAL_FAILURE(start());
  struct stat status{};
  ASSERT_EQ(::stat(config_.path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(ControlSocketTest, TellsTheHandlerWhoAsks) {
  PeerCredentials seen;
  ASSERT_NO_FATAL_FAILURE(start([&seen](std::string_view, const PeerCredentials& peer) {
    seen = peer;
    return std::string();
  }));
  auto reply = callControlSocket(config_.path, "{}");
  ASSERT_TRUE(reply);
  EXPECT_EQ(*reply, "");
  EXPECT_EQ(seen.pid, ::getpid());
  EXPECT_EQ(seen.uid, ::getuid());
}

TEST_F(ControlSocketTest, CarriesLargeDocumentsBothWays) {
  ASSERT_NO_FATAL_FAILURE(start());
  const std::string large(5'000'000, 'x');
  auto reply = callControlSocket(config_.path, large);
  ASSERT_TRUE(reply);
  EXPECT_EQ(*reply, "re: " + large);
}

TEST_F(ControlSocketTest, AnswersWhileAnotherCommandRuns) {
  std::latch entered(1);
  std::latch released(1);
  ASSERT_NO_FATAL_FAILURE(start([&](std::string_view request, const PeerCredentials&) {
    if (request == "slow") {
      entered.count_down();
      released.wait();
    }
    return std::string(request);
  }));
  auto slow = std::async(std::launch::async, [this] { return callControlSocket(config_.path, "slow"); });
  entered.wait();
  EXPECT_TRUE(callControlSocket(config_.path, "quick"));
  released.count_down();
  EXPECT_TRUE(slow.get());
}

TEST_F(ControlSocketTest, LeavesNothingBehind) {
  ASSERT_NO_FATAL_FAILURE(start());
  socket_->stop();
  EXPECT_FALSE(std::filesystem::exists(config_.path));
}

}  // namespace
}  // namespace causeway::transport
