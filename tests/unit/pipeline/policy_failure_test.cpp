#include "host/config/yaml.hpp"
#include "host/pipeline/judge.hpp"
#include "tests/unit/pipeline/rig_support.hpp"

#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

// A policy that fails, in whichever way, holds everything in its place; once it answers again all goes on in order.
namespace causeway::pipeline {
namespace {

using protection::Decider;
using protection::Decision;

/// Fails in one way while it is told to, and asks the scene's own policy otherwise.
class Failing final : public Decider {
 public:
  enum class Way : unsigned char { Works, Throws, ThrowsOdd, TimesOut, Nothing, Both };

  Failing(std::shared_ptr<Way> way, const Decider& works) : way_(std::move(way)), works_(works) {}
  Decision decide(const canonical::CanonicalMessage& message, const protection::Recipient& recipient,
                  std::string_view purpose, Instant now) const override {
    switch (*way_) {
      case Way::Throws: throw std::runtime_error("Lisle lives at 2 Quiet Lane");
      case Way::ThrowsOdd: throw 7;  // NOLINT: whatever it throws
      case Way::TimesOut: throw std::runtime_error("no answer within its limit");
      case Way::Nothing: return {};
      case Way::Both: {
        Decision out;
        out.projection = message;
        out.hold = protection::Hold{"confused", "A03", "both"};
        return out;
      }
      case Way::Works: break;
    }
    return works_.decide(message, recipient, purpose, now);
  }

 private:
  std::shared_ptr<Way> way_;
  const Decider& works_;
};

using Way = Failing::Way;

class PolicyFailure : public testing::Test {
 protected:
  static Scene failing(const std::shared_ptr<Way>& way) {
    auto scene = Scene::usual();
    scene.decider = [way](const Decider& works) { return std::make_unique<Failing>(way, works); };
    return scene;
  }

  std::shared_ptr<Way> way = std::make_shared<Way>(Way::Works);
  HostRig rig{failing(way)};
};

TEST_F(PolicyFailure, OfWhateverKindLetsNothingLeave) {
  int number = 0;
  for (const auto kind : {Way::Throws, Way::ThrowsOdd, Way::TimesOut, Way::Nothing, Way::Both}) {
    SCOPED_TRACE(static_cast<int>(kind));
    *way = kind;
    CaseText text;
    text.id = "C" + std::to_string(++number);
    text.kind = number == 1 ? "case.registered" : "case.updated";
    text.at = "2026-03-0" + std::to_string(number) + "T09:00:00Z";
    EXPECT_EQ(rig.receive("records", caseFile(text)).outcome, "accepted") << "what came in is kept all the same";
    rig.passTime(std::chrono::minutes(5));
    EXPECT_TRUE(rig.sender.sent().empty());
  }
  for (const auto& leaf : rig.audited("decision")) EXPECT_EQ(leaf.find("Quiet"), std::string::npos);
  EXPECT_TRUE(rig.ledger().balances());
  EXPECT_EQ(rig.auditFault(), "");
}

TEST_F(PolicyFailure, BeforeSendingStopsWhatWasAlreadyDecided) {
  const auto document = rig.receive("records", caseFile({}));
  *way = Way::Throws;
  rig.passTime(std::chrono::minutes(3));
  EXPECT_TRUE(rig.sender.sent().empty());
  ASSERT_EQ(rig.deliveriesOf(document).size(), 1U);
  EXPECT_EQ(rig.deliveriesOf(document).front().state, DeliveryState::Queued);
  EXPECT_EQ(rig.deliveriesOf(document).front().reason, kPolicyFailed);
}

TEST_F(PolicyFailure, ThatEndsLetsEverythingGoOnInOrder) {
  *way = Way::Throws;
  std::vector<std::string> wanted;
  for (int i = 1; i <= 4; ++i) {
    CaseText text;
    text.id = "C" + std::to_string(i);
    text.kind = i == 1 ? "case.registered" : "case.updated";
    text.at = "2026-03-0" + std::to_string(i) + "T09:00:00Z";
    text.family = "Lisle" + std::string(static_cast<size_t>(i), 'a');
    const auto document = rig.receive("records", caseFile(text));
    rig.deliver();
    for (const auto& row : rig.deliveriesOf(document)) wanted.push_back(row.delivery_id);
  }
  ASSERT_GE(wanted.size(), 2U);
  EXPECT_TRUE(rig.sender.sent().empty());
  rig.restart();
  rig.passTime(std::chrono::minutes(2));
  EXPECT_TRUE(rig.sender.sent().empty()) << "a start is no recovery";
  *way = Way::Works;
  rig.passTime(std::chrono::minutes(30));
  std::vector<std::string> sent;
  for (const auto& one : rig.sender.sent()) sent.push_back(one.delivery_id);
  EXPECT_EQ(sent, wanted);
  EXPECT_TRUE(rig.holds().empty());
  EXPECT_TRUE(rig.ledger().balances());
}

TEST_F(PolicyFailure, ThatLastsIsToldToAPerson) {
  *way = Way::Throws;
  const auto document = rig.receive("records", caseFile({}));
  rig.passTime(std::chrono::hours(3));
  EXPECT_TRUE(rig.sender.sent().empty());
  ASSERT_EQ(rig.holds().size(), 1U);
  EXPECT_EQ(rig.holds().front().reason_code, kPolicyFailed);
  EXPECT_EQ(rig.deliveriesOf(document).front().state, DeliveryState::Held);
}

/// The scene's own policy, behind something that happens first.
class Delayed final : public Decider {
 public:
  Delayed(std::function<void()> first, const Decider& works) : first_(std::move(first)), works_(works) {}
  Decision decide(const canonical::CanonicalMessage& message, const protection::Recipient& recipient,
                  std::string_view purpose, Instant now) const override {
    first_();
    return works_.decide(message, recipient, purpose, now);
  }

