#include "adapters/courts/result_text.hpp"

#include "adapters/courts/courts.hpp"
#include "causeway/testkit.hpp"

#include <gtest/gtest.h>

namespace courts {
namespace {

using causeway::sdk::kTable;
using causeway::testkit::Host;

std::string timesIn(const char* day, std::string_view text) {
  std::string out;
  for (const auto& time : timesOn(*dayOf(day), text)) out += (out.empty() ? "" : " ") + time.time();
  return out;
}

std::string courtIn(std::string_view text) {
  const auto hearing = crownCourtHearing(text);
  if (!hearing) return {};
  return hearing->court + (hearing->day ? " " + hearing->day->date() : "");
}

TEST(CourtsText, FindsNoTimeWhereThereIsNone) {
  EXPECT_EQ(timesIn("2026-06-02", ""), "");
  EXPECT_EQ(timesIn("2026-06-02", "on 02/06/2026"), "");
  EXPECT_EQ(timesIn("2026-06-02", "at 10:00"), "");
  EXPECT_EQ(timesIn("2026-06-02", "on 02/06/2026 at 25:00 in room 10:99"), "");
  EXPECT_EQ(timesIn("2026-06-02", "case 1202/06/20261 at 10:00"), "");
  EXPECT_EQ(timesIn("2026-06-02", "on 31/06/2026 at 10:00"), "");
  EXPECT_EQ(timesIn("2026-06-02", "on 02/06/2026 " + std::string(80, 'x') + " at 10:00"), "");
}

TEST(CourtsText, FindsTheTimeOfADay) {
  EXPECT_EQ(timesIn("2026-06-02", "on 2026-06-02 at 14:00 in Courtroom 03"), "14:00");
  EXPECT_EQ(timesIn("2026-06-02", "on 02/06/2026 at 9:30"), "09:30");
  EXPECT_EQ(timesIn("2026-06-02", "on 02/06/2026 at 2:00 pm"), "14:00");
  EXPECT_EQ(timesIn("2026-06-02", "on 02/06/2026 at 12:15 AM."), "00:15");
  EXPECT_EQ(timesIn("2026-06-02", "on 02/06/2026 or such other date at 12:45 for Sentence"), "12:45");
  EXPECT_EQ(timesIn("2026-06-02", "at 14:00 on 02/06/2026"), "14:00");
  EXPECT_EQ(timesIn("2026-06-02", "on 01/06/2026 at 10:00 and on 02/06/2026 at 11:00"), "11:00");
  EXPECT_EQ(timesIn("2026-06-02", "on 02/06/2026 at 10:00; on 02/06/2026 at 10:00; on 02/06/2026 at 14:00"),
            "10:00 14:00");
}

TEST(CourtsText, KnowsShortCodes) {
  EXPECT_EQ(shortCodeOf("REMUB - Remand unconditional bail"), "REMUB");
  EXPECT_EQ(shortCodeOf("A - AdjournmentAdjourned"), "A");
  for (const auto* other :
       {"", "Fined 100.", "REMUB-Remand", "REMUB - ", "remub - Remand", "1 - One", "AVERYLONGWORDINDEED - Word"})
    EXPECT_EQ(shortCodeOf(other), "") << other;
}

TEST(CourtsText, CountsWhatWasTakenIntoConsideration) {
  EXPECT_EQ(takenIntoConsideration("11 other offences admitted and taken into consideration"), "11");
  EXPECT_EQ(takenIntoConsideration("and 3 Other Offences admitted and taken into consideration."), "3");
  EXPECT_EQ(takenIntoConsideration("other offences admitted and taken into consideration"), "");
  EXPECT_EQ(takenIntoConsideration("99999999999 other offences admitted and taken into consideration"), "");
}

TEST(CourtsText, FindsTheCrownCourt) {
  EXPECT_EQ(courtIn("Committed to Snaresbrook Crown Court for Sentence on 08/12/2026 or such other date"),
            "Snaresbrook Crown Court 2026-12-08");
  EXPECT_EQ(courtIn("to appear at Kingston upon Thames Crown Court"), "Kingston upon Thames Crown Court");
  EXPECT_EQ(courtIn("To be brought before the Central Criminal Court on 01/02/2027"),
            "Central Criminal Court 2027-02-01");
  EXPECT_EQ(
      courtIn(
          "CCSI - Committed to Crown Court for sentence in custody. Date and time to be fixed, Croydon Crown Court."),
      "Croydon Crown Court");
  EXPECT_EQ(courtIn("sent to the Crown Court at Bury St Edmunds on 03/03/2027"),
            "Bury St Edmunds Crown Court 2027-03-03");
  EXPECT_EQ(courtIn("to Newport (South Wales) Crown Court"), "Newport (South Wales) Crown Court");
  EXPECT_EQ(courtIn("until the Crown Court hearing"), "");
  EXPECT_EQ(courtIn("Fined 100."), "");
  EXPECT_EQ(courtIn("Crown Court"), "");
}

TEST(CourtsText, AnswersPartsOfANextHearing) {
  Host host(kTable<Courts>);
  const auto answer = host.convert("courts.next_hearing_from_text",
                                   {{"text", "Committed to Leeds Crown Court on 08/12/2026 or such other date"}});
  ASSERT_TRUE(answer.ok()) << answer.text();
  EXPECT_EQ(answer["court_name"], "Leeds Crown Court");
  EXPECT_EQ(answer["starts_at"], "2026-12-08[text]");
  EXPECT_EQ(answer["confidence"], "low");
  EXPECT_TRUE(host.convert("courts.next_hearing_from_text", {}).fields.empty());
}

TEST(CourtsText, KnowsPostcodesFromOtherLines) {
  Host host(kTable<Courts>);
  const auto postcode = [&](const char* line) {
    return std::string(host.convert("courts.postcode", {{"value", line}})["value"]);
  };
  EXPECT_EQ(postcode("zz1 1zz"), "ZZ1 1ZZ");
  EXPECT_EQ(postcode("EC1A1BB"), "EC1A 1BB");
  EXPECT_EQ(postcode("GIR 0AA"), "GIR 0AA");
  for (const auto* other : {"", "Exampleshire", "ZZ1", "1ZZ ZZ1", "ZZ11ZZZZ", "12345"})
    EXPECT_EQ(postcode(other), "") << other;
}

TEST(CourtsText, JoinsPartAndBuilding) {
  Host host(kTable<Courts>);
  EXPECT_EQ(host.convert("courts.premises", {{"part", "FLAT 2"}, {"building", "17"}})["value"], "FLAT 2, 17");
  EXPECT_EQ(host.convert("courts.premises", {{"building", "17"}})["value"], "17");
  EXPECT_TRUE(host.convert("courts.premises", {}).fields.empty());
}

}  // namespace
}  // namespace courts
