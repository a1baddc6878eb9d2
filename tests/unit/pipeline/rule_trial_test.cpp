#include "host/base/text.hpp"
#include "tests/unit/pipeline/rule_trial_support.hpp"

namespace causeway::pipeline {
namespace {

using Kind = RuleTrial::Kind;

class RuleTrials : public Pipeline {
 protected:
  RuleTrial tried(const std::string& routes, std::chrono::hours back = std::chrono::hours(24)) {
    rig.settle();
    const auto after = changed(rig, routes);
    auto out = tryRuleChange({rig.rulebook(), *after, rig.store(), rig.vault(), rig.clock.now() - back});
    EXPECT_TRUE(out) << out.error().text();
    return *std::move(out);
  }
};

TEST_F(RuleTrials, PassesOverWhatWasErasedAndSaysSo) {
  ASSERT_TRUE(rig.rulings().erase({aDay(), "dpo.12", "retention has ended", "uid:1000"}));
  const auto trial = tried(withRoutes("victim_support", "victim_care"));
  EXPECT_EQ(trial.messages, 0);
  EXPECT_EQ(trial.skipped.at("case_unreadable"), 2);
  EXPECT_TRUE(trial.changes.empty());
  EXPECT_EQ(trial.first_at, "");
}

TEST_F(RuleTrials, PassesOverWhatHadNoEffect) {
  aDay();
  rig.receive("courts", resultFile({.id = "R9"}));  // says the same again
  rig.receive("courts", resultFile({.id = "R8", .urn = "01ZD0300001"}));
  const auto trial = tried(Scene::usual().routes);
  EXPECT_EQ(trial.messages, 2);
  EXPECT_EQ(trial.cases, 1);
  EXPECT_EQ(trial.skipped.at("message_repeated"), 1);
}

TEST_F(RuleTrials, GivenUpItGivesNoAnswer) {
  aDay();
  rig.settle();
  const auto trial = tryRuleChange({rig.rulebook(), rig.rulebook(), rig.store(), rig.vault(),
                                    rig.clock.now() - std::chrono::hours(1), 1, [](size_t, size_t) { return false; }});
  ASSERT_FALSE(trial);
  EXPECT_EQ(trial.error().kind, ErrorKind::Unavailable);
}

TEST_F(RuleTrials, FindsNothingWhereTheRulesAreTheSame) {
  aDay();
  const auto trial = tried(Scene::usual().routes);
  EXPECT_EQ(trial.messages, 2);
  EXPECT_TRUE(trial.changes.empty());
  EXPECT_EQ(trial.days.size(), 1U);
  EXPECT_NE(trial.first_at, "");
}

TEST_F(RuleTrials, ANewVersionThatSaysTheSameChangesNothing) {
  aDay();
  EXPECT_TRUE(tried(withRoutes("version: 1", "version: 2")).changes.empty());
}

TEST_F(RuleTrials, LooksBackAsFarAsAsked) {
  aDay();
  rig.clock.advance(std::chrono::hours(48));
  EXPECT_EQ(tried(Scene::usual().routes).messages, 0);
  EXPECT_EQ(tried(Scene::usual().routes, std::chrono::hours(72)).messages, 2);
}

TEST_F(RuleTrials, NamesWhoWouldBeToldNoMoreAsAStatutoryLoss) {
  aDay();
  const auto trial = tried(
      withRoutes("when: { type: hearing.resulted }", "when: { type: hearing.resulted, case.urn: { exists: false } }"));
  ASSERT_EQ(trial.changes.size(), 2U);
  EXPECT_EQ(trial.changes[0].kind, Kind::NoLongerTold);
  EXPECT_TRUE(trial.changes[0].statutory);
  EXPECT_TRUE(trial.losesStatutory());
  EXPECT_EQ(trial.changes[0].rule_before, "outcome@1");
  EXPECT_EQ(trial.changes[0].rule_after, "");
  EXPECT_EQ(trial.changes[0].examples.size(), 1U);
}

TEST_F(RuleTrials, ARouteBackInShadowTellsNobody) {
  aDay();
  const auto trial = tried(withRoutes("state: live", "state: shadow"));
  ASSERT_EQ(trial.changes.size(), 2U);
  EXPECT_EQ(trial.changes[0].kind, Kind::NoLongerTold);
  EXPECT_TRUE(trial.losesStatutory());
}

TEST_F(RuleTrials, IsNoLossWhereAnotherRuleStillTells) {
  aDay();
  const auto routes = replaced(Scene::usual().routes, "routes:\n", R"(routes:
  - id: first
    version: 1
    state: live
    source: invented for tests
    when: { type: hearing.resulted }
    tell:
      - { recipient: records, type: hearing.resulted, purpose: victim_care, for_each: "case.parties[role=victim]" }
)");
  EXPECT_EQ(tried(routes).changes.at(0).kind, Kind::NewlyTold);
  // From then on the new rule tells the records as well: taking them out of the old one loses nobody.
  Scene scene = Scene::usual();
  scene.routes = routes;
  rig.restart(scene);
  const std::string told =
      "      - recipient: records\n        type: hearing.resulted\n        purpose: victim_care\n"
      "        for_each: \"case.parties[role=victim]\"\n"
      "        subject: \"outcome {case.hearings[0].id}\"\n";
  const auto trial = tried(replaced(routes, told, ""));
  ASSERT_EQ(trial.changes.size(), 1U);
  EXPECT_EQ(trial.changes[0].kind, Kind::NoLongerTold);
  EXPECT_FALSE(trial.losesStatutory());
}

TEST_F(RuleTrials, SeesALossThatNoMessageShows) {
  const auto gone = tried(replaced(Scene::usual().routes, "      - { recipient: prosecutor, type: case.updated",
                                   "      - { recipient: adviser, type: case.updated"));
  EXPECT_EQ(gone.messages, 0);
  ASSERT_EQ(gone.taken.size(), 1U);
  EXPECT_EQ(gone.taken[0].what.why, routing::RuleLoss::Why::Gone);
  EXPECT_EQ(gone.taken[0].what.recipient, "prosecutor");
  EXPECT_TRUE(gone.losesStatutory());
}

TEST_F(RuleTrials, LeavesANarrowerConditionToTheApproverAndSaysWhetherThePastShowsIt) {
  const auto narrower =
      withRoutes("when: { type: hearing.resulted }", "when: { type: hearing.resulted, case.urn: { exists: true } }");
  const auto unseen = tried(narrower);
  ASSERT_EQ(unseen.taken.size(), 2U);
  EXPECT_EQ(unseen.taken[0].what.why, routing::RuleLoss::Why::Narrower);
  EXPECT_EQ(unseen.taken[0].told, 0);
  EXPECT_FALSE(unseen.losesStatutory());
  aDay();
  EXPECT_EQ(tried(narrower).taken.at(0).told, 2) << "by this rule, to both";
}

TEST_F(RuleTrials, RunsTheRulesThatAreValidOnTheDayOnWhichTheyWouldDecide) {
  aDay();
  rig.settle();
  const auto day = [&](int days) { return formatDate(toLondon(rig.clock.now() + std::chrono::days(days)).date); };
  const auto ends = changed(rig, withRoutes("source: invented for tests\n    when: { type: hearing.resulted }",
                                            "source: invented for tests\n    valid_to: " + day(3) +
                                                "\n    when: { type: hearing.resulted }"));
  TrialParts parts{rig.rulebook(), *ends, rig.store(), rig.vault(), rig.clock.now() - std::chrono::hours(24)};
  parts.as_of = rig.clock.now();
  EXPECT_TRUE(tryRuleChange(parts)->changes.empty()) << "it holds until then";
  EXPECT_TRUE(tryRuleChange(parts)->losesStatutory()) << "and the day on which it ends is seen all the same";
  parts.as_of = rig.clock.now() + std::chrono::days(4);
  EXPECT_EQ(tryRuleChange(parts)->changes.at(0).kind, Kind::NoLongerTold);
}

TEST_F(RuleTrials, ARuleThatIsNotStatutoryMayBeLost) {
  Scene scene = Scene::usual();
  scene.routes =
      withRoutes("    source: invented for tests\n    when: { type: hearing.resulted }",
                 "    source: invented for tests\n    statutory: false\n    when: { type: hearing.resulted }");
  rig.restart(scene);
  aDay();
  const auto trial = tried(replaced(scene.routes, "when: { type: hearing.resulted }",
                                    "when: { type: hearing.resulted, case.urn: { exists: false } }"));
  EXPECT_EQ(trial.changes.size(), 2U);
  EXPECT_FALSE(trial.losesStatutory());
}

TEST_F(RuleTrials, NamesWhatWouldBeHeldAndWhatWouldNot) {
  aDay();
  const auto held = withRoutes("purpose: witness_care }", "purpose: witness_care, hold: { because: look first } }");
  const auto trial = tried(held);
  ASSERT_EQ(trial.changes.size(), 1U);
  EXPECT_EQ(trial.changes[0].kind, Kind::NewlyHeld);
  EXPECT_EQ(trial.changes[0].hold, "rule_hold");
  EXPECT_TRUE(trial.losesStatutory()) << "the law does not wait until a person has looked";
  Scene scene = Scene::usual();
  scene.routes = held;
  rig.restart(scene);
  EXPECT_EQ(tried(Scene::usual().routes).changes.at(0).kind, Kind::NoLongerHeld);
}

TEST_F(RuleTrials, NamesWhatWouldBeToldOtherwise) {
  aDay();
  const auto trial =
      tried(withRoutes("purpose: witness_care }", "purpose: witness_care, priority: 70, due: at_once }"));
  ASSERT_EQ(trial.changes.size(), 1U);
  EXPECT_EQ(trial.changes[0].kind, Kind::Changed);
  EXPECT_EQ(trial.changes[0].what, std::vector<std::string>{"priority"});
}

TEST_F(RuleTrials, SendsAndChangesNothing) {
  aDay();
  const auto sent = rig.sender.sent().size();
  const auto leaves = rig.store().auditSize().value();
  tried(withRoutes("state: live", "state: shadow"));
  rig.deliver();
  EXPECT_EQ(rig.sender.sent().size(), sent);
  EXPECT_EQ(rig.store().auditSize().value(), leaves);
}

}  // namespace
}  // namespace causeway::pipeline
