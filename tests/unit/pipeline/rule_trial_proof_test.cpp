#include "tests/unit/pipeline/rule_trial_support.hpp"

#include <map>
#include <random>
#include <set>
#include <tuple>

namespace causeway::pipeline {
namespace {

/// Documents of invented cases in an order that a seed gives: registrations, updates, results before and after them, repeats.
struct Feed {
  struct Step {
    std::string from, body;
  };
  std::vector<Step> steps;

  explicit Feed(unsigned seed) {
    std::mt19937 random(seed);
    const auto pick = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most)); };
    for (int i = 0; i < 60; ++i) {
      const auto number = std::to_string(i);
      const auto urn = "01ZD030" + std::to_string(1000 + pick(6));
      if (pick(3) == 0)
        steps.push_back({"records", caseFile({.id = "C" + number,
                                              .kind = pick(2) == 0 ? "case.registered" : "case.updated",
                                              .urn = urn,
                                              .at = "2026-03-01T09:" + std::to_string(10 + pick(49)) + ":00Z",
                                              .consent = pick(2) == 0 ? "given" : "refused",
                                              .family = pick(2) == 0 ? "Lisle" : "Ashby"})});
      else
        steps.push_back({"courts", resultFile({.id = "R" + number,
                                               .urn = urn,
                                               .code = pick(2) == 0 ? "4004" : "1002",
                                               .date = "2026-04-0" + std::to_string(1 + pick(5))})});
    }
  }
};

using Row = std::tuple<std::string, std::string, std::string, std::string, std::string, std::string>;

/// Every delivery of a rig, by the moment at which its message came, which no two share: whom, what, by which rule, how it stands.
std::multiset<Row> deliveriesOf(HostRig& rig) {
  std::multiset<Row> out;
  for (const auto& message : rig.allMessages()) {
    for (const auto& row : rig.deliveriesOfMessage(message.message_id)) {
      if (row.type == "correction.issued") continue;
      // Of what a rule in shadow would send it stands for what it would have waited.
      const bool shadow = row.state == DeliveryState::Shadow;
      const std::string how = row.state == DeliveryState::Held || (shadow && !row.reason.empty()) ? row.reason
                              : shadow                                                            ? "shadow"
                                                                                                  : "";
      out.insert({std::to_string(message.received_at.time_since_epoch().count()), row.recipient, row.type, row.purpose,
                  row.route, how});
    }
  }
  return out;
}

void feed(HostRig& rig, const Feed& feed) {
  for (const auto& step : feed.steps) {
    rig.receive(step.from, step.body);
    rig.clock.advance(std::chrono::minutes(7));
  }
  rig.settle();
}

TEST(RuleTrialProof, FedAgainUnderTheNewRulesGivesExactlyWhatTheTrialSaid) {
  const std::vector<std::string> changes = {
      withRoutes(
          "when: { type: hearing.resulted }",
          "when: { type: hearing.resulted, none: [ { 'case.defendants[].offences[].results[].code': '1002' } ] }"),
      withRoutes("state: live", "state: shadow"),
      withRoutes("recipient: adviser\n        type: hearing.resulted\n        purpose: victim_support",
                 "recipient: prosecutor\n        type: case.updated\n        purpose: witness_care"),
      withRoutes("purpose: witness_care }", "purpose: witness_care, hold: { because: look first } }"),
      replaced(withRoutes("version: 1", "version: 2"),
               "when: { any: [ { type: case.registered }, { type: case.updated } ] }",
               "when: { type: case.updated, 'case.parties[].consents': { changed: true } }")};
  for (unsigned seed = 1; seed <= 5; ++seed) {
    const Feed documents(seed);
    HostRig old_rules;
    feed(old_rules, documents);
    const auto before = deliveriesOf(old_rules);
    EXPECT_GT(before.size(), 20U) << "the feed makes too little happen to prove anything";
    std::map<std::string, std::string> moments;
    for (const auto& message : old_rules.allMessages())
      moments[message.message_id] = std::to_string(message.received_at.time_since_epoch().count());
    const auto& routes = changes[seed - 1];
    const auto rulebook = changed(old_rules, routes);
    auto predicted = before;
    const auto rowOf = [&](const TriedDelivery& one) {
      return Row{moments.at(one.message_id),
                 one.recipient,
                 one.type,
                 one.purpose,
                 one.rule,
                 !one.hold.empty() ? one.hold
                 : one.live        ? ""
                                   : "shadow"};
    };
    const auto trial = tryRuleChange({old_rules.rulebook(),
                                      *rulebook,
                                      old_rules.store(),
                                      old_rules.vault(),
                                      Instant{},
                                      2,
                                      {},
                                      [&](const TriedDelivery* was, const TriedDelivery* is) {
                                        if (was) {
                                          const auto found = predicted.find(rowOf(*was));
                                          ASSERT_NE(found, predicted.end())
                                              << "the trial knows a delivery that never was";
                                          predicted.erase(found);
                                        }
                                        if (is) predicted.insert(rowOf(*is));
                                      }});
    ASSERT_TRUE(trial) << trial.error().text();
    EXPECT_FALSE(trial->changes.empty());
    Scene scene = Scene::usual();
    scene.routes = routes;
    HostRig new_rules(scene);
    feed(new_rules, documents);
    EXPECT_EQ(predicted, deliveriesOf(new_rules)) << "seed " << seed;
  }
}

}  // namespace
}  // namespace causeway::pipeline
