#include "adapters/courts/person_name.hpp"
#include "tests/contract/courts/converted.hpp"

#include <gtest/gtest.h>

namespace courts {
namespace {

using causeway::sdk::NamedTexts;
using causeway::testkit::Answer;

std::string timeOf(const NamedTexts& inputs) {
  const auto answer = converted("courts.platform_time", inputs);
  return std::string(answer["date"]) + " " + std::string(answer["time"]) + " " + std::string(answer["basis"]) + " " +
         std::string(answer["confidence"]);
}

TEST(CourtsPlatformTime, RefusesWhatIsNoTime) {
  for (const char* utc :
       {"HEARING_DATE", "2026-02-30T09:00:00Z", "2026-06-02", "2026-06-02T25:00:00Z", "1066-10-14T09:00:00Z"})
    EXPECT_EQ(converted("courts.platform_time", {{"utc", utc}}).status, CW_REJECTED) << utc;
  EXPECT_EQ(converted("courts.platform_time", {{"week", "soon"}}).status, CW_REJECTED);
}

TEST(CourtsPlatformTime, KnowsTheDayInLondon) {
  EXPECT_EQ(converted("courts.day_in_london", {{"value", "2026-06-02T23:30:00Z"}})["value"], "2026-06-03");
  EXPECT_EQ(converted("courts.day_in_london", {{"value", "2026-12-02T23:30:00Z"}})["value"], "2026-12-02");
  EXPECT_EQ(converted("courts.day_in_london", {{"value", "soon"}}).status, CW_REJECTED);
}

TEST(CourtsPlatformTime, SaysNothingWhenNothingIsSaid) {
  EXPECT_TRUE(converted("courts.platform_time", {}).fields.empty());
}

TEST(CourtsPlatformTime, KnowsSummerAndWinter) {
  EXPECT_EQ(timeOf({{"utc", "2026-06-02T09:00:00.000Z"}}), "2026-06-02 10:00 cp_utc high");
  EXPECT_EQ(timeOf({{"utc", "2026-12-02T09:00:00.000Z"}}), "2026-12-02 09:00 cp_utc high");
  EXPECT_EQ(timeOf({{"utc", "2026-03-29T00:59:00Z"}}), "2026-03-29 00:59 cp_utc high");
  EXPECT_EQ(timeOf({{"utc", "2026-03-29T01:00:00Z"}}), "2026-03-29 02:00 cp_utc high");
  EXPECT_EQ(timeOf({{"utc", "2026-10-25T00:59:00Z"}}), "2026-10-25 01:59 cp_utc high");
  EXPECT_EQ(timeOf({{"utc", "2026-10-25T01:00:00Z"}}), "2026-10-25 01:00 cp_utc high");
  EXPECT_EQ(timeOf({{"utc", "2026-06-02T23:30:00Z"}}), "2026-06-03 00:30 cp_utc high");
  EXPECT_EQ(timeOf({{"utc", "2026-06-02T10:00:00+01:00"}}), "2026-06-02 10:00 cp_utc high");
}

TEST(CourtsPlatformTime, TakesTheFirstOfSeveralDays) {
  EXPECT_EQ(timeOf({{"utc", "2026-07-15T09:30:00Z"}, {"utc", "2026-07-14T09:00:00Z"}}), "2026-07-14 10:00 cp_utc high");
}

TEST(CourtsPlatformTime, BelievesWhatWasSaidInCourt) {
  EXPECT_EQ(timeOf({{"said_date", "14/07/2026"}, {"said_time", "10:00"}}), "2026-07-14 10:00 prompt high");
  EXPECT_TRUE(
      converted("courts.platform_time", {{"said_alone", "no"}, {"said_date", "14/07/2026"}, {"said_time", "10:00"}})
          .fields.empty());
  EXPECT_EQ(timeOf({{"utc", "2026-07-14T09:00:00Z"}, {"said_date", "14/07/2026"}, {"said_time", "10:00"}}),
            "2026-07-14 10:00 cp_utc high");
  EXPECT_EQ(timeOf({{"utc", "2026-07-14T09:00:00Z"}, {"said_date", "2026-07-14"}, {"said_time", "09:00"}}),
            "2026-07-14 09:00 prompt conflict");
  EXPECT_EQ(timeOf({{"utc", "2026-07-14T09:00:00Z"}, {"text", "until 14/07/2026 at 14:00"}}),
            "2026-07-14 14:00 text conflict");
  EXPECT_EQ(converted("courts.platform_time", {{"utc", "2026-07-14T09:00:00Z"}, {"said_time", "14:00"}})["conflicting"],
            "2026-07-14T10:00");
}

TEST(CourtsPlatformTime, KeepsAWeekAndADateStillToBeFixed) {
  EXPECT_EQ(converted("courts.platform_time", {{"week", "2027-01-11"}})["precision"], "week_commencing");
  EXPECT_EQ(converted("courts.platform_time", {{"to_be_fixed", "true"}})["precision"], "to_be_fixed");
  EXPECT_TRUE(converted("courts.platform_time", {{"to_be_fixed", "false"}}).fields.empty());
}

TEST(CourtsNames, AreTakenApartAsFarAsTheyAreSure) {
  const auto name = [](const char* text) {
    const auto read = fullNameOf(text);
    std::string out = read->title + "/";
    for (const auto& given : read->given) out += given + " ";
    return out + "/" + read->family + (read->sure ? "" : "?");
  };
  EXPECT_FALSE(fullNameOf("  "));
  EXPECT_EQ(name("Ms Ada Jane Carrow"), "Ms/Ada Jane /Carrow");
  EXPECT_EQ(name("CARROW, Ada"), "/Ada /CARROW");
  EXPECT_EQ(name("Carrow"), "//Carrow");
  EXPECT_EQ(name("Dr. Hester Notreal"), "Dr./Hester /Notreal");
  EXPECT_EQ(name("Ada Carrow and Bea Lisle"), "//Ada Carrow and Bea Lisle?");
  EXPECT_EQ(name("PC 4711"), "//PC 4711?");
  EXPECT_EQ(converted("courts.full_name", {{"value", "Ada Carrow; Bea Lisle"}})["finding"], "name_unsure");
}

TEST(CourtsNames, AreFoundInATextOnlyBehindTheCourtsOwnLabels) {
  EXPECT_EQ(witnessIn("SMLL - Live link\nName of witness Ada Carrow\nReasons for making the direction Age"),
            "Ada Carrow");
  EXPECT_EQ(witnessIn("SMVR - Recorded In respect of witness name: Ada Carrow Date of interview 1 March"),
            "Ada Carrow");
  EXPECT_EQ(witnessIn("SMLL - Ada Carrow by live link"), "");
}

TEST(CourtsConverters, ReadTheRestOfCommonPlatform) {
  EXPECT_EQ(converted("courts.presence", {{"value", "NOT_PRESENT"}, {"value", "IN_PERSON"}})["value"], "present");
  EXPECT_TRUE(converted("courts.presence", {{"value", "ELSEWHERE"}}).fields.empty());
  EXPECT_EQ(
      converted("courts.outcome_reason", {{"kind", "Vacated"}, {"code", "L"}, {"jurisdiction", "CROWN"}})["value"],
      "Vacated L CROWN");
  EXPECT_EQ(converted("courts.application_state", {{"value", "G - Granted\nThe witness must come"}})["value"],
            "granted");
  EXPECT_EQ(converted("courts.application_state", {{"value", "Refused"}})["value"], "refused");
  EXPECT_TRUE(converted("courts.application_state", {{"value", "Adjourned"}}).fields.empty());
  EXPECT_EQ(converted("courts.first_amount", {{"value", "£1,320.10"}})["value"], "1320.10");
  EXPECT_EQ(converted("courts.first_amount", {{"value", "a lot"}}).status, CW_REJECTED);
  EXPECT_EQ(converted("courts.instant", {{"value", "2026-06-02T10:00:00.191Z[UTC]"}})["value"],
            "2026-06-02T10:00:00.191Z");
  EXPECT_EQ(converted("courts.instant", {{"value", "2026-06-02T10:00:00.191+00:00"}})["value"],
            "2026-06-02T10:00:00.191Z");
  EXPECT_EQ(converted("courts.instant", {{"value", "%SHARED_TIME%"}}).status, CW_REJECTED);
}

}  // namespace
}  // namespace courts
