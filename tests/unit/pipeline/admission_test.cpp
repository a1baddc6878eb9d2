#include "tests/unit/pipeline/rig_support.hpp"

namespace causeway::pipeline {
namespace {

using testing::Test;

TEST_F(Pipeline, QuarantinesWhatCannotBeRead) {
  const auto answer = rig.receive("records", "<CaseFile");
  EXPECT_EQ(answer.outcome, "malformed");
  EXPECT_EQ(answer.status, 400);
  const auto rows = rig.messagesOf(answer.document_id);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].state, MessageState::Quarantined);
  EXPECT_TRUE(rows[0].reason.starts_with("malformed"));
  EXPECT_FALSE(rows[0].raw_sealed.empty());
  EXPECT_EQ(rig.audited("refusal").size(), 1U);
  EXPECT_EQ(rig.ledger().quarantined, 1);
}

TEST_F(Pipeline, QuarantinesEveryKindOfRefusalUnderItsOutcome) {
  EXPECT_EQ(rig.receive("records", "<Unknown/>").outcome, "no_mapping");
  EXPECT_EQ(rig.receive("records", "<!DOCTYPE a><CaseFile/>").outcome, "malformed");
  EXPECT_EQ(rig.receive("records", "<CaseFile>" + std::string(11'000'000, 'x') + "</CaseFile>").outcome, "too_large");
  EXPECT_EQ(rig.ledger().quarantined, 3);
}

TEST_F(Pipeline, StoresNothingAsSomebodyUnknown) {
  const auto answer = rig.receive("nobody", caseFile({}));
  EXPECT_EQ(answer.outcome, "not_allowed");
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(rig.ledger().received, 0);
}

TEST_F(Pipeline, QuarantinesATypeThatTheSenderMayNotSend) {
  const auto answer = rig.receive("courts", caseFile({}));
  EXPECT_EQ(answer.outcome, "not_allowed");
  EXPECT_EQ(rig.stateOf(answer), "quarantined");
  EXPECT_TRUE(rig.sender.sent().empty());
}

TEST_F(Pipeline, AnswersADuplicateAsTheFirstTimeWithoutEffect) {
  const auto first = registered();
  rig.clock.advance(std::chrono::minutes(5));
  const auto second = rig.receive("records", caseFile({}));
  rig.deliver();
  EXPECT_EQ(second.outcome, "duplicate");
  EXPECT_EQ(second.status, 200);
  EXPECT_EQ(second.body, first.body);
  EXPECT_EQ(second.document_id, first.document_id);
  EXPECT_EQ(rig.ledger().received, 1);
  EXPECT_EQ(rig.sender.sent().size(), 1U);
  EXPECT_EQ(rig.audited("duplicate").size(), 1U);
}

TEST_F(Pipeline, AnswersADuplicateAlthoughTheFirstAnswerIsErased) {
  registered();
  ASSERT_TRUE(rig.vault().destroy("installation:replies"));
  EXPECT_EQ(rig.receive("records", caseFile({})).outcome, "duplicate");
  EXPECT_FALSE(rig.fatal());
}

TEST_F(Pipeline, QuarantinesOtherContentUnderAUsedNumber) {
  registered();
  const auto answer = rig.receive("records", caseFile({.family = "Penrose"}));
  rig.deliver();
  EXPECT_EQ(answer.outcome, "conflict");
  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(rig.ledger().quarantined, 1);
  EXPECT_EQ(rig.sender.sent().size(), 1U);
}

TEST_F(Pipeline, SeesADuplicateInTheSameCommitGroup) {
  canonical::CanonicalMessage message;
  message.set_message_id("m-1");
  message.set_type("case.registered");
  message.set_format("niche.test");
  message.set_received_at("2026-06-02T09:00:00Z");
  message.mutable_case_()->set_urn("52ZD0303926");
  rig.admitTogether({message, message}, "records");
  rig.deliver();
  EXPECT_EQ(rig.ledger().received, 1);
  EXPECT_EQ(rig.audited("duplicate").size(), 1U);
  EXPECT_EQ(rig.sender.sent("prosecutor").size(), 1U);
}

TEST_F(Pipeline, LetsTheSameContentUnderANewNumberHaveNoEffect) {
  registered();
  const auto again = rig.receive("records", caseFile({.id = "C2"}));
  rig.deliver();
  EXPECT_EQ(again.outcome, "accepted");
  EXPECT_EQ(rig.stateOf(again), "repeated");
  EXPECT_EQ(rig.sender.sent().size(), 1U);
}

TEST_F(Pipeline, LetsTheThirdOfABATakeEffect) {
  const auto a = registered();
  const auto b = registered({.id = "C2", .kind = "case.updated", .at = "2026-03-02T09:00:00Z", .consent = "refused"});
  const auto again =
      rig.receive("records", caseFile({.id = "C3", .kind = "case.updated", .at = "2026-03-03T09:00:00Z"}));
  ASSERT_EQ(rig.stateOf(b), "done");
  const auto whole = rig.caseOf(caseIdOf(a)).case_();
  EXPECT_NE(rig.stateOf(again), "repeated");
  ASSERT_EQ(whole.parties(0).consents_size(), 1);
  EXPECT_EQ(whole.parties(0).consents(0).state(), "given");
}

TEST_F(Pipeline, HoldsAValueThatCannotBeRead) {
  const auto whole = registered();
  const auto held = rig.receive("courts", resultFile({.date = "the first of April"}));
  EXPECT_EQ(held.outcome, "accepted");
  EXPECT_EQ(rig.stateOf(held), "held");
  ASSERT_EQ(rig.holds().size(), 1U);
  EXPECT_EQ(rig.holds()[0].reason_code, "bad_value");
  EXPECT_EQ(rig.holds()[0].text.find("April"), std::string::npos) << "a value stands in the text of a hold";
  EXPECT_EQ(rig.caseOf(caseIdOf(whole)).message_ids_size(), 1);
}

TEST_F(Pipeline, HoldsWhatNamesNoCase) {
  const auto held = rig.receive("courts", resultFile({.urn = ""}));
  EXPECT_EQ(rig.stateOf(held), "held");
  EXPECT_EQ(rig.holds().at(0).reason_code, "no_join");
}

TEST_F(Pipeline, AcknowledgesNothingThatTheDiskDidNotTake) {
  rig.disk().setFaultHook([](auto operation, auto) {
    return operation == store::GuardedVfs::Operation::Sync ? store::GuardedVfs::Fault::InputOutput
                                                           : store::GuardedVfs::Fault::None;
  });
  const auto answer = rig.receive("records", caseFile({}));
  EXPECT_EQ(answer.outcome, "unavailable");
  EXPECT_EQ(answer.status, 503);
  EXPECT_TRUE(rig.fatal());
  EXPECT_TRUE(rig.sender.sent().empty());
  rig.disk().setFaultHook({});
  EXPECT_EQ(rig.receive("records", caseFile({})).status, 503) << "after a failed commit nothing is accepted";
  rig.restart();
  EXPECT_EQ(rig.receive("records", caseFile({})).outcome, "accepted");
  rig.deliver();
  EXPECT_EQ(rig.ledger().received, 1);
  EXPECT_EQ(rig.sender.sent("prosecutor").size(), 1U);
}

}  // namespace
}  // namespace causeway::pipeline
