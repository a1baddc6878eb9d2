#include "host/pipeline/lanes.hpp"
#include "tests/contract/store/store_contract.hpp"

namespace causeway::pipeline {
namespace {

// In which order a lane of these leaves.
std::string orderOf(const std::vector<DeliveryRow>& rows) {
  Lanes lanes;
  const auto now = atSecond(1'000);
  for (const auto& row : rows) lanes.add(row, now);
  std::string out;
  while (!lanes.empty()) {
    const auto one = lanes.take(now, 1, 1).at(0);
    lanes.done(one.recipient);
    lanes.leave(one, now);
    out += one.delivery_id + " ";
  }
  return out;
}

TEST_P(StoreContract, RefusesADeliveryTwiceAndAnUnknownChange) {
  const auto tx = begin();
  DeliveryRow delivery = makeDelivery("d1");
  ok(tx->insert(delivery));
  EXPECT_EQ(failure(tx->insert(delivery)), ErrorKind::Conflict);
  EXPECT_EQ(failure(tx->updateDelivery(makeDelivery("nothing"))), ErrorKind::NotFound);
  EXPECT_FALSE(ok(tx->findDelivery("nothing")));
}

TEST_P(StoreContract, KeepsEveryFieldOfADelivery) {
  DeliveryRow wanted = makeDelivery("d1");
  wanted.state = DeliveryState::Held;
  wanted.receipt = "R-1";
  wanted.reason = "unsafe_contact";
  wanted.attempts = 3;
  write([&](Transaction& tx) { ok(tx.insert(wanted)); });
  const auto found = ok(begin()->findDelivery("d1")).value();
  EXPECT_EQ(found.message_id, wanted.message_id);
  EXPECT_EQ(found.case_id, wanted.case_id);
  EXPECT_EQ(found.recipient, wanted.recipient);
  EXPECT_EQ(found.type, wanted.type);
  EXPECT_EQ(found.purpose, wanted.purpose);
  EXPECT_EQ(found.route, wanted.route);
  EXPECT_EQ(found.subject, wanted.subject);
  EXPECT_EQ(found.priority, wanted.priority);
  EXPECT_EQ(found.sequence, wanted.sequence);
  EXPECT_EQ(found.state, wanted.state);
  EXPECT_EQ(found.payload_sealed, wanted.payload_sealed);
  EXPECT_EQ(found.receipt, wanted.receipt);
  EXPECT_EQ(found.reason, wanted.reason);
  EXPECT_EQ(found.attempts, wanted.attempts);
  EXPECT_EQ(found.created_at, wanted.created_at);
  EXPECT_EQ(found.due_at, wanted.due_at);
  EXPECT_EQ(found.not_before, wanted.not_before);
}

TEST_P(StoreContract, ChangesOnlyHowADeliveryStands) {
  DeliveryRow row = makeDelivery("d1");
  write([&](Transaction& tx) { ok(tx.insert(row)); });
  DeliveryRow change = row;
  change.state = DeliveryState::Delivered;
  change.receipt = "R-1";
  change.reason = "accepted";
  change.attempts = 2;
  change.not_before = atSecond(50);
  change.payload_sealed = "another";
  change.recipient = "another";
  write([&](Transaction& tx) { ok(tx.updateDelivery(change)); });
  const auto found = ok(store().deliveriesOf("message")).at(0);
  EXPECT_EQ(found.state, DeliveryState::Delivered);
  EXPECT_EQ(found.receipt, "R-1");
  EXPECT_EQ(found.reason, "accepted");
  EXPECT_EQ(found.attempts, 2);
  EXPECT_EQ(found.not_before, atSecond(50));
  EXPECT_EQ(found.payload_sealed, row.payload_sealed);
  EXPECT_EQ(found.recipient, row.recipient);
}

TEST_P(StoreContract, GivesRisingSequenceNumbers) {
  std::int64_t last = 0;
  for (const char* id : {"zulu", "alpha", "mike"}) {
    DeliveryRow row = makeDelivery(id);
    write([&](Transaction& tx) { ok(tx.insert(row)); });
    EXPECT_GT(row.sequence, last);
    last = row.sequence;
    reopen();
  }
}

TEST_P(StoreContract, ListsOnlyQueuedAndSendingInOrder) {
  std::vector<std::int64_t> sequences;
  write([&](Transaction& tx) {
    for (const int number : {1, 2, 3, 4, 5, 6, 7}) {
      DeliveryRow row = makeDelivery("d" + std::to_string(number));
      row.state = static_cast<DeliveryState>(number);
      ok(tx.insert(row));
      sequences.push_back(row.sequence);
    }
    DeliveryRow last = makeDelivery("d8");
    ok(tx.insert(last));
  });
  const auto pending = ok(store().pendingDeliveries(0, 10));
  EXPECT_EQ(idsOf(pending, &DeliveryRow::delivery_id), (Texts{"d1", "d2", "d8"}));
  EXPECT_EQ(pending.at(0).payload_sealed, makeDelivery("d1").payload_sealed);
  EXPECT_EQ(idsOf(ok(store().pendingDeliveries(sequences[0], 1)), &DeliveryRow::delivery_id), Texts{"d2"});
  EXPECT_TRUE(ok(store().pendingDeliveries(0, 0)).empty());
  EXPECT_EQ(idsOf(ok(store().allDeliveries(sequences[1], 3)), &DeliveryRow::delivery_id), (Texts{"d3", "d4", "d5"}));
  EXPECT_EQ(ok(store().allDeliveries(0, 100)).size(), 8U);
}

TEST_P(StoreContract, GivesALaneTheSameOrderAfterItWasOpenedAgain) {
  std::vector<DeliveryRow> rows;
  write([&](Transaction& tx) {
    const auto insert = [&](const std::string& id, const std::string& subject, int priority) {
      DeliveryRow row = makeDelivery(id);
      row.subject = subject;
      row.priority = priority;
      ok(tx.insert(row));
      rows.push_back(row);
    };
    insert("outcome", "outcome", 50);
    insert("amended", "outcome", 95);
    insert("note", "", 30);
    insert("risk", "risk", 90);
    insert("correction", "", 95);
    insert("stand-down", "attendance", 85);
  });
  const auto before = orderOf(rows);
  EXPECT_EQ(before, "risk stand-down outcome amended note correction ");
  reopen();
  EXPECT_EQ(orderOf(ok(store().pendingDeliveries(0, 10))), before);
}

TEST_P(StoreContract, CountsDeliveriesThatAreNotSettled) {
  write([](Transaction& tx) {
    for (const int number : {1, 2, 3, 4, 5, 6, 7}) {
      DeliveryRow row = makeDelivery("d" + std::to_string(number));
      row.state = static_cast<DeliveryState>(number);
      ok(tx.insert(row));
    }
    DeliveryRow other = makeDelivery("other", "another message");
    ok(tx.insert(other));
    EXPECT_EQ(ok(tx.openDeliveries("message")), (OpenDeliveries{.under_way = 2, .held = 1}));
  });
}

TEST_P(StoreContract, TellsWhatCameLaterAboutTheSameSubject) {
  write([](Transaction& tx) {
    MessageRow message = makeMessage("message");
    message.case_id = "case";
    ok(tx.insert(message));
    std::vector<DeliveryRow> rows;
    const auto insert = [&](const std::string& id, auto change) {
      DeliveryRow row = makeDelivery(id);
      change(row);
      ok(tx.insert(row));
      rows.push_back(row);
    };
    insert("earlier", [](DeliveryRow&) {});
    insert("asked", [](DeliveryRow& d) { d.state = DeliveryState::Held; });
    insert("delivered", [](DeliveryRow& d) { d.state = DeliveryState::Delivered; });
    insert("sending", [](DeliveryRow& d) { d.state = DeliveryState::Sending; });
    insert("queued", [](DeliveryRow&) {});
    insert("held", [](DeliveryRow& d) { d.state = DeliveryState::Held; });
    insert("declined", [](DeliveryRow& d) { d.state = DeliveryState::Declined; });
    insert("other-case", [](DeliveryRow& d) { d.case_id = "case-2"; });
    insert("other-recipient", [](DeliveryRow& d) { d.recipient = "cps"; });
    insert("other-subject", [](DeliveryRow& d) { d.subject = "outcome"; });
    EXPECT_EQ(ok(tx.newerAbout(rows.at(1))), (Texts{"delivered", "sending", "queued"}));
    DeliveryRow nothing = rows.at(1);
    nothing.subject.clear();
    EXPECT_TRUE(ok(tx.newerAbout(nothing)).empty());
  });
}

TEST_P(StoreContract, TellsOneHoldAndThoseOfACase) {
  write([](Transaction& tx) {
    const auto insert = [&](const std::string& id, const std::string& case_id, int second) {
      ok(tx.insert(HoldRow{id, "message", "", case_id, "code", "text", "rule", atSecond(second), {}, {}}));
    };
    insert("later", "case", 2);
    insert("earlier", "case", 1);
    insert("other", "case-2", 1);
    insert("none", "", 1);
    insert("released", "case", 1);
    ok(tx.releaseHold("released", "somebody", atSecond(3)));
    EXPECT_EQ(idsOf(ok(tx.holdsOf("case")), &HoldRow::hold_id), (Texts{"earlier", "released", "later"}));
    EXPECT_TRUE(ok(tx.holdsOf("")).empty());
    EXPECT_EQ(ok(tx.findHold("released"))->released_by, "somebody");
    EXPECT_FALSE(ok(tx.findHold("nothing")));
  });
  EXPECT_EQ(ok(store().hold("released"))->released_at, atSecond(3));
  EXPECT_FALSE(ok(store().hold("later"))->released_at);
  EXPECT_FALSE(ok(store().hold("nothing")));
}

TEST_P(StoreContract, TellsOnlyWhatIsQueuedAboutTheSameSubject) {
  write([](Transaction& tx) {
    const auto insert = [&](const std::string& id, auto change) {
      DeliveryRow row = makeDelivery(id);
      change(row);
      ok(tx.insert(row));
    };
    insert("older", [](DeliveryRow&) {});
    insert("oldest", [](DeliveryRow&) {});
    insert("sending", [](DeliveryRow& d) { d.state = DeliveryState::Sending; });
    insert("superseded", [](DeliveryRow& d) { d.state = DeliveryState::Superseded; });
    insert("held", [](DeliveryRow& d) { d.state = DeliveryState::Held; });
    insert("other-case", [](DeliveryRow& d) { d.case_id = "case-2"; });
    insert("other-recipient", [](DeliveryRow& d) { d.recipient = "cps"; });
    insert("other-subject", [](DeliveryRow& d) { d.subject = "outcome"; });
    EXPECT_EQ(ok(tx.queuedAbout("case", "witness-service", "attendance")), (Texts{"older", "oldest"}));
    DeliveryRow row = *ok(tx.findDelivery("older"));
    row.state = DeliveryState::Superseded;
    ok(tx.updateDelivery(row));
    EXPECT_EQ(ok(tx.queuedAbout("case", "witness-service", "attendance")), (Texts{"oldest"}));
  });
}

TEST_P(StoreContract, TellsNothingAboutNoSubject) {
  const auto tx = begin();
  DeliveryRow row = makeDelivery("d1");
  row.subject.clear();
  ok(tx->insert(row));
  EXPECT_TRUE(ok(tx->queuedAbout("case", "witness-service", "")).empty());
}

}  // namespace
}  // namespace causeway::pipeline
