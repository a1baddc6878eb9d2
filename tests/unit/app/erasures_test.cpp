#include "host/app/desks/erasures.hpp"

#include "tests/unit/app/operators_support.hpp"

#include <nlohmann/json.hpp>

// What cannot be undone needs two people.
namespace causeway::app {
namespace {

using Json = nlohmann::json;

class ErasedByTwo : public RightsOfOperators {
 protected:
  Result<std::string> erase(RightsDesk& desk, const std::string& actor, const Json& more = {}) {
    Json request{{"command", "erase"}, {"id", case_id_}, {"because", "asked for in writing"}};
    if (more.is_object()) request.update(more);
    return desk.answer(request.dump(), actor);
  }
  Result<std::string> asked(const std::string& actor, const Json& more = {}) { return erase(desk_, actor, more); }
  Result<std::string> confirmed(const std::string& actor, Json more = Json::object()) {
    more["confirm"] = true;
    return erase(desk_, actor, more);
  }
  static std::string outcome(const Result<std::string>& said) {
    return said ? Json::parse(*said)["outcome"].get<std::string>() : said.error().text();
  }
  bool isThere() { return rig_.caseOf(case_id_).case_().parties_size() == 1; }
};

TEST_F(ErasedByTwo, NobodyElseAsksOrConfirmsWhateverNameTheyGive) {
  EXPECT_EQ(asked("uid:0", {{"by", "sup.ben"}}).error().kind, ErrorKind::Refused) << "the account of the host";
  ASSERT_EQ(outcome(asked("uid:1001")), "asked");
  EXPECT_EQ(confirmed("uid:0", {{"by", "sup.ben"}}).error().kind, ErrorKind::Refused);
  EXPECT_EQ(confirmed("uid:1001", {{"by", "sup.ben"}}).error().kind, ErrorKind::Refused);
  EXPECT_TRUE(isThere());
  EXPECT_TRUE(rig_.audited("erasure").empty());
}

TEST_F(ErasedByTwo, OneAloneErasesNothingByNoPath) {
  EXPECT_EQ(confirmed("uid:1002").error().kind, ErrorKind::NotFound) << "nobody asked";
  ASSERT_EQ(outcome(asked("uid:1001")), "asked");
  ASSERT_EQ(outcome(asked("uid:1001")), "asked");
  for (const char* actor : {"uid:1001", "certificate:urn:example:staff:1001"})
    EXPECT_EQ(confirmed(actor).error().kind, ErrorKind::Refused) << actor;
  EXPECT_EQ(confirmed("uid:1002", {{"person", "p-1"}}).error().kind, ErrorKind::NotFound) << "something else was asked";
  EXPECT_TRUE(isThere());
}

TEST_F(ErasedByTwo, WhatNobodyConfirmsInSevenDaysIsForgotten) {
  ASSERT_TRUE(asked("uid:1001"));
  rig_.clock.advance(std::chrono::days(7));
  EXPECT_EQ(confirmed("uid:1002").error().kind, ErrorKind::NotFound);
  EXPECT_TRUE(isThere());
}

TEST_F(ErasedByTwo, AnotherConfirmsAndBothStandInTheLog) {
  ASSERT_TRUE(asked("uid:1001"));
  ASSERT_EQ(outcome(confirmed("uid:1002")), "erased");
  const auto leaves = rig_.audited("erasure_confirmed");
  ASSERT_EQ(leaves.size(), 1U);
  EXPECT_TRUE(has(leaves[0], "sup.ada") && has(leaves[0], "sup.ben"));
  EXPECT_EQ(outcome(asked("uid:1003")), "erased") << "what came since: the case is gone already";
}

TEST_F(ErasedByTwo, APersonIsErasedByTwoOnce) {
  const Json one{{"person", "p-1"}};
  ASSERT_EQ(outcome(asked("uid:1001", one)), "asked");
  ASSERT_EQ(outcome(confirmed("uid:1002", one)), "erased");
  EXPECT_FALSE(isThere());
  EXPECT_EQ(confirmed("uid:1003", one).error().kind, ErrorKind::NotFound) << "that was carried out";
}

TEST_F(ErasedByTwo, WhereNobodyIsNamedTwoNamesAreTwoPeople) {
  const config::OperatorsSettings nobody;
  const Operators none(nobody);
  RightsDesk desk{parts(none)};
  ASSERT_EQ(outcome(erase(desk, "uid:0", {{"by", "dpo.12"}})), "asked");
  EXPECT_EQ(erase(desk, "uid:0", {{"by", "DPO.12"}, {"confirm", true}}).error().kind, ErrorKind::Refused);
  EXPECT_EQ(outcome(erase(desk, "uid:0", {{"by", "sup.ben"}, {"confirm", true}})), "erased");
}

}  // namespace
}  // namespace causeway::app
