#include "adapters/referral/sms_text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace referral {
namespace {

int parts(const std::string& text) {
  const auto size = smsSize(text);
  return size ? size->parts : 0;
}

std::string repeated(int times, const std::string& text) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

TEST(SmsText, RefusesWhatWouldBeChangedOnTheWay) {
  for (const char* wrong : {"", "\xF0\x9F\x98\x80", "\xE2\x80\x99quoted\xE2\x80\x99", "\xFF", "\xC3", "Ж"})
    EXPECT_EQ(parts(wrong), 0) << wrong;
  EXPECT_EQ(parts(std::string(919, 'a')), 0);
}

TEST(SmsText, CountsPartsOf160And153) {
  EXPECT_EQ(parts(std::string(160, 'a')), 1);
  EXPECT_EQ(parts(std::string(161, 'a')), 2);
  EXPECT_EQ(parts(std::string(306, 'a')), 2);
  EXPECT_EQ(parts(std::string(307, 'a')), 3);
  EXPECT_EQ(parts(std::string(918, 'a')), 6);
}

TEST(SmsText, CountsSignsOfTheExtensionTwice) {
  EXPECT_EQ(parts(repeated(80, "€")), 1);
  EXPECT_EQ(parts(repeated(81, "{")), 2);
}

// One w with a circumflex makes a text of 71 characters two texts.
TEST(SmsText, CountsPartsOf70And67WithAWelshLetter) {
  EXPECT_EQ(parts("ŵ" + std::string(69, 'a')), 1);
  EXPECT_EQ(parts("ŵ" + std::string(70, 'a')), 2);
  EXPECT_EQ(parts("ŵ" + std::string(133, 'a')), 2);
  EXPECT_EQ(parts("ŵ" + std::string(134, 'a')), 3);
}

TEST(SmsText, KnowsWhichWelshLettersEveryTelephoneHas) {
  for (const char* narrow : {"à", "è", "é", "ì", "ò", "ù", "ä", "ö", "ü", "É"})
    EXPECT_FALSE(smsSize(narrow)->wide) << narrow;
  for (const char* wide :
       {"â", "ê", "î", "ô", "û", "ŵ", "ŷ", "Ŵ", "Ŷ", "ẁ", "ẃ", "ẅ", "ỳ", "ý", "ÿ", "ï", "Ï", "á", "í", "ó", "ú"})
    EXPECT_TRUE(smsSize(wide)->wide) << wide;
}

}  // namespace
}  // namespace referral
