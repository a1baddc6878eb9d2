#include "tests/unit/pipeline/rig_support.hpp"

#include <map>

// What recipients may do: be away, come back, or take everything and never answer.
namespace causeway::pipeline {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

Result<Answer> nobodyAnswers(const Outgoing&) { return fail(ErrorKind::Unavailable, "nobody answers"); }

Scene patient() {
  auto scene = Scene::usual();
  scene.retry = {std::chrono::seconds(10), minutes(15), hours(24)};
  return scene;
}

TEST(Attack36, ARecipientThatComesBackIsNotMetByEverybodyAtOnce) {
  HostRig rig(patient());
  rig.sender.answer(nobodyAnswers);
  constexpr int kCases = 60;
  for (int i = 0; i < kCases; ++i) {
    const auto number = std::to_string(100 + i);
    const auto id = "C" + number;
    ASSERT_EQ(rig.receive("records", caseFile({.id = id, .urn = "01ZD03" + number + "26"})).outcome, "accepted");
    ASSERT_EQ(rig.receive("records", caseFile({.id = id + "b",
                                               .kind = "case.updated",
                                               .urn = "01ZD03" + number + "26",
                                               .at = "2026-03-02T09:00:00Z",
                                               .family = "Penrose"}))
                  .outcome,
              "accepted");
  }
  rig.deliver();
  rig.passTime(hours(6));
  const auto tried = rig.sender.sent().size();
  // A wait of at most 15 minutes and at least half of it: in 6 hours no lane tries more often than once in 7.5 minutes, after its first few.
  EXPECT_LT(tried, kCases * (6U * 8U + 8U));
  rig.sender.answer(FakeSender::withStatus(200));
  std::map<int, size_t> by_minute;
  auto before = tried;
  for (int minute = 0; minute < 16; ++minute) {
    rig.passTime(minutes(1));
    by_minute[minute] = rig.sender.sent().size() - before;
    before = rig.sender.sent().size();
  }
  size_t most = 0, total = 0;
  for (const auto& [minute, count] : by_minute) {
    most = std::max(most, count);
    total += count;
  }
  EXPECT_EQ(total, 2U * kCases) << "each delivery once, and none lost";
  EXPECT_LT(most, 2U * kCases / 2) << "they come spread over the wait";
  std::map<std::string, int> arrived;
  const auto sent = rig.sender.sent();
  for (size_t i = tried; i < sent.size(); ++i) EXPECT_EQ(++arrived[sent[i].delivery_id], 1);
  for (const auto& message : rig.allMessages()) EXPECT_EQ(message.state, MessageState::Done);
  EXPECT_TRUE(rig.holds().empty());
  EXPECT_TRUE(rig.ledger().balances());
}

TEST(Attack36, TheOrderOfACaseIsKeptThroughTheOutage) {
  HostRig rig(patient());
  rig.sender.answer(nobodyAnswers);
  std::vector<std::string> wanted;
  for (int i = 1; i <= 5; ++i) {
    const auto document =
        rig.receive("records", caseFile({.id = "C" + std::to_string(i),
                                         .kind = i == 1 ? "case.registered" : "case.updated",
                                         .at = "2026-03-0" + std::to_string(i) + "T09:00:00Z",
                                         .family = "Lisle" + std::string(static_cast<size_t>(i), 'a')}));
    for (const auto& row : rig.deliveriesOf(document)) wanted.push_back(row.delivery_id);
  }
  rig.deliver();
  rig.passTime(hours(6));
  const auto tried = rig.sender.sent().size();
  rig.sender.answer(FakeSender::withStatus(200));
  rig.passTime(hours(1));
  std::vector<std::string> order;
  const auto sent = rig.sender.sent();
  for (size_t i = tried; i < sent.size(); ++i) order.push_back(sent[i].delivery_id);
  EXPECT_EQ(order, wanted);
}

TEST_F(Pipeline, Attack38ARecipientThatNeverAnswersIsAPersonsTaskBeforeTheDayIsOver) {
  registered();
  rig.sender.answer(nobodyAnswers);
  const auto result = rig.receive("courts", resultFile({}));
  rig.deliver();
  const auto made = rig.clock.now();
  while (rig.holds().empty() && rig.clock.now() - made < hours(24)) rig.passTime(minutes(10));
  ASSERT_FALSE(rig.holds().empty()) << "nobody was told";
  // The shortest time that the Victims' Code gives to tell anybody is one working day.
  EXPECT_LE(rig.clock.now() - made, Scene::usual().retry.budget + minutes(20));
  EXPECT_EQ(deliveryTo("records", result).state, DeliveryState::Held);
  EXPECT_EQ(rig.holds().at(0).reason_code, "recipient_unavailable");
  EXPECT_FALSE(rig.holds().at(0).text.empty());
  EXPECT_EQ(rig.audited("hold").size(), rig.holds().size());
}

}  // namespace
}  // namespace causeway::pipeline
