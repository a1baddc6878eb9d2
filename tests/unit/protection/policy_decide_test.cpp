#include "tests/unit/protection/policy_support.hpp"

namespace causeway::protection {
namespace {

const std::string kContact =
    "  - { fields: [case.parties.contact_points.value, case.parties.addresses.lines, case.defendants.addresses.lines], "
    "because: test }\n";

TEST(PolicyHold, WithoutAGrantNothingLeaves) {
  const auto policy = granting("  - case.urn\n");
  EXPECT_EQ(holdOf(policy.decide(sample(), partner(), "rescue", kNow)), "no_grant");
  auto other_type = sample();
  other_type.set_type("hearing.listed");
  EXPECT_EQ(holdOf(policy.decide(other_type, partner(), "care", kNow)), "no_grant");
  other_type.clear_type();
  EXPECT_EQ(holdOf(policy.decide(other_type, partner(), "care", kNow)), "not_agreed");
  auto stranger = partner();
  stranger.id = "stranger";
  EXPECT_EQ(holdOf(policy.decide(sample(), stranger, "care", kNow)), "no_grant");
}

TEST(PolicyHold, TestAndLiveNeverMix) {
  const auto policy = granting("  - case.urn\n");
  auto recipient = partner();
  recipient.test = true;
  EXPECT_EQ(holdOf(policy.decide(sample(), recipient, "care", kNow)), "test_mix");
  auto test_message = sample();
  test_message.set_test(true);
  EXPECT_EQ(holdOf(policy.decide(test_message, partner(), "care", kNow)), "test_mix");
  EXPECT_EQ(holdOf(policy.decide(test_message, recipient, "care", kNow)), "");
}

TEST(PolicyHold, APersonWithoutAKnownRole) {
  const auto policy = granting("  - case.urn\n");
  auto message = sample();
  message.mutable_case_()->mutable_parties(1)->clear_roles();
  EXPECT_EQ(holdOf(policy.decide(message, partner(), "care", kNow)), "no_role");
  auto& role = *message.mutable_case_()->mutable_parties(1)->add_roles()->mutable_role();
  role.set_code("W9");
  role.set_unmapped(true);
  EXPECT_EQ(holdOf(policy.decide(message, partner(), "care", kNow)), "no_role");
}

TEST(PolicyHold, ARecipientOfWhomTooLittleIsKnown) {
  const auto policy = granting("  - case.urn\n");
  EXPECT_EQ(holdOf(policy.decide(sample(), partner(""), "care", kNow)), "unknown_recipient");
  EXPECT_EQ(holdOf(policy.decide(sample(), partner("elsewhere"), "care", kNow)), "unknown_recipient");
  EXPECT_EQ(holdOf(policy.decide(sample(), partner("neutral", ""), "care", kNow)), "unknown_recipient");
}

TEST(PolicyHold, NothingOfTheCaseMayGo) {
  EXPECT_EQ(holdOf(granting("  - message_id\n").decide(sample(), partner(), "care", kNow)), "nothing_left");
}

TEST(PolicyHold, ARestrictedCaseGoesOnlyToThoseNamed) {
  const auto policy = granting("  - case.urn\n");
  auto message = sample();
  message.mutable_case_()->add_restricted_to("chief");
  EXPECT_EQ(holdOf(policy.decide(message, partner(), "care", kNow)), "restricted");
  EXPECT_EQ(holdOf(policy.decide(message, partner("prosecution", "police"), "care", kNow)), "");
  message.mutable_case_()->add_restricted_to("partner");
  EXPECT_EQ(holdOf(policy.decide(message, partner(), "care", kNow)), "");
}

TEST(PolicyHold, BailStatusThatMeansTwoThings) {
  const auto bail =
      granting("  - case.urn\n  - case.defendants.bail.status\n  - case.defendants.offences.results.bail_status\n");
  EXPECT_EQ(holdOf(bail.decide(sample(), partner(), "care", kNow)), "");
  auto message = sample();
  auto& status = *message.mutable_case_()->mutable_defendants(0)->mutable_bail()->mutable_status();
  status.set_code("undetermined_p");
  EXPECT_EQ(holdOf(bail.decide(message, partner(), "care", kNow)), "bail_p");
  status.set_code("p");
  status.set_raw("p ");
  status.set_unmapped(true);
  EXPECT_EQ(holdOf(bail.decide(message, partner(), "care", kNow)), "bail_p");
  status.Clear();
  message.mutable_case_()->mutable_defendants(0)->mutable_offences(0)->add_results()->mutable_bail_status()->set_code(
      "undetermined_p");
  EXPECT_EQ(holdOf(bail.decide(message, partner(), "care", kNow)), "bail_p");
  EXPECT_EQ(holdOf(granting("  - case.urn\n").decide(message, partner(), "care", kNow)), "") << "not in the projection";
}

TEST(PolicyHold, OnlyAPoliceRiskTaskMayCarryBailStatusP) {
  const auto policy = granting("  - case.urn\n  - case.defendants.bail.status\n",
                               "  undetermined_bail: { because: the officer asks the court }\n");
  auto message = sample();
  message.mutable_case_()->mutable_defendants(0)->mutable_bail()->mutable_status()->set_code("undetermined_p");
  EXPECT_EQ(holdOf(policy.decide(message, partner("prosecution", "police"), "care", kNow)), "");
  EXPECT_EQ(holdOf(policy.decide(message, partner("prosecution", "prosecutor"), "care", kNow)), "bail_p");
}

TEST(PolicyHold, ConsentMustBeLiveForThisRecipient) {
  const auto policy = granting(
      "  - case.urn\n", "  consent: { of: 'case.parties[role=victim]', types: [victim_support], named: [idva] }\n");
  const auto with = [&](auto change) {
    auto message = sample();
    auto& consent = *message.mutable_case_()->mutable_parties(0)->add_consents();
    consent.mutable_type()->set_code("victim_support");
    consent.set_state("given");
    change(consent);
    return holdOf(policy.decide(message, partner(), "care", kNow));
  };
  EXPECT_EQ(holdOf(policy.decide(sample(), partner(), "care", kNow)), "consent_missing");
  EXPECT_EQ(with([](auto& consent) { consent.set_state("withdrawn"); }), "consent_missing");
  EXPECT_EQ(with([](auto& consent) { consent.set_withdrawn_at("2026-06-01T09:00:00Z"); }), "consent_missing");
  EXPECT_EQ(with([](auto& consent) { consent.set_expires_on("2026-06-01"); }), "consent_missing");
  EXPECT_EQ(with([](auto& consent) { consent.mutable_type()->set_code("research"); }), "consent_missing");
  EXPECT_EQ(with([](auto& consent) { consent.mutable_type()->set_unmapped(true); }), "consent_missing");
  EXPECT_EQ(with([](auto& consent) { consent.add_recipients("somebody else"); }), "consent_missing");
  EXPECT_EQ(with([](auto& consent) { consent.add_recipients("idva"); }), "");
  EXPECT_EQ(with([](auto& consent) { consent.set_expires_on("2026-06-02"); }), "");
  auto nobody = sample();
  nobody.mutable_case_()->clear_parties();
  EXPECT_EQ(holdOf(policy.decide(nobody, partner(), "care", kNow)), "consent_missing");
}

TEST(PolicyScope, OfSeveralPeopleEachMustCoverIt) {
  const auto policy =
      granting("  - case.urn\n  - { field: case.stage, covered_by: case_summary, because: invented }\n",
               "  consent: { of: 'case.parties[role=victim]', types: [victim_support], named: [idva] }\n");
  auto message = sample();
  auto& whole = *message.mutable_case_();
  whole.mutable_stage()->set_code("charged");
  while (whole.parties_size() > 1) whole.mutable_parties()->RemoveLast();
  const auto consents = [&](int person, const char* scope) {
    auto& consent = *whole.mutable_parties(person)->add_consents();
    consent.mutable_type()->set_code("victim_support");
    consent.set_state("given");
    consent.add_scope()->set_code(scope);
  };
  const auto passes = [&] {
    const auto decision = policy.decide(message, partner(), "care", kNow);
    return decision.projection && decision.projection->case_().has_stage();
  };
  consents(0, "contact_details");
  EXPECT_FALSE(passes());
  consents(0, "case_summary");
  EXPECT_TRUE(passes()) << "two consents of one person add up";
  *whole.add_parties() = whole.parties(0);
  whole.mutable_parties(1)->clear_consents();
  consents(1, "contact_details");
  EXPECT_FALSE(passes()) << "the other person's consent does not cover it";
}

TEST(PolicyHold, WhatGoesWithoutConsentNeedsItsRecordedGround) {
  const auto policy =
      granting("  - case.urn\n", "  recorded: { of: case.plans, has: [override.condition, override.decided_by] }\n");
  auto message = sample();
  EXPECT_EQ(holdOf(policy.decide(message, partner(), "care", kNow)), "basis_missing") << "there is no plan at all";
  const auto plan = [&](int at) { return message.mutable_case_()->mutable_plans(at)->mutable_override(); };
  message.mutable_case_()->add_plans();
  plan(0)->mutable_condition()->set_code("safeguarding_of_individuals");
  const auto decision = policy.decide(message, partner(), "care", kNow);
  EXPECT_EQ(holdOf(decision), "basis_missing");
  ASSERT_TRUE(decision.hold.has_value());
  EXPECT_EQ(decision.hold->rule, "A06");
  EXPECT_NE(decision.hold->text.find("override.decided_by is missing"), std::string::npos) << decision.hold->text;
  EXPECT_EQ(decision.hold->text.find("override.condition"), std::string::npos);
  plan(0)->set_decided_by("3307");
  EXPECT_EQ(holdOf(policy.decide(message, partner(), "care", kNow)), "");
  plan(0)->mutable_condition()->set_unmapped(true);
  EXPECT_EQ(holdOf(policy.decide(message, partner(), "care", kNow)), "basis_missing")
      << "a condition that no list knows";
  plan(0)->mutable_condition()->set_unmapped(false);
  message.mutable_case_()->add_plans()->mutable_override()->set_decided_by("3307");
  EXPECT_EQ(holdOf(policy.decide(message, partner(), "care", kNow)), "basis_missing") << "one plan of two";
}

TEST(PolicyProjection, PassesWhatIsNamedAndNothingElse) {
  const auto decision = granting("  - case.urn\n  - case.force\n  - case.parties.person.names.family\n")
                            .decide(sample(), partner(), "care", kNow);
  canonical::CanonicalMessage expected;
  expected.set_type("hearing.resulted");
  expected.set_marking("official_sensitive");
  auto& whole = *expected.mutable_case_();
  whole.set_urn("01TT0000126");
  whole.mutable_force()->set_code("01");
  whole.mutable_force()->set_raw("01");
  whole.add_parties()->mutable_person()->add_names()->set_family("Lovelace");
  whole.add_parties()->mutable_person()->add_names()->set_family("Babbage");
  ASSERT_TRUE(decision.projection.has_value());
  EXPECT_EQ(decision.projection->SerializeAsString(), expected.SerializeAsString());
  EXPECT_EQ(decision.granted, (std::vector<std::string>{"case.force", "case.parties.person.names.family", "case.urn"}));
  EXPECT_EQ(decision.policy, "test@3");
}

TEST(PolicyProjection, ListsWhatWasWithheldOnceAndInOrder) {
  const auto decision = granting("  - case.urn\n").decide(sample(), partner(), "care", kNow);
  std::vector<std::string> paths;
  for (const auto& one : decision.withheld) {
    paths.push_back(one.path);
    EXPECT_EQ(one.rule, "A03") << one.path;
  }
  EXPECT_EQ(paths, (std::vector<std::string>{
                       "case.defendants.addresses.lines", "case.defendants.bail.status", "case.defendants.id",
                       "case.defendants.offences.wording", "case.force", "case.parties.addresses.lines",
                       "case.parties.contact_points.channel", "case.parties.contact_points.safe.state",
                       "case.parties.contact_points.value", "case.parties.id", "case.parties.person.names.family",
                       "case.parties.roles.role", "marking", "message_id", "type"}));
}

TEST(PolicyProjection, AFilterGrantsOnlyItsElements) {
  const auto decision = granting("  - case.urn\n  - 'case.parties[role=victim].person.names.family'\n")
                            .decide(sample(), partner(), "care", kNow);
  ASSERT_EQ(decision.projection->case_().parties_size(), 1);
  EXPECT_EQ(decision.projection->case_().parties(0).person().names(0).family(), "Lovelace");
  EXPECT_EQ(ruleOf(decision, "case.parties.person.names.family"), "A03");
}

TEST(PolicyProjection, FiltersWithinFiltersHoldTogether) {
  auto message = sample();
  for (auto& party : *message.mutable_case_()->mutable_parties())
    party.mutable_contact_points(0)->mutable_channel()->set_code("email");
  const auto decision =
      granting("  - { field: 'case.parties[role=victim].contact_points[channel=email].value', because: test }\n")
          .decide(message, partner("prosecution", "police"), "care", kNow);
  ASSERT_EQ(decision.projection->case_().parties_size(), 1);
  ASSERT_EQ(decision.projection->case_().parties(0).contact_points_size(), 1);
  EXPECT_EQ(decision.projection->case_().parties(0).contact_points(0).value(), "number-safe");
}

TEST(PolicyProjection, AnUnmappedRoleMatchesNoFilter) {
  auto message = sample();
  auto& role = *message.mutable_case_()->mutable_parties(0)->add_roles()->mutable_role();
  message.mutable_case_()->mutable_parties(0)->mutable_roles(0)->mutable_role()->set_code("witness");
  role.set_code("victim");
  role.set_unmapped(true);
  const auto decision = granting("  - case.urn\n  - 'case.parties[role=victim].person.names.family'\n")
                            .decide(message, partner(), "care", kNow);
  EXPECT_EQ(decision.projection->case_().parties_size(), 0);
}

TEST(PolicyProjection, ALabelAsSentPassesOnlyByItsOwnName) {
  const auto whole = granting("  - case.force\n").decide(sample(), partner(), "care", kNow);
  EXPECT_FALSE(whole.projection->case_().force().has_text());
  EXPECT_EQ(ruleOf(whole, "case.force.text"), "A03");
  EXPECT_TRUE(granted(whole, "case.force"));
  const auto named =
      granting("  - { field: case.force.text, because: test }\n").decide(sample(), partner(), "care", kNow);
  EXPECT_EQ(named.projection->case_().force().text(), "As the sender calls it");
  EXPECT_FALSE(named.projection->case_().force().has_code());
}

TEST(PolicyProjection, WhoeverLocatesNeverReachesTheSuspectsSide) {
  const auto policy =
      granting("  - case.urn\n" + kContact + "  - { field: case.defendants.offences.wording, because: test }\n");
  for (const char* side : {"defence", "offender_management", "suspect"}) {
    SCOPED_TRACE(side);
    const auto decision = policy.decide(sample(), partner(side), "care", kNow);
    EXPECT_EQ(ruleOf(decision, "case.parties.addresses.lines"), "A23");
    EXPECT_EQ(ruleOf(decision, "case.defendants.offences.wording"), "A23");
    EXPECT_EQ(decision.projection->case_().parties_size(), 0);
    EXPECT_EQ(decision.projection->SerializeAsString().find("Quiet Lane"), std::string::npos);
    EXPECT_TRUE(granted(decision, "case.defendants.addresses.lines")) << "where the offender lives is theirs to know";
  }
  EXPECT_TRUE(granted(policy.decide(sample(), partner("court"), "care", kNow), "case.parties.addresses.lines"));
}

TEST(PolicyProjection, AVictimIsNeverToldWhereTheOffenderIs) {
  const auto policy = granting("  - case.urn\n" + kContact);
  const auto decision = policy.decide(sample(), partner("neutral", "victim"), "care", kNow);
  EXPECT_EQ(ruleOf(decision, "case.defendants.addresses.lines"), "A24");
  EXPECT_EQ(decision.projection->SerializeAsString().find("Cell Row"), std::string::npos);
}

TEST(PolicyProjection, ThePublicGetsNobodysIdentity) {
  const auto policy = granting("  - case.urn\n  - case.parties.person.names.family\n" + kContact);
  const auto decision = policy.decide(sample(), partner("neutral", "public"), "care", kNow);
  EXPECT_EQ(decision.granted, (std::vector<std::string>{"case.urn"}));
  EXPECT_EQ(ruleOf(decision, "case.parties.person.names.family"), "A20");
}

TEST(PolicyProjection, ContactThatIsNotMarkedSafeStaysWithThePolice) {
  const auto policy = granting(kContact);
  const auto values = [&](const canonical::CanonicalMessage& message, const std::string& audience) {
    std::string out;
    const auto decision = policy.decide(message, partner("neutral", audience), "care", kNow);
    for (const auto& point : decision.projection->case_().parties(0).contact_points()) out += point.value() + " ";
    return out;
  };
  EXPECT_EQ(values(sample(), "partner"), "number-safe ");
  EXPECT_EQ(values(sample(), "police"), "number-safe number-unsafe ");
  auto message = sample();
  message.mutable_case_()->mutable_parties(0)->mutable_contact_points(0)->mutable_safe()->set_expires_on("2026-06-01");
  EXPECT_EQ(values(message, "partner"), "");
  message = sample();
  message.mutable_case_()->mutable_parties(0)->mutable_contact_points(0)->clear_safe();
  EXPECT_EQ(values(message, "partner"), "") << "not said means unsafe";
  EXPECT_EQ(ruleOf(policy.decide(sample(), partner(), "care", kNow), "case.parties.contact_points.value"), "A22");
}

TEST(PolicyProjection, TheMarkingNeverFalls) {
  const auto decision = granting("  - case.urn\n").decide(sample(), partner(), "care", kNow);
  EXPECT_EQ(decision.projection->marking(), "official_sensitive");
}

}  // namespace
}  // namespace causeway::protection
