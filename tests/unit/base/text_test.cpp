#include "host/base/text.hpp"

#include <gtest/gtest.h>

namespace causeway {
namespace {

TEST(Text, RefusesMalformedUtf8) {
  EXPECT_FALSE(isUtf8("\xC0\xAF"));          // overlong
  EXPECT_FALSE(isUtf8("\xED\xA0\x80"));      // surrogate
  EXPECT_FALSE(isUtf8("\xF4\x90\x80\x80"));  // beyond U+10FFFF
  EXPECT_FALSE(isUtf8("caf\xE9"));           // Latin-1
  EXPECT_TRUE(isUtf8("caf\xC3\xA9 \xF0\x9F\x98\x80"));
}

TEST(Text, RefusesImpossibleDates) {
  EXPECT_FALSE(parseDate("2026-02-29"));
  EXPECT_FALSE(parseDate("1899-12-31"));
  EXPECT_FALSE(parseDate("2026-6-2"));
  EXPECT_TRUE(parseDate("2024-02-29"));
}

TEST(Text, CollapsesRunsOfWhiteSpace) { EXPECT_EQ(collapse("  a \n\t b "), "a b"); }

TEST(Text, SplitsAndKeepsEmptyParts) { EXPECT_EQ(split("a;;b", ';').size(), 3U); }

}  // namespace
}  // namespace causeway
