#include "host/app/desks/explain_desk.hpp"

#include "tests/unit/app/operators_support.hpp"

#include <nlohmann/json.hpp>

namespace causeway::app {
namespace {

using Json = nlohmann::json;

const Caller kReader{{}, {"urn:example:staff:1003"}};

class Explained : public OperatedHost {
 protected:
  Explained() { desk_.emplace(parts()); }
  ExplainDesk::Parts parts() {
    return {operators_, rig_.rulings(), views_, {}, [this] {
              if (meanwhile_) meanwhile_();
              return std::make_shared<const pipeline::Rulebook>(rig_.rulebook());
            }};
  }
  static Json request() {
    return {{"document", support::resultFile({})},
            {"after", {support::caseFile({})}},
            {"sender", "courts"},
            {"because", "a service asks why it was told so little"}};
  }
  Result<std::string> ask(const Json& asked, const Caller& caller = kReader) {
    return desk_->answer(asked.dump(), caller);
  }
  ErrorKind refusal(const Json& asked, const Caller& caller = kReader) {
    const auto said = ask(asked, caller);
    EXPECT_FALSE(said) << asked.dump();
    EXPECT_TRUE(rig_.audited("view").empty()) << "nothing was shown, so nobody looked";
    return said ? ErrorKind::Broken : said.error().kind;
  }
  Json with(const std::string& key, const Json& value) {
    auto out = request();
    out[key] = value;
    return out;
  }
  static std::vector<Json> deliveries(const Json& told) {
    std::vector<Json> out;
    for (const auto& message : told["messages"])
      for (const auto& event : message["events"])
        for (const auto& delivery : event["deliveries"]) out.push_back(delivery);
    return out;
  }

