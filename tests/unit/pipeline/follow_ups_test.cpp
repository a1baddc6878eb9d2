#include "host/pipeline/follow_ups.hpp"

#include "tests/unit/pipeline/rig_support.hpp"

namespace causeway::pipeline {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* kNotice = R"(envelope: test.notice
reads: json
root: eventType
source: invented for tests
fields: { id: eventId, next: detailUrl }
next_when:
  eventType: { in: [case.opened] }
)";

std::string notice(const std::string& url, const std::string& type = "case.opened", const std::string& id = "E1") {
  return R"({"eventType":")" + type + R"(","eventId":")" + id + R"(","detailUrl":")" + url + "\"}";
}

class FollowUp : public Pipeline {
 protected:
  void SetUp() override {
    auto scene = Scene::usual();
    scene.mappings.push_back(kNotice);
    auto& records = scene.partner("records");
    records.hosts = {{"records/inbox", "inbox", "https://records.example"},
                     {"records/details", "details", "https://details.example:8443"}};
    records.follow = {seconds(60), std::chrono::hours(1), true};
    scene.partner("prosecutor").hosts = {{"prosecutor", "cases", "https://prosecutor.example"}};
    scene.partner("prosecutor").follow = {seconds(60), std::chrono::hours(1), true};
    rig.restart(scene);
  }

  void answerQuestions(int status, const std::string& body) {
    rig.sender.answer([=](const Outgoing& outgoing) {
      return outgoing.method == "GET" ? Answer{status, "application/xml", body, {}, {}}
                                      : Answer{200, "application/json", "{}", {}, {}};
    });
  }
  std::vector<Outgoing> questions() {
    auto out = rig.sender.sent();
    std::erase_if(out, [](const Outgoing& one) { return one.method != "GET"; });
    return out;
  }
  /// Moves the clock and asks what is due, once a minute.
  int wait(minutes time) {
    int asked = 0;
    for (auto passed = minutes(0); passed < time; ++passed) {
      rig.clock.advance(minutes(1));
      asked += rig.followUps().turn();
    }
    return asked;
  }
  std::vector<std::string> holdReasons() {
    std::vector<std::string> out;
    for (const auto& hold : rig.holds()) out.push_back(hold.reason_code);
    return out;
  }
  Result<Ruled> release(const HoldRow& hold) {
    return rig.rulings().release({hold.hold_id, "wco.4471", "asked the office, it may go", "uid:1000"});
  }
  int open() { return static_cast<int>(rig.store().pendingFollowUps(0, 100)->size()); }
};

using Texts = std::vector<std::string>;

TEST_F(FollowUp, HoldsAnAddressThatIsNotTheSenders) {
  EXPECT_EQ(rig.receive("records", notice("https://elsewhere.example/a")).outcome, "accepted");
  EXPECT_EQ(rig.receive("records", notice("https://records.example.elsewhere/a", "case.opened", "E2")).outcome,
            "accepted");
  EXPECT_EQ(rig.receive("records", notice("https://records.example@elsewhere/a", "case.opened", "E3")).outcome,
            "accepted");
  EXPECT_EQ(rig.receive("records", notice("http://records.example/a", "case.opened", "E4")).outcome, "accepted");
  EXPECT_EQ(rig.receive("records", notice("/a/../b", "case.opened", "E5")).outcome, "accepted");
  EXPECT_EQ(holdReasons(), (Texts{"follow_up_other_host", "follow_up_other_host", "follow_up_other_host",
                                  "follow_up_bad_path", "follow_up_bad_path"}));
  EXPECT_EQ(wait(minutes(5)), 0);
  EXPECT_TRUE(rig.sender.sent().empty());
}

TEST_F(FollowUp, RefusesANoticeThatNamesNothingOrComesFromOneWhoMayNotSend) {
  EXPECT_EQ(rig.receive("records", R"({"eventType":"case.opened","eventId":"E1"})").outcome, "malformed");
  EXPECT_EQ(rig.receive("prosecutor", notice("/a")).outcome, "not_allowed");
  EXPECT_EQ(open(), 0);
}

