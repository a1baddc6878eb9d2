#include "tests/support/builders.hpp"
#include "tests/support/shipped_configuration.hpp"
#include "tests/unit/pipeline/rig_support.hpp"

namespace causeway::pipeline {
namespace {

constexpr const char* kAskedMapping = R"(mapping: test.asked
version: "1"
writes: json
message: background_check.asked
source: invented for tests
fields:
  - { from: $delivery.id, to: id }
  - { from: "case.background_checks[].id", to: check }
  - { from: "case.background_checks[].answers[].answer", to: told }
  - { from: "case.defendants[].person.names[0].family", to: subject }
)";

constexpr const char* kSummaryMapping = R"(mapping: test.summary
version: "1"
writes: json
message: background_check.summarised
source: invented for tests
fields:
  - { from: $delivery.id, to: id }
  - each: "case.background_checks[]"
    to: "checks[]"
    fields:
      - { from: state, to: state }
      - each: "answers[]"
        to: "answers[]"
        fields:
          - { from: system, to: who }
          - { from: answer, to: says }
          - { from: late, to: late }
)";

constexpr const char* kRoutes = R"(routes:
  - id: ask
    version: 1
    state: live
    source: invented for tests
    when: { type: background_check.requested }
    tell:
      - recipient: records-east
        type: background_check.asked
        purpose: care
        for_each: "case.background_checks[]"
        each_when: { none: [ { "answers[].system": $recipient } ] }
        due: { clock: check }
        subject: asked
      - recipient: records-west
        type: background_check.asked
        purpose: care
        for_each: "case.background_checks[]"
        each_when: { none: [ { "answers[].system": $recipient } ] }
        due: { clock: check }
        subject: asked
  - id: combined
    version: 1
    state: live
    source: invented for tests
    when: { any: [ { type: background_check.combined }, { type: background_check.answered, "case.background_checks[].answers[].late": true } ] }
    tell:
      - { recipient: records, type: background_check.summarised, purpose: victim_care, for_each: "case.background_checks[]",
          each_when: { asked_by: $recipient } }
)";

std::string grantTo(const std::string& recipient, const std::string& purpose, const std::string& type) {
  return "  - id: " + recipient + "-check\n    version: 1\n    recipient: " + recipient + "\n    purpose: " + purpose +
         "\n    types: [" + type + "]\n    source: invented for tests\n    condition: justice\n    fields:\n" +
         "      - case.defendants.person.names.family\n"
         "      - { fields: [case.background_checks.id, case.background_checks.state, "
         "case.background_checks.answers.system, case.background_checks.answers.answer, "
         "case.background_checks.answers.late], because: invented }\n";
}

Scene checkScene() {
  auto out = Scene::usual();
  out.mappings.emplace_back(kAskedMapping);
  out.mappings.emplace_back(kSummaryMapping);
  out.routes = kRoutes;
  out.clocks = R"(clocks:
  - id: check
    right: charging
    what: bring answers together
    team: care
    versions: [ { valid_from: 2021-04-01, source: invented for tests, due: { hours: 4 } } ]
    shared: true
    stops: [ { "case.background_checks[].combined_at": { exists: true } } ]
    escalate: [ { at: due, tell: leader } ]
)";
  out.protection += grantTo("records", "victim_care", "background_check.summarised");
  for (const char* id : {"records-east", "records-west"}) {
    auto one = out.partner("records");
    one.id = one.name = one.endpoint = id;
    one.identities = {std::string("urn:causeway:partner:") + id};
    one.may_send = {"background_check.answered"};
    one.writes = {"test.asked"};
    one.agreement.purposes = {"care"};
    one.agreement.types = {"background_check.asked"};
    out.partners.push_back(one);
    out.protection += grantTo(id, "care", "background_check.asked");
  }
  auto& records = out.partner("records");
  records.writes.emplace_back("test.summary");
  records.agreement.types.emplace_back("background_check.summarised");
  return out;
}

class Checks : public testing::Test {
 protected:
  explicit Checks(Scene scene = checkScene()) : rig(std::move(scene)) {
    rig.receive("records", caseFile({}));
    rig.deliver();
  }

