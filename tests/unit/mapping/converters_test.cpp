#include "host/mapping/converters.hpp"

#include <gtest/gtest.h>

#include <map>

namespace causeway::mapping {
namespace {

// "!" for refused.
std::string converted(std::string_view name, std::string_view value, std::string_view part = "value") {
  const Converters converters;
  const auto* converter = converters.find(name);
  EXPECT_NE(converter, nullptr) << name;
  Outputs outputs;
  const NamedText input{"value", value};
  const auto done = (*converter)({&input, 1}, outputs);
  if (!done) {
    EXPECT_TRUE(value.empty() || done.error().what.find(value) == std::string::npos) << name << " repeats the value";
    return "!";
  }
  return std::string(outputs.get(part));
}

TEST(MappingConverters, RefuseWhatHasNotTheForm) {
  for (const auto* wrong : {"2026-02-30", "2 June 2026", "2026-06-02x", "02-06-2026", ""})
    EXPECT_EQ(converted("date", wrong), "!") << wrong;
  for (const auto* wrong : {"25:00", "1000", "10-00", "10:00x"}) EXPECT_EQ(converted("time", wrong), "!") << wrong;
  for (const auto* wrong : {"2026-06-02T10:00:00", "yesterday"}) EXPECT_EQ(converted("instant", wrong), "!") << wrong;
  for (const auto* wrong : {"", "1.5", "-1", "two"}) EXPECT_EQ(converted("integer", wrong), "!") << wrong;
  for (const auto* wrong : {"250 GBP", "-5"}) EXPECT_EQ(converted("money", wrong), "!") << wrong;
  for (const auto* wrong : {"", "perhaps"}) EXPECT_EQ(converted("boolean", wrong), "!") << wrong;
  for (const auto* wrong : {"", "ZZ", "ZZ1 4NDX9"}) EXPECT_EQ(converted("postcode", wrong), "!") << wrong;
  for (const auto* wrong : {"nobody", "@b", "a@"}) EXPECT_EQ(converted("email", wrong), "!") << wrong;
  for (const auto* wrong : {"", "12", "ring me"}) EXPECT_EQ(converted("phone", wrong), "!") << wrong;
}

TEST(MappingConverters, GiveTheNormalForm) {
  const std::map<std::pair<std::string, std::string>, std::string> cases = {
      {{"text", "  a \n b "}, "a b"},
      {{"upper", " ab "}, "AB"},
      {{"lower", "AB"}, "ab"},
      {{"date", "2026-06-02"}, "2026-06-02"},
      {{"date", "02/06/2026"}, "2026-06-02"},
      {{"date", "2026-06-02T10:00:00Z"}, "2026-06-02"},
      {{"time", "10:00:00"}, "10:00"},
      {{"instant", "2026-06-02T10:00:00+01:00"}, "2026-06-02T09:00:00Z"},
      {{"integer", "007"}, "7"},
      {{"integer", "000"}, "0"},
      {{"money", "£1,250.50"}, "1250.50"},
      {{"boolean", "Yes"}, "true"},
      {{"boolean", "N"}, "false"},
      {{"postcode", "bs14nd"}, "BS1 4ND"},
      {{"email", "A.B@EXAMPLE.ORG"}, "A.B@example.org"},
      {{"phone", "+44 (1632) 960-001"}, "+441632960001"}};
  for (const auto& [input, output] : cases)
    EXPECT_EQ(converted(input.first, input.second), output) << input.first << " " << input.second;
}

TEST(MappingConverters, AreNotAskedForWhatTheyWouldOnlyRepeat) {
  for (const auto* name : {"text", "date", "instant"}) {
    const auto unchanged = Converters::unchangedBy(name, model::Shape::String);
    ASSERT_TRUE(unchanged) << name;
    int repeated = 0;
    for (const auto* text : {"a b", "a  b", "2026-06-02", "02/06/2026", "2026-06-02T09:00:00Z", "2026-06-02T09:00:00z",
                             "2026-06-02T10:00:00+01:00", "2026-06-02T09:00:00.50Z", "2026-13-02T09:00:00Z"}) {
      if (!unchanged(text)) continue;
      EXPECT_EQ(converted(name, text), text) << name;
      ++repeated;
    }
    EXPECT_GT(repeated, 0) << name;
  }
}

TEST(MappingConverters, KeepOddNumbersAndGradeThem) {
  EXPECT_EQ(converted("urn", "not a number of a case at all, far too long to be one", "finding"), "odd_urn");
  EXPECT_EQ(converted("asn", "", "grade"), "unusable");
  EXPECT_EQ(converted("pnc", "2001/0012345X", "raw"), "");
}

TEST(MappingConverters, AddUnderANameOnce) {
  Converters converters;
  EXPECT_TRUE(converters.add("test.one", [](Inputs, Outputs&) -> Result<void> { return {}; }));
  EXPECT_FALSE(converters.add("test.one", [](Inputs, Outputs&) -> Result<void> { return {}; }));
  EXPECT_FALSE(converters.add("date", [](Inputs, Outputs&) -> Result<void> { return {}; }));
}

}  // namespace
}  // namespace causeway::mapping
