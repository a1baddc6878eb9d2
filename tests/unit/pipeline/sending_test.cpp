#include "tests/unit/pipeline/rig_support.hpp"

#include <condition_variable>
#include <set>

namespace causeway::pipeline {
namespace {

using std::chrono::minutes;

TEST_F(Pipeline, SendsNothingOnAStandingHold) {
  registered();
  const auto result = rig.receive("courts", resultFile({.bail = "undetermined_p"}));
  rig.deliver();
  const auto held = deliveryTo("adviser", result);
  EXPECT_EQ(held.state, DeliveryState::Held);
  EXPECT_EQ(held.reason, "bail_p");
  EXPECT_TRUE(rig.sender.sent("adviser").empty());
  EXPECT_EQ(rig.stateOf(result), "held") << "nothing but a person can move it on";
}

TEST_F(Pipeline, HoldsForAPurposeThatTheAgreementDoesNotCover) {
  auto scene = Scene::usual();
  scene.partner("prosecutor").agreement.purposes = {"statistics"};
  rig.restart(scene);
  const auto whole = registered();
  EXPECT_EQ(deliveryTo("prosecutor", whole).reason, "not_agreed");
  EXPECT_TRUE(rig.sender.sent().empty());
}

TEST_F(Pipeline, HoldsForARecipientWithoutEndpointMappingOrEntry) {
  auto scene = Scene::usual();
  scene.partner("prosecutor").endpoint.clear();
  rig.restart(scene);
  EXPECT_EQ(deliveryTo("prosecutor", registered()).reason, "no_endpoint");
  scene = Scene::usual();
  scene.partner("prosecutor").writes.clear();
  rig.restart(scene);
  EXPECT_EQ(deliveryTo("prosecutor", registered({.id = "C2", .urn = "01ZD0303927"})).reason, "no_mapping");
  std::erase_if(scene.partners, [](const Partner& one) { return one.id == "prosecutor"; });
  rig.restart(scene);
  EXPECT_EQ(deliveryTo("prosecutor", registered({.id = "C3", .urn = "01ZD0303928"})).reason, "no_partner");
  EXPECT_TRUE(rig.sender.sent().empty());
}

TEST_F(Pipeline, RecordsAShadowRouteAndSendsNothing) {
  auto scene = Scene::usual();
  for (size_t at = scene.routes.find("state: live"); at != std::string::npos; at = scene.routes.find("state: live", at))
    scene.routes.replace(at, 11, "state: shadow");
  rig.restart(scene);
  const auto whole = registered();
  EXPECT_EQ(deliveryTo("prosecutor", whole).state, DeliveryState::Shadow);
  EXPECT_EQ(rig.stateOf(whole), "done");
  EXPECT_TRUE(rig.sender.sent().empty());
}

TEST_F(Pipeline, SendsOnlyWhatWasGranted) {
  registered();
  rig.receive("courts", resultFile({}));
  rig.deliver();
  const auto sent = rig.sender.sent("records");
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_NE(sent[0].body.find("<Family>Lisle</Family>"), std::string::npos);
  EXPECT_NE(sent[0].body.find("<Code>4004</Code>"), std::string::npos);
  const auto adviser = rig.sender.sent("adviser");
  ASSERT_EQ(adviser.size(), 1U);
  EXPECT_EQ(adviser[0].body.find("Lisle"), std::string::npos) << "a name passed that no grant lists";
  EXPECT_NE(adviser[0].body.find("<Code>4004</Code>"), std::string::npos);
}

TEST_F(Pipeline, HoldsWhatWasDueAfterTheAgreementEnded) {
  rig.sender.answer(FakeSender::withStatus(503));
  const auto whole = registered();
  ASSERT_EQ(rig.sender.sent().size(), 1U);
  rig.sender.answer(FakeSender::withStatus(200));
  rig.clock.advance(std::chrono::days(300));
  rig.deliver();
  EXPECT_EQ(rig.sender.sent().size(), 1U) << "something left after the agreement had ended";
  EXPECT_EQ(deliveryTo("prosecutor", whole).state, DeliveryState::Held);
  EXPECT_EQ(deliveryTo("prosecutor", whole).reason, "no_agreement");
}

TEST_F(Pipeline, HoldsWhatTheVictimNoLongerConsentsTo) {
  registered();
  rig.sender.answer(FakeSender::withStatus(503));
  const auto result = rig.receive("courts", resultFile({}));
  rig.deliver();
  registered({.id = "C2", .kind = "case.updated", .at = "2026-05-01T09:00:00Z", .consent = "withdrawn"});
  const auto before = rig.sender.sent("adviser").size();
  rig.sender.answer(FakeSender::withStatus(200));
  rig.passTime(minutes(15));
  EXPECT_EQ(rig.sender.sent("adviser").size(), before);
  EXPECT_EQ(deliveryTo("adviser", result).reason, "consent_missing");
  EXPECT_EQ(deliveryTo("records", result).state, DeliveryState::Delivered);
}

TEST_F(Pipeline, HoldsWhatIsNoLongerForThisRecipientOnceTheCaseIsRestricted) {
  registered();
  rig.sender.answer(FakeSender::withStatus(503));
  const auto result = rig.receive("courts", resultFile({}));
  rig.deliver();
  rig.receive("courts",
              resultFile({.id = "R2", .date = "2026-04-09", .at = "2026-04-09T12:00:00Z", .restriction = "4321"}));
  rig.deliver();
  const auto before = rig.sender.sent("adviser").size();
  rig.passTime(minutes(15));
  EXPECT_EQ(rig.sender.sent("adviser").size(), before);
  EXPECT_EQ(deliveryTo("adviser", result).reason, "restricted");
}

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

TEST_F(Pipeline, HoldsWhenTheBudgetForRetriesIsUsedUp) {
  rig.sender.answer([](const Outgoing&) -> Result<Answer> { return fail(ErrorKind::Unavailable, "nobody answers"); });
  const auto whole = registered();
  rig.passTime(minutes(180));
  EXPECT_EQ(deliveryTo("prosecutor", whole).state, DeliveryState::Held);
  EXPECT_EQ(rig.holds().at(0).reason_code, "recipient_unavailable");
  const auto tried = rig.sender.sent().size();
  rig.passTime(minutes(30));
  EXPECT_EQ(rig.sender.sent().size(), tried);
}

TEST_F(Pipeline, HoldsWhatTheRecipientRejects) {
  rig.sender.answer(FakeSender::withStatus(422));
  const auto whole = registered();
  EXPECT_EQ(deliveryTo("prosecutor", whole).state, DeliveryState::Held);
  EXPECT_EQ(deliveryTo("prosecutor", whole).reason, "status_422");
  rig.passTime(minutes(30));
  EXPECT_EQ(rig.sender.sent().size(), 1U);
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

TEST_F(Pipeline, RecordsADisclosureBeforeAnyByteLeaves) {
  int checked = 0;
  rig.sender.answer([&](const Outgoing& outgoing) {
    const auto disclosures = rig.audited("disclosure");
    const bool recorded = std::ranges::any_of(
        disclosures, [&](const auto& leaf) { return leaf.find(outgoing.delivery_id) != std::string::npos; });
    EXPECT_TRUE(recorded);
    ++checked;
    return FakeSender::withStatus(200)(outgoing);
  });
  registered();
  rig.receive("courts", resultFile({}));
  rig.deliver();
  EXPECT_EQ(checked, 3);
}

TEST_F(Pipeline, SendsAgainAfterACrashUnderTheSameId) {
  rig.sender.answer(
      [&](const Outgoing&) -> Result<Answer> { return fail(ErrorKind::Unavailable, "the answer was lost"); });
  const auto whole = registered();
  rig.restart();
  rig.sender.answer(FakeSender::withStatus(200));
  rig.passTime(minutes(5));
  const auto sent = rig.sender.sent();
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_EQ(sent[0].delivery_id, sent[1].delivery_id);
  EXPECT_EQ(rig.stateOf(whole), "done");
}

TEST(Outbox, LetsARecipientThatHangsBlockNobodyElse) {
  HostRig rig(Scene::usual(), 1, 2);
  std::mutex mutex;
  std::condition_variable changed;
  bool open = false;
  std::set<std::string> through;
  rig.sender.answer([&](const Outgoing& outgoing) {
    std::unique_lock lock(mutex);
    if (outgoing.endpoint == "records") changed.wait(lock, [&] { return open; });
    through.insert(outgoing.endpoint + outgoing.delivery_id);
    changed.notify_all();
    return FakeSender::withStatus(200)(outgoing);
  });
  for (int i = 10; i < 20; ++i) {
    const auto urn = "01ZD03039" + std::to_string(i);
    ASSERT_EQ(rig.receive("records", caseFile({.id = "C" + urn, .urn = urn})).outcome, "accepted");
    ASSERT_EQ(rig.receive("courts", resultFile({.id = "R" + urn, .urn = urn})).outcome, "accepted");
  }
  {
    std::unique_lock lock(mutex);
    EXPECT_TRUE(changed.wait_for(lock, std::chrono::seconds(20), [&] { return through.size() == 20; }))
        << through.size() << " of 20 passed";
    open = true;
  }
  changed.notify_all();
  EXPECT_TRUE(rig.outbox().waitUntilIdle(std::chrono::seconds(20)));
  EXPECT_TRUE(rig.ledger().balances());
}

TEST(HeadsOfTheLog, GoWithEachDeliveryToAPartnerThatKeepsThem) {
  auto scene = Scene::usual();
  scene.partner("records").audit_heads = true;
  HostRig rig(std::move(scene));
  std::string head;
  rig.outbox().onHead([&] { return head; });
  const auto headsTo = [&](const std::string& recipient) {
    std::vector<std::string> out;
    for (const auto& one : rig.sender.sent(recipient))
      for (const auto& [name, value] : one.headers)
        if (name == "Causeway-Audit-Head") out.push_back(value);
    return out;
  };
  rig.receive("records", caseFile({}));
  rig.receive("courts", resultFile({}));
  rig.deliver();
  EXPECT_FALSE(rig.sender.sent("records").empty()) << "without a head it goes all the same";
  EXPECT_TRUE(headsTo("records").empty());
  head = "head 7 00 2026-04-01T12:00:00Z 00";
  rig.receive("courts", resultFile({.id = "R2", .at = "2026-04-02T12:00:00Z", .plea = "G"}));
  rig.deliver();
  EXPECT_EQ(headsTo("records"), std::vector<std::string>{head});
  EXPECT_TRUE(headsTo("prosecutor").empty());
}

}  // namespace
}  // namespace causeway::pipeline
