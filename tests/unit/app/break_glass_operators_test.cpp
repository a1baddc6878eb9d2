#include "host/app/desks/own_name.hpp"
#include "host/app/desks/rights_desk.hpp"
#include "tests/unit/app/operators_support.hpp"

#include <nlohmann/json.hpp>

// Where operators are named, a restricted case is opened and reviewed by them alone, whatever a request says.
namespace causeway::app {
namespace {

using Json = nlohmann::json;

class GlassOfOperators : public RightsOfOperators {
 protected:
  void SetUp() override {
    RightsOfOperators::SetUp();
    rig_.receive("courts", support::resultFile({.restriction = "4321"}));
    rig_.settle();
  }
  Result<std::string> ask(const Json& request, const std::string& actor) { return desk_.answer(request.dump(), actor); }
  Result<std::string> open(const std::string& actor, const std::string& by = {}) {
    return ask({{"command", "break_glass_open"},
                {"id", case_id_},
                {"minutes", 30},
                {"by", by},
                {"because", "she is in danger tonight"}},
               actor);
  }
  Result<std::string> review(const std::string& number, const std::string& actor, const std::string& by = {}) {
    return ask({{"command", "break_glass_review"}, {"id", number}, {"by", by}, {"because", "it was needed"}}, actor);
  }
  std::string opened(const std::string& actor) {
    const auto said = open(actor);
    EXPECT_TRUE(said) << said.error().text();
    return said ? Json::parse(*said)["number"].get<std::string>() : "";
  }
};

TEST_F(GlassOfOperators, NobodyElseOpensWhateverNameTheyGive) {
  for (const char* actor : {"uid:1000", "uid:0", "certificate:urn:example:staff:9", "uid:1001x", "nonsense", ""})
    for (const char* by : {"", "sup.ada", "4711"}) {
      const auto said = open(actor, by);
      ASSERT_FALSE(said) << actor;
      EXPECT_EQ(said.error().kind, ErrorKind::Refused);
    }
  EXPECT_TRUE(rig_.audited("break_glass").empty());
}

TEST_F(GlassOfOperators, AnOperatorOpensUnderTheirOwnNameAndAsAReader) {
  EXPECT_EQ(open("uid:1001", "wcu.cyn").error().kind, ErrorKind::Refused);
  EXPECT_EQ(open("uid:1002").error().kind, ErrorKind::Refused) << "has not the role";
  ASSERT_TRUE(open("uid:1001", "sup.ada"));
  ASSERT_TRUE(open("certificate:urn:example:staff:1003"));
  ASSERT_EQ(rig_.audited("break_glass").size(), 2U);
  EXPECT_TRUE(has(rig_.audited("break_glass")[1], "wcu.cyn"));
}

TEST_F(GlassOfOperators, WhoeverOpenedItReviewsItByNoPath) {
  const auto number = opened("uid:1001");
  for (const char* actor : {"uid:1001", "certificate:urn:example:staff:1001"})
    for (const char* by : {"", "sup.ada", "sup.ben"})
      EXPECT_EQ(review(number, actor, by).error().kind, ErrorKind::Refused) << actor << by;
  EXPECT_EQ(review(number, "uid:1000", "sup.ben").error().kind, ErrorKind::Refused) << "the account of the host";
  EXPECT_FALSE(glass_.list()->at(0).review);
  ASSERT_TRUE(review(number, "uid:1002")) << "any other operator";
  EXPECT_EQ(glass_.list()->at(0).review->by, "sup.ben");
}

TEST_F(GlassOfOperators, OnlyTheOperatorWhoOpenedItLooks) {
  EXPECT_FALSE(desk_.mayLook(case_id_, "4321", "uid:1000")) << "a name of the list, said by somebody";
  opened("uid:1001");
  EXPECT_TRUE(desk_.mayLook(case_id_, "", "uid:1001"));
  EXPECT_TRUE(desk_.mayLook(case_id_, "", "certificate:urn:example:staff:1001"));
  EXPECT_FALSE(desk_.mayLook(case_id_, "sup.ada", "uid:1000"));
  EXPECT_FALSE(desk_.mayLook(case_id_, "sup.ada", "uid:1003"));
  rig_.clock.advance(std::chrono::minutes(30));
  EXPECT_FALSE(desk_.mayLook(case_id_, "", "uid:1001"));
}

TEST_F(GlassOfOperators, AnswersNobodysAccessRequestFromARestrictedCaseUnopened) {
  const Json request{{"command", "subject_access"},
                     {"id", case_id_},
                     {"person", "p-1"},
                     {"by", "sup.ada"},
                     {"because", "she asked for it"}};
  const auto refused = ask(request, "uid:1001");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Refused);
  EXPECT_TRUE(rig_.audited("view").empty());
  opened("uid:1001");
  EXPECT_TRUE(ask(request, "uid:1001"));
}

TEST_F(GlassOfOperators, WithoutOperatorsThePeopleAreWhoTheySay) {
  settings_.people.clear();
  const auto said = open("uid:1000", "4711");
  ASSERT_TRUE(said) << said.error().text();
  EXPECT_EQ(open("uid:1000").error().kind, ErrorKind::Invalid) << "but they must say";
  EXPECT_TRUE(desk_.mayLook(case_id_, "4711", "uid:1000"));
}

TEST_F(GlassOfOperators, NobodyDecidesUnderTheNameOfAnotherOperator) {
  const auto asks = [&](const char* actor, const Json& request) {
    return inOwnName(request.dump(), actor, operators_, [](std::string_view own) { return std::string(own); });
  };
  const Json of_ada{{"command", "release"}, {"id", "h-1"}, {"by", "sup.ada"}};
  EXPECT_TRUE(Json::parse(asks("uid:1002", of_ada)).contains("error")) << "the name of somebody else";
  EXPECT_TRUE(Json::parse(asks("uid:0", of_ada)).contains("error")) << "the host's own account is nobody";
  EXPECT_EQ(asks("uid:1001", of_ada), of_ada.dump());
  const Json of_dpo{{"command", "release"}, {"by", "dpo.12"}}, held{{"command", "held"}};
  EXPECT_EQ(asks("uid:0", of_dpo), of_dpo.dump()) << "no operator's name";
  EXPECT_EQ(asks("uid:0", held), held.dump());
  settings_.people.clear();
  EXPECT_EQ(asks("uid:0", of_ada), of_ada.dump()) << "nobody is named";
}

}  // namespace
}  // namespace causeway::app
