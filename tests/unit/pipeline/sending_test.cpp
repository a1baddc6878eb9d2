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
