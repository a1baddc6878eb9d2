#include "tests/unit/care/clock_support.hpp"

namespace causeway::care {
namespace {

constexpr const char* kReceived = "2026-06-02T15:00:00Z";

/// A case of two victims, and one message about some of them.
class ClockEvidence : public testing::Test {
 protected:
  ClockEvidence() {
    for (const char* id : {"p-1", "p-2"}) before.add_parties()->set_id(id);
    after = before;
    message.set_message_id("m-2");
    message.set_type("contact.made");
  }

  canonical::ContactMade& contact(int party, const std::string& purpose, const std::string& result,
                                  const std::string& when = "2026-06-02T14:00:00Z") {
    auto& out = *after.mutable_parties(party)->add_contacts_made();
    out.set_at(when);
    out.mutable_purpose()->set_code(purpose);
    out.mutable_result()->set_code(result);
    about.insert(after.parties(party).id());
    return out;
  }

  void task(const std::string& id, const std::string& state, const std::string& done_at = "2026-06-02T14:30:00Z") {
    message.set_type("task.completed");
    auto& out = *message.mutable_case_()->add_tasks();
    out.set_id(id);
    out.set_state(state);
    out.set_done_at(done_at);
  }

  std::vector<ClockRow> heard(std::vector<ClockRow> open = {started("outcome", "2026-06-02T09:00:00Z")}) {
    return hear(usualBook(), std::move(open), {before, after, message, about, at(kReceived)});
  }

  canonical::Case before, after;
  canonical::CanonicalMessage message;
  std::set<std::string> about;
};

TEST_F(ClockEvidence, AnAttemptThatReachedNobodyMeetsNothing) {
  contact(0, "outcome", "no_answer");
  EXPECT_TRUE(heard().empty());
}

TEST_F(ClockEvidence, WhatSomebodyElseWasToldMeetsNothing) {
  contact(1, "outcome", "spoke");
  EXPECT_TRUE(heard().empty());
}

TEST_F(ClockEvidence, AContactAboutSomethingElseMeetsNothing) {
  contact(0, "hearing", "spoke");
  EXPECT_TRUE(heard().empty());
}

TEST_F(ClockEvidence, AContactBeforeTheReceiptMeetsNothingUnlessItNamesTheDuty) {
  contact(0, "outcome", "spoke", "2026-06-02T08:00:00Z");
  EXPECT_TRUE(heard().empty());
  contact(0, "other", "spoke", "2026-06-02T08:30:00Z").set_answers_clock("t-1");
  ASSERT_EQ(heard().size(), 1U);
}

TEST_F(ClockEvidence, AContactThatNamesAnotherDutyMeetsThatOneOnly) {
  contact(0, "outcome", "spoke").set_answers_clock("t-9");
  EXPECT_TRUE(heard().empty());
}

TEST_F(ClockEvidence, WhatWasKnownBeforeIsNoNewEvidence) {
  contact(0, "outcome", "spoke");
  before = after;
  EXPECT_TRUE(heard().empty());
}

TEST_F(ClockEvidence, SomebodyWhoHeardMeetsIt) {
  contact(0, "outcome", "no_answer", "2026-06-02T11:00:00Z");
  contact(0, "outcome", "spoke");
  const auto rows = heard();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].state, ClockState::Met);
  EXPECT_EQ(formatInstant(*rows[0].stopped_at), "2026-06-02T14:00:00Z");
  EXPECT_EQ(rows[0].evidence, "m-2");
}

TEST_F(ClockEvidence, AContactDatedLaterThanItsReceiptMeetsNothingEvenIfItNamesTheDuty) {
  contact(0, "outcome", "spoke", "2027-01-01T00:00:00Z");
  EXPECT_TRUE(heard().empty());
  contact(0, "outcome", "spoke", "2026-06-02T15:06:00Z").set_answers_clock("t-1");
  EXPECT_TRUE(heard().empty());
}

TEST_F(ClockEvidence, ASendersClockThatIsAFewMinutesFastIsNoTimeToCome) {
  contact(0, "outcome", "spoke", "2026-06-02T15:04:00Z");
  const auto rows = heard();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(formatInstant(*rows[0].stopped_at), kReceived);
}

