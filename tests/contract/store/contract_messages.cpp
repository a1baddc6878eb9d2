#include "tests/contract/store/store_contract.hpp"

namespace causeway::pipeline {
namespace {

TEST_P(StoreContract, RefusesAnAdmissionTwice) {
  write([](Transaction& tx) { ok(tx.insert(makeAdmission("a1"))); });
  const auto tx = begin();
  EXPECT_EQ(failure(tx->insert(makeAdmission("a1"))), ErrorKind::Conflict);
  Admission other = makeAdmission("a1");
  other.sender = "cps";
  ok(tx->insert(other));  // source ids belong to their sender
}

TEST_P(StoreContract, FindsNothingUnknown) {
  EXPECT_FALSE(ok(store().admission("courts", "nothing")));
  EXPECT_FALSE(ok(store().message("nothing")));
  EXPECT_FALSE(ok(store().findCase("nothing")));
  EXPECT_TRUE(ok(store().messagesOfDocument("nothing")).empty());
  EXPECT_TRUE(ok(store().messagesOfCase("nothing")).empty());
  EXPECT_TRUE(ok(store().messagesOfCase("")).empty());
  EXPECT_TRUE(ok(store().deliveriesOf("nothing")).empty());
  EXPECT_TRUE(ok(store().casesByKey({"urn", "nothing"})).empty());
  const auto tx = begin();
  EXPECT_EQ(ok(tx->newestDigest("nothing")), "");
  EXPECT_TRUE(ok(tx->findCases({})).empty());
  EXPECT_TRUE(ok(tx->waitingFor({{"urn", "nothing"}})).empty());
  EXPECT_EQ(ok(tx->openDeliveries("nothing")), OpenDeliveries());
}

TEST_P(StoreContract, RefusesToChangeAnUnknownMessage) {
  const auto tx = begin();
  EXPECT_EQ(failure(tx->updateMessage("nothing", MessageState::Done, "", "")), ErrorKind::NotFound);
  EXPECT_EQ(failure(tx->wait("nothing", {{"urn", "u1"}})), ErrorKind::NotFound);
  EXPECT_EQ(failure(tx->stopWaiting("nothing")), ErrorKind::NotFound);
}

TEST_P(StoreContract, KeepsEveryFieldOfAnAdmission) {
  const Admission wanted = makeAdmission("a1");
  write([&](Transaction& tx) { ok(tx.insert(wanted)); });
  const auto found = ok(store().admission("courts", "a1")).value();
  EXPECT_EQ(found.document_id, wanted.document_id);
  EXPECT_EQ(found.digest, wanted.digest);
  EXPECT_EQ(found.reply_sealed, wanted.reply_sealed);
  EXPECT_EQ(found.received_at, wanted.received_at);
}

TEST_P(StoreContract, KeepsEveryFieldOfAMessage) {
  MessageRow wanted = makeMessage("m1");
  wanted.test = true;
  wanted.reason = "no_join";
  wanted.received_at += std::chrono::microseconds(17);
  write([&](Transaction& tx) { ok(tx.insert(wanted)); });
  const auto found = ok(store().message("m1")).value();
  EXPECT_EQ(found.message_id, "m1");
  EXPECT_EQ(found.document_id, wanted.document_id);
  EXPECT_EQ(found.part, wanted.part);
  EXPECT_EQ(found.sender, wanted.sender);
  EXPECT_EQ(found.type, wanted.type);
  EXPECT_EQ(found.state, wanted.state);
  EXPECT_TRUE(found.test);
  EXPECT_EQ(found.case_id, wanted.case_id);
  EXPECT_EQ(found.digest, wanted.digest);
  EXPECT_EQ(found.subject_index, wanted.subject_index);
  EXPECT_EQ(found.raw_sealed, wanted.raw_sealed);
  EXPECT_EQ(found.canonical_sealed, wanted.canonical_sealed);
  EXPECT_EQ(found.versions, wanted.versions);
  EXPECT_EQ(found.reason, wanted.reason);
  EXPECT_EQ(found.received_at, wanted.received_at);
}

TEST_P(StoreContract, KeepsEachMessagesOwnBody) {
  write([](Transaction& tx) {
    MessageRow empty = makeMessage("empty");
    empty.raw_sealed.clear();
    empty.canonical_sealed.clear();
    ok(tx.insert(empty));
    MessageRow large = makeMessage("large");
    large.raw_sealed = std::string(1'000'000, 'r');
    ok(tx.insert(large));
  });
  EXPECT_EQ(ok(store().message("empty"))->raw_sealed, "");
  EXPECT_EQ(ok(store().message("large"))->raw_sealed, std::string(1'000'000, 'r'));
}

TEST_P(StoreContract, ChangesStateCaseAndReasonOnly) {
  write([](Transaction& tx) { ok(tx.insert(makeMessage("m1"))); });
  write([](Transaction& tx) { ok(tx.updateMessage("m1", MessageState::Held, "case-2", "bail_p")); });
  const auto found = ok(store().message("m1")).value();
  EXPECT_EQ(found.state, MessageState::Held);
  EXPECT_EQ(found.case_id, "case-2");
  EXPECT_EQ(found.reason, "bail_p");
  EXPECT_EQ(found.raw_sealed, makeMessage("m1").raw_sealed);
  EXPECT_TRUE(ok(store().messagesOfCase("case")).empty());
  EXPECT_EQ(ok(store().messagesOfCase("case-2")).size(), 1U);
}

TEST_P(StoreContract, ListsMessagesInTheOrderTheyCame) {
  write([](Transaction& tx) {
    for (const char* id : {"zulu", "alpha", "mike"}) ok(tx.insert(makeMessage(id)));
  });
  EXPECT_EQ(idsOf(ok(store().messagesOfDocument("document")), &MessageRow::message_id),
            (Texts{"zulu", "alpha", "mike"}));
  EXPECT_EQ(idsOf(ok(store().messagesOfCase("case")), &MessageRow::message_id), (Texts{"zulu", "alpha", "mike"}));
}

TEST_P(StoreContract, ReplacesTheNewestDigest) {
  write([](Transaction& tx) {
    ok(tx.setNewestDigest("s1", "one"));
    ok(tx.setNewestDigest("s1", "two"));
    ok(tx.setNewestDigest("s2", "other"));
  });
  EXPECT_EQ(ok(begin()->newestDigest("s1")), "two");
}

TEST_P(StoreContract, FindsWaitingMessagesByAnyKeyOldestFirst) {
  write([](Transaction& tx) {
    MessageRow late = makeMessage("late", MessageState::Waiting);
    late.received_at = atSecond(9);
    ok(tx.insert(late));
    ok(tx.insert(makeMessage("early", MessageState::Waiting)));
    ok(tx.insert(makeMessage("elsewhere", MessageState::Waiting)));
    ok(tx.wait("late", {{"urn", "u1"}, {"asn", "a1"}}));
    ok(tx.wait("early", {{"urn", "u1"}, {"urn", "u1"}}));
    ok(tx.wait("elsewhere", {{"asn", "u1"}}));
  });
  const auto tx = begin();
  const auto found = ok(tx->waitingFor({{"asn", "a1"}, {"urn", "u1"}}));
  EXPECT_EQ(idsOf(found, &MessageRow::message_id), (Texts{"early", "late"}));
  EXPECT_EQ(found.at(0).canonical_sealed, "canonical sealed");
}

TEST_P(StoreContract, RewritesWhatAMessageSays) {
  write([](Transaction& tx) {
    MessageRow row = makeMessage("m1", MessageState::Held);
    row.raw_sealed = "raw";
    ok(tx.insert(row));
    row.digest = "new digest";
    row.subject_index = "new subject";
    row.versions = "{}";
    row.canonical_sealed = "read again";
    ok(tx.rewriteMessage(row));
    MessageRow bare = makeMessage("m2", MessageState::Held);
    bare.raw_sealed.clear();
    bare.canonical_sealed.clear();
    ok(tx.insert(bare));
    bare.canonical_sealed = "at last";
    ok(tx.rewriteMessage(bare));
    EXPECT_EQ(failure(tx.rewriteMessage(makeMessage("nothing"))), ErrorKind::NotFound);
  });
  const auto row = *ok(store().message("m1"));
  EXPECT_EQ(row.digest, "new digest");
  EXPECT_EQ(row.subject_index, "new subject");
  EXPECT_EQ(row.canonical_sealed, "read again");
  EXPECT_EQ(row.raw_sealed, "raw");
  EXPECT_EQ(row.state, MessageState::Held);
  EXPECT_EQ(ok(store().message("m2"))->canonical_sealed, "at last");
  EXPECT_TRUE(ok(store().balance()).balances());
}

TEST_P(StoreContract, ForgetsMessagesThatWaitNoLonger) {
  write([](Transaction& tx) {
    for (const char* id : {"stopped", "joined", "waits"}) {
      ok(tx.insert(makeMessage(id, MessageState::Waiting)));
      ok(tx.wait(id, {{"urn", "u1"}}));
    }
    ok(tx.stopWaiting("stopped"));
    ok(tx.updateMessage("joined", MessageState::InFlight, "case", ""));
  });
  EXPECT_EQ(idsOf(ok(begin()->waitingFor({{"urn", "u1"}})), &MessageRow::message_id), Texts{"waits"});
}

}  // namespace
}  // namespace causeway::pipeline
