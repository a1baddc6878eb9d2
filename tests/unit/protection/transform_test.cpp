#include "host/protection/transform.hpp"

#include "tests/unit/protection/policy_support.hpp"

namespace causeway::protection {
namespace {

Policy changing(const std::string& path, const std::string& how) {
  return granting("  - case.urn\n  - { field: " + path + ", " + how + ", because: test }\n");
}

const canonical::Party& firstOf(const Decision& decision) { return decision.projection->case_().parties(0); }

TEST(Transform, WhatIsNoDateHasNoAgeBand) {
  for (const char* text : {"", "2026", "2026-02-30", "2026-06-03", "soon"})
    EXPECT_FALSE(ageBand(text, *parseDate("2026-06-02"))) << text;
}

TEST(Transform, AnAgeBandChangesOnTheBirthday) {
  const auto on = *parseDate("2026-06-02");
  EXPECT_EQ(ageBand("2014-06-03", on), "under_12");
  EXPECT_EQ(ageBand("2014-06-02", on), "12_15");
  EXPECT_EQ(ageBand("2010-06-03", on), "12_15");
  EXPECT_EQ(ageBand("2010-06-02", on), "16_17");
  EXPECT_EQ(ageBand("2008-06-03", on), "16_17");
  EXPECT_EQ(ageBand("2008-06-02", on), "18_plus");
  EXPECT_EQ(ageBand("2008-02-29", *parseDate("2026-02-28")), "16_17");
}

TEST(Transform, ADistrictIsTheFirstHalfOfAPostcode) {
  for (const char* text : {"", "BS1", "4DJ BS1", "BS1 4D", "12345", "BS14DJX9", "SS1 DJ4"})
    EXPECT_FALSE(postcodeDistrict(text)) << text;
  EXPECT_EQ(postcodeDistrict("BS1 4DJ"), "BS1");
  EXPECT_EQ(postcodeDistrict("bs14dj"), "BS1");
  EXPECT_EQ(postcodeDistrict("EC1A 1BB"), "EC1A");
  EXPECT_EQ(postcodeDistrict("M1 1AE"), "M1");
}

TEST(Transform, AMaskNeverShowsMoreThanHalf) {
  EXPECT_EQ(masked("01632960123", 3), "********123");
  EXPECT_EQ(masked("01632960123", 0), "***********");
  EXPECT_EQ(masked("1234", 8), "**34");
  EXPECT_EQ(masked("1", 4), "*");
  EXPECT_EQ(masked("", 4), "");
  EXPECT_EQ(masked("S\xC3\xA9\xC3\xA9n", 1), "***n") << "characters, not bytes";
}

TEST(Transform, ADateOfBirthLeavesAsAnAgeBandAlone) {
  auto message = sample();
  message.mutable_case_()->mutable_parties(0)->mutable_person()->set_born_on("2010-06-02");
  const auto policy = changing("case.parties.person.born_on", "as: age_band");
  const auto decision = policy.decide(message, partner(), "care", kNow);
  ASSERT_TRUE(decision.projection.has_value());
  EXPECT_EQ(firstOf(decision).person().age_band().code(), "16_17");
  EXPECT_FALSE(firstOf(decision).person().has_born_on());
  EXPECT_EQ(decision.projection->SerializeAsString().find("2010"), std::string::npos);
  ASSERT_EQ(decision.changed.size(), 1U);
  EXPECT_EQ(decision.changed.at(0).path, "case.parties.person.born_on");
  EXPECT_EQ(decision.changed.at(0).as, "age_band");
  message.mutable_case_()->mutable_parties(0)->mutable_person()->set_born_on("unknown");
  const auto without = policy.decide(message, partner(), "care", kNow);
  EXPECT_EQ(without.projection->SerializeAsString().find("unknown"), std::string::npos);
  EXPECT_EQ(ruleOf(without, "case.parties.person.born_on"), "A03");
}

TEST(Transform, APostcodeLeavesAsItsDistrictOrNotAtAll) {
  auto message = sample();
  auto& address = *message.mutable_case_()->mutable_parties(0)->mutable_addresses(0);
  address.set_postcode("BS1 4DJ");
  const auto policy = changing("case.parties.addresses.postcode", "as: district");
  EXPECT_EQ(firstOf(policy.decide(message, partner(), "care", kNow)).addresses(0).postcode(), "BS1");
  address.set_postcode("by the bridge");
  const auto without = policy.decide(message, partner(), "care", kNow);
  EXPECT_EQ(without.projection->SerializeAsString().find("bridge"), std::string::npos);
  EXPECT_EQ(ruleOf(policy.decide(message, partner("defence"), "care", kNow), "case.parties.addresses.postcode"), "A23")
      << "a district still locates";
}

TEST(Transform, APseudonymNeedsItsKey) {
  auto policy = changing("case.parties.id", "as: pseudonym");
  EXPECT_EQ(holdOf(policy.decide(sample(), partner(), "care", kNow)), "no_key");
  policy.pseudonymsBy([](std::string_view recipient, std::string_view value) {
    return std::string(recipient) + std::to_string(value.size());
  });
  const auto decision = policy.decide(sample(), partner(), "care", kNow);
  ASSERT_TRUE(decision.projection.has_value());
  EXPECT_EQ(firstOf(decision).id(), "partner8");
  EXPECT_EQ(decision.projection->SerializeAsString().find("p-victim"), std::string::npos);
  policy.pseudonymsBy([](std::string_view, std::string_view) { return std::string(); });
  EXPECT_EQ(holdOf(policy.decide(sample(), partner(), "care", kNow)), "no_key") << "a key that answers nothing";
}

TEST(Quality, IsToldWithWhatGoesOut) {
  const auto policy = granting("  - case.urn\n", "  quality: { expects: [case.urn, case.hearings] }\n");
  auto message = sample();
  message.set_source_system("records");
  message.set_received_at("2026-06-02T08:00:00Z");
  auto quality = policy.decide(message, partner(), "care", kNow).quality;
  EXPECT_EQ(quality.source, "records");
  EXPECT_EQ(quality.as_of, "2026-06-02T08:00:00Z") << "not said when: as it arrived";
  EXPECT_EQ(quality.missing, std::vector<std::string>{"case.hearings"});
  message.set_asserted_at("2026-06-01T08:00:00Z");
  EXPECT_EQ(policy.decide(message, partner(), "care", kNow).quality.as_of, "2026-06-01T08:00:00Z");
}

}  // namespace
}  // namespace causeway::protection
