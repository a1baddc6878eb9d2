#include "host/plugin/declaration.hpp"

#include "plugins/sdk/causeway/contract.hpp"
#include "plugins/sdk/causeway/sdk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace causeway::plugin {
namespace {

using testing::HasSubstr;

struct Rich {
  static constexpr std::string_view kName = "rich";
  static constexpr std::string_view kVersion = "2.1";
  static constexpr std::string_view kMappings = "mappings";
  static constexpr std::string_view kMessageTypes[] = {"hearing.listed", "hearing.resulted"};
  static constexpr sdk::Setting kSettings[] = {
      {.name = "account", .description = "The account.", .required = true, .sensitive = true},
      {.name = "zone",
       .description = "The zone.",
       .type = sdk::Setting::Type::Choice,
       .fallback = "utc",
       .choices = "utc|london"},
  };
  void act(const sdk::Inputs&, sdk::Outputs&) {}
  std::string identify(const sdk::Inputs&) { return {}; }
  static constexpr sdk::Converter<Rich> kConverters[] = {{"rich.act", &Rich::act}};
};

void expectInvalid(const pipeline::Fields& fields, const std::string& reason) {
  const auto read = Declaration::read(fields);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().kind, ErrorKind::Invalid);
  EXPECT_THAT(read.error().what, HasSubstr(reason));
}

pipeline::Fields with(const std::string& name, const std::string& value) {
  auto fields = declarationOf(sdk::kTable<Rich>);
  for (auto& field : fields) {
    if (field.first == name) {
      field.second = value;
      return fields;
    }
  }
  fields.insert(fields.begin(), {name, value});
  return fields;
}

TEST(Declaration, IsHeldToTheContractLikeATable) {
  expectInvalid({}, "another plugin ABI");
  expectInvalid(with("name", "Not A Name"), "name must be");
  expectInvalid(with("capabilities", "0"), "convert and converters belong together");
  expectInvalid(with("converter", "courts.local_time"), "'rich.' and a word");
  expectInvalid(with("setting.type", "7"), "type that this ABI does not know");
  expectInvalid(with("abi_major", "2"), "another plugin ABI");
}

TEST(Declaration, IsRefusedWhenItCannotBeRead) {
  expectInvalid(with("mood", "good"), "cannot be read");
  expectInvalid(with("abi_minor", "-1"), "cannot be read");
  expectInvalid(with("capabilities", "99999999999"), "cannot be read");
  expectInvalid(with("mappings", "\xFF"), "cannot be read");
  expectInvalid({{"setting.type", "0"}}, "cannot be read");
}

TEST(Declaration, SaysWhatTheTableSays) {
  const auto read = Declaration::read(declarationOf(sdk::kTable<Rich>));
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(declarationOf((*read)->table()), declarationOf(sdk::kTable<Rich>));
  EXPECT_NE((*read)->table().identify, nullptr);
  EXPECT_EQ((*read)->table().wrap, nullptr);
}

}  // namespace
}  // namespace causeway::plugin