TEST_F(FollowUp, RecordsANoticeOfAnotherKindAndAsksNothing) {
  EXPECT_EQ(rig.receive("records", notice("https://records.example/a", "case.looked-at")).outcome, "accepted");
  EXPECT_EQ(open(), 0);
  EXPECT_TRUE(rig.holds().empty());
}

TEST_F(FollowUp, AsksWhereTheNoticeSaysAndAdmitsWhatComes) {
  answerQuestions(200, caseFile({}));
  ASSERT_EQ(rig.receive("records", notice("https://DETAILS.example:8443/cases/7?full=1")).outcome, "accepted");
  EXPECT_EQ(rig.followUps().turn(), 0) << "not before a minute has passed";
  EXPECT_EQ(wait(minutes(1)), 1);
  ASSERT_EQ(questions().size(), 1U);
  EXPECT_EQ(questions()[0].endpoint, "records/details");
  EXPECT_EQ(questions()[0].target, "/cases/7?full=1");
  EXPECT_EQ(questions()[0].body, "");
  rig.deliver();
  EXPECT_EQ(rig.sender.sent("prosecutor").size(), 1U) << "the document went through every stage";
  EXPECT_EQ(wait(minutes(5)), 0);
  EXPECT_EQ(rig.audited("follow_up").size(), 1U);
}

TEST_F(FollowUp, AsksOnceForANoticeThatComesTwice) {
  answerQuestions(200, caseFile({}));
  rig.receive("records", notice("/cases/7"));
  EXPECT_EQ(rig.receive("records", notice("/cases/7")).outcome, "duplicate");
  EXPECT_EQ(wait(minutes(2)), 1);
  EXPECT_EQ(questions()[0].endpoint, "records/inbox");
}

TEST_F(FollowUp, KeepsNoPathInTheClear) {
  rig.receive("records", notice("/people/A1234BC"));
  const auto row = rig.store().pendingFollowUps(0, 1)->at(0);
  EXPECT_EQ(row.target_sealed.find("A1234BC"), std::string::npos);
}

TEST_F(FollowUp, AsksAgainWhatIsNotThereYetThenGivesUpAndTellsSomebody) {
  answerQuestions(404, "");
  rig.receive("records", notice("/cases/7"));
  EXPECT_GT(wait(minutes(58)), 3);
  EXPECT_EQ(open(), 1);
  EXPECT_TRUE(rig.holds().empty());
  wait(minutes(5));
  EXPECT_EQ(open(), 0);
  EXPECT_EQ(holdReasons(), Texts{"follow_up_gave_up"});
}

TEST_F(FollowUp, AsksAgainWhenNobodyAnswersAndAfterARestart) {
  rig.sender.answer([](const Outgoing&) { return fail(ErrorKind::Unavailable, "timed out"); });
  rig.receive("records", notice("/cases/7"));
  EXPECT_EQ(wait(minutes(1)), 1);
  rig.restart();
  answerQuestions(200, caseFile({}));
  EXPECT_EQ(wait(minutes(10)), 1);
  EXPECT_EQ(open(), 0);
}

TEST_F(FollowUp, HoldsAQuestionThatIsRefused) {
  answerQuestions(403, "");
  rig.receive("records", notice("/cases/7"));
  wait(minutes(2));
  EXPECT_EQ(holdReasons(), Texts{"follow_up_http_403"});
  EXPECT_EQ(open(), 0);
}

TEST_F(FollowUp, IsNotAskedAgainWhereItMayNotBeAsked) {
  rig.receive("records", notice("https://elsewhere.example/a"));
  const auto ruled = release(rig.holds().at(0));
  ASSERT_FALSE(ruled);
  EXPECT_EQ(ruled.error().kind, ErrorKind::Refused);
  EXPECT_NE(ruled.error().what.find("none of its own, and close this one"), std::string::npos) << ruled.error().what;
  EXPECT_EQ(rig.holds().size(), 1U);
  EXPECT_EQ(wait(minutes(5)), 0);
}