  Views views_{rig_.writer(), rig_.audit(), rig_.clock, 100};
  std::function<void()> meanwhile_;
  std::optional<ExplainDesk> desk_;
};

TEST_F(Explained, IsForReadersAlone) {
  EXPECT_EQ(refusal(request(), {{}, {"urn:example:staff:9999"}}), ErrorKind::Refused);
  EXPECT_EQ(refusal(request(), {}), ErrorKind::Refused);
  EXPECT_EQ(refusal(request(), {{}, {"urn:example:staff:1002"}}), ErrorKind::Refused) << "has not the role";
}

TEST_F(Explained, NeedsAReasonThatNamesNobodyInTheDocuments) {
  EXPECT_EQ(refusal(with("because", "")), ErrorKind::Invalid);
  EXPECT_EQ(refusal(with("because", "asked about Lisle")), ErrorKind::Invalid) << "of the case that came before";
  EXPECT_EQ(refusal(with("because", "asked about Marsh")), ErrorKind::Invalid);
  EXPECT_EQ(refusal(with("because", "they rang from 07700 900123")), ErrorKind::Invalid);
}

TEST_F(Explained, RefusesWhatItCannotUnderstand) {
  EXPECT_FALSE(desk_->answer("[]", kReader));
  EXPECT_FALSE(desk_->answer("{", kReader));
  EXPECT_EQ(refusal(with("document", "")), ErrorKind::Invalid);
  EXPECT_EQ(refusal(with("document", 7)), ErrorKind::Invalid);
  EXPECT_EQ(refusal(with("recepient", "adviser")), ErrorKind::Invalid) << "it would show more than was asked for";
  EXPECT_EQ(refusal(with("after", "text")), ErrorKind::Invalid);
  EXPECT_EQ(refusal(with("after", Json::array({1}))), ErrorKind::Invalid);
  EXPECT_EQ(refusal(with("after", Json(std::vector<std::string>(51, "{}")))), ErrorKind::Invalid);
  EXPECT_EQ(refusal(with("sender", "nobody")), ErrorKind::NotFound);
  EXPECT_EQ(refusal(with("recipient", "nobody")), ErrorKind::NotFound);
  const auto unread = ask(with("after", Json::array({support::caseFile({}), "<not-closed"})));
  ASSERT_FALSE(unread);
  EXPECT_TRUE(has(unread.error().text(), "after[1]: ")) << unread.error().text();
}

TEST_F(Explained, ShowsNothingThatCannotBeRecorded) {
  rig_.crash();
  const auto said = ask(request());
  ASSERT_FALSE(said);
  EXPECT_EQ(said.error().kind, ErrorKind::Unavailable);
}

TEST_F(Explained, OneAtATime) {
  std::optional<Result<std::string>> second;
  meanwhile_ = [&] {
    meanwhile_ = {};
    second = ask(request());
  };
  EXPECT_TRUE(ask(request()));
  ASSERT_TRUE(second && !*second);
  EXPECT_EQ(second->error().kind, ErrorKind::Unavailable);
  EXPECT_TRUE(ask(request())) << "and then again";
}

TEST_F(Explained, TellsEachRecipientsBytesAndWhatIsKeptFromIt) {
  const auto said = ask(request());
  ASSERT_TRUE(said) << said.error().text();
  const auto told = Json::parse(*said);
  EXPECT_EQ(told["outcome"], "accepted");
  bool sent = false, withheld = false;
  for (const auto& delivery : deliveries(told)) {
    sent = sent || delivery.contains("sent");
    for (const auto& field : delivery["withheld"]) withheld = withheld || !field["rule"].get<std::string>().empty();
  }
  EXPECT_TRUE(sent);
  EXPECT_TRUE(withheld);
}

TEST_F(Explained, TellsTheBytesThatTheHostSends) {
  rig_.receive("records", support::caseFile({}));
  rig_.deliver();
  const auto before = rig_.sender.sent("records").size();
  rig_.receive("courts", support::resultFile({}));
  rig_.deliver();
  const auto sent = rig_.sender.sent("records");
  ASSERT_GT(sent.size(), before);
  const auto told = deliveries(Json::parse(*ask(with("recipient", "records"))));
  ASSERT_EQ(told.size(), sent.size() - before);
  const auto unnumbered = [](const std::string& body) { return body.substr(body.find("<Urn>")); };
  EXPECT_EQ(unnumbered(told[0]["sent"].get<std::string>()), unnumbered(sent.back().body));
}

TEST_F(Explained, SaysWhatNobodyCanKnowBeforeItIsSent) {
  const auto unknown = [&](const Json& asked) {
    const auto told = deliveries(Json::parse(*ask(asked)));
    EXPECT_FALSE(told.empty());
    return told.empty() ? Json() : told[0]["not_known_yet"];
  };
  const auto named = unknown(with("recipient", "records"));
  ASSERT_EQ(named.size(), 2U) << named;
  auto by_nobody = with("recipient", "records");
  by_nobody.erase("sender");
  const auto nameless = unknown(by_nobody);
  ASSERT_EQ(nameless.size(), 3U) << nameless;
  EXPECT_EQ(nameless[2], "which system said it");
}

TEST_F(Explained, TellsOfOneRecipientAloneWhenAsked) {
  const auto all = deliveries(Json::parse(*ask(request())));
  const auto one = deliveries(Json::parse(*ask(with("recipient", "adviser"))));
  ASSERT_FALSE(one.empty());
  EXPECT_LT(one.size(), all.size());
  for (const auto& delivery : one) EXPECT_EQ(delivery["recipient"], "adviser");
}

TEST_F(Explained, WhatIsRefusedIsToldAndIsNoError) {
  const auto said = ask(with("document", "<not-closed"));
  ASSERT_TRUE(said);
  EXPECT_EQ(Json::parse(*said)["outcome"], "malformed");
}

TEST_F(Explained, IsAViewWithWhoWhyAndThrough) {
  ASSERT_TRUE(ask(with("recipient", "adviser")));
  const auto leaves = rig_.audited("view");
  ASSERT_EQ(leaves.size(), 1U);
  for (const char* part : {"wcu.cyn", "certificate:urn:example:staff:1003", "explanation for adviser", "so little"})
    EXPECT_TRUE(has(leaves[0], part)) << part;
  EXPECT_TRUE(rig_.audited("admission").empty()) << "nothing was taken in";
}

}  // namespace
}  // namespace causeway::app
