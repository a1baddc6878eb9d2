#include "tests/contract/store/store_contract.hpp"

namespace causeway::pipeline {
namespace {

PaperRow makePaper(const std::string& id, const std::string& message_id = "m1") {
  return {.paper_id = id,
          .message_id = message_id,
          .scope = "case",
          .digest = std::string("\0\xFF", 2) + id,
          .media_type = "application/pdf",
          .size = 12,
          .sealed = std::string("sealed\0paper", 12)};
}

TEST_P(StoreContract, RefusesAPaperTwiceUnderOneScopeAndOneOfTheSameNumber) {
  const auto tx = begin();
  ok(tx->insert(makePaper("p1")));
  auto same = makePaper("p2");
  same.digest = makePaper("p1").digest;
  EXPECT_EQ(failure(tx->insert(same)), ErrorKind::Conflict);
  auto again = makePaper("p1");
  again.digest = "another";
  EXPECT_EQ(failure(tx->insert(again)), ErrorKind::Conflict);
  same.scope = "another case";
  ok(tx->insert(same));
}

TEST_P(StoreContract, KeepsEveryFieldOfAPaperAndFindsItByItsCase) {
  write([](Transaction& tx) {
    ok(tx.insert(makeMessage("m1")));
    ok(tx.insert(makeMessage("m2")));
    auto other = makeMessage("m3");
    other.case_id = "other";
    ok(tx.insert(other));
    auto none = makeMessage("m4", MessageState::Waiting);
    none.case_id.clear();
    ok(tx.insert(none));
    ok(tx.insert(makePaper("p1")));
    ok(tx.insert(makePaper("p2", "m2")));
    ok(tx.insert(makePaper("p3", "m3")));
    ok(tx.insert(makePaper("p4", "m4")));
  });
  reopen();
  const auto found = ok(store().papersOfCase("case"));
  EXPECT_EQ(idsOf(found, &PaperRow::paper_id), (Texts{"p1", "p2"}));
  const auto wanted = makePaper("p1");
  EXPECT_EQ(found[0].media_type, wanted.media_type);
  EXPECT_TRUE(found[0].sealed.empty()) << "a list does not carry what it lists";
  const auto whole = ok(store().paper("p1")).value();
  EXPECT_EQ(whole.message_id, wanted.message_id);
  EXPECT_EQ(whole.scope, wanted.scope);
  EXPECT_EQ(whole.digest, wanted.digest);
  EXPECT_EQ(whole.media_type, wanted.media_type);
  EXPECT_EQ(whole.size, wanted.size);
  EXPECT_EQ(whole.sealed, wanted.sealed);
  EXPECT_FALSE(ok(store().paper("nothing")));
  EXPECT_TRUE(ok(store().papersOfCase("")).empty());
  EXPECT_TRUE(ok(store().papersOfCase("nothing")).empty());
  write([](Transaction& tx) { ok(tx.updateMessage("m4", MessageState::Done, "case", "")); });
  EXPECT_EQ(idsOf(ok(store().papersOfCase("case")), &PaperRow::paper_id), (Texts{"p1", "p2", "p4"}))
      << "a paper goes with its message";
}

TEST_P(StoreContract, KnowsAPaperByScopeAndDigestWithinItsTransaction) {
  {
    const auto tx = begin();
    EXPECT_FALSE(ok(tx->hasPaper("case", makePaper("p1").digest)));
    ok(tx->insert(makePaper("p1")));
    EXPECT_TRUE(ok(tx->hasPaper("case", makePaper("p1").digest)));
    EXPECT_FALSE(ok(tx->hasPaper("other", makePaper("p1").digest)));
  }
  EXPECT_FALSE(ok(begin()->hasPaper("case", makePaper("p1").digest))) << "nothing of a lost transaction is left";
}

}  // namespace
}  // namespace causeway::pipeline
