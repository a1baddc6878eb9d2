#include "tests/unit/pipeline/rig_support.hpp"

// What somebody who sends may try.
namespace causeway::pipeline {
namespace {

TEST_F(Pipeline, Attack13TheCertificateSaysWhoSendsWhateverTheDocumentClaims) {
  // The court's own certificate under a document of the records system, which names the records system as its source.
  const auto forged = rig.receive("courts", caseFile({}));
  rig.deliver();
  EXPECT_EQ(forged.status, 403);
  const auto rows = rig.messagesOf(forged.document_id);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].sender, "courts");
  EXPECT_EQ(rows[0].state, MessageState::Quarantined);
  EXPECT_TRUE(rows[0].case_id.empty());
  EXPECT_EQ(rig.audited("refusal").size(), 1U);
  EXPECT_TRUE(rig.sender.sent().empty());
  EXPECT_EQ(rig.receive("records", caseFile({})).outcome, "accepted") << "the number is not used up for its owner";
}

TEST_F(Pipeline, Attack14AReplayHasTheFirstAnswerAndNoEffectHoweverLateItComes) {
  const auto first = registered();
  const auto sent = rig.sender.sent().size();
  const auto replayed = [&] {
    const auto again = rig.receive("records", caseFile({}));
    rig.deliver();
    EXPECT_EQ(again.outcome, "duplicate");
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(rig.ledger().received, 1);
    EXPECT_EQ(rig.sender.sent().size(), sent);
  };
  replayed();
  rig.clock.advance(std::chrono::hours(1));
  replayed();
  rig.restart();
  replayed();
  rig.clock.advance(std::chrono::hours(24 * 7));
  replayed();
  rig.clock.advance(std::chrono::hours(24 * 60));
  ASSERT_TRUE(rig.retention().purge());
  replayed();
  EXPECT_EQ(rig.audited("duplicate").size(), 5U);
}

TEST_F(Pipeline, Attack15TheSameNumberWithOtherContentIsRefusedAndBothAreOnRecord) {
  registered();
  const auto other = rig.receive("records", caseFile({.family = "Penrose"}));
  rig.deliver();
  EXPECT_EQ(other.outcome, "conflict");
  EXPECT_EQ(other.status, 409);
  EXPECT_EQ(rig.stateOf(other), "quarantined");
  EXPECT_EQ(rig.sender.sent().size(), 1U);
  const auto leaves = rig.audited("refusal");
  ASSERT_EQ(leaves.size(), 1U);
  const auto valueOf = [&](const std::string& name) {
    const auto at = leaves[0].find("\"" + name + "\":\"");
    if (at == std::string::npos) return std::string();
    const auto begin = at + name.size() + 4;
    return leaves[0].substr(begin, leaves[0].find('"', begin) - begin);
  };
  EXPECT_EQ(valueOf("content").size(), 64U);
  EXPECT_EQ(valueOf("first_content").size(), 64U);
  EXPECT_NE(valueOf("content"), valueOf("first_content"));
}

}  // namespace
}  // namespace causeway::pipeline
