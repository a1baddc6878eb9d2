#include "host/store/sqlite/key_store.hpp"
#include "tests/unit/pipeline/rig_support.hpp"

namespace causeway::pipeline {
namespace {

class Erasure : public Pipeline {
 protected:
  Result<int> erase(const std::string& case_id) {
    return rig.rulings().erase({case_id, "dpo.12", "retention has ended", "uid:1000"});
  }
  std::string messageIdOf(const Acknowledgement& document) {
    return rig.messagesOf(document.document_id).at(0).message_id;
  }
  /// What is held beside the notices to whoever was told, which no message reaches here.
  std::vector<HoldRow> otherHolds() {
    auto out = rig.holds();
    std::erase_if(out, [](const HoldRow& hold) { return hold.reason_code == "tell_by_hand"; });
    return out;
  }

  /// The wrapped key of a scope as it stands in the key file, read while the host is down; empty when there is none.
  std::string wrappedKey(const std::string& scope) {
    const auto keys = store::SqliteKeyStore::open(rig.file("keys.db"));
    const auto found = keys.value()->find(scope);
    return found.value().wrapped;
  }
};

TEST_F(Erasure, RefusesAnUnknownCaseAndAReasonWithANumber) {
  EXPECT_EQ(erase("no such case").error().kind, ErrorKind::NotFound);
  const auto whole = registered();
  const auto result = rig.rulings().erase({caseIdOf(whole), "dpo.12", "as asked on 07700900123", ""});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::Invalid);
  EXPECT_EQ(rig.caseOf(caseIdOf(whole)).message_ids_size(), 1);
}

TEST_F(Erasure, DestroysNothingThatTheStoreCouldNotRecord) {
  const auto whole = registered();
  rig.disk().setFaultHook([](auto operation, auto) {
    return operation == store::GuardedVfs::Operation::Write ? store::GuardedVfs::Fault::NoSpace
                                                            : store::GuardedVfs::Fault::None;
  });
  EXPECT_EQ(erase(caseIdOf(whole)).error().kind, ErrorKind::Unavailable);
  rig.disk().setFaultHook({});
  EXPECT_EQ(rig.caseOf(caseIdOf(whole)).message_ids_size(), 1);
}

TEST_F(Erasure, TakesTheKeysOfMessagesThatWaitedOrWereHeldToo) {
  const auto waited = rig.receive("courts", resultFile({}));
  ASSERT_EQ(rig.stateOf(waited), "waiting");
  const auto whole = registered();
  ASSERT_EQ(caseIdOf(waited), caseIdOf(whole));
  const auto held =
      rig.receive("courts", resultFile({.id = "R2", .asn = "1101ZD0100000448756M", .family = "Stranger"}));
  ASSERT_EQ(rig.stateOf(held), "held");
  const auto closed =
      rig.receive("courts", resultFile({.id = "R3", .asn = "1101ZD0100000448757N", .family = "Stranger"}));
  ASSERT_EQ(rig.stateOf(closed), "held");
  ASSERT_TRUE(rig.rulings().close({rig.holds().back().hold_id, "wco.4471", "sent by mistake", "uid:1000"}));
  const auto other = registered({.id = "C2", .urn = "01ZD0303927"});
  const std::vector<std::string> scopes{caseIdOf(whole), ownScope(messageIdOf(waited)), ownScope(messageIdOf(held)),
                                        ownScope(messageIdOf(closed))};
  const auto case_id = caseIdOf(whole), other_case = caseIdOf(other);
  rig.close();
  std::vector<std::string> keys;
  for (const auto& scope : scopes) keys.push_back(wrappedKey(scope));
  for (const auto& key : keys) {
    ASSERT_FALSE(key.empty());
    ASSERT_TRUE(rig.onDisk(key)) << "the search finds nothing that is there";
  }
  const auto kept = wrappedKey(other_case);
  rig.restart();

  const auto erased = erase(case_id);
  ASSERT_TRUE(erased) << erased.error().text();
  EXPECT_EQ(*erased, 4);
  for (const auto& key : keys) EXPECT_FALSE(rig.onDisk(key)) << "a key is on the disk while the host runs";
  rig.close();
  for (const auto& key : keys) EXPECT_FALSE(rig.onDisk(key)) << "a key is on the disk after the host ended";
  EXPECT_TRUE(rig.onDisk(kept)) << "the key of another case is gone";
  for (const char* text : {"Lisle", "Stranger", "07700900123", "Invented words", "01ZD0303926"})
    EXPECT_FALSE(rig.onDisk(text)) << text;
  rig.restart();
  EXPECT_TRUE(otherHolds().empty());
  EXPECT_EQ(rig.stateOf(held), "quarantined");
  EXPECT_EQ(rig.audited("erasure").size(), 1U);
  for (const auto& document : {waited, held}) {
    const auto row = rig.messagesOf(document.document_id).at(0);
    EXPECT_FALSE(rig.vault().open(ownScope(row.message_id), "canonical:" + row.message_id, row.canonical_sealed));
  }
}

TEST_F(Erasure, DeclinesWhatIsStillToBeSentAndSendsNothing) {
  rig.sender.answer(FakeSender::withStatus(503));
  const auto whole = registered();
  ASSERT_TRUE(erase(caseIdOf(whole)));
  rig.sender.answer(FakeSender::withStatus(200));
  const auto before = rig.sender.sent().size();
  rig.passTime(std::chrono::minutes(30));
  EXPECT_EQ(rig.sender.sent().size(), before);
  EXPECT_EQ(deliveryTo("prosecutor", whole).state, DeliveryState::Declined);
  EXPECT_EQ(rig.stateOf(whole), "done");
}

TEST_F(Erasure, HoldsWhatStillArrivesAndErasesThatToo) {
  const auto whole = registered();
  ASSERT_TRUE(erase(caseIdOf(whole)));
  const auto late = rig.receive("courts", resultFile({}));
  EXPECT_EQ(rig.stateOf(late), "held");
  EXPECT_EQ(otherHolds().at(0).reason_code, "case_unreadable");
  EXPECT_TRUE(erase(caseIdOf(whole)));
  EXPECT_EQ(rig.stateOf(late), "quarantined");
  EXPECT_TRUE(otherHolds().empty());
}

TEST_F(Erasure, ReachesADocumentThatWasRefusedThoughItNamedTheCase) {
  const auto whole = registered();
  // The same number for other content: refused, and kept for whoever asks why.
  const auto refused = rig.receive("records", caseFile({.family = "Trelawny"}));
  ASSERT_EQ(refused.outcome, "conflict");
  rig.settle();
  const auto rows = *rig.store().messagesOfCase(caseIdOf(whole));
  const auto row = std::ranges::find(rows, MessageState::Quarantined, &MessageRow::state);
  ASSERT_NE(row, rows.end());
  ASSERT_TRUE(rig.vault().open(ownScope(row->message_id), "raw:" + row->document_id, row->raw_sealed));
  ASSERT_TRUE(erase(caseIdOf(whole)));
  EXPECT_FALSE(rig.vault().open(ownScope(row->message_id), "raw:" + row->document_id, row->raw_sealed));
}

}  // namespace
}  // namespace causeway::pipeline
