#include "tests/simulation/cases/checks.hpp"

#include "tests/simulation/cases/duties.hpp"
#include "tests/simulation/cases/messages.hpp"

#include <gtest/gtest.h>

// The checks themselves: a false history_ is found out.
namespace causeway::simulation::cases {
namespace {

using std::chrono::hours;

const Instant kNow = *parseInstant("2026-06-10T09:00:00Z");
const std::string kTrialDay = "2026-09-14T10:00", kOtherDay = "2026-09-21T10:00", kTime = "time of the trial",
                  kWanted = "wanted at the trial";

/// A case in which one witness is wanted at a trial that was moved once, with bail and one result.
class Checks : public testing::Test {
 protected:
  Checks() {
    plot_.said = {{.what = Says::Registered, .at = kNow},
                  {.what = Says::Listed, .at = kNow + hours(1), .when = kTrialDay},
                  {.what = Says::Wanted, .at = kNow + hours(2), .when = kTrialDay, .person = 1},
                  {.what = Says::Listed, .at = kNow + hours(3), .when = kOtherDay},
                  {.what = Says::Resulted,
                   .at = kNow + hours(4),
                   .hearing = Hearing::Plea,
                   .when = "2026-06-10T10:00",
                   .ordered = {{"4004", "Invented adjournment"}},
                   .bail = "Not to contact"}};
    for (const auto& one : plot_.said) known_.push_back(&one);
    tell(0, "tell_hearing", kTime, kOtherDay);
    tell(1, "tell_hearing", kTime, kOtherDay);
    tell(1, "warn_witness", kWanted, "yes");
    tell(0, "communicate_outcome", result_, "Invented adjournment");
    tell(0, "explain_bail", "bail", "Not to contact Cora Lisle. ");
  }

  Telling telling(int person, const std::string& what, const std::string& fact, const std::string& value) const {
    Telling out;
    out.at = kNow;
    out.urn = urnOf(plot_);
    out.recipient = "records";
    out.person = person;
    out.what = what;
    out.facts[fact] = value;
    return out;
  }
  std::string tell(int person, const std::string& what, const std::string& fact, const std::string& value) {
    return history_.add(telling(person, what, fact, value));
  }
  std::vector<std::string> disagreements() const {
    return cases::disagreements(plot_, history_, viewOf(plot_, known_));
  }
  bool isStale(const Telling& one) const { return !stale(one, viewOf(plot_, known_), "2026-06-10").empty(); }

