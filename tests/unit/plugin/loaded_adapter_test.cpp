#include "host/plugin/loaded_adapter.hpp"

#include "host/plugin/loader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <latch>
#include <thread>

namespace causeway::plugin {
namespace {

using Outcome = pipeline::ReplyVerdict::Outcome;

Trust development() { return {.verify = {}, .sha256 = {}, .development = true}; }

Result<std::unique_ptr<pipeline::Adapter>> load(const std::string& file, pipeline::Fields settings = {}) {
  return loadAdapter({.file = file, .settings = std::move(settings)}, development());
}

std::unique_ptr<pipeline::Adapter> harbour() {
  auto adapter = load(CAUSEWAY_HARBOUR, {{"busy_retry_seconds", "45"}});
  EXPECT_TRUE(adapter) << adapter.error().text();
  return *std::move(adapter);
}

std::unique_ptr<pipeline::Adapter> meeting() {
  auto adapter = load(CAUSEWAY_MEETING);
  EXPECT_TRUE(adapter) << adapter.error().text();
  return *std::move(adapter);
}

TEST(LoadedAdapter, ReportsAllWrongSettingsAtOnce) {
  const auto adapter = load(CAUSEWAY_HARBOUR, {{"busy_retry_second", "45"}, {"busy_retry_seconds", "a while"}});
  ASSERT_FALSE(adapter);
  EXPECT_EQ(adapter.error().kind, ErrorKind::Invalid);
  EXPECT_EQ(adapter.error().what,
            "setting 'busy_retry_second' is not a setting of this adapter; did you mean 'busy_retry_seconds'?; "
            "setting 'busy_retry_seconds' must be a whole number");
  EXPECT_EQ(adapter.error().where, CAUSEWAY_HARBOUR);
}

TEST(LoadedAdapter, HasOnlyTheConvertersOfItsTable) {
  const auto answer = harbour()->convert("harbour.dates", {});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::NotFound);
}

TEST(LoadedAdapter, SaysWhatTheAdapterRejects) {
  const auto answer = harbour()->convert("harbour.date", {{"value", "32/01/2026"}});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::Invalid);
  EXPECT_EQ(answer.error().text(), "adapter harbour: harbour.date: a date must be a day that exists");
}

TEST(LoadedAdapter, Converts) {
  const auto adapter = harbour();
  EXPECT_EQ(adapter->converters(), std::vector<std::string>{"harbour.date"});
  EXPECT_EQ(adapter->convert("harbour.date", {{"value", "02/06/2026"}}).value(),
            (pipeline::Fields{{"value", "2026-06-02"}}));
}

TEST(LoadedAdapter, IdentifiesAndClassifies) {
  const auto adapter = harbour();
  EXPECT_EQ(adapter->identify({{"document.kind", "R"}}).value(), "referral.progressed");
  EXPECT_EQ(adapter->identify({}).value(), "");
  const auto busy = adapter->classifyReply({{"status", "503"}}).value();
  EXPECT_EQ(busy.outcome, Outcome::Retry);
  EXPECT_EQ(busy.reason, "busy");
  EXPECT_EQ(busy.retry_after_seconds, 45);
  const auto done = adapter->classifyReply({{"status", "201"}, {"reply.reference", "HH-17"}}).value();
  EXPECT_EQ(done.outcome, Outcome::Delivered);
  EXPECT_EQ(done.reference, "HH-17");
}

TEST(LoadedAdapter, LeavesTheEnvelopeAloneWithoutWrap) {
  const pipeline::Fields fields{{"message_type", "referral.made"}, {"recipient", "harbour"}};
  EXPECT_EQ(harbour()->wrap(fields).value(), fields);
}

TEST(LoadedAdapter, ReplacesAndAddsWhatWrapAnswers) {
  const auto wrapped = meeting()->wrap({{"source", "1"}, {"test", "no"}}).value();
  EXPECT_EQ(wrapped, (pipeline::Fields{{"source", "meeting"}, {"test", "no"}, {"sequence", "1"}}));
}

TEST(LoadedAdapter, GoesByTheStatusWithoutClassifyReply) {
  EXPECT_EQ(meeting()->classifyReply({{"status", "204"}}).value().outcome, Outcome::Delivered);
}

TEST(LoadedAdapter, FindsItsMappings) {
  const std::filesystem::path folder(harbour()->mappingFolder());
  EXPECT_TRUE(folder.is_absolute());
  EXPECT_TRUE(std::filesystem::is_directory(folder));
  EXPECT_EQ(meeting()->mappingFolder(), "");
}

TEST(LoadedAdapter, DescribesItself) {
  const auto library = AdapterLibrary::open(CAUSEWAY_HARBOUR, development());
  ASSERT_TRUE(library) << library.error().text();
  const auto& description = (*library)->description();
  EXPECT_EQ(description.name, "harbour");
  EXPECT_EQ(description.version, "1.0.0");
  EXPECT_EQ(description.message_types, (std::vector<std::string>{"referral.progressed", "notice.confirmed"}));
  EXPECT_EQ(description.capabilities, (std::vector<std::string>{"classify_reply", "convert", "identify"}));
  ASSERT_EQ(description.settings.size(), 1U);
  EXPECT_EQ(description.settings[0].type, "number");
  EXPECT_EQ(description.settings[0].fallback, "300");
  EXPECT_FALSE(description.is_signed);
}

// Each call waits inside the adapter until the other is there too: with one instance behind one lock it would never end.
TEST(LoadedAdapter, LetsCallsOfTwoThreadsRunAtOnceOnTheirOwnInstances) {
  const auto adapter = meeting();
  std::latch both(2);
  const std::string address = std::to_string(reinterpret_cast<std::uintptr_t>(&both));
  pipeline::Fields first, second;
  {
    std::jthread one([&] { first = adapter->convert("meeting.meet", {{"latch", address}}).value(); });
    std::jthread two([&] { second = adapter->convert("meeting.meet", {{"latch", address}}).value(); });
  }
  EXPECT_EQ(first, (pipeline::Fields{{"value", "alone"}}));
  EXPECT_EQ(second, (pipeline::Fields{{"value", "alone"}}));
}

TEST(LoadedAdapter, NeverLetsTwoCallsShareAnInstance) {
  const auto adapter = meeting();
  std::atomic<int> wrong = 0;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 8; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < 2000; ++i) {
          const auto answer = adapter->convert("meeting.meet", {});
          if (!answer || *answer != pipeline::Fields{{"value", "alone"}}) ++wrong;
        }
      });
    }
  }
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace causeway::plugin
