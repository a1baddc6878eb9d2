#include "tests/unit/pipeline/rig_support.hpp"

namespace causeway::pipeline {
namespace {

constexpr const char* kAsked = R"(mapping: test.asked
version: "1"
reads: xml
root: Asked
message: referral.requested
source: invented for tests
fields:
  - { from: "@at", to: asserted_at, as: instant }
  - { value: niche.test, to: format }
  - { from: Urn, to: case.urn, as: urn }
  - { from: "@family", to: "case.parties[0].person.names[0].family" }
  - { from: "@given", to: "case.parties[0].person.names[0].given[]" }
  - { value: victim, to: "case.parties[0].roles[0].role" }
  - { from: "@id", to: "case.parties[0].referrals[0].id" }
  - { from: "@to", to: "case.parties[0].referrals[0].organisation" }
  - { value: requested, to: "case.parties[0].referrals[0].state" }
)";

constexpr const char* kStep = R"(mapping: test.step
version: "1"
reads: xml
root: Step
message: referral.progressed
source: invented for tests
identify: { id: "@event" }
fields:
  - { from: "@at", to: asserted_at, as: instant }
  - { value: referral.test, to: format }
  - { value: referral, to: "case.identifiers[0].type" }
  - { from: "@referral", to: "case.identifiers[0].value" }
  - { from: "@referral", to: "case.parties[0].referrals[0].id" }
  - { from: "@state", to: "case.parties[0].referrals[0].state" }
)";

constexpr const char* kConfirmed = R"(mapping: test.confirmed
version: "1"
reads: xml
root: Confirmed
message: notice.confirmed
source: invented for tests
fields:
  - { from: "@notice", to: in_reply_to }
  - { from: "@at", to: asserted_at, as: instant }
  - { value: referral.test, to: format }
)";

Scene scene() {
  auto out = Scene::usual();
  out.mappings.insert(out.mappings.end(), {kAsked, kStep, kConfirmed});
  out.partner("records").may_send.emplace_back("referral.requested");
  for (const char* id : {"adviser", "prosecutor"})
    for (const char* type : {"referral.progressed", "notice.confirmed"}) out.partner(id).may_send.emplace_back(type);
  return out;
}

std::string step(const std::string& event, const std::string& state, const std::string& at = "2026-03-05T09:00:00Z") {
  return "<Step event=\"" + event + "\" referral=\"r-77\" state=\"" + state + "\" at=\"" + at + "\"/>";
}

class Answered : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(rig.receive("records", caseFile({})).outcome, "accepted");
    const auto asked =
        rig.receive("records", "<Asked id=\"r-77\" to=\"adviser\" given=\"Cora\" family=\"" + CaseText{}.family +
                                   "\" at=\"2026-03-04T09:00:00Z\"><Urn>" + CaseText{}.urn + "</Urn></Asked>");
    ASSERT_EQ(rig.stateOf(asked), "done") << asked.body;
    rig.deliver();
  }
  void TearDown() override {
    rig.settle();
    EXPECT_TRUE(rig.ledger().balances());
    EXPECT_EQ(rig.auditFault(), "");
  }

 public:
  HostRig rig{scene()};
};

TEST_F(Answered, RefusesAStepThatCannotFollowAndSaysWhatCan) {
  const auto refused = rig.receive("adviser", step("e-1", "engaged"));
  EXPECT_EQ(refused.outcome, "invalid_transition");
  EXPECT_EQ(refused.status, 409);
  EXPECT_NE(refused.body.find("what can follow: received, declined"), std::string::npos) << refused.body;
}

TEST_F(Answered, TakesARefusedStepLaterUnderTheSameNumber) {
  ASSERT_EQ(rig.receive("adviser", step("e-2", "contacted")).outcome, "invalid_transition");
  EXPECT_EQ(rig.stateOf(rig.receive("adviser", step("e-1", "accepted"))), "done");
  EXPECT_EQ(rig.stateOf(rig.receive("adviser", step("e-2", "contacted", "2026-03-06T09:00:00Z"))), "done");
}

TEST_F(Answered, TellsNobodyElseThatThereIsAReferral) {
  const auto refused = rig.receive("prosecutor", step("e-1", "accepted"));
  EXPECT_EQ(refused.outcome, "invalid_transition");
  EXPECT_NE(refused.body.find("no referral of that number"), std::string::npos) << refused.body;
}

TEST_F(Answered, FindsTheCaseOfANoticeThatOnlyItsRecipientMayConfirm) {
  const auto sent = rig.sender.sent("prosecutor");
  ASSERT_FALSE(sent.empty());
  const auto confirm = [&](const char* who) {
    return rig.receive(who, "<Confirmed notice=\"" + sent.front().delivery_id + "\" at=\"2026-03-05T10:00:00Z\"/>");
  };
  EXPECT_EQ(rig.stateOf(confirm("adviser")), "held");
  EXPECT_EQ(rig.stateOf(confirm("prosecutor")), "done");
}

}  // namespace
}  // namespace causeway::pipeline