  void TearDown() override {
    rig.settle();
    EXPECT_TRUE(rig.ledger().balances());
    EXPECT_EQ(rig.auditFault(), "");
  }

  void say(canonical::CanonicalMessage message, const std::string& by) {
    message.set_source_system(by);
    rig.admitTogether({message}, by);
    rig.deliver();
  }

  void ask(const std::string& id = "Q1", const std::string& by = "records") {
    auto out = support::message(id, "background_check.requested", "niche.test", formatInstant(rig.clock.now()));
    support::addDefendant(out, support::kAda).set_id("new-1");
    auto& check = *out.mutable_case_()->add_background_checks();
    check.set_id("BC-1");
    check.set_subject_id("new-1");
    say(out, by);
  }

  void answer(const std::string& id, const std::string& by, const std::string& says) {
    auto out = support::message(id, "background_check.answered", "niche.test", formatInstant(rig.clock.now()));
    auto& check = *out.mutable_case_()->add_background_checks();
    check.set_id("BC-1");
    check.add_answers()->mutable_answer()->set_code(says);
    say(out, by);
  }

  int pass(int hours) {
    rig.clock.advance(std::chrono::hours(hours));
    const int out = rig.rounds().turn();
    rig.deliver();
    return out;
  }

  /// What the asker was told, without the numbers of deliveries.
  std::vector<std::string> told() {
    std::vector<std::string> out;
    for (const auto& one : rig.sender.sent("records"))
      if (const auto at = one.body.find("\"checks\""); at != std::string::npos) out.push_back(one.body.substr(at));
    return out;
  }

  HostRig rig;
};

std::string oneAnswer(const std::string& who, const std::string& says, bool late = false) {
  return R"({"who":")" + who + R"(","says":")" + says + '"' + (late ? R"(,"late":"true"})" : "}");
}

std::string summary(const std::string& state, const std::string& answers) {
  return R"("checks":[{)" + (state.empty() ? "" : R"("state":")" + state + R"(",)") + R"("answers":[)" + answers +
         "]}]}";
}

TEST_F(Checks, AnotherNeverHearsTheAnswers) {
  auto scene = checkScene();
  scene.routes =
      support::replaced(scene.routes, "recipient: records, type: background_check.summarised, purpose: victim_care",
                        "recipient: records-west, type: background_check.summarised, purpose: care");
  scene.routes = support::replaced(scene.routes, ",\n          each_when: { asked_by: $recipient } }", " }");
  auto& west = scene.partner("records-west");
  west.writes.emplace_back("test.summary");
  west.agreement.types.emplace_back("background_check.summarised");
  scene.protection =
      support::replaced(scene.protection, "purpose: care\n    types: [background_check.asked]",
                        "purpose: care\n    types: [background_check.asked, background_check.summarised]");
  rig.restart(std::move(scene));
  ask();
  answer("A1", "records-east", "trace");
  answer("A2", "records-west", "no_trace");
  ASSERT_EQ(rig.holds().size(), 1U);
  EXPECT_EQ(rig.holds()[0].reason_code, "not_the_asker");
  for (const auto& one : rig.sender.sent("records-west")) EXPECT_EQ(one.body.find("trace"), std::string::npos);
}

TEST_F(Checks, WhereNoRuleTellsTheAskerItIsHeldAndNothingIsLost) {
  auto scene = checkScene();
  scene.routes = support::replaced(scene.routes, "{ asked_by: $recipient }", "{ asked_by: somebody-else }");
  rig.restart(std::move(scene));
  ask();
  answer("A1", "records-east", "trace");
  answer("A2", "records-west", "no_trace");
  ASSERT_EQ(rig.holds().size(), 1U);
  EXPECT_EQ(rig.holds()[0].reason_code, "check_untold");
  rig.restart(checkScene());
  ASSERT_TRUE(rig.rulings().release({rig.holds()[0].hold_id, "wco.4471", "the rule is mended", "uid:1000"}));
  rig.deliver();
  EXPECT_EQ(told(), std::vector<std::string>{summary(
                        "complete", oneAnswer("records-east", "trace") + "," + oneAnswer("records-west", "no_trace"))});
}

