#include "tests/unit/pipeline/rig_support.hpp"

#include <optional>

// In which order a recipient is told of one case.
namespace causeway::pipeline {
namespace {

using std::chrono::minutes;

TEST_F(Pipeline, TriesAgainUnderTheSameIdAndInOrder) {
  rig.sender.answer(FakeSender::withStatus(503));
  const auto first = registered();
  const auto second =
      registered({.id = "C2", .kind = "case.updated", .at = "2026-03-02T09:00:00Z", .family = "Penrose"});
  ASSERT_EQ(rig.sender.sent("prosecutor").size(), 1U) << "the second went before the first was through";
  rig.passTime(minutes(3));
  rig.sender.answer(FakeSender::withStatus(200));
  rig.passTime(minutes(15));
  std::vector<std::string> order;
  for (const auto& one : rig.sender.sent("prosecutor"))
    if (order.empty() || order.back() != one.delivery_id) order.push_back(one.delivery_id);
  EXPECT_EQ(order,
            (std::vector{deliveryTo("prosecutor", first).delivery_id, deliveryTo("prosecutor", second).delivery_id}));
  EXPECT_GT(deliveryTo("prosecutor", first).attempts, 1);
  EXPECT_EQ(deliveryTo("prosecutor", second).attempts, 1);
  EXPECT_EQ(rig.stateOf(first), "done");
}

// Answers 503 to one delivery, again and again, and takes every other.
auto refusing(const std::string& delivery_id) {
  return [delivery_id](const Outgoing& outgoing) {
    return FakeSender::withStatus(outgoing.delivery_id == delivery_id ? 503 : 200)(outgoing);
  };
}

TEST_F(Pipeline, LetsTheOthersOfTheCaseGoWhileOneIsTriedAgain) {
  registered();
  const auto stuck = rig.receive("courts", resultFile({}));
  rig.sender.answer(refusing(deliveryTo("records", stuck).delivery_id));
  rig.deliver();
  const auto next = rig.receive("courts", resultFile({.id = "R2", .date = "2026-04-09", .at = "2026-04-09T12:00:00Z"}));
  rig.deliver();
  EXPECT_EQ(deliveryTo("records", next).state, DeliveryState::Delivered);
  EXPECT_EQ(deliveryTo("records", next).attempts, 1);
  EXPECT_EQ(deliveryTo("records", stuck).state, DeliveryState::Queued);
  EXPECT_EQ(rig.stateOf(stuck), "in_flight");
}

// Beside the outcome, which is routine, what the bail means for the risk.
Scene withRisk() {
  auto scene = Scene::usual();
  scene.routes += R"(  - id: risk
    version: 1
    state: live
    what: the risk is looked at
    source: invented for tests
    when: { type: hearing.resulted, "case.defendants[].bail.status": { exists: true } }
    tell:
      - recipient: records
        type: hearing.resulted
        purpose: victim_care
        for_each: "case.parties[role=victim]"
        subject: "risk"
        priority: 90
)";
  return scene;
}

std::vector<std::string> rulesOf(HostRig& rig, const Acknowledgement& document, const std::string& recipient) {
  std::vector<std::string> out;
  for (const auto& sent : rig.sender.sent(recipient))
    for (const auto& row : rig.deliveriesOf(document))
      if (row.delivery_id == sent.delivery_id) out.push_back(row.route);
  return out;
}

TEST_F(Pipeline, SendsWhatIsUrgentBeforeTheRoutineOfTheSameMessage) {
  rig.restart(withRisk());
  registered();
  const auto result = rig.receive("courts", resultFile({.bail = "conditional"}));
  rig.deliver();
  EXPECT_EQ(rulesOf(rig, result, "records"), (std::vector<std::string>{"risk@1", "outcome@1"}));
}

TEST_F(Pipeline, SendsInTheSameOrderAfterARestart) {
  rig.restart(withRisk());
  registered();
  const auto before =
      rig.receive("courts", resultFile({.id = "R0", .date = "2026-03-20", .at = "2026-03-20T12:00:00Z"}));
  const auto result = rig.receive("courts", resultFile({.bail = "conditional"}));
  rig.restart();
  rig.deliver();
  const auto sent = rig.sender.sent("records");
  ASSERT_EQ(sent.size(), 3U);
  EXPECT_EQ(rulesOf(rig, result, "records"), (std::vector<std::string>{"risk@1", "outcome@1"}));
  EXPECT_EQ(sent[1].delivery_id, deliveryTo("records", before).delivery_id) << "among equals the older one first";
}

TEST_F(Pipeline, TellsNoNameThatWasCorrectedWhileItWaited) {
  auto scene = Scene::usual();
  // The records know the victim by a number: without one another name would be another person.
  auto& records = scene.mappings.front();
  records.insert(records.find("      - { from: \"@phone\""),
                 "      - { value: records_person, to: \"identifiers[0].type\" }\n"
                 "      - { value: V1, to: \"identifiers[0].value\" }\n");
  rig.restart(scene);
  registered();
  rig.sender.answer(FakeSender::withStatus(503));
  const auto result = rig.receive("courts", resultFile({}));
  rig.deliver();
  registered({.id = "C2", .kind = "case.updated", .at = "2026-05-01T09:00:00Z", .family = "Penrose"});
  const auto before = rig.sender.sent("records").size();
  rig.sender.answer(FakeSender::withStatus(200));
  rig.passTime(minutes(15));
  ASSERT_EQ(deliveryTo("records", result).state, DeliveryState::Delivered);
  const auto sent = rig.sender.sent("records");
  ASSERT_GT(sent.size(), before);
  for (size_t i = before; i < sent.size(); ++i)
    EXPECT_EQ(sent[i].body.find("Lisle"), std::string::npos) << "the correction may have gone before it";
}

TEST_F(Pipeline, LetsTheNextPassAHeldOne) {
  rig.sender.answer(FakeSender::withStatus(422));
  registered();
  rig.sender.answer(FakeSender::withStatus(200));
  const auto next = registered({.id = "C2", .kind = "case.updated", .at = "2026-03-02T09:00:00Z", .family = "Penrose"});
  EXPECT_EQ(deliveryTo("prosecutor", next).state, DeliveryState::Delivered);
}

TEST_F(Pipeline, NeverSendsWhatWasSuperseded) {
  registered();
  rig.sender.answer(FakeSender::withStatus(503));
  const auto old = rig.receive("courts", resultFile({}));
  rig.deliver();
  rig.sender.answer(FakeSender::withStatus(200));
  const auto newer = rig.receive("courts", resultFile({.id = "R2", .at = "2026-04-01T15:00:00Z", .plea = "guilty"}));
  const auto before = rig.sender.sent("records").size();
  rig.deliver();
  EXPECT_EQ(deliveryTo("records", old).state, DeliveryState::Superseded);
  EXPECT_EQ(rig.stateOf(old), "done") << "the message of a superseded delivery is settled";
  const auto sent = rig.sender.sent("records");
  ASSERT_EQ(sent.size(), before + 1) << "the newer one waited for the retry of the older";
  EXPECT_EQ(sent.back().delivery_id, deliveryTo("records", newer).delivery_id);
  rig.passTime(minutes(60));
  EXPECT_EQ(rig.sender.sent("records").size(), before + 1);
  EXPECT_EQ(rig.audited("superseded").size(), 2U);
}

TEST_F(Pipeline, LetsANewerOnePassOneThatFailsWhileItComes) {
  registered();
  std::optional<Acknowledgement> newer;
  // While the first attempt is on the wire, a newer result comes in; then the attempt fails.
  rig.sender.answer([&](const Outgoing& outgoing) {
    if (outgoing.endpoint != "records" || newer) return FakeSender::withStatus(200)(outgoing);
    newer = rig.receive("courts", resultFile({.id = "R2", .at = "2026-04-01T15:00:00Z", .plea = "guilty"}));
    return FakeSender::withStatus(503)(outgoing);
  });
  const auto old = rig.receive("courts", resultFile({}));
  rig.deliver();
  ASSERT_TRUE(newer);
  EXPECT_EQ(deliveryTo("records", old).state, DeliveryState::Superseded);
  EXPECT_EQ(deliveryTo("records", *newer).state, DeliveryState::Delivered);
  EXPECT_EQ(rig.stateOf(old), "done");
}

TEST_F(Pipeline, SupersedesNothingThatTheNewerOneDoesNotSay) {
  registered();
  rig.sender.answer(FakeSender::withStatus(503));
  const auto other = rig.receive("courts", resultFile({.asn = "1101ZD0100000448755L", .family = "Quill"}));
  const auto old = rig.receive("courts", resultFile({.id = "R2"}));
  const auto newer = rig.receive("courts", resultFile({.id = "R3", .code = "1002", .at = "2026-04-01T15:00:00Z"}));
  rig.sender.answer(FakeSender::withStatus(200));
  rig.passTime(minutes(15));
  for (const auto& document : {other, old, newer})
    EXPECT_EQ(deliveryTo("records", document).state, DeliveryState::Delivered);
}

}  // namespace
}  // namespace causeway::pipeline
