#include "host/pipeline/rule_changes.hpp"

#include "host/config/yaml.hpp"
#include "tests/unit/pipeline/rig_support.hpp"

#include <barrier>
#include <thread>

namespace causeway::pipeline {
namespace {

const RuleOperator kAda{"sup.ada", true, false, "uid:1001"};
const RuleOperator kBen{"sup.ben", true, true, "uid:1002"};
const RuleOperator kCyn{"sup.cyn", false, true, "certificate:urn:example:staff:3"};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << "not there: " << from;
  return text.replace(at, from.size(), to);
}

/// The files of a version are the text of one file here.
class RulesChange : public Pipeline {
 protected:
  void SetUp() override {
    start();
    ASSERT_TRUE(changes->begin(Scene::usual().routes));
  }
  void TearDown() override {
    changes.reset();
    Pipeline::TearDown();
  }

  void start() {
    changes.emplace(RuleChangeParts{rig.store(), rig.writer(), rig.vault(), rig.audit(), rig.clock, rig.admitter(),
                                    [this](const std::string& files) { return build(files); },
                                    [](const RuleTrial& trial, int days) {
                                      return std::to_string(trial.messages) + " in " + std::to_string(days);
                                    }},
                    std::make_shared<Rulebook>(rig.rulebook()));
  }

  Result<std::shared_ptr<const Rulebook>> build(const std::string& files) {
    Problems problems;
    const auto node = config::parseYaml(files, "routes.yaml", problems);
    auto out = std::make_shared<Rulebook>(rig.rulebook());
    if (node) out->routes = std::make_shared<const routing::Routes>(routing::Routes::load({*node}, {}, problems));
    if (problems.hasErrors()) return fail(ErrorKind::Invalid, problems.text());
    out->version = out->routes->version();
    return std::shared_ptr<const Rulebook>(std::move(out));
  }

  std::int64_t drafted(const RuleOperator& by, const std::string& files, std::int64_t into = 0) {
    const auto row = changes->draft(by, {files, "the prosecutor asked for it", into});
    EXPECT_TRUE(row) << row.error().text();
    return row ? row->number : 0;
  }

  std::int64_t submitted(const RuleOperator& by, const std::string& files) {
    const auto number = drafted(by, files);
    EXPECT_TRUE(changes->simulate(by, number, 30, {}));
    EXPECT_TRUE(changes->submit(by, number));
    return number;
  }

  ErrorKind failure(const Result<RuleVersionRow>& result) {
    EXPECT_FALSE(result) << "it was allowed";
    return result ? ErrorKind::Broken : result.error().kind;
  }

  RuleState stateOf(std::int64_t number) { return changes->version(number)->state; }

  std::string told(const std::string& id) {
    const auto answer = rig.receive("records", caseFile({.id = id, .urn = "01ZD0304" + id}));
    rig.settle();
    std::string out;
    for (const auto& row : rig.deliveriesOf(answer))
      out += row.recipient + " " + row.route + " " + std::to_string(row.priority);
    return out;
  }

