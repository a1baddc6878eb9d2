#include "causeway/sdk.hpp"

#include "causeway/testkit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace causeway::sdk {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Does whatever the field `do` says.
class Puppet {
 public:
  static constexpr std::string_view kName = "puppet";
  static constexpr std::string_view kVersion = "1.0.0";
  static constexpr std::string_view kMessageTypes[] = {"hearing.listed", "hearing.resulted"};
  static constexpr Setting kSettings[] = {
      {.name = "start", .description = "Whether to start.", .type = Setting::Type::Flag, .fallback = "true"},
      {.name = "pin", .description = "A secret.", .sensitive = true},
      {.name = "count", .description = "A number.", .type = Setting::Type::Number},
  };

  Puppet(const Settings& settings, Log log) : log_(log), count_(settings.number("count").value_or(-1)) {
    if (!settings.flag("start")) throw Rejected("start is false");
  }

  void act(const Inputs& in, Outputs& out) {
    const auto what = in["do"];
    if (what == "reject") throw Rejected("a field is wrong");
    if (what == "retry") throw Retry("not now");
    if (what == "break") throw std::out_of_range("index 7");
    if (what == "number") throw 7;
    if (what == "leak") throw Rejected("do not know " + std::string(in["name"]));
    if (what == "log") log_.info("acting on name");
    if (what == "log_leak") log_.warning("acting on " + std::string(in["name"]));
    if (what == "bad_utf8") out.put("value", "\xFF");
    if (what == "count") out.put("value", std::to_string(count_));
    if (what == "echo") {
      for (size_t i = 0; i < in.size(); ++i) out.put(in.name(i), in.value(i));
    }
  }
  std::string identify(const Inputs& in) { return std::string(in["type"]); }
  Verdict classifyReply(const Inputs& in) {
    const auto status = in["status"];
    if (status == "200") return Verdict::delivered("R-1");
    if (status == "429") return Verdict::retry("busy", 30);
    if (status == "400") return Verdict::rejected("bad_request");
    return Verdict::broken("who knows");
  }

  static constexpr Converter<Puppet> kConverters[] = {{"puppet.act", &Puppet::act}};

 private:
  Log log_;
  long long count_;
};

struct Bare {
  static constexpr std::string_view kName = "bare";
  static constexpr std::string_view kVersion = "0.1";
};

constinit const cw_adapter kConstant = kTable<Puppet>;

testkit::Answer act(const testkit::NamedTexts& inputs, std::vector<std::string>* log = nullptr) {
  testkit::Host host(kConstant, {{"count", "12"}});
  EXPECT_THAT(host.problems(), IsEmpty());
  auto answer = host.convert("puppet.act", inputs);
  if (log) *log = host.log();
  return answer;
}

TEST(Sdk, TurnsEveryExceptionIntoAStatus) {
  EXPECT_EQ(act({{"do", "reject"}}).status, CW_REJECTED);
  EXPECT_EQ(act({{"do", "reject"}}).error, "a field is wrong");
  EXPECT_EQ(act({{"do", "retry"}}).status, CW_RETRY);
  EXPECT_EQ(act({{"do", "break"}}).status, CW_BROKEN);
  EXPECT_EQ(act({{"do", "break"}}).error, "index 7");
  EXPECT_EQ(act({{"do", "number"}}).status, CW_BROKEN);
  EXPECT_THAT(act({{"do", "number"}}).error, HasSubstr("not a std::exception"));
}

TEST(Sdk, TurnsAnExceptionOfTheConstructorIntoAReason) {
  testkit::Host host(kConstant, {{"start", "false"}});
  EXPECT_THAT(host.problems(), ElementsAre("create: start is false"));
  EXPECT_EQ(host.convert("puppet.act", {}).status, CW_BROKEN);
}

TEST(Sdk, HandsFieldsThroughUnchanged) {
  const testkit::NamedTexts fields{{"do", "echo"}, {"b", "2"}, {"a", ""}, {"b", "zwölf"}};
  const auto answer = act(fields);
  ASSERT_TRUE(answer.ok()) << answer.text();
  EXPECT_EQ(answer.fields, fields);
}

TEST(Sdk, ReadsSettings) { EXPECT_EQ(act({{"do", "count"}})["value"], "12"); }

TEST(Sdk, WritesEveryVerdict) {
  testkit::Host host(kConstant);
  EXPECT_EQ(host.classifyReply({{"status", "200"}}).fields,
            (NamedTexts{{"outcome", "delivered"}, {"reference", "R-1"}}));
  EXPECT_EQ(host.classifyReply({{"status", "429"}}).fields,
            (NamedTexts{{"outcome", "retry"}, {"reason", "busy"}, {"retry_after_seconds", "30"}}));
  EXPECT_EQ(host.classifyReply({{"status", "400"}}).fields,
            (NamedTexts{{"outcome", "rejected"}, {"reason", "bad_request"}}));
}

TEST(Sdk, LeavesOutWhatAClassDoesNotHave) {
  const cw_adapter& table = kTable<Bare>;
  EXPECT_EQ(table.capabilities, 0U);
  EXPECT_EQ(table.identify, nullptr);
  EXPECT_EQ(table.wrap, nullptr);
  EXPECT_EQ(table.classify_reply, nullptr);
  EXPECT_EQ(table.convert, nullptr);
  EXPECT_EQ(table.settings, nullptr);
  EXPECT_EQ(table.converters, nullptr);
  EXPECT_TRUE(testkit::Host(table).started());
}

TEST(Testkit, CallsALeakedValueAProblem) {
  const auto error = act({{"do", "leak"}, {"name", "Petrov"}});
  EXPECT_THAT(error.problems, ElementsAre("the error text shows the value of 'name'"));
  const auto line = act({{"do", "log_leak"}, {"name", "Petrov"}});
  EXPECT_FALSE(line.ok());
  EXPECT_THAT(line.problems, ElementsAre("a log line shows the value of 'name'"));
}

TEST(Testkit, CallsABreachOfTheContractAProblem) {
  EXPECT_FALSE(act({{"do", "bad_utf8"}}).ok());
  testkit::Host host(kConstant);
  EXPECT_FALSE(host.identify({{"type", "hearing.moved"}}).ok());
  EXPECT_TRUE(host.identify({{"type", "hearing.listed"}}).ok());
  EXPECT_FALSE(host.classifyReply({{"status", "500"}}).ok());  // its reason is a sentence, not a code
  EXPECT_FALSE(host.convert("puppet.dance", {}).ok());
  EXPECT_FALSE(host.wrap({}).ok());
}

TEST(Testkit, CollectsTheLog) {
  std::vector<std::string> log;
  EXPECT_TRUE(act({{"do", "log"}, {"name", "Petrov"}}, &log).ok());
  EXPECT_THAT(log, ElementsAre("acting on name"));
}

TEST(Testkit, RefusesWrongSettings) {
  testkit::Host host(kConstant, {{"counts", "1"}, {"count", "many"}});
  EXPECT_THAT(host.problems(), ElementsAre("setting 'counts' is not a setting of this adapter",
                                           "setting 'count' must be a whole number"));
}

}  // namespace
}  // namespace causeway::sdk
