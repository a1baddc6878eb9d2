#include "tests/contract/store/store_contract.hpp"

namespace causeway::pipeline {
namespace {

DisclosureRow makeDisclosure(const std::string& delivery_id, int attempt = 1) {
  DisclosureRow d;
  d.delivery_id = delivery_id;
  d.attempt = attempt;
  d.case_id = "case";
  d.message_id = "message";
  d.recipient = "witness-service";
  d.type = "witness.dewarned";
  d.purpose = "attendance";
  d.rule = "dewarn@2";
  d.policy = "grant@3";
  d.basis = "Victims' Code 2021, Right 8";
  d.rulebook = "0123";
  d.consents = {"p-1:c-1", "p-2:victim_support"};
  d.people = {"d-1", "p-1"};
  d.source = "courts";
  d.as_of = "2026-04-01T12:00:00Z";
  d.missing = {"case.urn", "case.parties[role=victim].id"};
  d.at = atSecond(4);
  d.sealed = std::string("sealed\0fields", 13);
  return d;
}

DecisionRow makeDecision(const std::string& id, const std::string& about = "case") {
  return {.decision_id = id,
          .kind = "retain",
          .about = about,
          .person = "p-1",
          .code = "case",
          .by = "wco.4471",
          .because = "an appeal is open",
          .at = atSecond(1),
          .next_at = atSecond(9)};
}

TEST_P(StoreContract, RefusesAnAttemptTwiceInTheRegister) {
  const auto tx = begin();
  ok(tx->insert(makeDisclosure("d1")));
  EXPECT_EQ(failure(tx->insert(makeDisclosure("d1"))), ErrorKind::Conflict);
  ok(tx->insert(makeDisclosure("d1", 2)));
}

TEST_P(StoreContract, RefusesADecisionOfTheSameNumber) {
  const auto tx = begin();
  ok(tx->insert(makeDecision("1")));
  EXPECT_EQ(failure(tx->insert(makeDecision("1", "other"))), ErrorKind::Conflict);
}

TEST_P(StoreContract, KeepsEveryFieldOfADisclosureAndWhatBecameOfItsDelivery) {
  write([](Transaction& tx) {
    auto delivery = makeDelivery("d1");
    delivery.state = DeliveryState::Delivered;
    delivery.receipt = "their-1";
    ok(tx.insert(delivery));
    ok(tx.insert(makeDisclosure("d1")));
    ok(tx.insert(makeDisclosure("d1", 2)));
    auto other = makeDisclosure("d2");
    other.case_id = "other";
    ok(tx.insert(other));
    auto none = makeDisclosure("d3");
    none.case_id.clear();
    ok(tx.insert(none));
    ok(tx.confirm("d1", "m9", atSecond(7)));
    ok(tx.confirm("d1", "m10", atSecond(8)));
  });
  reopen();
  const auto found = ok(store().disclosuresOf("case"));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1].attempt, 2);
  const auto wanted = makeDisclosure("d1");
  EXPECT_EQ(found[0].delivery_id, wanted.delivery_id);
  EXPECT_EQ(found[0].attempt, 1);
  EXPECT_EQ(found[0].message_id, wanted.message_id);
  EXPECT_EQ(found[0].recipient, wanted.recipient);
  EXPECT_EQ(found[0].type, wanted.type);
  EXPECT_EQ(found[0].purpose, wanted.purpose);
  EXPECT_EQ(found[0].rule, wanted.rule);
  EXPECT_EQ(found[0].policy, wanted.policy);
  EXPECT_EQ(found[0].basis, wanted.basis);
  EXPECT_EQ(found[0].rulebook, wanted.rulebook);
  EXPECT_EQ(found[0].consents, wanted.consents);
  EXPECT_EQ(found[0].people, wanted.people);
  EXPECT_EQ(found[0].source, wanted.source);
  EXPECT_EQ(found[0].as_of, wanted.as_of);
  EXPECT_EQ(found[0].missing, wanted.missing);
  EXPECT_EQ(found[0].at, wanted.at);
  EXPECT_EQ(found[0].sealed, wanted.sealed);
  EXPECT_EQ(found[0].state, static_cast<int>(DeliveryState::Delivered));
  EXPECT_EQ(found[0].receipt, "their-1");
  EXPECT_EQ(found[0].confirmed_at, atSecond(7)) << "the first word counts";
  EXPECT_FALSE(ok(store().disclosuresOf("other"))[0].confirmed_at);
  EXPECT_TRUE(ok(store().disclosuresOf("")).empty());
}

TEST_P(StoreContract, KeepsEveryFieldOfADecisionAndFindsItByWhatItIsAbout) {
  write([](Transaction& tx) {
    ok(tx.insert(makeDecision("1")));
    ok(tx.insert(makeDecision("2", "other")));
    auto last = makeDecision("3");
    last.next_at.reset();
    ok(tx.insert(last));
    auto restriction = makeDecision("4");
    restriction.kind = "restriction";
    ok(tx.insert(restriction));
    EXPECT_EQ(idsOf(ok(tx.decisionsAbout("retain", "case")), &DecisionRow::decision_id), (Texts{"1", "3"}));
  });
  reopen();
  EXPECT_EQ(idsOf(ok(store().decisionsAbout("retain", "")), &DecisionRow::decision_id), (Texts{"1", "2", "3"}));
  const auto found = ok(store().decisionsAbout("retain", "case"));
  ASSERT_EQ(found.size(), 2U);
  const auto wanted = makeDecision("1");
  EXPECT_EQ(found[0].about, wanted.about);
  EXPECT_EQ(found[0].person, wanted.person);
  EXPECT_EQ(found[0].code, wanted.code);
  EXPECT_EQ(found[0].by, wanted.by);
  EXPECT_EQ(found[0].because, wanted.because);
  EXPECT_EQ(found[0].at, wanted.at);
  EXPECT_EQ(found[0].next_at, wanted.next_at);
  EXPECT_FALSE(found[1].next_at);
  EXPECT_TRUE(ok(store().decisionsAbout("nothing", "")).empty());
}

TEST_P(StoreContract, ForgetsTheRegisterOfALostTransaction) {
  {
    const auto tx = begin();
    ok(tx->insert(makeDisclosure("d1")));
    EXPECT_EQ(ok(tx->disclosuresOf("case")).size(), 1U);
  }
  EXPECT_TRUE(ok(begin()->disclosuresOf("case")).empty());
}

}  // namespace
}  // namespace causeway::pipeline
