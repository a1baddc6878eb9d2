#include "causeway/contract.hpp"

#include "causeway/sdk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace causeway::sdk {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

struct Plain {
  static constexpr std::string_view kName = "plain";
  static constexpr std::string_view kVersion = "1.0";
  static constexpr std::string_view kMessageTypes[] = {"hearing.listed"};
  static constexpr Setting kSettings[] = {
      {.name = "account", .description = "The force's account.", .required = true},
      {.name = "limit", .description = "How many at once.", .type = Setting::Type::Number, .fallback = "10"},
      {.name = "strict", .description = "Refuse odd dates.", .type = Setting::Type::Flag, .fallback = "true"},
      {.name = "zone", .description = "Where the clocks are.", .type = Setting::Type::Choice, .choices = "utc|london"},
  };
  std::string identify(const Inputs&) { return {}; }
};

cw_adapter changed(auto change) {
  cw_adapter table = kTable<Plain>;
  change(table);
  return table;
}

TEST(Contract, NamesTheBreachesOfATable) {
  EXPECT_THAT(breaches(changed([](cw_adapter& t) { t.name = {"a/b", 3}; })), ElementsAre(HasSubstr("name must be")));
  EXPECT_THAT(breaches(changed([](cw_adapter& t) { t.name = {nullptr, 0}; })), ElementsAre(HasSubstr("name must be")));
  for (const std::string_view version : {"", "1", "1.", ".1", "1..2", "1.2.3.4.5", "1.x", "1234567890.1"}) {
    EXPECT_THAT(breaches(changed([&](cw_adapter& t) { t.version = strOf(version); })),
                ElementsAre(HasSubstr("version must be")))
        << version;
  }
  EXPECT_THAT(breaches(changed([](cw_adapter& t) { t.destroy = nullptr; })), ElementsAre("destroy is null"));
  EXPECT_THAT(breaches(changed([](cw_adapter& t) { t.identify = nullptr; })),
              ElementsAre("capabilities name identify but it is null"));
  EXPECT_THAT(breaches(changed([](cw_adapter& t) { t.settings = nullptr; })),
              ElementsAre("settings is null but its count is not 0"));
  EXPECT_THAT(breaches(changed([](cw_adapter& t) { t.message_type_count = 100000; })),
              ElementsAre("message_types has too many entries"));
}

TEST(Contract, NamesTheBreachesOfSettings) {
  std::array<cw_setting, 4> settings{};
  std::ranges::copy(std::span(kTable<Plain>.settings, 4), settings.begin());
  const auto found = [&](size_t i, auto change) {
    auto copy = settings;
    change(copy[i]);
    return breaches(changed([&](cw_adapter& t) { t.settings = copy.data(); }));
  };
  EXPECT_THAT(found(0, [](cw_setting& s) { s.name = {"Account", 7}; }), Contains(HasSubstr("name of a setting")));
  EXPECT_THAT(found(0, [](cw_setting& s) { s.name = {"limit", 5}; }), Contains("setting 'limit' is declared twice"));
  EXPECT_THAT(found(0, [](cw_setting& s) { s.description = {}; }), Contains("setting 'account' has no description"));
  EXPECT_THAT(found(0, [](cw_setting& s) { s.default_value = {"x", 1}; }), Contains(HasSubstr("yet has a default")));
  EXPECT_THAT(found(0, [](cw_setting& s) { s.type = 9; }), Contains(HasSubstr("type that this ABI does not know")));
  EXPECT_THAT(found(1, [](cw_setting& s) { s.default_value = {"ten", 3}; }),
              Contains(HasSubstr("must be a whole number")));
  EXPECT_THAT(found(3, [](cw_setting& s) { s.choices = {}; }), Contains(HasSubstr("must have choices")));
  EXPECT_THAT(found(0, [](cw_setting&) {}), IsEmpty());
}

TEST(Contract, ReportsAllProblemsOfSettingsAtOnce) {
  NamedTexts complete;
  const auto problems = checkSettings(
      {kTable<Plain>.settings, kTable<Plain>.setting_count},
      {{"limit", "ten"}, {"strict", "yes"}, {"zone", "paris"}, {"limits", "1"}, {"zone", "utc"}}, complete);
  std::vector<std::string> texts;
  for (const auto& problem : problems) texts.push_back(problem.setting + " " + problem.what);
  EXPECT_THAT(texts, ElementsAre("limit must be a whole number", "strict must be true or false",
                                 "zone must be one of utc|london", "limits is not a setting of this adapter",
                                 "zone is given twice", "account must be given: The force's account."));
}

TEST(Contract, CountsAnEmptyRequiredSettingAsMissing) {
  NamedTexts complete;
  const auto problems =
      checkSettings({kTable<Plain>.settings, kTable<Plain>.setting_count}, {{"account", ""}}, complete);
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_EQ(problems.front().kind, SettingProblem::Kind::Missing);
}

TEST(Contract, FillsInDefaultsInTheOrderOfTheTable) {
  NamedTexts complete;
  const auto problems = checkSettings({kTable<Plain>.settings, kTable<Plain>.setting_count},
                                      {{"strict", "false"}, {"account", "A17"}}, complete);
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(complete, (NamedTexts{{"account", "A17"}, {"limit", "10"}, {"strict", "false"}, {"zone", ""}}));
}

