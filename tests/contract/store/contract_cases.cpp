#include "tests/contract/store/store_contract.hpp"

namespace causeway::pipeline {
namespace {

CaseRow caseAt(std::int64_t seq, const std::string& snapshot) {
  return {.case_id = "case", .seq = seq, .snapshot_sealed = snapshot, .test = true};
}

TEST_P(StoreContract, RefusesASnapshotOverAnotherOne) {
  write([](Transaction& tx) {
    ok(tx.saveCase(caseAt(1, "one")));
    ok(tx.saveCase(caseAt(2, "two")));
  });
  const auto tx = begin();
  EXPECT_EQ(failure(tx->saveCase(caseAt(1, "late"))), ErrorKind::Conflict);
  EXPECT_EQ(failure(tx->saveCase(caseAt(2, "late"))), ErrorKind::Conflict);
  EXPECT_EQ(failure(tx->saveCase(caseAt(4, "early"))), ErrorKind::Conflict);
  EXPECT_EQ(failure(tx->saveCase(caseAt(0, "none"))), ErrorKind::Invalid);
  EXPECT_EQ(ok(tx->loadCase("case"))->snapshot_sealed, "two");
}

TEST_P(StoreContract, RefusesASnapshotOfAnUnknownCase) {
  EXPECT_EQ(failure(begin()->saveCase(caseAt(2, "two"))), ErrorKind::Conflict);
}

TEST_P(StoreContract, KeepsTheNewestSnapshot) {
  const std::string large(100'000, 's');
  write([&](Transaction& tx) {
    ok(tx.saveCase(caseAt(1, "one")));
    ok(tx.saveCase(caseAt(2, large)));
  });
  const auto found = ok(store().findCase("case")).value();
  EXPECT_EQ(found.case_id, "case");
  EXPECT_EQ(found.seq, 2);
  EXPECT_EQ(found.snapshot_sealed, large);
  EXPECT_TRUE(found.test);
}

TEST_P(StoreContract, FindsCasesByAnyKeyWithoutRepeats) {
  write([](Transaction& tx) {
    ok(tx.addCaseKeys("case-1", {{"urn", "u1"}, {"asn", "a1"}}));
    ok(tx.addCaseKeys("case-1", {{"urn", "u1"}}));
    ok(tx.addCaseKeys("case-2", {{"asn", "a1"}, {"asn", "u1"}}));
    EXPECT_EQ(ok(tx.findCases({{"urn", "u1"}, {"asn", "a1"}})), (Texts{"case-1", "case-2"}));
    EXPECT_EQ(ok(tx.findCases({{"urn", "u1"}})), Texts{"case-1"});
  });
  EXPECT_EQ(ok(store().casesByKey({"asn", "a1"})), (Texts{"case-1", "case-2"}));
  EXPECT_EQ(ok(store().casesByKey({"asn", "u1"})), Texts{"case-2"});
}

TEST_P(StoreContract, RefusesAHoldTwiceAndAnUnknownRelease) {
  write([](Transaction& tx) {
    ok(tx.insert(makeHold("h1")));
    EXPECT_EQ(failure(tx.insert(makeHold("h1"))), ErrorKind::Conflict);
    EXPECT_EQ(failure(tx.releaseHold("nothing", "officer-7", atSecond(9))), ErrorKind::NotFound);
    ok(tx.releaseHold("h1", "officer-7", atSecond(9)));
    EXPECT_EQ(failure(tx.releaseHold("h1", "officer-8", atSecond(10))), ErrorKind::Conflict);
  });
}

TEST_P(StoreContract, ListsOpenHoldsOldestFirst) {
  write([](Transaction& tx) {
    ok(tx.insert(makeHold("late", 9)));
    ok(tx.insert(makeHold("released", 1)));
    ok(tx.insert(makeHold("early", 2)));
    ok(tx.releaseHold("released", "officer-7", atSecond(20)));
  });
  const auto holds = ok(store().openHolds(10));
  EXPECT_EQ(idsOf(holds, &HoldRow::hold_id), (Texts{"early", "late"}));
  EXPECT_EQ(ok(store().openHolds(1)).size(), 1U);
  const HoldRow wanted = makeHold("early", 2);
  EXPECT_EQ(holds.at(0).message_id, wanted.message_id);
  EXPECT_EQ(holds.at(0).delivery_id, wanted.delivery_id);
  EXPECT_EQ(holds.at(0).case_id, wanted.case_id);
  EXPECT_EQ(holds.at(0).reason_code, wanted.reason_code);
  EXPECT_EQ(holds.at(0).text, wanted.text);
  EXPECT_EQ(holds.at(0).rule, wanted.rule);
  EXPECT_EQ(holds.at(0).held_at, wanted.held_at);
  EXPECT_FALSE(holds.at(0).released_at);
  EXPECT_EQ(holds.at(0).follow_up_id, wanted.follow_up_id);
}

TEST_P(StoreContract, RefusesAGapOrARepeatInTheAudit) {
  const auto tx = begin();
  EXPECT_EQ(failure(tx->insert(AuditRow{1, "{}", "hash"})), ErrorKind::Conflict);
  ok(tx->insert(AuditRow{0, "{}", "hash"}));
  EXPECT_EQ(failure(tx->insert(AuditRow{0, "{}", "hash"})), ErrorKind::Conflict);
  EXPECT_EQ(failure(tx->insert(AuditRow{2, "{}", "hash"})), ErrorKind::Conflict);
}

TEST_P(StoreContract, ReadsTheAuditInOrder) {
  EXPECT_FALSE(ok(store().newestAuditHead()));
  write([](Transaction& tx) {
    for (const std::int64_t i : {0, 1, 2}) ok(tx.insert(AuditRow{i, "{\"n\":" + std::to_string(i) + "}", "hash"}));
    ok(tx.insert(AuditHead{3, "root 3", "signature", atSecond(3), "frontier"}));
    EXPECT_EQ(failure(tx.insert(AuditHead{3, "other", "signature", atSecond(3), ""})), ErrorKind::Conflict);
  });
  write([](Transaction& tx) {
    ok(tx.insert(AuditRow{3, "{\"n\":3}", std::string("\0hash", 5)}));
    ok(tx.insert(AuditHead{4, "root 4", "signature 4", atSecond(4), "frontier 4"}));
  });
  EXPECT_EQ(ok(store().auditSize()), 4);
  const auto rows = ok(store().auditRows(1, 2));
  EXPECT_EQ(idsOf(rows, &AuditRow::leaf), (Texts{"{\"n\":1}", "{\"n\":2}"}));
  EXPECT_EQ(ok(store().auditRows(3, 10)).at(0).leaf_hash, std::string("\0hash", 5));
  const auto head = ok(store().newestAuditHead()).value();
  EXPECT_EQ(head.size, 4);
  EXPECT_EQ(head.root_hash, "root 4");
  EXPECT_EQ(head.signature, "signature 4");
  EXPECT_EQ(head.signed_at, atSecond(4));
  EXPECT_EQ(head.frontier, "frontier 4");
  EXPECT_EQ(ok(store().auditHeads(3, 10)).size(), 1U);
}

}  // namespace
}  // namespace causeway::pipeline
