#include "host/pipeline/break_glass.hpp"

#include "tests/unit/pipeline/rig_support.hpp"

// A restricted case that a person opens in an emergency.
namespace causeway::pipeline {
namespace {

using std::chrono::minutes;

class Glass : public Pipeline {
 protected:
  void SetUp() override {
    case_id_ = caseIdOf(registered());
    restricted_ = rig.receive("courts", resultFile({.restriction = "prosecutor"}));
    rig.deliver();
  }
  void TearDown() override {
    glass_.reset();
    Pipeline::TearDown();
  }

  BreakGlass& glass() {
    if (!glass_)
      glass_ = std::make_unique<BreakGlass>(BreakGlassParts{rig.rulebook(), rig.store(), rig.vault(), rig.writer(),
                                                            rig.audit(), rig.rulings(), rig.clock, ids_},
                                            minutes(240));
    return *glass_;
  }
  Result<DecisionRow> open(const std::string& recipient = "adviser", int time = 30, const std::string& by = "4711") {
    return glass().open({case_id_, by, "she is in danger tonight", "uid:1000"}, recipient, minutes(time));
  }
  Result<DecisionRow> review(const std::string& number, const std::string& by) {
    return glass().review({number, by, "it was needed", "uid:1000"});
  }
  std::string holdOf(const std::string& recipient) {
    for (const auto& hold : rig.holds())
      if (hold.delivery_id == deliveryTo(recipient, restricted_).delivery_id) return hold.hold_id;
    ADD_FAILURE() << "nothing is held for " << recipient;
    return {};
  }
  Result<Ruled> release(const std::string& hold) {
    return rig.rulings().release({hold, "4711", "the case is open to them", "uid:1000"});
  }

  std::string case_id_;
  Acknowledgement restricted_;
  std::unique_ptr<BreakGlass> glass_;

