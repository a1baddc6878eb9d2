#include "tests/contract/store/store_contract.hpp"

namespace causeway::pipeline {
namespace {

TEST_P(StoreContract, RefusesASecondTransaction) {
  const auto tx = begin();
  EXPECT_EQ(failure(store().begin()), ErrorKind::Refused);
}

TEST_P(StoreContract, RefusesWorkAfterCommit) {
  const auto tx = begin();
  ok(tx->commit());
  EXPECT_EQ(failure(tx->insert(makeMessage("m1"))), ErrorKind::Broken);
  EXPECT_EQ(failure(tx->commit()), ErrorKind::Broken);
  EXPECT_FALSE(ok(store().message("m1")));
}

TEST_P(StoreContract, ForgetsWhatWasNotCommitted) {
  {
    const auto tx = begin();
    ok(tx->insert(makeAdmission("a1")));
    ok(tx->insert(makeMessage("m1")));
    DeliveryRow delivery = makeDelivery("d1");
    ok(tx->insert(delivery));
    ok(tx->saveCase({.case_id = "case", .seq = 1, .snapshot_sealed = "s", .test = false}));
    ok(tx->insert(makeHold("h1")));
    ok(tx->insert(AuditRow{.index = 0, .leaf = "{}", .leaf_hash = "hash"}));
  }
  EXPECT_FALSE(ok(store().admission("courts", "a1")));
  EXPECT_FALSE(ok(store().message("m1")));
  EXPECT_TRUE(ok(store().pendingDeliveries(0, 10)).empty());
  EXPECT_FALSE(ok(store().findCase("case")));
  EXPECT_TRUE(ok(store().openHolds(10)).empty());
  EXPECT_EQ(ok(store().auditSize()), 0);
  EXPECT_EQ(ok(store().balance()).received, 0);
  // The log goes on where the committed part ends.
  write([](Transaction& tx) { ok(tx.insert(AuditRow{.index = 0, .leaf = "{}", .leaf_hash = "hash"})); });
}

TEST_P(StoreContract, ShowsReadersOnlyWhatIsCommitted) {
  const auto tx = begin();
  ok(tx->insert(makeMessage("m1")));
  EXPECT_FALSE(ok(store().message("m1")));
  EXPECT_TRUE(ok(tx->findMessage("m1")));
  ok(tx->commit());
  EXPECT_TRUE(ok(store().message("m1")));
}

TEST_P(StoreContract, ShowsATransactionItsOwnWrites) {
  const auto tx = begin();
  ok(tx->insert(makeAdmission("a1")));
  EXPECT_TRUE(ok(tx->findAdmission("courts", "a1")));
  ok(tx->setNewestDigest("subject", "digest"));
  EXPECT_EQ(ok(tx->newestDigest("subject")), "digest");
  ok(tx->addCaseKeys("case", {{"urn", "u1"}}));
  EXPECT_EQ(ok(tx->findCases({{"urn", "u1"}})), Texts{"case"});
  ok(tx->saveCase({.case_id = "case", .seq = 1, .snapshot_sealed = "s", .test = false}));
  EXPECT_EQ(ok(tx->loadCase("case"))->seq, 1);
  DeliveryRow delivery = makeDelivery("d1");
  ok(tx->insert(delivery));
  EXPECT_TRUE(ok(tx->findDelivery("d1")));
  EXPECT_EQ(ok(tx->openDeliveries("message")), OpenDeliveries{.under_way = 1});
}

TEST_P(StoreContract, GoesOnAfterAConflict) {
  write([](Transaction& tx) {
    ok(tx.insert(makeMessage("m1")));
    EXPECT_EQ(failure(tx.insert(makeMessage("m1"))), ErrorKind::Conflict);
    ok(tx.insert(makeMessage("m2")));
  });
  EXPECT_TRUE(ok(store().message("m1")));
  EXPECT_TRUE(ok(store().message("m2")));
  EXPECT_TRUE(ok(store().balance()).balances());
}

TEST_P(StoreContract, BeginsAgainAfterEitherEnd) {
  { const auto lost = begin(); }
  write([](Transaction& tx) { ok(tx.insert(makeMessage("m1"))); });
  write([](Transaction& tx) { ok(tx.insert(makeMessage("m2"))); });
  EXPECT_EQ(ok(store().messagesOfDocument("document")).size(), 2U);
}

}  // namespace
}  // namespace causeway::pipeline
