#include "host/mapping/root_index.hpp"

#include <gtest/gtest.h>

namespace causeway::mapping {
namespace {

std::vector<size_t> found(const RootIndex& index, Format format, std::string_view root,
                          const std::vector<std::string_view>& keys = {}) {
  std::vector<NamedText> names;
  for (const auto key : keys) names.push_back({key, {}});
  std::vector<size_t> room{99};  // what an earlier search left
  const auto files = index.find(format, root, names, room);
  return {files.begin(), files.end()};
}

TEST(RootIndex, FindsNothingUnderAnUnknownName) {
  RootIndex index;
  EXPECT_TRUE(found(index, Format::Xml, "a").empty());
  EXPECT_TRUE(found(index, Format::Json, "", {"a"}).empty());
  index.add(Format::Xml, "a", 0);
  EXPECT_TRUE(found(index, Format::Xml, "b").empty());
  EXPECT_TRUE(found(index, Format::Xml, "").empty());
  EXPECT_TRUE(found(index, Format::Json, "", {"a"}).empty());
}

TEST(RootIndex, FindsAmongManyByTheName) {
  RootIndex index;
  for (size_t i = 0; i < 500; ++i) index.add(Format::Xml, "root" + std::to_string(i), i);
  for (size_t i = 0; i < 500; ++i)
    EXPECT_EQ(found(index, Format::Xml, "root" + std::to_string(i)), std::vector<size_t>{i});
}

TEST(RootIndex, FindsByEveryKeyOnceAndInOrder) {
  RootIndex index;
  index.add(Format::Json, "", 0);
  index.add(Format::Json, "late", 1);
  index.add(Format::Json, "early", 2);
  index.add(Format::Json, "late", 3);
  EXPECT_EQ(found(index, Format::Json, "", {"other"}), std::vector<size_t>{0});
  EXPECT_EQ(found(index, Format::Json, "", {"late"}), (std::vector<size_t>{0, 1, 3}));
  EXPECT_EQ(found(index, Format::Json, "", {"late", "early", "late"}), (std::vector<size_t>{0, 1, 2, 3}));
}

TEST(RootIndex, GivesTheFilesOfTheOnlyKey) {
  RootIndex index;
  index.add(Format::Json, "a", 4);
  index.add(Format::Json, "a", 7);
  index.add(Format::Json, "b", 8);
  EXPECT_EQ(found(index, Format::Json, "", {"x", "a", "a"}), (std::vector<size_t>{4, 7}));
}

}  // namespace
}  // namespace causeway::mapping
