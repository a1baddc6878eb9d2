#include "host/pipeline/request.hpp"
#include "tests/unit/pipeline/rig_support.hpp"

namespace causeway::pipeline {
namespace {

using std::chrono::minutes;

UrlTemplate path(std::string_view text) { return *UrlTemplate::parse(text, UrlTemplate::Use::Path); }
UrlTemplate header(std::string_view text) { return *UrlTemplate::parse(text, UrlTemplate::Use::Header); }

/// What an adapter would answer, without one.
class Wrapper final : public Adapter {
 public:
  explicit Wrapper(Fields puts) : puts_(std::move(puts)) {}
  const std::string& name() const override { return name_; }
  const std::string& version() const override { return name_; }
  const std::string& mappingFolder() const override { return name_; }
  std::vector<std::string> converters() const override { return {}; }
  Result<Fields> convert(std::string_view, const Fields&) override { return fail(ErrorKind::NotFound, "none"); }
  bool identifies() const override { return false; }
  Result<std::string> identify(const Fields&) override { return std::string(); }
  Result<Fields> wrap(const Fields& fields) override {
    if (puts_.empty()) return fail(ErrorKind::Broken, "fails");
    Fields out = fields;
    out.insert(out.end(), puts_.begin(), puts_.end());
    return out;
  }
  Result<ReplyVerdict> classifyReply(const Fields& fields) override {
    given = fields;
    ReplyVerdict out{ReplyVerdict::Outcome::Delivered, {}, {}, 0};
    for (const auto& [name, value] : fields)
      if (name == "reply.id") out.reference = value;
    return out;
  }
  Fields given;

 private:
  std::string name_ = "wrapper";
  Fields puts_;
};

class Requests : public Pipeline {
 protected:
  /// The prosecutor, who hears of each case, is called so.
  void call(std::vector<RequestShape> shapes, std::shared_ptr<Adapter> adapter = {}) {
    auto scene = Scene::usual();
    scene.partner("prosecutor").requests = std::move(shapes);
    if (adapter) {
      scene.partner("prosecutor").adapter = "wrapper";
      scene.adapters.emplace("wrapper", std::move(adapter));
    }
    rig.restart(scene);
  }

  static RequestShape shape(std::string_view target, std::string method = "POST") {
    RequestShape out;
    out.endpoint = "prosecutor";
    out.method = std::move(method);
    out.path = path(target);
    return out;
  }

  static FakeSender::Answering saying(int status, const std::string& body) {
    return [=](const Outgoing&) { return Answer{status, "application/json", body, {}, {}}; };
  }
  DeliveryRow now(const Acknowledgement& document) { return deliveryTo("prosecutor", document); }
};

TEST_F(Requests, HoldsWhatNoRequestFits) {
  auto other = shape("/cases");
  other.messages = {"hearing.listed"};
  call({other});
  const auto whole = registered();
  EXPECT_EQ(now(whole).state, DeliveryState::Held);
  EXPECT_EQ(now(whole).reason, "no_request");
  EXPECT_TRUE(rig.sender.sent().empty());
}

TEST_F(Requests, HoldsWhatHasNoValueForAPlaceInItsPath) {
  call({shape("/cases/{wrap.office}")});
  EXPECT_EQ(now(registered()).reason, "no_request");
  call({shape("/cases/{wrap.office}")}, std::make_shared<Wrapper>(Fields{{"path.office", "two words"}}));
  EXPECT_EQ(now(registered({.id = "C2", .urn = "01ZD0303927"})).reason, "bad_identifier");
  EXPECT_TRUE(rig.sender.sent().empty());
}

TEST_F(Requests, HoldsWhenTheAdapterFails) {
  call({shape("/cases")}, std::make_shared<Wrapper>(Fields{}));
  EXPECT_EQ(now(registered()).reason, "wrap_failed");
  EXPECT_TRUE(rig.sender.sent().empty());
}

TEST_F(Requests, CallsByMethodPathAndHeaders) {
  auto put = shape("/cases/{case.urn}?delivery={delivery.id}", "PUT");
  put.messages = {"case.updated"};
  put.headers = {{"Idempotency-Key", header("{delivery.id}")}, {"Accept", header("application/json; version=2")}};
  call({put}, std::make_shared<Wrapper>(Fields{{"header.X-Office", "44"}, {"route", "7"}}));
  const auto row = now(registered());
  const auto sent = rig.sender.sent().at(0);
  EXPECT_EQ(sent.method, "PUT");
  EXPECT_EQ(sent.target, "/cases/01ZD0303926?delivery=" + row.delivery_id);
  const std::vector<std::pair<std::string, std::string>> wanted{{"X-Office", "44"},
                                                                {"Idempotency-Key", row.delivery_id},
                                                                {"Accept", "application/json; version=2"},
                                                                {"Causeway-Marking", "official"}};
  EXPECT_EQ(sent.headers, wanted);
  EXPECT_EQ(sent.content_type, "application/json");
  EXPECT_EQ(row.state, DeliveryState::Delivered);
}

TEST_F(Requests, GivesTheAdapterTheReplyByName) {
  const auto adapter = std::make_shared<Wrapper>(Fields{{"a", "b"}});
  call({shape("/cases")}, adapter);
  rig.sender.answer([](const Outgoing&) {
    return Answer{202, "application/json", R"({"id":"7","data":{"@type":"x"}})", {}, " 30 "};
  });
  EXPECT_EQ(now(registered()).receipt, "7");
  const Fields wanted{{"status", "202"},        {"content_type", "application/json"},
                      {"retry_after", "30"},    {"reply.id", "7"},
                      {"reply.data.type", "x"}, {"message_type", "case.updated"}};
  EXPECT_EQ(adapter->given, wanted);
}

TEST_F(Requests, CallsALaterOneByTheNumberOfTheEarlierOne) {
  auto scene = Scene::usual();
  auto& routes = scene.routes;
  const std::string tell = "type: case.updated, purpose: witness_care }";
  routes.replace(routes.find(tell), tell.size(), "type: case.updated, purpose: witness_care, subject: the case }");
  scene.partner("prosecutor").requests = {shape("/cases/{previous.reference}", "PUT"), shape("/cases")};
  scene.partner("prosecutor").adapter = "wrapper";
  scene.adapters.emplace("wrapper", std::make_shared<Wrapper>(Fields{{"a", "b"}}));
  rig.restart(scene);
  rig.sender.answer(saying(201, R"({"id":"N/7"})"));
  registered();
  registered({.id = "C2", .kind = "case.updated", .at = "2026-03-02T09:00:00Z", .family = "Lyle"});
  const auto sent = rig.sender.sent("prosecutor");
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_EQ(sent[0].method + " " + sent[0].target, "POST /cases");
  EXPECT_EQ(sent[1].method + " " + sent[1].target, "PUT /cases/N%2F7");
}

TEST_F(Requests, HoldsAReceiptWithoutTheNumberThatLaterOnesNeed) {
  call({shape("/cases/{previous.reference}", "PUT"), shape("/cases")});
  rig.sender.answer(saying(201, "{}"));
  const auto whole = registered();
  EXPECT_EQ(now(whole).state, DeliveryState::Held);
  EXPECT_EQ(now(whole).reason, "no_reference");
}

class LookUps : public Requests {
 protected:
  void SetUp() override {
    auto asks = shape("/notices");
    asks.look_up = path("/notices?reference={delivery.id}");
    asks.found = "notifications/id";
    call({asks});
    rig.sender.answer([](const Outgoing&) { return fail(ErrorKind::Unavailable, "timed out"); });
    whole_ = registered();
    ASSERT_EQ(now(whole_).state, DeliveryState::Queued);
    ASSERT_EQ(methods(), "POST ");
  }

