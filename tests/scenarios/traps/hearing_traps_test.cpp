#include "tests/scenarios/traps/day.hpp"

// When somebody has to be at court: a wrong hour or a hearing that nobody tells of is the commonest harm.
namespace causeway::traps {
namespace {

const std::string kSpi = "courts/examples/trial-fixed.xml", kPlatform = "courts/examples/cp-trial-fixed.json";

/// What the people concerned are told of the trial: one task for the victim, one for each witness of the case.
long tasksSaying(Day& day, std::string_view words) { return count(day.told("records"), words); }

// flow: F02 happy
TEST(Trap1, HearingTimesOfCommonPlatformAreUtcWithoutSayingSo) {
  for (const auto& document : {kSpi, kPlatform}) {
    SCOPED_TRACE(document);
    Day day;
    day.knows("assault.xml");
    ASSERT_TRUE(has(example(document), "09:00:00")) << "what it says for ten o'clock in London";
    EXPECT_EQ(day.stateOf(day.hears("courts", example(document))), "done");
    const auto told = day.told("records");
    EXPECT_GE(count(told, "14 July 2026 at 10:00"), 2) << "the victim and the witness";
    EXPECT_EQ(count(told, "09:00"), 0);
    EXPECT_TRUE(day.everTold("cps", R"("date":"2026-07-14","time":"10:00")"));
    EXPECT_FALSE(day.everTold("cps", "09:00"));
  }
}

TEST(Trap1, InWinterTheHourIsTheSameInBoth) {
  Day day;
  day.knows("assault.xml");
  day.hears("courts",
            with(example(kPlatform), {{"2026-07-14T09:00", "2026-12-14T10:00"}, {"14/07/2026", "14/12/2026"}}));
  EXPECT_GE(tasksSaying(day, "14 December 2026 at 10:00"), 2);
}

// flow: F02 withheld
TEST(Trap1, TwoHoursThatAreNoSummerHourApartAreForAPersonToAskAbout) {
  Day day;
  day.knows("assault.xml");
  day.hears("courts", with(example(kSpi), {{"14/07/2026 at 10:00", "14/07/2026 at 14:00"}}));
  const auto told = day.told("records");
  EXPECT_GE(count(told, "Tell this person when and where"), 2);
  EXPECT_EQ(count(told, "Tell this person when and where"),
            count(told, "find out which is right before you tell anyone"));
}

TEST(Trap2, TrialVacatedWithoutAReasonIsSentForTrialsThatTakePlaceToo) {
  const auto without = with(example("courts/examples/cp-trial-vacated.json"),
                            {{R"("vacatedTrialReasonId": "d82c8d16-19ad-3176-9665-453cfb2e55f0",)", ""}});
  for (const auto& document : {without, example("courts/examples/cp-trial-outcome.json")}) {
    Day day;
    day.knows("assault.xml");
    const auto fixed = day.hears("courts", example(kPlatform));
    day.told("records");
    day.hears("courts", document);
    EXPECT_TRUE(day.told("records").empty()) << "nobody is told to stay at home";
    const auto whole = day.caseAfter(fixed);
    for (const auto& hearing : whole.hearings()) EXPECT_NE(hearing.state(), "vacated");
    for (const auto& party : whole.parties())
      for (const auto& attendance : party.attendances()) EXPECT_NE(attendance.state(), "stood_down");
  }
}

TEST(Trap2, WithAReasonItIsWhatTheReasonSays) {
  Day day;
  day.knows("assault.xml");
  day.hears("courts", example(kPlatform));
  const auto vacated = day.hears("courts", example("courts/examples/cp-trial-vacated.json"));
  EXPECT_EQ(day.stateOf(vacated), "done") << testing::PrintToString(day.held());
  const auto whole = day.caseAfter(vacated);
  int off = 0;
  for (const auto& hearing : whole.hearings()) off += hearing.state() == "vacated" ? 1 : 0;
  EXPECT_EQ(off, 1);
}

TEST(Trap3, AResultHasNoHearingTypeSoThePurposeIsReadFromTheReason) {
  Day day;
  day.knows("assault.xml");
  ASSERT_FALSE(has(example(kSpi), "HearingType"));
  day.hears("courts", example(kSpi));
  EXPECT_GE(tasksSaying(day, "Purpose of the hearing: trial"), 2);
}

TEST(Trap3, ANextHearingThatIsDroppedIsAskedFor) {
  Day day;
  day.knows("assault.xml");
  const auto result = example(kSpi);
  const size_t from = result.find("<NextHearing>"), to = result.find("</NextHearing>") + 14;
  const auto silent =
      with(result.substr(0, from) + result.substr(to),
           {{" until hearing on 14/07/2026 at 10:00 in Courtroom 02, Fictionbury Magistrates' Court", ""}});
  EXPECT_EQ(day.stateOf(day.hears("courts", silent)), "done");
  const auto told = day.told("records");
  EXPECT_EQ(count(told, "type=\"Find out next hearing\""), 1);
  EXPECT_EQ(count(told, "Tell date of hearing"), 0);
  day.hears("courts", result);
  EXPECT_EQ(tasksSaying(day, "Find out next hearing"), 0) << "where it is said there is nothing to ask";
}

TEST(Trap6, GrantedSpecialMeasuresHaveNoCodeAndAreReadAllTheSame) {
  Day day;
  day.knows("assault.xml");
  ASSERT_FALSE(has(example(kSpi), "SMLL")) << "the standard message has dropped them";
  const auto measuresIn = [](const canonical::Case& whole) {
    std::string out;
    for (const auto& party : whole.parties())
      for (const auto& one : party.special_measures())
        out += party.person().names(0).family() + " " + one.measure().code() + " " + one.state() + "\n";
    return out;
  };
  const auto pushed = measuresIn(day.caseAfter(day.hears("courts", example(kPlatform))));
  EXPECT_EQ(pushed,
            "Sampleford live_link granted\nSampleford screens granted\nFable video_evidence_in_chief granted\n");
  // The same hearing in the message that lost them takes nothing back.
  EXPECT_EQ(measuresIn(day.caseAfter(day.hears("courts", example(kSpi)))), pushed);
}

TEST(Trap6, ReadFromTheWordsOfAStandardResultTheyAreLessSure) {
  Day day;
  day.knows("assault.xml");
  const auto whole = day.caseAfter(day.hears(
      "courts",
      with(example(kSpi),
           {{"</Result>\n</Offence>",
             "</Result><Result><ResultText>SMLL - Special measures direction: Witness to give evidence by "
             "means of a live link Name of witness Ms Odette Sampleford</ResultText></Result>\n</Offence>"}})));
  ASSERT_EQ(whole.parties(0).special_measures_size(), 1);
  EXPECT_EQ(whole.parties(0).special_measures(0).measure().code(), "live_link");
  EXPECT_EQ(whole.parties(0).special_measures(0).confidence(), "low");
}

}  // namespace
}  // namespace causeway::traps
