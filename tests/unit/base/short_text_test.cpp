#include "host/base/short_text.hpp"

#include <gtest/gtest.h>

namespace causeway {
namespace {

std::string letters(size_t size) {
  std::string out;
  for (size_t i = 0; i < size; ++i) out += static_cast<char>('a' + i % 26);
  return out;
}

TEST(ShortText, SeesADifferenceAtEveryPlace) {
  for (size_t size = 1; size < 40; ++size)
    for (size_t at = 0; at < size; ++at) {
      auto other = letters(size);
      other[at] = '?';
      EXPECT_FALSE(isSameText(letters(size), other)) << size << " " << at;
    }
  EXPECT_FALSE(isSameText("abc", "abcd"));
}

TEST(ShortText, KnowsTheSameTextOfEveryLength) {
  for (size_t size = 0; size < 40; ++size) EXPECT_TRUE(isSameText(letters(size), letters(size))) << size;
}

TEST(ShortText, WritesNothingBesideWhatItCopies) {
  for (size_t size = 0; size < 40; ++size) {
    std::string room(size + 2, '.');
    copyText(room.data() + 1, letters(size));
    EXPECT_EQ(room, "." + letters(size) + ".");
  }
}

TEST(ShortText, AssignsAPartOfTheTextItself) {
  for (const size_t size : {4U, 12U, 15U, 16U, 39U}) {
    auto text = letters(size);
    assignText(text, std::string_view(text).substr(2));
    EXPECT_EQ(text, letters(size).substr(2));
  }
}

TEST(ShortText, KeepsWhatItHasWhenItGrows) {
  TextPool pool;
  for (size_t size = 0; size < 200; ++size) pool.add(letters(size));
  size_t at = 0;
  for (size_t size = 0; size < 200; at += size++) EXPECT_EQ(pool.view(at, size), letters(size));
  pool.clear();
  EXPECT_EQ(pool.add("a"), 0U);
}

}  // namespace
}  // namespace causeway