TEST_F(Checks, WhoIsHeldBackIsNamedAndNotWhy) {
  auto scene = checkScene();
  scene.partner("records-west").agreement.expires = std::chrono::year(2026) / 2 / 1;
  rig.restart(std::move(scene));
  ask();
  answer("A1", "records-east", "no_trace");
  EXPECT_TRUE(told().empty()) << "a person may still let the other be asked";
  pass(5);
  EXPECT_EQ(told(), std::vector<std::string>{summary("partial", oneAnswer("records-east", "no_trace") + "," +
                                                                    oneAnswer("records-west", "not_asked"))});
}

TEST_F(Checks, WaitsForEverybodyAndTellsOnce) {
  ask();
  ASSERT_EQ(rig.sender.sent("records-east").size(), 1U);
  EXPECT_NE(rig.sender.sent("records-west")[0].body.find(R"("subject":"Marsh")"), std::string::npos);
  EXPECT_EQ(rig.audited("consultation").size(), 2U);
  answer("A1", "records-east", "trace");
  EXPECT_TRUE(told().empty());
  answer("A2", "records-west", "no_trace");
  const auto whole =
      summary("complete", oneAnswer("records-east", "trace") + "," + oneAnswer("records-west", "no_trace"));
  EXPECT_EQ(told(), std::vector<std::string>{whole});
  EXPECT_EQ(rig.audited("combination").size(), 1U);
  EXPECT_EQ(pass(5), 0) << "the clock has stopped";
  ask("Q2");
  EXPECT_EQ(told().size(), 1U);
  EXPECT_EQ(rig.sender.sent("records-east").size(), 1U) << "asked again in the same words";
}

TEST_F(Checks, AtTheDeadlineTellsWhatThereIsAndLaterWhatIsLate) {
  ask();
  answer("A1", "records-east", "trace");
  rig.restart();
  EXPECT_EQ(pass(3), 0);
  EXPECT_EQ(pass(2), 1) << "one clock for all who were asked";
  const auto partial =
      summary("partial", oneAnswer("records-east", "trace") + "," + oneAnswer("records-west", "no_answer"));
  EXPECT_EQ(told(), std::vector<std::string>{partial});
  EXPECT_EQ(pass(48), 0);
  rig.restart();
  answer("A2", "records-west", "no_trace");
  ASSERT_EQ(told().size(), 2U);
  EXPECT_NE(told()[1].find(R"("answers":[)" + oneAnswer("records-west", "no_trace", true) + "]"), std::string::npos);
  EXPECT_EQ(rig.audited("combination").size(), 1U);
  answer("A2", "records-west", "no_trace");
  EXPECT_EQ(told().size(), 2U) << "the same once more is no news";
}

TEST_F(Checks, TwoWordsOfOneSystemStandSideBySide) {
  ask();
  answer("A1", "records-east", "no_trace");
  rig.clock.advance(std::chrono::minutes(1));
  answer("A2", "records-east", "trace");
  answer("A3", "records-west", "no_trace");
  EXPECT_EQ(told(), std::vector<std::string>{summary("complete", oneAnswer("records-east", "no_trace") + "," +
                                                                     oneAnswer("records-east", "trace") + "," +
                                                                     oneAnswer("records-west", "no_trace"))});
}

TEST_F(Checks, WhoAnsweredBeforeTheAskIsNotAskedAgain) {
  answer("A1", "records-east", "trace");
  EXPECT_TRUE(told().empty());
  ask();
  EXPECT_TRUE(rig.sender.sent("records-east").empty());
  EXPECT_EQ(rig.sender.sent("records-west").size(), 1U);
  answer("A2", "records-west", "no_trace");
  EXPECT_EQ(told().size(), 1U);
}

TEST_F(Checks, WhereNobodyIsToBeAskedTheAskerHearsSoAtOnce) {
  answer("A1", "records-east", "trace");
  answer("A2", "records-west", "no_trace");
  ask();
  EXPECT_EQ(told().size(), 1U);
  EXPECT_EQ(pass(5), 0);
}

}  // namespace
}  // namespace causeway::pipeline
