#include "host/pipeline/retention.hpp"

#include "tests/unit/pipeline/rig_support.hpp"

namespace causeway::pipeline {
namespace {

using std::chrono::hours;

class Retained : public Pipeline {
 protected:
  Result<DecisionRow> keep(const std::string& case_id, const std::string& by, const std::string& because) {
    return rig.retention().keep({case_id, by, because, "uid:1000"}, rig.rulings());
  }
};

TEST_F(Retained, RefusesToKeepWithoutWhoAndWhy) {
  const auto whole = registered();
  EXPECT_EQ(keep(caseIdOf(whole), "", "an appeal is open").error().kind, ErrorKind::Invalid);
  EXPECT_EQ(keep(caseIdOf(whole), "dpo.12", "").error().kind, ErrorKind::Invalid);
  EXPECT_EQ(keep(caseIdOf(whole), "dpo.12", "asked on 07700900123").error().kind, ErrorKind::Invalid);
  EXPECT_EQ(keep("no such case", "dpo.12", "an appeal is open").error().kind, ErrorKind::NotFound);
  EXPECT_TRUE(rig.audited("retain").empty());
}

TEST_F(Retained, ThrowsNothingAwayBeforeItsTime) {
  const auto whole = registered();
  rig.clock.advance(hours(24 * 29));
  const auto purged = rig.retention().purge();
  ASSERT_TRUE(purged);
  EXPECT_EQ(purged->documents + purged->payloads + purged->quarantined, 0);
  EXPECT_TRUE(rig.audited("purge").empty());
}

TEST_F(Retained, ThrowsDocumentsAndPayloadsAwayAfterThirtyDaysAndKeepsTheBooks) {
  const auto whole = registered();
  const auto waiting = rig.receive("courts", resultFile({.id = "R9", .urn = "01ZD0303999"}));
  ASSERT_EQ(rig.stateOf(waiting), "waiting");
  const auto leaves = *rig.store().auditSize();
  rig.clock.advance(hours(24 * 31));
  const auto purged = rig.retention().purge();
  ASSERT_TRUE(purged) << purged.error().text();
  EXPECT_EQ(purged->documents, 1);
  EXPECT_EQ(purged->payloads, 1);
  const auto row = rig.messagesOf(whole.document_id).at(0);
  EXPECT_TRUE(row.raw_sealed.empty());
  EXPECT_FALSE(row.canonical_sealed.empty()) << "the message stays for the life of the case";
  EXPECT_TRUE(deliveryTo("prosecutor", whole).payload_sealed.empty());
  EXPECT_FALSE(rig.messagesOf(waiting.document_id).at(0).raw_sealed.empty()) << "what waits may have to be read again";
  EXPECT_TRUE(rig.ledger().balances());
  EXPECT_EQ(*rig.store().auditSize(), leaves + 2) << "one leaf for each category, and every earlier one is there";
  EXPECT_EQ(rig.auditFault(), "");
  EXPECT_EQ(rig.store().disclosuresOf(caseIdOf(whole))->size(), 1U) << "who was told stays in the register";
  EXPECT_EQ(rig.retention().purge()->documents, 0) << "once is enough";
}

TEST_F(Retained, LeavesNothingOfWhatItThrewAwayInThePagesOfTheFile) {
  // Larger than a page, so that its pages are given back and nothing overwrites them soon.
  auto large = caseFile({});
  large.insert(large.find("</CaseFile>"), std::string(60'000, ' '));
  const auto whole = rig.receive("records", large);
  ASSERT_EQ(whole.outcome, "accepted") << whole.body;
  rig.deliver();
  const auto raw = rig.messagesOf(whole.document_id).at(0).raw_sealed;
  ASSERT_GT(raw.size(), 60'000U);
  const auto pieces = [&] {
    int out = 0;
    for (size_t at = 0; at + 64 < raw.size(); at += 1'000) out += rig.onDisk(raw.substr(at, 64)) ? 1 : 0;
    return out;
  };
  rig.close();
  EXPECT_GT(pieces(), 50);
  rig.restart();
  rig.clock.advance(hours(24 * 31));
  ASSERT_EQ(rig.retention().purge()->documents, 1);
  rig.close();
  EXPECT_EQ(pieces(), 0);
  rig.restart();
  EXPECT_EQ(rig.auditFault(), "");
}

TEST_F(Retained, AsksAPersonAboutACaseThatIsQuietForAYear) {
  const auto whole = registered();
  const auto case_id = caseIdOf(whole);
  EXPECT_TRUE(rig.retention().due(10)->empty());
  rig.clock.advance(hours(24 * 366));
  const auto due = *rig.retention().due(10);
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].case_id, case_id);
  EXPECT_EQ(rig.caseOf(case_id).case_().parties_size(), 1) << "the clock erases no case";
  const auto kept = keep(case_id, "dpo.12", "an appeal is open");
  ASSERT_TRUE(kept);
  EXPECT_TRUE(rig.retention().due(10)->empty());
  EXPECT_EQ(rig.audited("retain").size(), 1U);
  rig.clock.advance(hours(24 * 366));
  const auto again = *rig.retention().due(10);
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].kept_before, 1);
  ASSERT_TRUE(rig.rulings().erase({case_id, "dpo.12", "retention has ended", "uid:1000"}));
  EXPECT_TRUE(rig.retention().due(10)->empty());
}

TEST_F(Retained, RefusesToReleaseWhatMayUndoSomethingWhoseContentIsGone) {
  rig.sender.answer(FakeSender::withStatus(422));
  const auto whole = registered();
  const auto held = rig.receive("courts", resultFile({}));
  rig.deliver();
  rig.sender.answer(FakeSender::withStatus(200));
  const auto newer = rig.receive("courts", resultFile({.id = "R2", .code = "1015", .at = "2026-04-02T12:00:00Z"}));
  rig.deliver();
  ASSERT_EQ(deliveryTo("records", newer).state, DeliveryState::Delivered);
  rig.clock.advance(hours(24 * 31));
  ASSERT_TRUE(rig.retention().purge());
  const auto row = deliveryTo("records", held);
  ASSERT_EQ(row.state, DeliveryState::Held);
  const auto holds = rig.holds();
  const auto hold = std::ranges::find(holds, row.delivery_id, &HoldRow::delivery_id);
  const auto released = rig.rulings().release({hold->hold_id, "wco.4471", "they will take it now", "uid:1000"});
  ASSERT_FALSE(released);
  EXPECT_EQ(released.error().kind, ErrorKind::Refused);
  EXPECT_EQ(deliveryTo("records", held).state, DeliveryState::Held);
}

}  // namespace
}  // namespace causeway::pipeline
