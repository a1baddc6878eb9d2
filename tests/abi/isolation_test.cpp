// An adapter in a process of its own: whatever it does there, the host goes on, and the next call finds a fresh instance.

#include "host/plugin/loader.hpp"
#include "tests/abi/installed.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <thread>

namespace causeway::abi {
namespace {

using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

plugin::Isolation isolated(int limit_ms = 20000) {
  return {.program = CAUSEWAY_ADAPTER_CHILD, .call_limit = std::chrono::milliseconds(limit_ms)};
}

Result<std::unique_ptr<pipeline::Adapter>> load(const std::string& library, pipeline::Fields settings = {},
                                                int limit_ms = 20000, plugin::AdapterLog log = {}) {
  return plugin::loadAdapter(
      {.file = builtLibrary(library), .settings = std::move(settings), .isolation = isolated(limit_ms)}, development(),
      std::move(log));
}

std::unique_ptr<pipeline::Adapter> hostile(int limit_ms = 20000) {
  auto adapter = load("hostile", {}, limit_ms);
  EXPECT_TRUE(adapter) << adapter.error().text();
  return *std::move(adapter);
}

void expectStillServes(pipeline::Adapter& adapter) {
  const pipeline::Fields fields{{"do", "echo"}, {"b", "2"}, {"a", ""}, {"b", "zwölf"}};
  const auto answer = adapter.convert("hostile.act", fields);
  ASSERT_TRUE(answer) << answer.error().text();
  EXPECT_EQ(*answer, fields);
}

void expectStopped(const std::string& what, const std::string& reason, int limit_ms = 20000) {
  const auto adapter = hostile(limit_ms);
  const auto answer = adapter->convert("hostile.act", {{"do", what}});
  ASSERT_FALSE(answer) << what;
  EXPECT_EQ(answer.error().kind, ErrorKind::Broken) << what;
  EXPECT_THAT(answer.error().what, HasSubstr(reason)) << what;
  EXPECT_EQ(answer.error().where, "adapter hostile: hostile.act");
  expectStillServes(*adapter);
}

TEST(Isolation, StopsWhatAnAdapterMayNotDo) {
  for (const auto* what : {"read_file", "socket", "fork", "exec", "trace", "kill_host", "new_code", "load_library"}) {
    expectStopped(what, "tried what an adapter may not do");
  }
}

TEST(Isolation, StopsWhatALibraryMayNotDoWhenItIsLoaded) {
  for (const auto* library : {"hostile_socket", "hostile_file"}) {
    const auto adapter = load(library);
    ASSERT_FALSE(adapter) << library;
    EXPECT_EQ(adapter.error().kind, ErrorKind::Broken);
    EXPECT_THAT(adapter.error().what, HasSubstr("tried what an adapter may not do"));
    EXPECT_EQ(adapter.error().where, builtLibrary(library));
  }
}

TEST(Isolation, OutlivesACrash) {
  expectStopped("crash", "crashed (signal 11)");
  expectStopped("abort", "crashed (signal 6)");
  expectStopped("exit", "ended its process");
}

TEST(Isolation, OutlivesACrashWhileLoadingOrStarting) {
  const auto loading = load("aborts");
  ASSERT_FALSE(loading);
  EXPECT_THAT(loading.error().what, HasSubstr("crashed (signal 6)"));
  const auto starting = load("hostile", {{"start", "crash"}});
  ASSERT_FALSE(starting);
  EXPECT_THAT(starting.error().what, HasSubstr("crashed (signal 11)"));
}

TEST(Isolation, EndsACallThatDoesNotEnd) {
  const auto starting = load("hostile", {{"start", "loop"}}, 500);
  ASSERT_FALSE(starting);
  EXPECT_THAT(starting.error().what, HasSubstr("did not answer in time"));
  expectStopped("loop", "did not answer in time", 1000);
}

TEST(Isolation, BelievesNothingThatIsNoAnswer) {
  expectStopped("garbage", "ended its process");
  expectStopped("lie", "'value' that is not UTF-8");
}

TEST(Isolation, ChecksAnswersAsInTheHost) {
  const auto adapter = hostile();
  EXPECT_EQ(adapter->identify({{"type", "hearing.listed"}}).value(), "hearing.listed");
  const auto wrong = adapter->identify({{"type", "hearing.moved"}});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().kind, ErrorKind::Broken);
}

TEST(Isolation, KeepsTheKindOfAFailureAndBlanksItsText) {
  auto adapter = load("hostile", {{"secret", "hunter22"}});
  ASSERT_TRUE(adapter) << adapter.error().text();
  const auto leaked = (*adapter)->convert("hostile.act", {{"do", "leak"}, {"name", "Okonkwo"}});
  ASSERT_FALSE(leaked);
  EXPECT_EQ(leaked.error().kind, ErrorKind::Invalid);
  EXPECT_EQ(leaked.error().what, "cannot place *** with ***");
  const auto broken = (*adapter)->convert("hostile.act", {{"do", "break"}});
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().kind, ErrorKind::Broken);
  EXPECT_EQ(broken.error().what, "out of ideas");
  const auto rejected = load("hostile", {{"secret", "hunter22"}, {"start", "reject"}});
  ASSERT_FALSE(rejected);
  EXPECT_EQ(rejected.error().kind, ErrorKind::Invalid);
  EXPECT_EQ(rejected.error().what, "does not start: no such secret: ***");
}

