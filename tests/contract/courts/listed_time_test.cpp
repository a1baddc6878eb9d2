#include "tests/contract/courts/converted.hpp"

#include <gtest/gtest.h>

namespace courts {
namespace {

using causeway::sdk::NamedTexts;
using causeway::testkit::Answer;

std::string said(const Answer& answer) {
  std::string out;
  for (const char* part : {"date", "time", "precision", "basis", "confidence"})
    out += (out.empty() ? "" : " ") + std::string(answer[part].empty() ? "-" : answer[part]);
  return out;
}

std::string marked(const std::string& marking, const std::string& position = "1") {
  const auto answer =
      converted("courts.listed_time",
                {{"day", "2026-06-16"}, {"sitting", "10:00"}, {"marking", marking}, {"position", position}});
  return std::string(answer["time"]) + " " + std::string(answer["precision"]) + " " + std::string(answer["confidence"]);
}

TEST(CourtsListedTime, RefusesASittingThatIsNoTime) {
  for (const char* sitting : {"ten", "24:00", "10:60", "10", "10:3"})
    EXPECT_EQ(converted("courts.listed_time", {{"day", "2026-06-16"}, {"sitting", sitting}}).status, CW_REJECTED)
        << sitting;
  EXPECT_EQ(converted("courts.clock", {{"value", "soon"}}).status, CW_REJECTED);
  EXPECT_EQ(converted("courts.clock", {{"value", "9:05:00"}})["value"], "09:05");
}

TEST(CourtsListedTime, SaysNothingWithoutADay) {
  EXPECT_TRUE(converted("courts.listed_time", {{"sitting", "10:00"}}).fields.empty());
}

TEST(CourtsListedTime, TakesADayOutsideTheHearingForAConflict) {
  const auto answer =
      converted("courts.listed_time", {{"day", "2026-06-16"}, {"date", "2026-06-15"}, {"sitting", "10:00"}});
  EXPECT_EQ(said(answer), "2026-06-15 10:00 exact stated_local conflict");
  EXPECT_EQ(answer["conflicting"], "2026-06-16T10:00");
  EXPECT_EQ(answer["finding"], "time_conflict");
  for (const char* last : {"2026-06-14", "2026-06-15"})
    EXPECT_EQ(
        converted("courts.listed_time", {{"day", "2026-06-16"}, {"date", "2026-06-15"}, {"last", last}})["confidence"],
        "conflict");
  EXPECT_EQ(
      said(converted("courts.listed_time",
                     {{"day", "2026-06-16"}, {"date", "2026-06-15"}, {"last", "2026-06-17"}, {"sitting", "10:00"}})),
      "2026-06-16 10:00 exact stated_local high");
}

TEST(CourtsListedTime, ReadsAClockInTheMarking) {
  EXPECT_EQ(marked("10:30 AM"), "10:30 exact high");
  EXPECT_EQ(marked("10.30"), "10:30 exact high");
  EXPECT_EQ(marked("SITTING AT 2 PM"), "14:00 exact high");
  EXPECT_EQ(marked("at 2.15"), "14:15 exact high");
  EXPECT_EQ(marked("12:00 noon"), "12:00 exact high");
  EXPECT_EQ(marked("9:15 a.m."), "09:15 exact high");
  EXPECT_EQ(marked("NOT BEFORE 11:30 AM"), "11:30 not_before high");
  EXPECT_EQ(marked("NB 2:00 pm"), "14:00 not_before high");
  EXPECT_EQ(marked("AM"), " morning high");
  EXPECT_EQ(marked("Afternoon"), " afternoon high");
}

TEST(CourtsListedTime, LeavesWhatIsNoTimeToAPerson) {
  for (const char* words :
       {"TO FOLLOW", "10:30 AM FOR 11:00 AM", "Court 3", "25:00", "10:75", "16/06", "am or pm", "T20267041"})
    EXPECT_EQ(marked(words), "10:00 not_before low") << words;
  EXPECT_EQ(said(converted("courts.listed_time", {{"day", "2026-06-16"}, {"marking", "TO FOLLOW"}})),
            "2026-06-16 - date_only date_only low");
}

TEST(CourtsListedTime, StartsWithTheSittingAndLaterPlacesNoSooner) {
  EXPECT_EQ(marked(""), "10:00 exact high");
  EXPECT_EQ(marked("", ""), "10:00 exact high");
  EXPECT_EQ(marked("", "2"), "10:00 not_before high");
  EXPECT_EQ(said(converted("courts.listed_time", {{"day", "2026-06-16"}})), "2026-06-16 - date_only date_only high");
  EXPECT_EQ(
      converted("courts.listed_time", {{"day", "2026-06-16"}, {"sitting", "10:00"}, {"basis", "cp_utc"}})["basis"],
      "cp_utc");
}

TEST(CourtsListedTime, FixesNoTimeInAWarnedListOrInReserve) {
  EXPECT_EQ(said(converted("courts.listed_time", {{"list", "warned"}, {"day", "2026-07-06"}})),
            "2026-07-06 - warned_list date_only high");
  EXPECT_EQ(said(converted("courts.listed_time", {{"list", "warned"}, {"day", "2026-07-06"}, {"date", "2026-07-08"}})),
            "2026-07-08 - date_only date_only high");
  EXPECT_EQ(
      said(converted("courts.listed_time",
                     {{"list", "firm"}, {"state", "provisional"}, {"day", "2026-07-06"}, {"date", "2026-07-08"}})),
      "2026-07-08 - date_only date_only high");
}

TEST(CourtsPublished, ReadsLondonsClocksWhereNoZoneIsSaid) {
  const auto at = [](const char* text) {
    return std::string(converted("courts.published", {{"value", text}})["value"]);
  };
  EXPECT_EQ(at("2026-06-15T16:16:50"), "2026-06-15T15:16:50Z");
  EXPECT_EQ(at("2026-12-15T16:16:50.030"), "2026-12-15T16:16:50Z");
  EXPECT_EQ(at("2026-06-15T00:30"), "2026-06-14T23:30:00Z");
  EXPECT_EQ(at("2026-03-29T00:59:59"), "2026-03-29T00:59:59Z");
  EXPECT_EQ(at("2026-03-29T02:00:00"), "2026-03-29T01:00:00Z");
  EXPECT_EQ(at("2026-10-25T01:30:00"), "2026-10-25T00:30:00Z");
  EXPECT_EQ(at("2026-10-25T02:00:00"), "2026-10-25T02:00:00Z");
  EXPECT_EQ(at("2026-06-15T16:18:25.108Z"), "2026-06-15T16:18:25.108Z");
  EXPECT_EQ(converted("courts.published", {{"other", "2026-06-15T16:16:50"}})["value"], "2026-06-15T15:16:50Z");
  for (const char* text : {"yesterday", "2026-06-15", "2026-02-30T10:00:00", "2026-06-15 10:00:00"})
    EXPECT_EQ(converted("courts.published", {{"value", text}}).status, CW_REJECTED) << text;
}

TEST(CourtsListWords, RefusesADraft) {
  for (const char* version : {"DRAFT v1", "Draft", "v2 draft"})
    EXPECT_EQ(converted("courts.list_version", {{"value", version}}).status, CW_REJECTED) << version;
  EXPECT_EQ(converted("courts.list_version", {{"value", "FINAL v1"}})["value"], "FINAL v1");
}

TEST(CourtsListWords, FindsTheCourtInTheNameOfTheFile) {
  const auto court = [](const char* name) {
    return std::string(converted("courts.list_file", {{"value", name}})["value"]);
  };
  EXPECT_EQ(court("5_26102026_2992_B10JQ00_ADULT_COURT_LIST_DAILY"), "B10JQ00");
  EXPECT_EQ(court("B10JQ00"), "B10JQ00");
  EXPECT_EQ(court("5_26102026_2992_CHANGES_COURT_LIST"), "");
  EXPECT_EQ(court("5_26102026__"), "");
}

TEST(CourtsListWords, JoinsNotes) {
  EXPECT_EQ(converted("courts.joined", {{"value", "a"}, {"other", "b"}, {"value", "c"}})["value"], "a; b; c");
}

}  // namespace
}  // namespace courts
