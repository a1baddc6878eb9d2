#include "tests/unit/care/clock_support.hpp"

// Duties about a hearing that is called off, or turns out to be another one.
namespace causeway::care {
namespace {

constexpr const char* kReceived = "2026-06-02T15:00:00Z";

class ClockHearings : public testing::Test {
 protected:
  ClockHearings() {
    before_.add_parties()->set_id("p-1");
    before_.add_hearings()->set_id("h-1");
    after_ = before_;
    message_.set_message_id("m-2");
    message_.set_type("hearing.listed");
  }

  static ClockRow about(const std::string& hearing, const std::string& clock = "hearing",
                        const std::string& id = "k-1") {
    auto out = started(clock, "2026-06-02T09:00:00Z");
    out.clock_id = id;
    out.hearing = hearing;
    out.matter = "hearing time";
    out.subject = "hearing time " + hearing;
    return out;
  }
  std::vector<ClockRow> heard(std::vector<ClockRow> open) {
    return hear(usualBook(), std::move(open), {before_, after_, message_, {}, at(kReceived), gone_});
  }
  void set(const std::string& state) { after_.mutable_hearings(0)->set_state(state); }

  canonical::Case before_, after_;
  canonical::CanonicalMessage message_;
  std::map<std::string, std::string> gone_;
};

TEST_F(ClockHearings, AHearingThatIsToBeHeldEndsNothing) {
  set("fixed");
  EXPECT_TRUE(heard({about("h-1")}).empty());
}

TEST_F(ClockHearings, AHearingThatIsGoneForGoodEndsWhatTellsItsDayAndNothingElse) {
  after_.clear_hearings();
  gone_["h-1"];
  const auto moved = heard({about("h-1"), about("h-1", "outcome", "k-2")});
  ASSERT_EQ(moved.size(), 2U);
  EXPECT_EQ(moved[0].reason, "hearing_gone");
  EXPECT_FALSE(isOpen(moved[0]));
  EXPECT_TRUE(isOpen(moved[1]));
  EXPECT_EQ(moved[1].hearing, "");
}

TEST_F(ClockHearings, NobodyIsOwedTheDayOfAHearingThatIsCalledOff) {
  for (const char* state : {"vacated", "cancelled"}) {
    set(state);
    const auto moved = heard({about("h-1"), about("h-1", "outcome", "k-2"), about("h-2", "hearing", "k-3")});
    ASSERT_EQ(moved.size(), 1U) << state;
    EXPECT_EQ(moved[0].state, ClockState::Cancelled);
    EXPECT_EQ(moved[0].reason, "hearing_called_off");
    EXPECT_EQ(*moved[0].stopped_at, at(kReceived));
    EXPECT_EQ(next(moved[0]), "never");
    EXPECT_EQ(moved[0].evidence, "m-2");
  }
}

TEST_F(ClockHearings, ABreachStaysOneWhenTheHearingIsCalledOff) {
  auto row = about("h-1");
  firedBy(row, "2026-06-03T16:00:00Z");
  set("vacated");
  EXPECT_EQ(heard({row}).at(0).state, ClockState::Breached);
}

TEST_F(ClockHearings, ADutyGoesWithItsHearing) {
  before_.add_hearings()->set_id("h-2");
  gone_["h-2"] = "h-1";
  const auto moved = heard({about("h-2")});
  ASSERT_EQ(moved.size(), 1U);
  EXPECT_EQ(moved[0].hearing, "h-1");
  EXPECT_TRUE(isOpen(moved[0]));
  EXPECT_EQ(moved[0].due_at, about("h-2").due_at);
}

TEST_F(ClockHearings, OfTwoDutiesThatTurnOutToBeOneTheNewerGoesOn) {
  gone_["h-2"] = "h-1";
  const auto moved = heard({about("h-2", "hearing", "k-1"), about("h-1", "hearing", "k-2")});
  ASSERT_EQ(moved.size(), 1U);
  EXPECT_EQ(moved[0].clock_id, "k-1");
  EXPECT_EQ(moved[0].state, ClockState::Superseded);
  EXPECT_EQ(moved[0].reason, "told_anew");
  EXPECT_EQ(heard({about("h-2", "outcome", "k-1"), about("h-1", "outcome", "k-2")}).size(), 1U)
      << "each outcome is owed: the one that moved goes on";
  EXPECT_TRUE(isOpen(heard({about("h-2", "outcome", "k-1"), about("h-1", "outcome", "k-2")})[0]));
}

TEST_F(ClockHearings, ADutyThatFollowsItsHearingToOneThatIsOffEnds) {
  gone_["h-2"] = "h-1";
  set("vacated");
  EXPECT_EQ(heard({about("h-2")}).at(0).reason, "hearing_called_off");
}

TEST(ClockRow, IsTheSameDutyByItsSubjectOrByItsMatterAndHearing) {
  ClockRow a;
  a.clock = "hearing";
  a.element = "p-1";
  auto b = a;
  EXPECT_FALSE(isSameDuty(a, b)) << "about nothing";
  a.subject = b.subject = "s";
  EXPECT_TRUE(isSameDuty(a, b));
  b.element = "p-2";
  EXPECT_FALSE(isSameDuty(a, b));
  b = a;
  b.subject = "t";
  a.hearing = b.hearing = "h-1";
  EXPECT_FALSE(isSameDuty(a, b));
  a.matter = b.matter = "m";
  EXPECT_TRUE(isSameDuty(a, b));
  b.hearing = "h-2";
  EXPECT_FALSE(isSameDuty(a, b));
}

}  // namespace
}  // namespace causeway::care
