#include "host/plugin/instance.hpp"

#include "plugins/sdk/causeway/sdk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace causeway::plugin {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// An adapter without the SDK, so that it can do what the SDK prevents. The field "do" says what.
struct Rogue {
  static cw_status create(const cw_host* host, cw_fields settings, cw_sink error, void** self) {
    *self = const_cast<cw_host*>(host);
    if (settings.count == 0) return CW_OK;
    const std::string text =
        "cannot log in with " + std::string(settings.items[0].value.data, settings.items[0].value.size);
    error.put(error.ctx, {text.data(), text.size()});
    return CW_REJECTED;
  }
  static void destroy(void*) {}
  static cw_status hook(void* self, cw_fields fields, cw_field_sink out, cw_sink error) {
    const sdk::Inputs in(fields);
    const auto what = in["do"];
    const std::string leak = "did not expect " + std::string(in["name"]) + " here";
    const auto say = [&](std::string_view text) { error.put(error.ctx, {text.data(), text.size()}); };
    if (what == "throw") throw std::runtime_error(leak);
    if (what == "unknown_status") return 99;
    if (what == "silent") return CW_REJECTED;
    if (what == "flood") {
      for (int i = 0; i < 2000; ++i) out.put(out.ctx, {"value", 5}, {"x", 1});
    }
    if (what == "put_and_fail") {
      out.put(out.ctx, {"value", 5}, {"half", 4});
      say("gave up");
      return CW_RETRY;
    }
    if (what == "leak") {
      say(leak);
      return CW_REJECTED;
    }
    if (what == "long") {
      say(std::string(10000, 'e'));
      return CW_BROKEN;
    }
    if (what == "log") {
      const auto* host = static_cast<const cw_host*>(self);
      for (int i = 0; i < 100; ++i) host->log(host->ctx, 55, {leak.data(), leak.size()});
    }
    return CW_OK;
  }
};

struct Line {
  int level;
  std::string text;
};

struct Fixture {
  std::vector<Line> lines;
  Blueprint blueprint;
  Fixture() {
    blueprint.table.create = Rogue::create;
    blueprint.table.destroy = Rogue::destroy;
    blueprint.table.wrap = Rogue::hook;
    blueprint.name = "rogue";
    blueprint.log = [this](std::string_view, int level, std::string_view text) {
      lines.push_back({level, std::string(text)});
    };
  }
  Result<pipeline::Fields> call(std::string_view what, bool* fit = nullptr) {
    auto instance = Instance::create(blueprint);
    if (!instance) return std::unexpected(instance.error());
    auto answer = (*instance)->call(Hook::Wrap, {}, {{"do", std::string(what)}, {"name", "Okonkwo"}});
    if (fit) *fit = (*instance)->fit();
    return answer;
  }
};

void expectError(std::string_view what, ErrorKind kind, const std::string& text, bool stays_fit) {
  Fixture fixture;
  bool fit = false;
  const auto answer = fixture.call(what, &fit);
  ASSERT_FALSE(answer) << what;
  EXPECT_EQ(answer.error().kind, kind) << what;
  EXPECT_THAT(answer.error().what, HasSubstr(text));
  EXPECT_THAT(answer.error().what, testing::Not(HasSubstr("Okonkwo")));
  EXPECT_EQ(answer.error().where, "adapter rogue: wrap");
  EXPECT_EQ(fit, stays_fit) << what;
}

TEST(Instance, HoldsAHookToTheContract) {
  expectError("throw", ErrorKind::Broken, "threw an exception", false);
  expectError("unknown_status", ErrorKind::Broken, "status that the plugin contract does not know", false);
  expectError("silent", ErrorKind::Invalid, "failed without saying why", true);
  expectError("flood", ErrorKind::Broken, "too many fields", false);
  expectError("put_and_fail", ErrorKind::Unavailable, "gave up", true);
}

TEST(Instance, BlanksValuesInErrors) { expectError("leak", ErrorKind::Invalid, "did not expect *** here", true); }

TEST(Instance, CutsLongErrors) {
  Fixture fixture;
  const auto answer = fixture.call("long");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().what, std::string(CW_MAX_TEXT_BYTES, 'e'));
}

TEST(Instance, BlanksAndLimitsTheLog) {
  Fixture fixture;
  ASSERT_TRUE(fixture.call("log"));
  ASSERT_THAT(fixture.lines, SizeIs(CW_MAX_LOG_LINES));
  EXPECT_EQ(fixture.lines.front().text, "did not expect *** here");
  EXPECT_EQ(fixture.lines.front().level, CW_LOG_WARNING);
}

TEST(Instance, BlanksSensitiveSettingsWhenCreateFails) {
  Fixture fixture;
  fixture.blueprint.settings = {{"password", "hunter22"}};
  fixture.blueprint.sensitive = {"password"};
  const auto answer = fixture.call("nothing");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::Invalid);
  EXPECT_EQ(answer.error().what, "cannot log in with ***");
}

TEST(Instance, AnswersNothingWhenNothingWasPut) {
  Fixture fixture;
  const auto answer = fixture.call("nothing");
  ASSERT_TRUE(answer);
  EXPECT_THAT(*answer, IsEmpty());
}

}  // namespace
}  // namespace causeway::plugin
