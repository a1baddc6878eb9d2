#include "tests/unit/pipeline/rig_support.hpp"

// What is written to a person directly: at which hours it leaves, and under which name a person is known to somebody who may not know them.
namespace causeway::pipeline {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

/// The usual scene with a service that texts victims an outcome, to a number that the records call safe at some hours.
Scene texting() {
  auto scene = Scene::usual();
  scene.mappings[0] =
      replaced(scene.mappings[0], "      - { from: \"@phone\", to: \"contact_points[0].value\" }\n",
               "      - { from: \"@phone\", to: \"contact_points[0].value\" }\n"
               "      - { from: \"@safe\", to: \"contact_points[0].safe.state\" }\n"
               "      - each: SafeTime\n        to: \"contact_points[0].safe.times[]\"\n        fields:\n"
               "          - { from: \"@days\", to: days }\n          - { from: \"@from\", to: from }\n"
               "          - { from: \"@to\", to: to }\n");
  scene.mappings.emplace_back(R"(mapping: test.text
version: "1"
writes: json
message: hearing.resulted
source: invented for tests
fields:
  - { from: "case.parties[0].contact_points[0].value", to: to }
  - { from: "case.parties[0].id", to: known_as }
  - { from: $delivery.id, to: id }
  - { from: $quality.source, to: quality/source }
  - { from: $quality.as_of, to: quality/as_of }
)");
  scene.routes = replaced(scene.routes, "      - recipient: adviser\n",
                          "      - recipient: texts\n        type: hearing.resulted\n        purpose: victim_care\n"
                          "        for_each: \"case.parties[role=victim]\"\n"
                          "        subject: \"outcome {case.hearings[0].id}\"\n      - recipient: adviser\n");
  scene.protection += R"(  - id: texts-outcome
    version: 1
    recipient: texts
    purpose: victim_care
    types: [hearing.resulted]
    source: invented for tests
    fields:
      - { field: case.parties.id, as: pseudonym, because: invented }
      - { field: "case.parties[role=victim].contact_points.value", because: invented }
)";
  auto texts = scene.partner("records");
  texts.id = texts.name = texts.endpoint = "texts";
  texts.side = "neutral";
  texts.audience = "victim";
  texts.identities = {"urn:causeway:partner:texts"};
  texts.may_send.clear();
  texts.writes = {"test.text"};
  scene.partners.push_back(texts);
  return scene;
}

class Notices : public testing::Test {
 protected:
  /// Of the victim of the usual case, as its records say it.
  static std::string reached(const std::string& attributes, const std::string& times) {
    return replaced(caseFile({}), "phone=\"07700900123\">", "phone=\"07700900123\"" + attributes + ">" + times);
  }
  static std::string office() {
    return reached(" safe=\"safe\"", "<SafeTime days=\"MO TU WE TH FR\" from=\"09:00\" to=\"17:00\"/>");
  }
  Acknowledgement resulted() {
    auto out = rig.receive("courts", resultFile({}));
    rig.deliver();
    return out;
  }
  DeliveryRow texted(const Acknowledgement& document) {
    for (auto& row : rig.deliveriesOf(document))
      if (row.recipient == "texts") return row;
    ADD_FAILURE() << "no text was to be sent";
    return {};
  }

  HostRig rig{texting()};  // it is Tuesday 2 June 2026, ten o'clock in London
};

TEST_F(Notices, AreHeldWhereNobodyKnowsAtWhichHours) {
  rig.receive("records", reached(" safe=\"safe\"", ""));
  const auto result = resulted();
  EXPECT_TRUE(rig.sender.sent("texts").empty());
  EXPECT_EQ(texted(result).state, DeliveryState::Held);
  EXPECT_EQ(texted(result).reason, "contact_hours_unknown");
  ASSERT_EQ(rig.holds().size(), 1U);
  EXPECT_EQ(rig.holds()[0].text.find("0770"), std::string::npos);
}

