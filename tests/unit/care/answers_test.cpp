#include "host/care/answers.hpp"

#include "host/care/referral_moves.hpp"
#include "tests/unit/care/steps.hpp"

#include <fstream>
#include <iterator>

namespace causeway::care {
namespace {

using namespace steps;

constexpr std::string_view kStates[] = {"sent",      "received", "accepted", "on_hold",   "declined",
                                        "contacted", "engaged",  "closed",   "withdrawn", "entered_in_error"};

CanonicalMessage asked() {
  auto out = message("m-ask", "referral.requested", "niche.case/1", "2026-03-02T09:00:00Z");
  auto& referral = *addParty(out, person("Cora", "Lisle", "1999-01-05"), "victim").add_referrals();
  referral.set_id("ref-1");
  referral.set_state("requested");
  return out;
}

CanonicalMessage answered(std::string_view state, std::string_view referral = "ref-1",
                          std::string_view at = "2026-03-03T09:00:00Z") {
  auto out = message("m-" + std::string(state), "referral.progressed", "referral.event/1", at);
  auto& said = *out.mutable_case_()->add_parties()->add_referrals();
  said.set_id(std::string(referral));
  said.set_state(std::string(state));
  return out;
}

TEST(ReferralMoves, RefusesEveryStepThatIsNotInTheListAndSaysWhichAre) {
  int allowed = 0;
  for (const auto from : kStates)
    for (const auto to : kStates)
      for (const bool partner : {true, false}) {
        const bool listed = std::ranges::any_of(referralMoves(), [&](const ReferralMove& move) {
          return move.from == from && move.to == to && move.by_partner == partner;
        });
        allowed += listed ? 1 : 0;
        const bool first_answer = partner && from == "sent" && (to == "accepted" || to == "declined");
        EXPECT_EQ(refusedMove(from, to, partner).empty(), listed || first_answer) << from << " to " << to;
      }
  EXPECT_EQ(allowed, 21);
  EXPECT_EQ(refusedMove("contacted", "accepted", true),
            "the referral is 'contacted' and cannot become 'accepted'; what can follow: contacted, engaged, closed");
  EXPECT_NE(refusedMove("closed", "accepted", true).find("send a new referral"), std::string::npos);
}

TEST(ReferralMoves, AreThoseThatPartnersAreGiven) {
  std::ifstream in(std::string(CAUSEWAY_SOURCE_DIR) + "/mappings/referral/profile/moves.json");
  const std::string page((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  size_t listed = 0;
  for (size_t at = page.find("\"from\""); at != std::string::npos; at = page.find("\"from\"", at + 1)) ++listed;
  EXPECT_EQ(listed, referralMoves().size());
  for (const auto& move : referralMoves())
    EXPECT_NE(page.find(R"({ "from": ")" + std::string(move.from) + R"(", "to": ")" + std::string(move.to) +
                        R"(", "by": ")" + (move.by_partner ? "partner" : "referrer") + "\" }"),
              std::string::npos)
        << move.from << " to " << move.to;
}

TEST(Answers, OfAServiceAreRefusedWithoutAReferral) {
  const auto before = fold({registered()});
  const auto refused = apply(before.record, answered("accepted"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Invalid);
}

TEST(Answers, ThatSkipAStepLeaveNoTrace) {
  const auto before = fold({registered(), asked(), answered("received")});
  const auto refused = apply(before.record, answered("engaged"));
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().what.find("what can follow: accepted, declined"), std::string::npos)
      << refused.error().what;
}

TEST(Answers, MoveTheReferralOfThePersonWhomTheyAreAbout) {
  const auto after =
      fold({registered(), asked(), answered("received"), answered("accepted", "ref-1", "2026-03-04T09:00:00Z")});
  ASSERT_EQ(after.record.case_().parties_size(), 1);
  ASSERT_EQ(after.record.case_().parties(0).referrals_size(), 1);
  EXPECT_EQ(after.record.case_().parties(0).referrals(0).state(), "accepted");
}

TEST(Answers, AreNotUndoneWhenTheRecordsSayAgainThatTheyAsked) {
  auto again = asked();
  again.set_message_id("m-again");
  again.set_asserted_at("2026-03-09T09:00:00Z");
  const auto after = fold({registered(), asked(), answered("accepted"), again});
  EXPECT_EQ(after.record.case_().parties(0).referrals(0).state(), "accepted");
}

TEST(Answers, OfAPartnerMayNotWithdrawWhatItWasSent) {
  const auto before = fold({registered(), asked()});
  EXPECT_FALSE(apply(before.record, answered("withdrawn")));
}

TEST(Answers, AreFoundByTheNumberThatTheCaseRemembers) {
  const auto after = fold({registered(), asked()});
  CanonicalMessage whole;
  *whole.mutable_case_() = after.record.case_();
  const auto keys = joinKeys(whole);
  EXPECT_TRUE(
      std::ranges::any_of(keys, [](const JoinKey& key) { return key.kind == "referral" && key.value == "ref-1"; }));
}

TEST(Answers, ToATextAreForWhoeverHasTheNumber) {
  auto known = registered();
  known.mutable_case_()->mutable_parties(0)->add_contact_points()->set_value("+447700900123");
  auto receipt = message("m-n", "notification.settled", "notify.receipt/1", "2026-03-03T09:00:00Z");
  auto& point = *receipt.mutable_case_()->add_parties()->add_contact_points();
  point.set_value("+447700900123");
  point.set_dead(true);
  const auto after = fold({known, receipt});
  ASSERT_EQ(after.record.case_().parties_size(), 1);
  EXPECT_TRUE(after.record.case_().parties(0).contact_points(0).dead());
  receipt.set_message_id("m-n2");
  point.set_value("+447700900999");
  EXPECT_FALSE(apply(after.record, receipt));
}

TEST(Answers, AboutAPrisonerFindTheDefendantByNumber) {
  auto known = registered();
  known.mutable_case_()->mutable_defendants(0)->mutable_noms_number()->set_value("A1234BC");
  auto released = message("m-r", "custody.changed", "hmpps.domain-event/1", "2026-03-05T09:00:00Z");
  auto& who = *released.mutable_case_()->add_defendants();
  who.mutable_noms_number()->set_value("A1234BC");
  who.mutable_custody()->mutable_state()->set_code("released");
  const auto after = fold({known, released});
  ASSERT_EQ(after.record.case_().defendants_size(), 1);
  EXPECT_EQ(after.record.case_().defendants(0).custody().state().code(), "released");
  released.set_message_id("m-r2");
  who.mutable_noms_number()->set_value("Z9999ZZ");
  EXPECT_FALSE(apply(after.record, released)) << "another prisoner is no defendant of this case";
}

}  // namespace
}  // namespace causeway::care