  /// The partner answers look-ups so, and everything else with 201.
  void answerLookUps(FakeSender::Answering answering) {
    rig.sender.answer([answering = std::move(answering)](const Outgoing& outgoing) {
      return outgoing.method == "GET" ? answering(outgoing) : Answer{201, "application/json", "{}", {}, {}};
    });
    rig.passTime(minutes(1));
  }

  std::string methods() {
    std::string out;
    for (const auto& one : rig.sender.sent()) out += one.method + " ";
    return out;
  }

  Acknowledgement whole_;
};

TEST_F(LookUps, SendsNothingTwiceWhileTheAnswerIsNotKnown) {
  for (const std::string body : {"", "no", "{", "[1,", "<a>"}) {
    answerLookUps(saying(200, body));
    EXPECT_EQ(now(whole_).state, DeliveryState::Queued) << body;
    EXPECT_EQ(now(whole_).reason, "look_up_failed") << body;
  }
  answerLookUps([](const Outgoing&) { return fail(ErrorKind::Unavailable, "timed out"); });
  EXPECT_EQ(methods().find("POST", 1), std::string::npos);
}

TEST_F(LookUps, NeedsAPersonWhenItMayNotAsk) {
  answerLookUps(saying(403, "{}"));
  EXPECT_EQ(now(whole_).state, DeliveryState::Held);
  EXPECT_EQ(now(whole_).reason, "look_up_refused");
  EXPECT_EQ(methods(), "POST GET ");
}

TEST_F(LookUps, SendsAgainWhatIsNotThere) {
  answerLookUps(saying(200, R"({"notifications":[],"links":{"current":"x"}})"));
  EXPECT_EQ(now(whole_).state, DeliveryState::Delivered);
  EXPECT_EQ(methods(), "POST GET POST ");
}

TEST_F(LookUps, SendsAgainWhatNobodyKnows) {
  answerLookUps(saying(404, ""));
  EXPECT_EQ(methods(), "POST GET POST ");
}

TEST_F(LookUps, SettlesWhatIsThere) {
  answerLookUps(saying(200, R"({"notifications":[{"id":"n-9","status":"created"}]})"));
  EXPECT_EQ(now(whole_).state, DeliveryState::Delivered);
  EXPECT_EQ(now(whole_).receipt, "n-9");
  EXPECT_EQ(methods(), "POST GET ");
  EXPECT_EQ(rig.sender.sent().at(1).target, "/notices?reference=" + now(whole_).delivery_id);
  EXPECT_EQ(rig.sender.sent().at(1).body, "");
}

TEST_F(LookUps, AsksAfterARestartToo) {
  rig.restart();
  answerLookUps(saying(200, R"({"notifications":[{"id":"n-9"}]})"));
  EXPECT_EQ(methods(), "POST GET ");
}

}  // namespace
}  // namespace causeway::pipeline