TEST_F(FollowUp, IsAskedAgainForAsLongWhenAPersonReleasesIt) {
  answerQuestions(404, "");
  rig.receive("records", notice("/cases/7"));
  wait(minutes(63));
  ASSERT_EQ(holdReasons(), Texts{"follow_up_gave_up"});
  const auto hold = rig.holds().at(0);
  const auto ruled = release(hold);
  ASSERT_TRUE(ruled) << ruled.error().text();
  EXPECT_EQ(ruled->outcome, "asked_again");
  EXPECT_TRUE(rig.holds().empty());
  EXPECT_EQ(release(hold).error().kind, ErrorKind::Conflict);
  wait(minutes(30));
  EXPECT_EQ(open(), 1) << "an hour is given again";
  answerQuestions(200, caseFile({}));
  wait(minutes(31));
  EXPECT_EQ(open(), 0);
  EXPECT_TRUE(rig.holds().empty());
  EXPECT_EQ(rig.audited("release").size(), 1U);
  EXPECT_EQ(rig.audited("follow_up").size(), 1U);
}

TEST_F(FollowUp, IsForgottenWithItsCase) {
  rig.sender.answer([&](const Outgoing&) { return Answer{202, "application/json", "{}", "/status/9", {}}; });
  const auto whole = registered();
  ASSERT_EQ(open(), 1);
  ASSERT_TRUE(rig.rulings().erase({caseIdOf(whole), "dpo.12", "retention has ended", "uid:1000"}));
  wait(minutes(2));
  EXPECT_EQ(open(), 0);
  for (const auto& hold : rig.holds())
    EXPECT_EQ(hold.reason_code, "tell_by_hand") << "nobody has anything to decide but to tell those who were told";
  EXPECT_TRUE(questions().empty());
}

TEST_F(FollowUp, QuarantinesAnAnswerThatCannotBeRead) {
  answerQuestions(200, "<Unknown/>");
  rig.receive("records", notice("/cases/7"));
  wait(minutes(2));
  EXPECT_EQ(rig.ledger().quarantined, 1);
  EXPECT_EQ(open(), 0);
}

TEST_F(FollowUp, FollowsWhatWasAcceptedForLater) {
  int polls = 0;
  rig.sender.answer([&](const Outgoing& outgoing) {
    if (outgoing.method != "GET") return Answer{202, "application/json", "{}", "/status/9", {}};
    return ++polls < 3 ? Answer{202, "application/json", "{}", {}, "90"} : Answer{204, {}, {}, {}, {}};
  });
  const auto whole = registered();
  EXPECT_EQ(deliveryTo("prosecutor", whole).state, DeliveryState::Delivered);
  EXPECT_EQ(wait(minutes(15)), 3);
  EXPECT_EQ(questions()[0].target, "/status/9");
  EXPECT_EQ(open(), 0);
  EXPECT_TRUE(rig.holds().empty());
}

TEST_F(FollowUp, HoldsAStatusAddressAtAnotherHost) {
  rig.sender.answer(
      [&](const Outgoing&) { return Answer{202, "application/json", "{}", "https://elsewhere.example/status/9", {}}; });
  const auto whole = registered();
  EXPECT_EQ(deliveryTo("prosecutor", whole).state, DeliveryState::Delivered);
  EXPECT_EQ(holdReasons(), Texts{"follow_up_other_host"});
  EXPECT_EQ(wait(minutes(5)), 0);
}

TEST_F(FollowUp, LosesNoQuestionWhenThePowerFails) {
  rig.sender.answer([&](const Outgoing& outgoing) {
    if (outgoing.method == "GET") return Answer{204, {}, {}, {}, {}};
    rig.crash();
    return Answer{202, "application/json", "{}", "/status/9", {}};
  });
  rig.receive("records", caseFile({}));
  rig.deliver();
  rig.sender.answer([&](const Outgoing& outgoing) {
    return outgoing.method == "GET" ? Answer{204, {}, {}, {}, {}}
                                    : Answer{202, "application/json", "{}", "/status/9", {}};
  });
  rig.restart();
  rig.deliver();
  EXPECT_EQ(open(), 1);
  EXPECT_EQ(wait(minutes(2)), 1);
}

}  // namespace
}  // namespace causeway::pipeline
