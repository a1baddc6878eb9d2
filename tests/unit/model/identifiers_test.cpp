#include "host/model/identifiers.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace causeway::model {
namespace {

TEST(Identifiers, GivesNothingUsableForNothing) {
  for (const char* text : {"", " ", "\t\n"}) {
    EXPECT_EQ(normaliseUrn(text).grade, Grade::Unusable);
    EXPECT_EQ(normaliseAsn(text).grade, Grade::Unusable);
    EXPECT_EQ(normalisePncId(text).grade, Grade::Unusable);
    EXPECT_EQ(normaliseCroNumber(text).grade, Grade::Unusable);
    EXPECT_EQ(normaliseCommonPlatformId(text).grade, Grade::Unusable);
    EXPECT_EQ(normaliseOuCode(text).grade, Grade::Unusable);
  }
}

TEST(Identifiers, StandsAnyGarbage) {
  for (const char* text : {"/", "//", "///////", "(M)", "/2", "A/", "SF/", "SF/A", "Z", "\xff\xfe",
                           "0000000000000000000000000000000/000000000A", "1/1"}) {
    EXPECT_NE(normaliseAsn(text).grade, Grade::Ok);
    EXPECT_NE(normalisePncId(text).grade, Grade::Ok);
    EXPECT_NE(normaliseCroNumber(text).grade, Grade::Ok);
    EXPECT_EQ(normaliseUrn(text).raw, text);
  }
}

TEST(Identifiers, RefusesAnOverlongUrn) {
  EXPECT_EQ(normaliseUrn(std::string(37, 'A')).grade, Grade::Unusable);
  EXPECT_EQ(normaliseUrn(std::string(5000, 'A')).grade, Grade::Unusable);
}

TEST(Identifiers, GradesOddUrnsAsWarnAndKeepsThem) {
  for (const char* text : {"CRC10955-23", "92792AF862", "TF", "A1"})
    EXPECT_EQ(normaliseUrn(text).grade, Grade::Warn) << text;
  EXPECT_EQ(normaliseUrn("crc10955-23").value, "CRC10955-23");
}

TEST(Identifiers, ReadsUsualUrns) {
  for (const char* text : {"50CH0000122", "01ZD0303908", "45AA0209820", "01ZD0303208", "TFL122222", "62GD9461322"})
    EXPECT_EQ(normaliseUrn(text).grade, Grade::Ok) << text;
  EXPECT_EQ(normaliseUrn(" 50 ch 0000122 ").value, "50CH0000122");
}

TEST(Identifiers, KeepsMarksOfAUrnApart) {
  const auto split = normaliseUrn("01AB1234514/2");
  EXPECT_EQ(split.stem, "01AB1234514");
  EXPECT_EQ(split.split, 2);
  EXPECT_EQ(split.value, "01AB1234514/2");
  EXPECT_FALSE(split.merged);
  const auto merged = normaliseUrn("42mz1139323(M)");
  EXPECT_EQ(merged.value, "42MZ1139323");
  EXPECT_TRUE(merged.merged);
  for (const char* both : {"42MZ1139323(M)/1", "42MZ1139323/1(M)"}) {
    EXPECT_EQ(normaliseUrn(both).value, "42MZ1139323/1");
    EXPECT_TRUE(normaliseUrn(both).merged);
  }
}

TEST(Identifiers, WarnsOfAWrongAsnLetter) {
  EXPECT_EQ(normaliseAsn("1101ZD0100000448754A").grade, Grade::Warn);
  EXPECT_EQ(normaliseAsn("2300000000000000001N").grade, Grade::Warn);
  EXPECT_EQ(asnCheckLetter("2300000000000000001N"), 'A');
  EXPECT_EQ(normaliseAsn("nonsense").grade, Grade::Warn);
}

TEST(Identifiers, NeverUsesADummyAsn) {
  for (const char* text :
       {"0800NP0111111111111A", "0800PP0111111111111A", "1234NRPR0123456789AB", "1412LN0000000000012A",
        "1400NP0000000000012A", "1463000000000000012A", "1406SSAB00000000012A", "1400XXAB00000000012A",
        "1450110000000000012A", "1450120000000000012A", "1450210000000000012A", "1450410000000000012A",
        "1450420000000000012A", "1450430000000000012A", "1450OF0000000000012A", "1450SJ0000000000012A",
        "14/63/00/00/12A"})
    EXPECT_EQ(normaliseAsn(text).grade, Grade::Unusable) << text;
  EXPECT_NE(normaliseAsn("1450CH0000000000012A").grade, Grade::Unusable);
}

TEST(Identifiers, ReadsAsns) {
  const auto wire = normaliseAsn("1101ZD0100000448754K");
  EXPECT_EQ(wire.grade, Grade::Ok);
  EXPECT_EQ(wire.value, "1101ZD0100000448754K");
  EXPECT_EQ(normaliseAsn("2652SB0100000012345N").grade, Grade::Ok);
  const auto display = normaliseAsn("11/01zd/01/448754K");
  EXPECT_EQ(display.value, wire.value);
  EXPECT_EQ(display.grade, Grade::Ok);
  EXPECT_EQ(display.raw, "11/01zd/01/448754K");
  EXPECT_EQ(normaliseAsn("10/0000/00/12345/Q").value, "1000000000000012345Q");
}

TEST(Identifiers, ReadsAnAsnWithTheLetterOfItsOrganisation) {
  const auto asn = normaliseAsn("11B01ZD0100000448754K");
  EXPECT_EQ(asn.value.size(), 21u);
  EXPECT_EQ(asn.grade, Grade::Ok);
}

TEST(Identifiers, ReadsPncIds) {
  for (const auto& [text, value] : {std::pair{"20160000400C", "2016/0000400C"},
                                    {"2002/0073319Z", "2002/0073319Z"},
                                    {"1981/0154257C", "1981/0154257C"},
                                    {"81/154257C", "1981/0154257C"},
                                    {"02/73319z", "2002/0073319Z"}}) {
    EXPECT_EQ(normalisePncId(text).value, value);
    EXPECT_EQ(normalisePncId(text).grade, Grade::Ok) << text;
  }
  EXPECT_EQ(normalisePncId("2016/0000400D").grade, Grade::Warn);
  EXPECT_EQ(normalisePncId("2016/0000400O").grade, Grade::Warn);
}

TEST(Identifiers, ReadsCroNumbers) {
  EXPECT_EQ(normaliseCroNumber("265416/21G").grade, Grade::Ok);
  EXPECT_EQ(normaliseCroNumber("85227/65L").value, "085227/65L");
  EXPECT_EQ(normaliseCroNumber("085227/65L").grade, Grade::Ok);
  EXPECT_EQ(normaliseCroNumber("265416/21H").grade, Grade::Warn);
  EXPECT_EQ(normaliseCroNumber("CR0006100061").grade, Grade::Warn);
}

TEST(Identifiers, LeavesSinglePrintNumbersUnpadded) {
  // 3912345 leaves 22 over 23 (letter Y); padded, 39012345 would leave 21 (letter X).
  const auto single = normaliseCroNumber("SF39/12345Y");
  EXPECT_EQ(single.value, "SF39/12345Y");
  EXPECT_EQ(single.grade, Grade::Ok);
  EXPECT_EQ(normaliseCroNumber("SF39/12345X").grade, Grade::Warn);
}

TEST(Identifiers, TakesOnlyUuidsOfCommonPlatform) {
  EXPECT_EQ(normaliseCommonPlatformId("HEARING_ID").grade, Grade::Unusable);
  EXPECT_EQ(normaliseCommonPlatformId("6a2d1f3e_0b1c-4d2e-8f30-405162738495").grade, Grade::Unusable);
  const auto id = normaliseCommonPlatformId(" 6A2D1F3E-0B1C-4D2E-8F30-405162738495 ");
  EXPECT_EQ(id.value, "6a2d1f3e-0b1c-4d2e-8f30-405162738495");
  EXPECT_EQ(id.grade, Grade::Ok);
}

TEST(Identifiers, FindsTheCourtHouse) {
  for (const char* text : {"B01EF01", "C05LV00", "0300000", "0450000", "B50FI01"})
    EXPECT_EQ(normaliseOuCode(text).grade, Grade::Ok) << text;
  EXPECT_EQ(normaliseOuCode("B01").grade, Grade::Warn);
  EXPECT_EQ(courtHouse("B01EF01"), courtHouse("B01EF00"));
  EXPECT_EQ(courtHouse("B01"), "B01");
}

}  // namespace
}  // namespace causeway::model