TEST_F(Notices, GoAtOnceWithinTheHoursOfThePerson) {
  rig.receive("records", office());
  const auto result = resulted();
  EXPECT_EQ(rig.sender.sent("texts").size(), 1U);
  EXPECT_EQ(texted(result).state, DeliveryState::Delivered);
}

TEST_F(Notices, WaitForTheHoursOfThePerson) {
  rig.receive("records", office());
  rig.deliver();
  rig.clock.advance(hours(24 * 3 + 7) + minutes(1));  // Friday, a minute past five
  const auto result = resulted();
  EXPECT_EQ(texted(result).state, DeliveryState::Queued);
  EXPECT_EQ(texted(result).reason, "outside_contact_hours");
  EXPECT_EQ(formatInstant(texted(result).not_before), "2026-06-08T08:00:00Z") << "Monday at nine";
  EXPECT_TRUE(rig.holds().empty()) << "it is nobody's task";
  rig.restart();
  rig.clock.advance(hours(24 * 2 + 15));
  rig.passTime(minutes(58));
  EXPECT_TRUE(rig.sender.sent("texts").empty()) << "a minute before nine";
  rig.passTime(minutes(2));
  EXPECT_EQ(rig.sender.sent("texts").size(), 1U);
  EXPECT_TRUE(rig.ledger().balances());
  EXPECT_EQ(rig.auditFault(), "");
}

TEST_F(Notices, FollowHoursThatChangeWhileTheyWait) {
  rig.receive("records", office());
  rig.deliver();
  rig.clock.advance(hours(7) + minutes(30));
  const auto result = resulted();
  EXPECT_EQ(texted(result).reason, "outside_contact_hours");
  const auto closed = replaced(replaced(office(), "days=\"MO TU WE TH FR\"", "days=\"SU\""), "id=\"C1\"", "id=\"C2\"");
  rig.receive("records", replaced(replaced(closed, "case.registered", "case.updated"), "2026-03-01T", "2026-06-02T"));
  rig.passTime(hours(16));
  EXPECT_TRUE(rig.sender.sent("texts").empty()) << "at nine on Wednesday it is judged again";
  EXPECT_EQ(texted(result).state, DeliveryState::Queued);
}

TEST_F(Notices, KnowThePersonByAPseudonymOfThisRecipient) {
  rig.receive("records", office());
  resulted();
  ASSERT_EQ(rig.sender.sent("texts").size(), 1U);
  const auto body = rig.sender.sent("texts")[0].body;
  EXPECT_EQ(body.find("p-1"), std::string::npos);
  const auto at = body.find("\"known_as\":\"") + 12;
  const auto pseudonym = body.substr(at, body.find('"', at) - at);
  EXPECT_EQ(pseudonym.size(), 32U);
  rig.restart();
  rig.receive("courts", resultFile({.id = "R2", .date = "2026-04-09", .at = "2026-04-09T12:00:00Z"}));
  rig.deliver();
  ASSERT_EQ(rig.sender.sent("texts").size(), 2U);
  EXPECT_NE(rig.sender.sent("texts")[1].body.find(pseudonym), std::string::npos) << "the same after a restart";
}

TEST_F(Notices, SayWhoseWordItIsAndOfWhen) {
  rig.receive("records", office());
  resulted();
  ASSERT_EQ(rig.sender.sent("texts").size(), 1U);
  EXPECT_NE(rig.sender.sent("texts")[0].body.find("\"as_of\":\"2026-04-01T12:00:00Z\""), std::string::npos);
  for (const auto& leaf : rig.audited("disclosure"))
    if (leaf.find("\"texts\"") != std::string::npos) {
      EXPECT_NE(leaf.find("\"quality.as_of\":\"2026-04-01T12:00:00Z\""), std::string::npos) << "the log says it too";
    }
}

}  // namespace
}  // namespace causeway::pipeline