 private:
  int numbers_ = 0;
  Ids ids_{rig.clock, [this](std::span<unsigned char> out) {
             for (auto& byte : out) byte = static_cast<unsigned char>(++numbers_);
           }};
};

TEST_F(Glass, IsRefusedWithoutWhoWhyAndATimeOrForTooLong) {
  EXPECT_EQ(glass().open({case_id_, "", "why", ""}, "", minutes(5)).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(glass().open({case_id_, "4711", "", ""}, "", minutes(5)).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(open("adviser", 0).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(open("adviser", 241).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(open("nobody").error().kind, ErrorKind::NotFound);
  EXPECT_EQ(glass().open({"no-case", "4711", "why", ""}, "", minutes(5)).error().kind, ErrorKind::NotFound);
  EXPECT_TRUE(glass().list()->empty());
  EXPECT_TRUE(rig.audited("break_glass").empty());
}

TEST_F(Glass, IsRefusedWhereNothingIsRestricted) {
  const auto other = caseIdOf(registered({.id = "C7", .urn = "01ZD0304026"}));
  const auto refused = glass().open({other, "4711", "she is in danger tonight", ""}, "", minutes(5));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Refused);
  EXPECT_TRUE(glass().mayLook(other, "4711"));
}

TEST_F(Glass, LetsWhatIsHeldForOneRecipientBeReleasedUntilItsTime) {
  EXPECT_EQ(deliveryTo("adviser", restricted_).reason, "restricted");
  const auto hold = holdOf("adviser");
  EXPECT_EQ(release(hold).error().kind, ErrorKind::Refused);
  ASSERT_TRUE(open("prosecutor"));
  EXPECT_EQ(release(hold).error().kind, ErrorKind::Refused) << "it was opened to somebody else";
  ASSERT_TRUE(open());
  ASSERT_TRUE(release(hold));
  rig.deliver();
  EXPECT_EQ(rig.sender.sent("adviser").size(), 1U);
  EXPECT_EQ(deliveryTo("adviser", restricted_).state, DeliveryState::Delivered);
}

TEST_F(Glass, EndsByItself) {
  const auto hold = holdOf("adviser");
  ASSERT_TRUE(open());
  rig.clock.advance(minutes(30));
  EXPECT_EQ(release(hold).error().kind, ErrorKind::Refused);
  ASSERT_TRUE(open());
  rig.sender.answer([](const Outgoing&) -> Result<Answer> { return fail(ErrorKind::Unavailable, "nobody answers"); });
  ASSERT_TRUE(release(hold));
  rig.deliver();
  const auto tried = rig.sender.sent("adviser").size();
  EXPECT_EQ(tried, 1U);
  rig.clock.advance(minutes(30));
  rig.sender.answer(FakeSender::withStatus(200));
  rig.passTime(minutes(15));
  EXPECT_EQ(rig.sender.sent("adviser").size(), tried) << "its time is over before the retry";
  EXPECT_EQ(deliveryTo("adviser", restricted_).reason, "restricted");
}

TEST_F(Glass, OverrulesNoOtherRule) {
  registered({.id = "C2", .kind = "case.updated", .at = "2026-04-02T09:00:00Z", .consent = "refused"});
  ASSERT_TRUE(open());
  const auto refused = release(holdOf("adviser"));
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().what.find("consent"), std::string::npos);
}

TEST_F(Glass, IsNotNeededByWhomTheListNames) {
  rig.receive("courts", resultFile({.id = "R5", .at = "2026-04-02T12:00:00Z", .restriction = "4321"}));
  EXPECT_TRUE(glass().mayLook(case_id_, "4321"));
  EXPECT_EQ(glass().mayLook(case_id_, "432").error().kind, ErrorKind::Refused);
}

TEST_F(Glass, LetsOnlyWhoOpenedItLookAndForItsTime) {
  EXPECT_EQ(glass().mayLook(case_id_, "4711").error().kind, ErrorKind::Refused);
  ASSERT_TRUE(open(""));
  EXPECT_TRUE(glass().mayLook(case_id_, "4711"));
  EXPECT_EQ(glass().mayLook(case_id_, "4712").error().kind, ErrorKind::Refused);
  EXPECT_EQ(release(holdOf("adviser")).error().kind, ErrorKind::Refused) << "looking tells nobody";
  rig.clock.advance(minutes(30));
  EXPECT_EQ(glass().mayLook(case_id_, "4711").error().kind, ErrorKind::Refused);
}

TEST_F(Glass, WaitsForTheReviewOfSomebodyElse) {
  const auto opened = open();
  ASSERT_TRUE(opened);
  EXPECT_EQ(review("no-number", "4712").error().kind, ErrorKind::NotFound);
  EXPECT_EQ(review(opened->decision_id, "4711").error().kind, ErrorKind::Refused);
  rig.clock.advance(std::chrono::hours(24 * 30));
  glass_.reset();
  rig.restart();
  ASSERT_EQ(glass().list()->size(), 1U);
  EXPECT_FALSE(glass().list()->front().review) << "it waits for as long as nobody has looked";
}

TEST_F(Glass, IsReviewedOnceAndBothAreInTheLog) {
  const auto opened = open();
  ASSERT_TRUE(opened);
  ASSERT_TRUE(review(opened->decision_id, "4712"));
  EXPECT_EQ(review(opened->decision_id, "4713").error().kind, ErrorKind::Conflict);
  ASSERT_TRUE(glass().list()->front().review);
  EXPECT_EQ(glass().list()->front().review->by, "4712");
  ASSERT_EQ(rig.audited("break_glass").size(), 1U);
  for (const char* part : {"4711", "adviser", "she is in danger tonight", "until"})
    EXPECT_NE(rig.audited("break_glass")[0].find(part), std::string::npos) << part;
  EXPECT_EQ(rig.audited("break_glass_review").size(), 1U);
}

}  // namespace
}  // namespace causeway::pipeline
