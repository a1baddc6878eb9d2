#include "tests/contract/store/store_contract.hpp"

namespace causeway::pipeline {
namespace {

RuleVersionRow makeRules() {
  RuleVersionRow row;
  row.parent = 3;
  row.state = RuleState::Submitted;
  row.files = R"([{"path":"a.yaml","text":"routes: []"}])";
  row.digest = "0123";
  row.authors = {"sup.ada", "sup.ben"};
  row.because = "the court asked for it";
  row.simulation = "{}";
  row.simulated_against = 3;
  row.loses_statutory = true;
  row.submitted_by = "sup.ada";
  row.created_at = atSecond(1);
  row.effective_at = atSecond(2);
  row.live_at = atSecond(3);
  return row;
}

TEST_P(StoreContract, RefusesRulesThatTheirAuthorOrSubmitterApproved) {
  for (const char* name : {"sup.ada", "sup.ben"}) {
    auto row = makeRules();
    row.approved_by = name;
    const auto tx = begin();
    EXPECT_FALSE(tx->insertRules(row)) << name;
  }
  const auto tx = begin();
  auto row = makeRules();
  ok(tx->insertRules(row));
  row.approved_by = "sup.ben";
  EXPECT_FALSE(tx->updateRules(row));
  row.approved_by = "sup.be";
  ok(tx->updateRules(row));
}

TEST_P(StoreContract, KnowsNoRulesOfANumberThatWasNotGiven) {
  const auto tx = begin();
  EXPECT_FALSE(tx->findRules(1).value().has_value());
  auto row = makeRules();
  row.number = 7;
  EXPECT_EQ(failure(tx->updateRules(row)), ErrorKind::NotFound);
}

TEST_P(StoreContract, KeepsEveryFieldOfTheRules) {
  write([](Transaction& tx) {
    auto first = makeRules();
    ok(tx.insertRules(first));
    EXPECT_EQ(first.number, 1);
    RuleVersionRow second;
    second.created_at = atSecond(5);
    ok(tx.insertRules(second));
    EXPECT_EQ(second.number, 2);
    first.state = RuleState::Approved;
    first.approved_by = "sup.cyn";
    ok(tx.updateRules(first));
    EXPECT_EQ(tx.allRules().value().size(), 2U);
  });
  const auto rows = store().ruleVersions().value();
  ASSERT_EQ(rows.size(), 2U);
  const auto wanted = makeRules();
  EXPECT_EQ(rows[0].number, 1);
  EXPECT_EQ(rows[0].parent, wanted.parent);
  EXPECT_EQ(rows[0].state, RuleState::Approved);
  EXPECT_EQ(rows[0].files, wanted.files);
  EXPECT_EQ(rows[0].digest, wanted.digest);
  EXPECT_EQ(rows[0].authors, wanted.authors);
  EXPECT_EQ(rows[0].because, wanted.because);
  EXPECT_EQ(rows[0].simulation, wanted.simulation);
  EXPECT_EQ(rows[0].simulated_against, 3);
  EXPECT_TRUE(rows[0].loses_statutory);
  EXPECT_EQ(rows[0].submitted_by, wanted.submitted_by);
  EXPECT_EQ(rows[0].approved_by, "sup.cyn");
  EXPECT_EQ(rows[0].created_at, wanted.created_at);
  EXPECT_EQ(rows[0].effective_at, wanted.effective_at);
  EXPECT_EQ(rows[0].live_at, wanted.live_at);
  EXPECT_TRUE(rows[1].authors.empty());
  EXPECT_FALSE(rows[1].effective_at.has_value());
}

}  // namespace
}  // namespace causeway::pipeline
