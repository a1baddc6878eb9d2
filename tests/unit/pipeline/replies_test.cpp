#include "tests/unit/pipeline/rig_support.hpp"

namespace causeway::pipeline {
namespace {

using std::chrono::minutes;
using Verdict = Result<ReplyVerdict>;
using Outcome = ReplyVerdict::Outcome;

/// An adapter that judges answers as the test says and remembers what it was shown.
class Judge final : public Adapter {
 public:
  explicit Judge(std::function<Verdict(const Fields&)> says) : says_(std::move(says)) {}
  const std::string& name() const override { return name_; }
  const std::string& version() const override { return name_; }
  const std::string& mappingFolder() const override { return none_; }
  std::vector<std::string> converters() const override { return {}; }
  Result<Fields> convert(std::string_view, const Fields&) override { return fail(ErrorKind::NotFound, "none"); }
  bool identifies() const override { return false; }
  Result<std::string> identify(const Fields&) override { return std::string(); }
  Result<Fields> wrap(const Fields& fields) override { return fields; }
  Verdict classifyReply(const Fields& fields) override {
    shown = fields;
    return says_(fields);
  }
  Fields shown;

 private:
  std::string name_ = "judge", none_;
  std::function<Verdict(const Fields&)> says_;
};

/// A case told to a prosecutor whose adapter judges the answer.
class Replies : public Pipeline {
 protected:
  std::shared_ptr<Judge> judgedBy(std::function<Verdict(const Fields&)> says) {
    auto judge = std::make_shared<Judge>(std::move(says));
    auto scene = Scene::usual();
    scene.adapters.emplace("judge", judge);
    scene.partner("prosecutor").adapter = "judge";
    rig.restart(scene);
    return judge;
  }
  static auto verdict(ReplyVerdict out) {
    return [out](const Fields&) -> Verdict { return out; };
  }
  DeliveryRow told() { return deliveryTo("prosecutor", registered()); }
  HoldRow hold() {
    const auto holds = rig.holds();
    EXPECT_EQ(holds.size(), 1U);
    return holds.empty() ? HoldRow() : holds[0];
  }
  void expectText(std::initializer_list<const char*> parts) {
    const auto text = hold().text;
    for (const char* part : parts) EXPECT_NE(text.find(part), std::string::npos) << part << " | " << text;
    EXPECT_EQ(text.find("Lisle"), std::string::npos);
  }
};

TEST_F(Replies, HoldsWhenTheAdapterCannotSayWhatASuccessMeans) {
  judgedBy([](const Fields&) -> Verdict { return fail(ErrorKind::Broken, "crashed (signal 11)"); });
  EXPECT_EQ(told().state, DeliveryState::Held);
  expectText({"prosecutor answered (status_200)", "adapter failed", "close this one if it did, release it if not"});
  rig.passTime(minutes(30));
  EXPECT_EQ(rig.sender.sent().size(), 1U);
}

TEST_F(Replies, HoldsWhatTheAdapterRejects) {
  judgedBy([](const Fields&) -> Verdict { return fail(ErrorKind::Invalid, "no such answer"); });
  EXPECT_EQ(told().state, DeliveryState::Held);
}

TEST_F(Replies, TriesAgainWhenTheAdapterCannotAnswerNow) {
  judgedBy([](const Fields&) -> Verdict { return fail(ErrorKind::Unavailable, "busy"); });
  const auto row = told();
  EXPECT_EQ(row.state, DeliveryState::Queued);
  EXPECT_EQ(row.reason, "adapter_unavailable");
}

TEST_F(Replies, HoldsARejectedDeliveryAlthoughTheProtocolSaysSuccess) {
  judgedBy(verdict({Outcome::Rejected, "schema_1203", "", 0}));
  const auto row = told();
  EXPECT_EQ(row.state, DeliveryState::Held);
  EXPECT_EQ(row.reason, "schema_1203");
  expectText({"prosecutor refused this message (schema_1203) on 2 June 2026 at 10:00", "Ask what it objects to"});
}

TEST_F(Replies, HoldsABrokenAnswer) {
  judgedBy(verdict({Outcome::Broken, "not_ours", "", 0}));
  EXPECT_EQ(told().state, DeliveryState::Held);
  expectText({"speaks of the connection", "(not_ours)", "Check its address"});
}

TEST_F(Replies, WaitsAsLongAsTheRecipientAsks) {
  judgedBy(verdict({Outcome::Retry, "busy", "", 3600}));
  const auto row = told();
  EXPECT_EQ(row.state, DeliveryState::Queued);
  EXPECT_EQ(row.reason, "busy");
  EXPECT_GE(row.not_before, rig.clock.now() + std::chrono::seconds(3600));
  EXPECT_TRUE(rig.holds().empty());
}

TEST_F(Replies, HoldsWhatWasPutOffTooLong) {
  judgedBy(verdict({Outcome::Retry, "busy", "", 0}));
  registered();
  rig.passTime(minutes(200));
  expectText({"asked to be sent this again later (busy) between 2 June 2026 at", "tried ", " times"});
}

TEST_F(Replies, KeepsTheReferenceOfWhatWasDelivered) {
  const auto judge = judgedBy(verdict({Outcome::Delivered, "", "REF-7", 0}));
  rig.sender.answer([](const Outgoing&) -> Result<Answer> {
    return Answer{202, "application/json", R"({"receipt":{"state":"stored"}})"};
  });
  const auto row = told();
  EXPECT_EQ(row.state, DeliveryState::Delivered);
  EXPECT_EQ(row.receipt, "REF-7");
  const Fields expected{{"status", "202"}, {"content_type", "application/json"}, {"reply.receipt.state", "stored"}};
  for (const auto& one : expected) EXPECT_NE(std::ranges::find(judge->shown, one), judge->shown.end()) << one.first;
}

TEST_F(Replies, SaysHowLongARecipientWasOutOfReach) {
  rig.sender.answer([](const Outgoing&) -> Result<Answer> { return fail(ErrorKind::Unavailable, "nobody answers"); });
  registered();
  rig.passTime(minutes(200));
  expectText(
      {"prosecutor could not be reached between 2 June 2026 at", "and 2 June 2026 at", "tried ", "release this one"});
}

TEST_F(Replies, SaysThatAConnectionCannotBeMade) {
  rig.sender.answer(
      [](const Outgoing&) -> Result<Answer> { return fail(ErrorKind::Refused, "certificate not accepted"); });
  EXPECT_EQ(told().reason, "cannot_send");
  expectText({"No connection to prosecutor can be made", "certificate"});
}

TEST_F(Replies, SaysThatADraftCannotBeReadBack) {
  rig.sender.answer(FakeSender::withStatus(503));
  const auto whole = registered();
  ASSERT_TRUE(rig.vault().destroy(caseIdOf(whole)));
  rig.passTime(minutes(5));
  EXPECT_EQ(deliveryTo("prosecutor", whole).reason, "payload_unreadable");
  expectText({"cannot be read back", "erased"});
}

TEST_F(Replies, CountsAMessageAsHeldOnceAllThatIsLeftOfItIsHeld) {
  registered();
  rig.sender.answer([](const Outgoing& outgoing) {
    return FakeSender::withStatus(outgoing.endpoint == "records" ? 503 : 422)(outgoing);
  });
  const auto result = rig.receive("courts", resultFile({}));
  rig.deliver();
  EXPECT_EQ(deliveryTo("adviser", result).state, DeliveryState::Held);
  EXPECT_EQ(rig.stateOf(result), "in_flight") << "the other delivery is still tried";
  EXPECT_EQ(rig.ledger().held, 0);
  rig.sender.answer(FakeSender::withStatus(200));
  rig.passTime(minutes(5));
  EXPECT_EQ(rig.stateOf(result), "held");
  EXPECT_EQ(rig.ledger().held, 1);
  EXPECT_EQ(rig.ledger().in_flight, 0);
  EXPECT_EQ(rig.messagesOf(result.document_id).at(0).reason, "deliveries_held");
  rig.restart();
  EXPECT_EQ(rig.ledger().held, 1);
}

}  // namespace
}  // namespace causeway::pipeline
