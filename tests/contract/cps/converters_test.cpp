#include "adapters/cps/cps.hpp"
#include "causeway/testkit.hpp"

#include <gtest/gtest.h>

namespace cps {
namespace {

using causeway::testkit::Host;

class CpsConverters : public testing::Test {
 protected:
  std::string value(const char* converter, const causeway::sdk::NamedTexts& inputs) {
    const auto answer = host_.convert(converter, inputs);
    return answer.ok() ? std::string(answer["value"]) : "refused";
  }
  std::string finding(const char* converter, const causeway::sdk::NamedTexts& inputs) {
    return std::string(host_.convert(converter, inputs)["finding"]);
  }
  Host host_{sdk::kTable<Cps>};
};

TEST_F(CpsConverters, RefuseWhatTheyCannotRead) {
  EXPECT_EQ(value("cps.yes_no", {{"value", "perhaps"}}), "refused");
  EXPECT_EQ(value("cps.under_18", {{"value", "fourteen"}}), "refused");
  EXPECT_EQ(value("cps.under_18", {{"value", "-1"}}), "refused");
  EXPECT_EQ(value("cps.any_date", {{"value", "31-02-2026"}}), "refused");
  EXPECT_EQ(value("cps.day_instant", {{"value", "yesterday"}}), "refused");
  EXPECT_EQ(value("cps.telephone", {{"national", "ask her mother"}}), "refused");
  EXPECT_EQ(value("cps.only", {{"value", "REQUIRED"}, {"allowed", "NOT_REQUIRED S9"}}), "refused");
  EXPECT_EQ(value("cps.only", {{"value", "NOT"}, {"allowed", "NOT_REQUIRED S9"}}), "refused");
  for (const char* converter : {"cps.urn_force", "cps.urn_unit", "cps.urn_number", "cps.urn_year", "cps.urn_split"})
    EXPECT_EQ(value(converter, {{"value", "CRC10955-23"}}), "refused") << converter;
}

TEST_F(CpsConverters, ReadTheLettersOfAWitness) {
  for (const char* text : {"VLT", "V, L, T", "V/L/T", " V L T ", "VLTV"})
    EXPECT_EQ(value("cps.indicators", {{"value", text}}), "V,L,T") << text;
  EXPECT_EQ(value("cps.indicators", {{"value", "V"}, {"value", "T"}, {"form", "letters"}}), "V,T");
  EXPECT_EQ(value("cps.indicators", {{"value", "VQ"}}), "V,Q") << "kept, and reported";
  EXPECT_EQ(finding("cps.indicators", {{"value", "VQ"}}), "unknown_indicator");
  EXPECT_EQ(value("cps.indicators", {{"value", "Vulnerable"}}), "") << "a word is no row of letters";
  EXPECT_EQ(finding("cps.indicators", {{"value", "Vulnerable"}}), "unknown_indicator");
}

TEST_F(CpsConverters, TakeNotApplicableAsNotSaid) {
  EXPECT_EQ(value("cps.yes_no", {{"value", "Y"}}), "true");
  EXPECT_EQ(value("cps.yes_no", {{"value", " n "}}), "false");
  for (const char* text : {"NA", "n/a", "Not applicable", ""}) EXPECT_EQ(value("cps.yes_no", {{"value", text}}), "");
}

TEST_F(CpsConverters, KnowWhoIsUnderEighteen) {
  EXPECT_EQ(value("cps.under_18", {{"value", "17"}}), "under_18");
  EXPECT_EQ(value("cps.under_18", {{"value", "18"}}), "");
}

TEST_F(CpsConverters, MakeACaseNumberOfItsPartsAndBack) {
  const causeway::sdk::NamedTexts parts{{"force", "52"}, {"unit", "sb"}, {"number", "01234"}, {"year", "26"}};
  EXPECT_EQ(value("cps.urn", parts), "52SB0123426");
  EXPECT_EQ(finding("cps.urn", parts), "");
  EXPECT_EQ(value("cps.urn", {{"force", "52"}, {"unit", "SB"}, {"number", "01234"}, {"year", "26"}, {"split", "2"}}),
            "52SB0123426/2");
  EXPECT_EQ(finding("cps.urn", {{"force", "52"}, {"number", "1"}}), "odd_urn");
  EXPECT_EQ(value("cps.urn_force", {{"value", "52SB0123426/2"}}), "52");
  EXPECT_EQ(value("cps.urn_unit", {{"value", "52SB0123426/2"}}), "SB");
  EXPECT_EQ(value("cps.urn_number", {{"value", "52SB0123426/2"}}), "01234");
  EXPECT_EQ(value("cps.urn_year", {{"value", "52SB0123426/2"}}), "26");
  EXPECT_EQ(value("cps.urn_split", {{"value", "52SB0123426/2"}}), "2");
  EXPECT_EQ(value("cps.urn_split", {{"value", "52SB0123426"}}), "");
}

TEST_F(CpsConverters, MakeOneTelephoneNumber) {
  EXPECT_EQ(value("cps.telephone", {{"national", "07700 900123"}}), "07700900123");
  EXPECT_EQ(value("cps.telephone", {{"national", "7700900123"}, {"country", "44"}}), "07700900123");
  EXPECT_EQ(value("cps.telephone", {{"national", "0612345678"}, {"country", "33"}}), "+33612345678");
  EXPECT_EQ(value("cps.telephone", {{"national", "01179000000"}, {"extension", "12"}}), "01179000000 x12");
  EXPECT_EQ(finding("cps.telephone", {{"national", "01179000000"}, {"extension", "12"}}), "telephone_extension");
}

TEST_F(CpsConverters, ReadDatesAsFormsAndNoticesWriteThem) {
  for (const char* text : {"1971-01-31", "31-01-1971", "31/01/1971"})
    EXPECT_EQ(value("cps.any_date", {{"value", text}}), "1971-01-31") << text;
  EXPECT_EQ(value("cps.day_instant", {{"value", "2026-02-10"}}), "2026-02-10T00:00:00Z");
}

TEST_F(CpsConverters, PutRemarksTogether) {
  EXPECT_EQ(value("cps.remarks",
                  {{"witnesses", "One has not answered."}, {"other", " Soon. "}, {"empty", " "}, {"none", "N"}}),
            "witnesses: One has not answered.\nother: Soon.");
  EXPECT_TRUE(host_.convert("cps.remarks", {}).fields.empty());
}

TEST_F(CpsConverters, AskAboutAMarkThatIsTakenBackAndWriteNothing) {
  EXPECT_EQ(value("cps.withdrawn", {{"value", "Vulnerable Witness"}}), "");
  EXPECT_EQ(finding("cps.withdrawn", {{"value", "Vulnerable Witness"}}), "indicator_withdrawn");
}

}  // namespace
}  // namespace cps