 private:
  std::function<void()> first_;
  const Decider& works_;
};

Scene delayed(const std::function<void()>& first) {
  auto scene = Scene::usual();
  scene.decision_limit = std::chrono::seconds(2);
  scene.decider = [first](const Decider& works) { return std::make_unique<Delayed>(first, works); };
  return scene;
}

TEST(PolicyThatIsLate, HoldsEverythingAndGoesOnInOrder) {
  HostRig* running = nullptr;
  bool late = true;
  int asked = 0;
  HostRig rig(delayed([&] {
    ++asked;
    if (late) running->clock.advance(std::chrono::seconds(10));
  }));
  running = &rig;
  std::vector<std::string> wanted;
  for (int i = 1; i <= 3; ++i) {
    const auto document =
        rig.receive("records", caseFile({.id = "C" + std::to_string(i),
                                         .kind = i == 1 ? "case.registered" : "case.updated",
                                         .at = "2026-03-0" + std::to_string(i) + "T09:00:00Z",
                                         .family = "Lisle" + std::string(static_cast<size_t>(i), 'a')}));
    EXPECT_EQ(document.outcome, "accepted");
    for (const auto& row : rig.deliveriesOf(document)) wanted.push_back(row.delivery_id);
  }
  EXPECT_EQ(asked, 1) << "after a late one nobody waits for the next";
  EXPECT_TRUE(rig.rulebook().watch->rests());
  rig.passTime(std::chrono::minutes(10));
  EXPECT_TRUE(rig.sender.sent().empty()) << "the answer was right, and too late";
  EXPECT_TRUE(rig.holds().empty()) << "they wait in their place";
  late = false;
  rig.passTime(std::chrono::minutes(30));
  std::vector<std::string> sent;
  for (const auto& one : rig.sender.sent()) sent.push_back(one.delivery_id);
  EXPECT_EQ(sent, wanted);
  EXPECT_FALSE(rig.rulebook().watch->rests());
  EXPECT_TRUE(rig.ledger().balances());
  EXPECT_EQ(rig.auditFault(), "");
}

TEST(PolicyThatIsLate, CountsUpToItsLimit) {
  HostRig* running = nullptr;
  HostRig rig(delayed([&] { running->clock.advance(std::chrono::seconds(2)); }));
  running = &rig;
  rig.receive("records", caseFile({}));
  rig.deliver();
  EXPECT_EQ(rig.sender.sent().size(), 1U);
}

TEST(PolicyThatHangs, LetsNothingLeaveAndIsNoticed) {
  std::mutex mutex;
  std::condition_variable changed;
  bool inside = false, open = false;
  HostRig rig(delayed([&] {
    std::unique_lock lock(mutex);
    inside = true;
    changed.notify_all();
    changed.wait(lock, [&] { return open; });
  }));
  Acknowledgement taken;
  std::thread sender([&] { taken = rig.receive("records", caseFile({})); });
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return inside; });
  }
  EXPECT_FALSE(rig.rulebook().watch->hangs());
  rig.clock.advance(std::chrono::minutes(1));
  EXPECT_TRUE(rig.rulebook().watch->hangs());
  EXPECT_TRUE(rig.sender.sent().empty());
  {
    const std::lock_guard lock(mutex);
    open = true;
  }
  changed.notify_all();
  sender.join();
  EXPECT_EQ(taken.outcome, "accepted");
  rig.deliver();
  EXPECT_FALSE(rig.rulebook().watch->hangs());
  EXPECT_TRUE(rig.sender.sent().empty()) << "what it said at last came too late";
  rig.passTime(std::chrono::minutes(5));
  EXPECT_EQ(rig.sender.sent().size(), 1U);
  EXPECT_TRUE(rig.ledger().balances());
}

TEST(PolicyBundle, ThatIsBrokenGrantsNothing) {
  for (const char* text : {"", "grants: {}", "grants: [1, 2]", "legal: []\ngrants: [{ id: a }]", "sets: 4"}) {
    SCOPED_TRACE(text);
    Problems problems;
    const auto node = config::parseYaml(text, "policy.yaml", problems);
    const auto policy = protection::Policy::load({node ? *node : Node()}, problems);
    canonical::CanonicalMessage message;
    message.set_type("case.updated");
    message.mutable_case_()->set_urn("01ZD0303926");
    const auto scene = Scene::usual();
    for (const auto& partner : scene.partners) {
      const auto decision = policy.decide(message, partner, "witness_care", *parseInstant("2026-03-01T09:00:00Z"));
      EXPECT_TRUE(decision.hold.has_value());
      EXPECT_FALSE(decision.projection.has_value());
    }
  }
}

}  // namespace
}  // namespace causeway::pipeline
