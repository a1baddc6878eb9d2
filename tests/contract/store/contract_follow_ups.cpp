#include "tests/contract/store/store_contract.hpp"

namespace causeway::pipeline {
namespace {

FollowUpRow makeFollowUp(const std::string& id) {
  FollowUpRow f;
  f.follow_up_id = id;
  f.partner = "prisons";
  f.endpoint = "prisons/moves";
  f.scope = "case";
  f.target_sealed = std::string("sealed\0target", 13);
  f.correlation = "correlation";
  f.document_id = "document";
  f.delivery_id = "delivery";
  f.case_id = "case";
  f.created_at = atSecond(1);
  f.not_before = atSecond(2);
  f.give_up_at = atSecond(90);
  return f;
}

TEST_P(StoreContract, RefusesAFollowUpTwiceAndAnUnknownChange) {
  const auto tx = begin();
  FollowUpRow row = makeFollowUp("f1");
  ok(tx->insert(row));
  EXPECT_EQ(failure(tx->insert(row)), ErrorKind::Conflict);
  EXPECT_EQ(failure(tx->updateFollowUp(makeFollowUp("nothing"))), ErrorKind::NotFound);
}

TEST_P(StoreContract, KeepsEveryFieldOfAFollowUp) {
  FollowUpRow wanted = makeFollowUp("f1");
  wanted.attempts = 3;
  wanted.reason = "http_404";
  write([&](Transaction& tx) { ok(tx.insert(wanted)); });
  reopen();
  const auto found = ok(store().followUp("f1")).value();
  EXPECT_EQ(found.partner, wanted.partner);
  EXPECT_EQ(found.endpoint, wanted.endpoint);
  EXPECT_EQ(found.scope, wanted.scope);
  EXPECT_EQ(found.target_sealed, wanted.target_sealed);
  EXPECT_EQ(found.correlation, wanted.correlation);
  EXPECT_EQ(found.document_id, wanted.document_id);
  EXPECT_EQ(found.delivery_id, wanted.delivery_id);
  EXPECT_EQ(found.case_id, wanted.case_id);
  EXPECT_EQ(found.sequence, wanted.sequence);
  EXPECT_EQ(found.state, wanted.state);
  EXPECT_EQ(found.attempts, wanted.attempts);
  EXPECT_EQ(found.reason, wanted.reason);
  EXPECT_EQ(found.created_at, wanted.created_at);
  EXPECT_EQ(found.not_before, wanted.not_before);
  EXPECT_EQ(found.give_up_at, wanted.give_up_at);
  EXPECT_FALSE(ok(store().followUp("f2")));
}

TEST_P(StoreContract, ChangesOnlyHowAFollowUpStands) {
  FollowUpRow row = makeFollowUp("f1");
  write([&](Transaction& tx) { ok(tx.insert(row)); });
  FollowUpRow change = row;
  change.state = FollowUpState::Held;
  change.attempts = 4;
  change.reason = "gave_up";
  change.not_before = atSecond(50);
  change.give_up_at = atSecond(900);
  change.partner = "another";
  change.target_sealed = "another";
  write([&](Transaction& tx) { ok(tx.updateFollowUp(change)); });
  const auto found = ok(store().followUp("f1")).value();
  EXPECT_EQ(found.state, FollowUpState::Held);
  EXPECT_EQ(found.attempts, 4);
  EXPECT_EQ(found.reason, "gave_up");
  EXPECT_EQ(found.not_before, atSecond(50));
  EXPECT_EQ(found.give_up_at, atSecond(900));
  EXPECT_EQ(found.partner, row.partner);
  EXPECT_EQ(found.target_sealed, row.target_sealed);
}

TEST_P(StoreContract, ListsOnlyWaitingFollowUpsInOrder) {
  std::vector<std::int64_t> sequences;
  write([&](Transaction& tx) {
    for (const int number : {1, 2, 3}) {
      FollowUpRow row = makeFollowUp("f" + std::to_string(number));
      row.state = static_cast<FollowUpState>(number);
      ok(tx.insert(row));
      sequences.push_back(row.sequence);
    }
    FollowUpRow last = makeFollowUp("a-later-one");
    ok(tx.insert(last));
  });
  EXPECT_EQ(idsOf(ok(store().pendingFollowUps(0, 10)), &FollowUpRow::follow_up_id), (Texts{"f1", "a-later-one"}));
  EXPECT_EQ(idsOf(ok(store().pendingFollowUps(sequences[0], 10)), &FollowUpRow::follow_up_id), Texts{"a-later-one"});
  EXPECT_TRUE(ok(store().pendingFollowUps(0, 0)).empty());
}

TEST_P(StoreContract, TellsTheNewestReceiptOfTheSameSubject) {
  write([](Transaction& tx) {
    const auto insert = [&](const std::string& id, auto change) {
      DeliveryRow row = makeDelivery(id);
      row.state = DeliveryState::Delivered;
      change(row);
      ok(tx.insert(row));
    };
    insert("first", [](DeliveryRow& d) { d.receipt = "R-1"; });
    insert("second", [](DeliveryRow& d) { d.receipt = "R-2"; });
    insert("without", [](DeliveryRow&) {});
    insert("held", [](DeliveryRow& d) {
      d.receipt = "R-3";
      d.state = DeliveryState::Held;
    });
    insert("other-subject", [](DeliveryRow& d) {
      d.receipt = "R-4";
      d.subject = "outcome";
    });
    insert("other-case", [](DeliveryRow& d) {
      d.receipt = "R-5";
      d.case_id = "case-2";
    });
    insert("no-subject", [](DeliveryRow& d) {
      d.receipt = "R-6";
      d.subject.clear();
    });
  });
  EXPECT_EQ(ok(store().newestReceipt("case", "witness-service", "attendance")), "R-2");
  EXPECT_EQ(ok(store().newestReceipt("case", "witness-service", "listing")), "");
  EXPECT_EQ(ok(store().newestReceipt("case", "witness-service", "")), "");
  EXPECT_EQ(ok(store().newestReceipt("case", "cps", "attendance")), "");
}

}  // namespace
}  // namespace causeway::pipeline
