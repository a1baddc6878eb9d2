#include "host/plugin/table.hpp"

#include "plugins/sdk/causeway/sdk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <vector>

namespace causeway::plugin {
namespace {

struct Plain {
  static constexpr std::string_view kName = "plain";
  static constexpr std::string_view kVersion = "1.0";
};

// The table as bytes with `extra` more behind it, as another build of the contract would export it.
std::vector<char> exported(cw_adapter table, size_t extra = 0) {
  table.size = static_cast<std::uint32_t>(sizeof(table) + extra);
  std::vector<char> bytes(table.size, '\x5A');
  std::memcpy(bytes.data(), &table, sizeof(table));
  return bytes;
}

TEST(Table, IsRefusedBeforeMoreThanItsHeadIsRead) {
  const std::uint32_t head[] = {12, 9, 4};
  const auto table = readTable(head, sizeof(head));
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().kind, ErrorKind::Refused);
  EXPECT_EQ(table.error().what, "was built for plugin ABI 9.4; this host speaks 1.0");
}

TEST(Table, IsRefusedWhenTheSymbolIsTooSmallForAHead) {
  const std::uint32_t number = 1;
  const auto table = readTable(&number, sizeof(number));
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().kind, ErrorKind::Invalid);
}

TEST(Table, IsReadWithWhatALaterMinorAppends) {
  auto later = sdk::kTable<Plain>;
  later.abi_minor = 3;
  const auto bytes = exported(later, 24);
  const auto table = readTable(bytes.data(), bytes.size());
  ASSERT_TRUE(table) << table.error().text();
  EXPECT_EQ(table->create, later.create);
}

TEST(Table, IsReadWhenTheSizeOfTheSymbolIsNotKnown) {
  const auto bytes = exported(sdk::kTable<Plain>);
  EXPECT_TRUE(readTable(bytes.data(), 0));
}

}  // namespace
}  // namespace causeway::plugin
