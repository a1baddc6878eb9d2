#include "host/pipeline/policy_trial.hpp"

#include "host/config/yaml.hpp"
#include "tests/unit/pipeline/rig_support.hpp"

namespace causeway::pipeline {
namespace {

class PolicyTrials : public Pipeline {
 protected:
  /// The usual policy with some of its words replaced.
  protection::Policy changed(const std::string& from, const std::string& to) {
    auto text = Scene::usual().protection;
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << "not there: " << from;
    text.replace(at, from.size(), to);
    Problems problems;
    const auto node = config::parseYaml(text, "protection.yaml", problems);
    auto out = protection::Policy::load({node.value()}, problems);
    EXPECT_FALSE(problems.hasErrors()) << problems.text();
    return out;
  }

  PolicyTrial tried(const protection::Policy& policy, std::chrono::hours back = std::chrono::hours(24)) {
    const auto now = rig.clock.now();
    auto out = tryPolicy(rig.rulebook(), policy, rig.store(), rig.vault(), now - back, now);
    EXPECT_TRUE(out) << out.error().text();
    return *std::move(out);
  }
};

TEST_F(PolicyTrials, PassesOverWhatWasErased) {
  ASSERT_TRUE(rig.rulings().erase({aDay(), "dpo.12", "retention has ended", "uid:1000"}));
  const auto trial = tried(changed("case.defendants.bail.status", "case.stage"));
  EXPECT_EQ(trial.unreadable, 3);
  EXPECT_EQ(trial.compared, 3) << "whoever was told is asked to erase it too, by messages that can be read";
  EXPECT_TRUE(trial.changes.empty());
}

TEST_F(PolicyTrials, FindsNoChangeInTheSamePolicy) {
  aDay();
  const auto trial = tried(changed("invented for tests", "invented for tests"));
  EXPECT_EQ(trial.compared, 3);
  EXPECT_TRUE(trial.changes.empty());
}

TEST_F(PolicyTrials, NamesWhoWouldBeGivenLess) {
  aDay();
  const auto trial = tried(changed("      - \"case.parties[role=victim].person.names.family\"\n", ""));
  ASSERT_EQ(trial.changes.size(), 1U);
  const auto& change = trial.changes[0];
  EXPECT_EQ(change.recipient, "records");
  EXPECT_EQ(change.no_longer_given, std::vector<std::string>{"case.parties.person.names.family"});
  EXPECT_TRUE(change.newly_given.empty());
  EXPECT_EQ(change.held_after, "");
  EXPECT_EQ(change.deliveries, 1);
  EXPECT_EQ(change.examples.size(), 1U);
}

TEST_F(PolicyTrials, NamesWhatWouldBeHeldAndWhatWouldNot) {
  const auto whole = registered({.consent = "refused"});
  rig.receive("courts", resultFile({}));
  rig.deliver();
  const auto without = tried(
      changed("    consent: { of: \"case.parties[role=victim]\", types: [victim_support], named: [adviser] }\n", ""));
  ASSERT_EQ(without.changes.size(), 1U);
  EXPECT_EQ(without.changes[0].held_before, "consent_missing");
  EXPECT_EQ(without.changes[0].held_after, "");
  const auto nobody = tried(changed("recipient: records", "recipient: nobody"));
  ASSERT_EQ(nobody.changes.size(), 1U);
  EXPECT_EQ(nobody.changes[0].held_after, "no_grant");
}

TEST_F(PolicyTrials, LooksBackAsFarAsAsked) {
  aDay();
  rig.clock.advance(std::chrono::hours(48));
  EXPECT_EQ(tried(changed("recipient: records", "recipient: nobody")).compared, 0);
  EXPECT_EQ(tried(changed("recipient: records", "recipient: nobody"), std::chrono::hours(72)).compared, 3);
}

TEST_F(PolicyTrials, SendsAndChangesNothing) {
  aDay();
  const auto sent = rig.sender.sent().size();
  const auto leaves = rig.store().auditSize().value();
  tried(changed("recipient: records", "recipient: nobody"));
  EXPECT_EQ(rig.sender.sent().size(), sent);
  EXPECT_EQ(rig.store().auditSize().value(), leaves);
}

}  // namespace
}  // namespace causeway::pipeline