TEST_F(ClockEvidence, OneContactMeetsTheFirstOfTwoDutiesAlike) {
  auto later = started("outcome", "2026-06-02T10:00:00Z");
  later.clock_id = "k-2";
  later.due_at += std::chrono::hours(1);
  contact(0, "outcome", "spoke");
  const auto rows = heard({later, started("outcome", "2026-06-02T09:00:00Z")});
  ASSERT_EQ(rows.size(), 1U) << "nobody knows whether both were told";
  EXPECT_EQ(rows[0].clock_id, "k-1");
}

TEST_F(ClockEvidence, ItsTaskDoneMeetsItAndAnotherTaskDoesNot) {
  task("t-9", "done");
  EXPECT_TRUE(heard().empty());
  task("t-1", "open");
  EXPECT_TRUE(heard().empty());
  message.clear_case_();
  task("t-1", "done");
  const auto rows = heard();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].state, ClockState::Met);
  EXPECT_EQ(formatInstant(*rows[0].stopped_at), "2026-06-02T14:30:00Z");
}

TEST_F(ClockEvidence, ATaskThatNeedNotBeDoneCancelsIt) {
  task("t-1", "cancelled");
  const auto rows = heard();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].state, ClockState::Cancelled);
  EXPECT_EQ(rows[0].reason, "not_needed");
}

TEST_F(ClockEvidence, UnsafeContactSuspendsTheClocksOfThatPersonUntilASafeWayIsKnown) {
  message.set_type("contact.reported_unsafe");
  about = {"p-2"};
  EXPECT_TRUE(heard().empty());
  about = {"p-1"};
  const auto still = heard();
  ASSERT_EQ(still.size(), 1U);
  EXPECT_EQ(still[0].state, ClockState::Suspended);
  EXPECT_EQ(still[0].reason, "unsafe_contact");
  message.set_type("safe_contact.changed");
  auto& point = *after.mutable_parties(0)->add_contact_points();
  point.mutable_safe()->set_state("unsafe");
  EXPECT_TRUE(heard(still).empty());
  point.mutable_safe()->set_state("safe");
  const auto again = heard(still);
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].state, ClockState::Running);
}

TEST_F(ClockEvidence, EnhancedRightsShortenWhatRunsFromWhenTheyAreKnown) {
  message.set_type("needs.assessed");
  about = {"p-1"};
  after.mutable_parties(0)->mutable_enhanced()->set_entitled(true);
  const auto rows = heard();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_TRUE(rows[0].enhanced);
  EXPECT_EQ(due(rows[0]), "2026-06-03T16:00:00Z");
  EXPECT_EQ(next(rows[0]), "2026-06-03T12:00:00Z");
  EXPECT_TRUE(heard(rows).empty()) << "once";
}

TEST_F(ClockEvidence, AClockThatTheConfigurationKnowsNoMoreStaysAsItIs) {
  auto row = started("outcome", "2026-06-02T09:00:00Z");
  row.clock = "gone";
  contact(0, "outcome", "spoke");
  EXPECT_TRUE(heard({row}).empty());
}

TEST_F(ClockEvidence, WhatTheProsecutorAskedForIsDoneWhenItIsAnswered) {
  const auto book = bookFrom(R"(clocks:
  - id: asked
    right: x
    what: answer it
    team: t
    stops: [ { "case.action_requests[].state": answered } ]
    escalate: [ { at: due, tell: x } ]
    versions: [ { valid_from: 2021-04-01, source: law, due: { hours: 8 } } ]
)");
  ClockRow row;
  row.element = "A-1";
  row.started_at = at("2026-06-02T09:00:00Z");
  begin(book, *book.find("asked"), row);
  auto& request = *after.add_action_requests();
  request.set_id("A-1");
  request.set_state("open");
  message.mutable_case_()->add_action_requests()->set_id("A-1");
  EXPECT_TRUE(hear(book, {row}, {before, after, message, about, at(kReceived)}).empty());
  request.set_state("answered");
  message.mutable_case_()->mutable_action_requests(0)->set_id("A-2");
  EXPECT_TRUE(hear(book, {row}, {before, after, message, about, at(kReceived)}).empty()) << "said of another one";
  message.mutable_case_()->mutable_action_requests(0)->set_id("A-1");
  const auto moved = hear(book, {row}, {before, after, message, about, at(kReceived)});
  ASSERT_EQ(moved.size(), 1U);
  EXPECT_EQ(moved[0].state, ClockState::Met);
}

}  // namespace
}  // namespace causeway::care