  const std::string urgent =
      replaced(Scene::usual().routes, "purpose: witness_care }", "purpose: witness_care, priority: 70 }");
  std::optional<RuleChanges> changes;
};

TEST_F(RulesChange, NobodyApprovesWhatTheyWrote) {
  const auto number = submitted(kBen, urgent);
  EXPECT_EQ(failure(changes->approve(kBen, number)), ErrorKind::Refused);
  EXPECT_EQ(stateOf(number), RuleState::Submitted);
  EXPECT_TRUE(rig.audited("rules_approve").empty());
  auto twin = kBen;
  twin.through = "certificate:urn:example:staff:2";
  EXPECT_EQ(failure(changes->approve(twin, number)), ErrorKind::Refused) << "another way in is not another person";
}

TEST_F(RulesChange, NobodyApprovesWhatTheyWroteInOrSubmitted) {
  const auto number = drafted(kAda, urgent);
  drafted(kBen, urgent, number);
  ASSERT_TRUE(changes->simulate(kAda, number, 30, {}));
  ASSERT_TRUE(changes->submit(kAda, number));
  EXPECT_EQ(failure(changes->approve(kBen, number)), ErrorKind::Refused) << "Ben wrote in it, though Ada began it";
  const auto other = drafted(kAda, urgent);
  ASSERT_TRUE(changes->simulate(kBen, other, 30, {}));
  ASSERT_TRUE(changes->submit(kBen, other));
  EXPECT_EQ(failure(changes->approve(kBen, other)), ErrorKind::Refused) << "Ben submitted it";
  EXPECT_TRUE(changes->approve(kCyn, other));
}

TEST_F(RulesChange, TheStoreItselfRefusesAnApprovalByAnAuthor) {
  const auto number = submitted(kBen, urgent);
  auto row = *changes->version(number);
  row.state = RuleState::Approved;
  row.approved_by = "sup.ben";
  const auto write = [&](Transaction& tx) { return tx.updateRules(row); };
  EXPECT_FALSE(rig.writer().perform(write));
  EXPECT_EQ(stateOf(number), RuleState::Submitted);
  row.approved_by = "sup.cyn";
  EXPECT_TRUE(rig.writer().perform(write)) << "the same row by another person is one that the table takes";
}

TEST_F(RulesChange, RolesAreNeeded) {
  EXPECT_EQ(failure(changes->draft(kCyn, {urgent, "because", 0})), ErrorKind::Refused);
  const auto number = submitted(kAda, urgent);
  EXPECT_EQ(failure(changes->approve(kAda, number)), ErrorKind::Refused);
  const RuleOperator nobody{"pc.dan", false, false, "uid:1009"};
  EXPECT_EQ(failure(changes->simulate(nobody, number, 30, {})), ErrorKind::Refused);
  EXPECT_EQ(failure(changes->approve(nobody, number)), ErrorKind::Refused);
  EXPECT_EQ(failure(changes->schedule(nobody, number, Instant{})), ErrorKind::Refused);
  EXPECT_EQ(failure(changes->rollBack(nobody, "why")), ErrorKind::Refused);
}

TEST_F(RulesChange, WritingInAVersionTakesItsApprovalAway) {
  const auto number = submitted(kAda, urgent);
  ASSERT_TRUE(changes->approve(kCyn, number));
  drafted(kAda, replaced(urgent, "70", "80"), number);
  EXPECT_EQ(stateOf(number), RuleState::Draft);
  const auto row = *changes->version(number);
  EXPECT_EQ(row.approved_by + row.submitted_by + row.simulation, "");
  EXPECT_EQ(failure(changes->schedule(kCyn, number, Instant{})), ErrorKind::Conflict);
  EXPECT_EQ(failure(changes->submit(kAda, number)), ErrorKind::Refused) << "not simulated since";
}

TEST_F(RulesChange, NothingIsSubmittedUntried) {
  const auto number = drafted(kAda, urgent);
  EXPECT_EQ(failure(changes->submit(kAda, number)), ErrorKind::Refused);
  EXPECT_EQ(failure(changes->approve(kCyn, number)), ErrorKind::Conflict);
  EXPECT_EQ(failure(changes->simulate(kAda, number, 0, {})), ErrorKind::Invalid);
  EXPECT_EQ(failure(changes->simulate(kAda, 99, 30, {})), ErrorKind::NotFound);
}

TEST_F(RulesChange, AStatutoryRecipientIsNotLost) {
  told("11");
  const auto number =
      drafted(kAda, replaced(Scene::usual().routes, "{ any: [ { type: case.registered }, { type: case.updated } ] }",
                             "{ type: case.updated }"));
  ASSERT_TRUE(changes->simulate(kAda, number, 30, {}));
  EXPECT_TRUE(changes->version(number)->loses_statutory);
  EXPECT_EQ(failure(changes->submit(kAda, number)), ErrorKind::Refused);
}

TEST_F(RulesChange, RulesWithMistakesAreNoDraft) {
  EXPECT_EQ(failure(changes->draft(kAda, {"routes: [ { id: a } ]", "because", 0})), ErrorKind::Invalid);
  EXPECT_EQ(failure(changes->draft(kAda, {urgent, "", 0})), ErrorKind::Invalid);
  EXPECT_EQ(failure(changes->draft(kAda, {urgent, "ring 07700 900123", 0})), ErrorKind::Invalid);
  EXPECT_EQ(rig.store().ruleVersions()->size(), 1U);
}

TEST_F(RulesChange, GoesLiveBetweenTwoMessagesAndBackInOneStep) {
  EXPECT_EQ(told("21"), "prosecutor update@1 0");
  const auto number = submitted(kAda, urgent);
  ASSERT_TRUE(changes->approve(kCyn, number));
  EXPECT_EQ(told("22"), "prosecutor update@1 0") << "approved is not live";
  ASSERT_TRUE(changes->schedule(kCyn, number, rig.clock.now()));
  EXPECT_EQ(stateOf(number), RuleState::Live);
  EXPECT_EQ(stateOf(1), RuleState::Retired);
  EXPECT_EQ(told("23"), "prosecutor update@1 70");
  ASSERT_TRUE(changes->rollBack(kCyn, "the prosecutor asked for it no more"));
  EXPECT_EQ(stateOf(number), RuleState::RolledBack);
  EXPECT_EQ(stateOf(1), RuleState::Live);
  EXPECT_EQ(told("24"), "prosecutor update@1 0");
  EXPECT_EQ(failure(changes->rollBack(kCyn, "again")), ErrorKind::Refused) << "there is nothing before the first";
  EXPECT_EQ(rig.audited("rules_live").size(), 1U);
  EXPECT_EQ(rig.audited("rules_roll_back").size(), 1U);
}

TEST_F(RulesChange, GoesLiveWhenItsTimeHasComeAndNotBefore) {
  const auto number = submitted(kAda, urgent);
  ASSERT_TRUE(changes->approve(kCyn, number));
  EXPECT_EQ(failure(changes->schedule(kCyn, number, rig.clock.now() - std::chrono::hours(24))), ErrorKind::Invalid);
  EXPECT_EQ(stateOf(1), RuleState::Live) << "a day that is over is a slip of the pen";
  ASSERT_TRUE(changes->schedule(kCyn, number, rig.clock.now() + std::chrono::hours(2)));
  EXPECT_EQ(*changes->fireDue(), 0);
  EXPECT_EQ(told("31"), "prosecutor update@1 0");
  rig.clock.advance(std::chrono::hours(2));
  EXPECT_EQ(*changes->fireDue(), 1);
  EXPECT_EQ(*changes->fireDue(), 0);
  EXPECT_EQ(told("32"), "prosecutor update@1 70");
}

TEST_F(RulesChange, AnOvertakenVersionMustBeWrittenAgain) {
  const auto first = submitted(kAda, urgent), second = submitted(kAda, replaced(urgent, "70", "80"));
  ASSERT_TRUE(changes->approve(kCyn, first));
  ASSERT_TRUE(changes->approve(kCyn, second));
  ASSERT_TRUE(changes->schedule(kCyn, second, rig.clock.now() + std::chrono::hours(1)));
  ASSERT_TRUE(changes->schedule(kCyn, first, rig.clock.now()));
  rig.clock.advance(std::chrono::hours(1));
  EXPECT_EQ(*changes->fireDue(), 0);
  EXPECT_EQ(stateOf(second), RuleState::Draft);
  EXPECT_EQ(stateOf(first), RuleState::Live);
  const auto late = drafted(kAda, urgent);
  ASSERT_TRUE(changes->simulate(kAda, late, 30, {}));
  ASSERT_TRUE(changes->submit(kAda, late));
  ASSERT_TRUE(changes->rollBack(kBen, "not what was meant"));
  EXPECT_EQ(failure(changes->approve(kCyn, late)), ErrorKind::Conflict)
      << "it was a step from rules that do not decide";
}

TEST_F(RulesChange, WhatIsUndoneDecidesNoMore) {
  const auto number = submitted(kAda, urgent);
  ASSERT_TRUE(changes->approve(kCyn, number));
  rig.disk().setFaultHook([](auto work, auto) {
    return work == store::GuardedVfs::Operation::Write ? store::GuardedVfs::Fault::NoSpace
                                                       : store::GuardedVfs::Fault::None;
  });
  EXPECT_EQ(failure(changes->schedule(kCyn, number, rig.clock.now())), ErrorKind::Unavailable);
  rig.disk().setFaultHook({});
  EXPECT_EQ(changes->inForce()->version, rig.rulebook().version);
}

TEST_F(RulesChange, NoMessageIsLostOrOvertakenWhileRulesChange) {
  const auto number = submitted(kAda, urgent);
  ASSERT_TRUE(changes->approve(kCyn, number));
  constexpr int kMessages = 40;
  std::barrier both(2);
  std::vector<std::string> documents;
  {
    const std::jthread sender([&] {
      both.arrive_and_wait();
      for (int i = 0; i < kMessages; ++i)
        documents.push_back(rig.receive("records", caseFile({.id = "X" + std::to_string(i),
                                                             .urn = "01ZD0499" + std::to_string(100 + i)}))
                                .document_id);
    });
    both.arrive_and_wait();
    ASSERT_TRUE(changes->schedule(kCyn, number, rig.clock.now()));
    ASSERT_TRUE(changes->rollBack(kCyn, "not what was meant"));
  }
  rig.settle();
  std::int64_t last = 0;
  for (const auto& document : documents) {
    const auto messages = rig.messagesOf(document);
    ASSERT_EQ(messages.size(), 1U);
    const auto rows = rig.deliveriesOfMessage(messages[0].message_id);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_GT(rows[0].sequence, last);
    last = rows[0].sequence;
  }
}

}  // namespace
}  // namespace causeway::pipeline