TEST(Isolation, LimitsTheLog) {
  std::vector<std::string> lines;
  auto adapter = load("hostile", {}, 20000, [&](std::string_view name, int level, std::string_view line) {
    EXPECT_EQ(name, "hostile");
    EXPECT_EQ(level, CW_LOG_INFO);
    lines.emplace_back(line);
  });
  ASSERT_TRUE(adapter) << adapter.error().text();
  EXPECT_TRUE((*adapter)->convert("hostile.act", {{"do", "flood_log"}}));
  EXPECT_THAT(lines, SizeIs(CW_MAX_LOG_LINES));
}

TEST(Isolation, RefusesFieldsThatAreTooLargeAndGoesOn) {
  const auto adapter = hostile();
  const auto answer = adapter->convert("hostile.act", {{"do", "echo"}, {"big", std::string(5 * 1024 * 1024, 'x')}});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::TooLarge);
  expectStillServes(*adapter);
}

TEST(Isolation, RefusesWhatTheHostWouldRefuse) {
  const auto newer = load("newer_major");
  ASSERT_FALSE(newer);
  EXPECT_EQ(newer.error().kind, ErrorKind::Refused);
  EXPECT_THAT(newer.error().what, HasSubstr("was built for plugin ABI 2.3; this host speaks 1.0"));
  const auto plain = load("plain");
  ASSERT_FALSE(plain);
  EXPECT_EQ(plain.error().kind, ErrorKind::Invalid);
  EXPECT_THAT(plain.error().what, HasSubstr("exports no causeway_adapter"));
  const auto settings = load("hostile", {{"strat", "well"}});
  ASSERT_FALSE(settings);
  EXPECT_THAT(settings.error().what, HasSubstr("did you mean 'start'?"));
}

TEST(Isolation, SaysWhenItsProgramIsNotThere) {
  const auto adapter =
      plugin::loadAdapter({.file = builtLibrary("good"), .isolation = {.program = "no-such-program"}}, development());
  ASSERT_FALSE(adapter);
  EXPECT_EQ(adapter.error().kind, ErrorKind::Broken);
  EXPECT_THAT(adapter.error().what, HasSubstr("cannot be run in a process of its own"));
}

TEST(Isolation, ChecksTheManifestAgainstWhatTheChildDeclares) {
  Installed library("variant");
  const SigningKey key;
  library.sign(key, {.version = "9.0.0"});
  const auto wrong = plugin::loadAdapter({.file = library.file(), .isolation = isolated()}, key.trust());
  ASSERT_FALSE(wrong);
  EXPECT_THAT(wrong.error().what, HasSubstr("version 1.2.0, signed as 9.0.0"));
  library.sign(key);
  auto right = plugin::loadAdapter({.file = library.file(), .isolation = isolated()}, key.trust());
  ASSERT_TRUE(right) << right.error().text();
  EXPECT_EQ((*right)->convert("variant.echo", {}).value(), (pipeline::Fields{{"value", "1.2.0"}}));
}

TEST(Isolation, ServesManyThreadsAndLeavesNoProcessBehind) {
  {
    const auto adapter = hostile();
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < 50; ++i) expectStillServes(*adapter);
      });
    }
  }
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);  // no child, running or ended
  EXPECT_EQ(errno, ECHILD);
}

TEST(Isolation, LoadsCleanOnesInTwelveLinesOfC) {
  auto adapter = load("good");
  ASSERT_TRUE(adapter) << adapter.error().text();
  EXPECT_EQ((*adapter)->name(), "tiny");
}

}  // namespace
}  // namespace causeway::abi