TEST(Contract, NamesTheBreachesOfAVerdict) {
  EXPECT_THAT(verdictBreaches({}), Contains(HasSubstr("outcome must be")));
  EXPECT_THAT(verdictBreaches({{"outcome", "fine"}, {"reason", "x"}}), ElementsAre(HasSubstr("outcome must be")));
  EXPECT_THAT(verdictBreaches({{"outcome", "rejected"}}), ElementsAre(HasSubstr("reason must be a code")));
  EXPECT_THAT(verdictBreaches({{"outcome", "rejected"}, {"reason", "no such person"}}),
              ElementsAre(HasSubstr("reason must be a code")));
  EXPECT_THAT(verdictBreaches({{"outcome", "delivered"}, {"reference", "a\nb"}}), ElementsAre(HasSubstr("reference")));
  for (const auto* wait : {"-1", "604801", "soon", "1.5"}) {
    EXPECT_THAT(verdictBreaches({{"outcome", "retry"}, {"reason", "busy"}, {"retry_after_seconds", wait}}),
                ElementsAre(HasSubstr("retry_after_seconds")));
  }
  EXPECT_THAT(verdictBreaches({{"outcome", "delivered"}, {"mood", "good"}}), ElementsAre(HasSubstr("'mood'")));
  EXPECT_THAT(verdictBreaches({{"outcome", "retry"}, {"reason", "busy"}, {"next.path", "/a"}}),
              ElementsAre(HasSubstr("next belongs to the outcome delivered")));
  for (const auto* path : {"", "a", "http://a.example/", "ftp://a.example/"})
    EXPECT_THAT(verdictBreaches({{"outcome", "delivered"}, {"next.path", path}}), ElementsAre(HasSubstr("next.path")))
        << path;
  EXPECT_THAT(verdictBreaches({{"outcome", "delivered"}, {"next.path", "/a"}, {"next.after_seconds", "soon"}}),
              ElementsAre(HasSubstr("next.after_seconds")));
  EXPECT_THAT(verdictBreaches({{"outcome", "delivered"}, {"next.path", "/a"}, {"next.host", "b"}}),
              ElementsAre(HasSubstr("'next.host'")));
  EXPECT_THAT(verdictBreaches({{"outcome", "delivered"},
                               {"next.path", "https://a.example/b"},
                               {"next.endpoint", "a"},
                               {"next.correlation", "c"},
                               {"next.after_seconds", "30"},
                               {"next.give_up_seconds", "2592000"}}),
              IsEmpty());
  EXPECT_THAT(verdictBreaches({{"outcome", "retry"}, {"reason", "E:12.a-b_c"}, {"retry_after_seconds", "60"}}),
              IsEmpty());
}

TEST(Contract, AcceptsOnlyDeclaredMessageTypes) {
  EXPECT_THAT(identityBreaches(kTable<Plain>, {{"message_type", "hearing.moved"}}), SizeIs(1));
  EXPECT_THAT(identityBreaches(kTable<Plain>, {{"message_type", "hearing.listed"}}), IsEmpty());
  EXPECT_THAT(identityBreaches(kTable<Plain>, {}), IsEmpty());
}

TEST(FieldCollector, RefusesWhatPassesALimit) {
  const auto breachOf = [](auto put) {
    FieldCollector collector;
    const auto sink = collector.sink();
    put([&](std::string_view name, std::string_view value) { sink.put(sink.ctx, strOf(name), strOf(value)); });
    return collector.breach();
  };
  EXPECT_THAT(breachOf([](auto put) { put("", "x"); }), HasSubstr("name is not allowed"));
  EXPECT_THAT(breachOf([](auto put) { put("a b", "x"); }), HasSubstr("name is not allowed"));
  EXPECT_THAT(breachOf([](auto put) { put(std::string(257, 'n'), "x"); }), HasSubstr("name is not allowed"));
  EXPECT_THAT(breachOf([](auto put) { put("value", "\xC0\x80"); }), HasSubstr("not UTF-8"));
  for (size_t at = 0; at < 20; ++at) {
    std::string text(20, 'a');
    text[at] = '\xE9';
    EXPECT_THAT(breachOf([&](auto put) { put("value", text.c_str()); }), HasSubstr("not UTF-8")) << at;
  }
  EXPECT_THAT(breachOf([](auto put) { put("value", std::string(CW_MAX_OUTPUT_BYTES, 'v')); }),
              HasSubstr("too many bytes"));
  EXPECT_THAT(breachOf([](auto put) {
                for (unsigned i = 0; i <= CW_MAX_OUTPUT_FIELDS; ++i) put("value", "v");
              }),
              HasSubstr("too many fields"));
}

TEST(FieldCollector, KeepsFieldsInOrderWithRepeats) {
  FieldCollector collector;
  const auto sink = collector.sink();
  sink.put(sink.ctx, strOf("value"), strOf("1"));
  sink.put(sink.ctx, strOf("finding"), {nullptr, 0});
  sink.put(sink.ctx, strOf("value"), strOf("2"));
  EXPECT_THAT(collector.breach(), IsEmpty());
  EXPECT_EQ(collector.take(), (NamedTexts{{"value", "1"}, {"finding", ""}, {"value", "2"}}));
}

TEST(Printable, CutsAtWholeCharactersAndDropsControls) {
  EXPECT_EQ(printable("a\nb\x1b[31m\xFF!"), "a b [31m !");
  std::string long_text(CW_MAX_TEXT_BYTES - 1, 'a');
  EXPECT_EQ(printable(long_text + "\u00e9"), long_text);
  EXPECT_EQ(printable(long_text + "b" + "c"), long_text + "b");
}

}  // namespace
}  // namespace causeway::sdk