  const std::string result_ = "result of the plea hearing: 4004 Invented adjournment";
  Plot plot_;
  std::vector<const Statement*> known_;
  History history_;
};

TEST_F(Checks, WhatAgreesIsNotFoundFaultWith) { EXPECT_EQ(disagreements(), std::vector<std::string>()); }

TEST_F(Checks, TheSameToldTwiceIsFound) {
  EXPECT_NE(tell(1, "tell_hearing", kTime, kOtherDay), "");
  EXPECT_NE(tell(1, "warn_witness", kWanted, "yes"), "");
  EXPECT_NE(tell(0, "communicate_outcome", result_, "Invented adjournment"), "");
}

TEST_F(Checks, TheSameAgainAfterSomethingElseIsNews) {
  EXPECT_EQ(tell(1, "stand_down", kWanted, "no"), "");
  EXPECT_EQ(tell(1, "warn_witness", kWanted, "yes"), "");
}

TEST_F(Checks, APartnerIsAnsweredOnceMoreOnlyWhenItNamesAnotherTime) {
  const std::string time = "court's time of the trial";
  auto listed = telling(-1, "hearing.listed", time, kOtherDay);
  listed.recipient = "cps";
  EXPECT_EQ(history_.add(listed), "");
  history_.heardFrom(urnOf(plot_), "cps", time, kOtherDay);
  EXPECT_NE(history_.add(listed), "");
  history_.heardFrom(urnOf(plot_), "cps", time, kTrialDay);
  EXPECT_EQ(history_.add(listed), "");
  EXPECT_NE(history_.add(listed), "");
}

TEST_F(Checks, WhatIsKnownToBeSupersededIsFound) {
  EXPECT_TRUE(isStale(telling(1, "tell_hearing", kTime, kTrialDay)));
  EXPECT_TRUE(isStale(telling(1, "stand_down", kWanted, "no")));
  EXPECT_TRUE(isStale(telling(0, "communicate_outcome", result_, "withdrawn")));
  EXPECT_TRUE(isStale(telling(0, "explain_bail", "bail", "Not to follow Cora Lisle. ")));
  EXPECT_FALSE(isStale(telling(1, "tell_hearing", kTime, kOtherDay)));
}

TEST_F(Checks, AnOldTimeToldLastIsFound) {
  tell(1, "tell_hearing", kTime, kTrialDay);
  ASSERT_EQ(disagreements().size(), 1U);
  EXPECT_TRUE(disagreements()[0].starts_with("person 1: the trial is at 2026-09-21T10:00"));
}

TEST_F(Checks, AWitnessStoodDownForNothingIsFound) {
  tell(1, "stand_down", kWanted, "no");
  EXPECT_EQ(disagreements().size(), 1U);
}

TEST_F(Checks, ADayThatWasToldLastOfATrialThatIsOffIsFound) {
  const Statement off{.what = Says::Vacated, .at = kNow + hours(5), .when = kOtherDay};
  EXPECT_TRUE(isStale(telling(0, "tell_called_off", kTime, "off"))) << "the trial is on";
  known_.push_back(&off);
  EXPECT_EQ(disagreements().size(), 3U) << "the day, to two people, and that one of them is wanted";
  EXPECT_FALSE(isStale(telling(0, "tell_called_off", kTime, "off")));
  EXPECT_EQ(tell(0, "tell_called_off", kTime, "off"), "");
  EXPECT_NE(tell(0, "tell_called_off", kTime, "off"), "") << "once";
  tell(1, "stand_down", kWanted, "no");
  EXPECT_EQ(disagreements(), std::vector<std::string>()) << "a witness who was stood down since keeps no day free";
  tell(1, "tell_hearing", kTime, kOtherDay);
  EXPECT_EQ(disagreements().size(), 1U);
}

TEST_F(Checks, AResultAndBailThatDoNotStandAreFound) {
  tell(0, "communicate_outcome", result_, "withdrawn");
  tell(0, "explain_bail", "bail", "Not to follow Cora Lisle. ");
  EXPECT_EQ(disagreements().size(), 2U);
}

TEST_F(Checks, ACaseThatIsNotAsTheModelSaysIsFound) {
  EXPECT_EQ(differences(plot_, canonical::Case(), viewOf(plot_, known_)).size(), 3U)
      << "their number, the plea hearing and the trial";
}

TEST_F(Checks, TheModelKnowsTheOrderOfWhatWasSaidAndNotOfWhatCame) {
  auto shuffled = known_;
  std::ranges::reverse(shuffled);
  EXPECT_EQ(viewOf(plot_, shuffled).hearings.at("trial").when, kOtherDay);
  EXPECT_TRUE(viewOf(plot_, shuffled).awaits(1, "trial", "2026-06-10"));
}

TEST_F(Checks, TheModelOwesNobodyTheDayOfATrialThatIsOff) {
  Duties duties(plot_);
  View none, on, off;
  on.hearings["trial"].when = off.hearings["trial"].when = kTrialDay;
  off.hearings["trial"].off = true;
  duties.hear(none, on, kNow, kNow);
  duties.hear(on, off, kNow + hours(1), kNow + hours(1));
  for (const auto& line : duties.linesAt(kNow + hours(2)))
    EXPECT_TRUE(line.ends_with("cancelled 2026-06-10T10:00:00Z"));
  duties.hear(off, on, kNow + hours(2), kNow + hours(2));
  EXPECT_EQ(duties.linesAt(kNow + hours(3)).size(), 4U) << "on again: two people are owed its day anew";
}

TEST_F(Checks, TheModelOwesTheDayOfOneTrialOnceThatWasTakenForTwo) {
  Duties duties(plot_);
  View one, two, joined;
  one.hearings["trial"].when = two.hearings["trial"].when = joined.hearings["trial"].when = kOtherDay;
  two.hearings["cps 2026-09-14"].when = kTrialDay;
  joined.hearings["trial"].when = kTrialDay;
  duties.hear({}, one, kNow, kNow);
  duties.hear(one, two, kNow + hours(1), kNow + hours(1));
  duties.hear(two, joined, kNow + hours(2), kNow + hours(2));
  const auto lines = duties.linesAt(kNow + hours(3));
  EXPECT_EQ(std::ranges::count_if(lines, [](const auto& line) { return line.ends_with("running open"); }), 2);
  EXPECT_EQ(lines.size(), 4U) << "the day told last is the one that holds";
}

TEST_F(Checks, TheModelCountsWorkingDaysInLondon) {
  Duties duties(plot_);
  View before, after;
  after.results["plea"]["4004"] = "Invented adjournment";
  // A Friday before a bank holiday, and a Friday in winter.
  for (const auto* received : {"2026-08-28T18:00:00Z", "2026-11-06T09:00:00Z"})
    duties.hear(before, after, *parseInstant(received), *parseInstant(received));
  const auto lines = duties.linesAt(*parseInstant("2026-09-01T09:00:00Z"));
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0], "outcome-told person 0 from 2026-08-28T18:00:00Z due 2026-09-07T16:00:00Z running open");
  EXPECT_EQ(lines[1], "outcome-told person 0 from 2026-11-06T09:00:00Z due 2026-11-13T17:00:00Z running open");
}

}  // namespace
}  // namespace causeway::simulation::cases
