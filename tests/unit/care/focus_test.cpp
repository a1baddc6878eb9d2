#include "host/care/case_fold.hpp"
#include "tests/support/builders.hpp"

#include <gtest/gtest.h>

namespace causeway::care {
namespace {

using namespace support;

/// Two defendants, two offences each with one result, a past hearing of both and one to come of the first.
canonical::Case wholeCase() {
  auto message = support::message("m-1", "hearing.resulted", "courts.spi-result/1", "2026-04-01T12:00:00Z");
  addHearing(message, "2026-04-01T10:00");
  for (const auto& who : {kAda, kBen}) {
    auto& defendant = addDefendant(message, who);
    for (int sequence : {1, 2})
      addResult(addOffence(defendant, "TH68026", "2026-02-01", sequence), "4004", "Adjourned", "2026-04-01");
  }
  setNext(*message.mutable_case_()->mutable_defendants(0)->mutable_offences(0)->mutable_results(0), "2026-06-02T10:00");
  addParty(message, person("Cora", "Lisle", "1999-01-05"), "victim");
  return apply({}, message)->record.case_();
}

TEST(FocusOn, KeepsEverythingWhenNothingIsNamed) {
  const auto out =
      focus(wholeCase(), {"case.updated", {}}, message("m-9", "case.updated", "niche.case/1", "2026-05-01T12:00:00Z"));
  EXPECT_EQ(out.case_().defendants_size(), 2);
  EXPECT_EQ(out.case_().hearings_size(), 2);
}

TEST(FocusOn, KeepsOnlyTheResultThatIsNamedAndEveryParty) {
  const auto out = focus(wholeCase(), {"hearing.resulted", {"d-1", "o-2", "r-2", "h-1"}},
                         message("m-9", "hearing.resulted", "courts.spi-result/1", "2026-05-01T12:00:00Z"));
  EXPECT_EQ(out.type(), "hearing.resulted");
  EXPECT_EQ(out.message_id(), "m-9");
  EXPECT_EQ(out.about_size(), 4);
  ASSERT_EQ(out.case_().defendants_size(), 1);
  ASSERT_EQ(out.case_().defendants(0).offences_size(), 1);
  EXPECT_EQ(out.case_().defendants(0).offences(0).results(0).id(), "r-2");
  ASSERT_EQ(out.case_().hearings_size(), 1);
  EXPECT_EQ(out.case_().hearings(0).id(), "h-1");
  EXPECT_EQ(out.case_().parties_size(), 1);
}

TEST(FocusOn, KeepsAllOffencesOfADefendantWhoAloneIsNamed) {
  const auto out = focus(wholeCase(), {"bail.changed", {"d-2"}},
                         message("m-9", "hearing.resulted", "courts.spi-result/1", "2026-05-01T12:00:00Z"));
  ASSERT_EQ(out.case_().defendants_size(), 1);
  EXPECT_EQ(out.case_().defendants(0).id(), "d-2");
  EXPECT_EQ(out.case_().defendants(0).offences_size(), 2);
  EXPECT_EQ(out.case_().hearings_size(), 1);
}

TEST(FocusOn, KeepsOnlyTheDecisionThatTheMessageTells) {
  auto whole = wholeCase();
  for (const char* day : {"2026-04-02", "2026-05-01"}) {
    auto& decision = *whole.mutable_defendants(0)->add_decisions();
    decision.mutable_kind()->set_code("discontinue");
    decision.set_decided_on(day);
  }
  auto cause = message("m-9", "case.discontinued", "cps.wcu-style/1", "2026-05-01T12:00:00Z");
  *addDefendant(cause, kAda).add_decisions() = whole.defendants(0).decisions(1);
  const auto out = focus(whole, {"case.discontinued", {"d-1"}}, cause);
  ASSERT_EQ(out.case_().defendants(0).decisions_size(), 1);
  EXPECT_EQ(out.case_().defendants(0).decisions(0).decided_on(), "2026-05-01");
  EXPECT_EQ(focus(whole, {"bail.changed", {"d-1"}}, cause).case_().defendants(0).decisions_size(), 2);
}

TEST(FocusOn, KeepsEveryDecisionWhenTheCaseShowsNoneThatTheMessageTells) {
  auto whole = wholeCase();
  whole.mutable_defendants(0)->add_decisions()->set_decided_on("2026-04-02");
  auto cause = message("m-9", "case.discontinued", "cps.wcu-style/1", "2026-05-01T12:00:00Z");
  addDefendant(cause, kAda).add_decisions()->set_decided_on("2026-05-01");
  EXPECT_EQ(focus(whole, {"case.discontinued", {"d-1"}}, cause).case_().defendants(0).decisions_size(), 1);
}

TEST(FocusOn, KeepsOnlyTheRequestForInformationThatTheMessageMakes) {
  auto whole = wholeCase();
  for (const char* id : {"vir-1", "vir-2"}) whole.add_information_requests()->set_id(id);
  whole.add_parties()->set_id("p-77");
  whole.mutable_information_requests(1)->set_subject_id("p-77");
  auto cause = message("m-9", "victim_information.requested", "niche.xml", "2026-05-01T12:00:00Z");
  cause.mutable_case_()->add_information_requests()->set_id("vir-2");
  const auto out = focus(whole, {"victim_information.requested", {}}, cause);
  ASSERT_EQ(out.case_().information_requests_size(), 1);
  EXPECT_EQ(out.case_().information_requests(0).id(), "vir-2");
  ASSERT_EQ(out.case_().parties_size(), 1) << "whom it is about, and nobody else";
  EXPECT_EQ(out.case_().parties(0).id(), "p-77");
  const auto other = focus(whole, {"hearing.resulted", {}}, cause);
  EXPECT_EQ(other.case_().information_requests_size(), 0);
  EXPECT_EQ(other.case_().parties_size(), 2);
}

/// Two victims with a referral each, a child of the first, an adviser of the second, an officer; a plan for the first.
canonical::Case peopleCase() {
  canonical::Case out;
  const auto add = [&](const char* id, const char* role) -> canonical::Party& {
    auto& party = *out.add_parties();
    party.set_id(id);
    party.add_roles()->mutable_role()->set_code(role);
    return party;
  };
  add("p-1", "victim").add_referrals()->set_id("r-old");
  out.mutable_parties(0)->add_referrals()->set_id("r-new");
  add("p-2", "child");
  add("p-3", "victim").add_referrals()->set_id("r-other");
  add("p-4", "supporter").mutable_supporter()->add_supports("p-3");
  add("p-5", "officer_in_case");
  for (const char* id : {"plan-old", "plan-new"}) out.add_plans()->set_id(id);
  out.mutable_plans(1)->add_subject_ids("p-3");
  out.mutable_plans(1)->add_child_ids("p-2");
  return out;
}

std::vector<std::string> idsOf(const auto& list) {
  std::vector<std::string> out;
  for (const auto& one : list) out.push_back(one.id());
  return out;
}

using Ids = std::vector<std::string>;

TEST(FocusOn, KeepsOfAMessageAboutPeopleThoseWhomItNames) {
  const auto out = focus(peopleCase(), {"availability.recorded", {"p-3"}},
                         message("m-9", "availability.recorded", "niche.xml", "2026-05-01T12:00:00Z"));
  EXPECT_EQ(idsOf(out.case_().parties()), (Ids{"p-3", "p-4", "p-5"}))
      << "with the supporter and the officer in the case";
  const auto nobody = focus(peopleCase(), {"needs.assessed", {"d-1"}},
                            message("m-9", "needs.assessed", "niche.xml", "2026-05-01T12:00:00Z"));
  EXPECT_EQ(idsOf(nobody.case_().parties()), Ids{"p-5"});
}

TEST(FocusOn, KeepsTheReferralThatIsAskedForOnly) {
  auto cause = message("m-9", "referral.requested", "niche.xml", "2026-05-01T12:00:00Z");
  cause.mutable_case_()->add_parties()->add_referrals()->set_id("r-new");
  const auto out = focus(peopleCase(), {"referral.requested", {"p-1"}}, cause);
  EXPECT_EQ(idsOf(out.case_().parties()), (Ids{"p-1", "p-5"}));
  EXPECT_EQ(idsOf(out.case_().parties(0).referrals()), Ids{"r-new"});
}

TEST(FocusOn, KeepsTheReferralsThatAreNotOverWhereConsentOrContactHasChanged) {
  auto whole = peopleCase();
  whole.mutable_parties(0)->mutable_referrals(0)->set_state("declined");
  whole.mutable_parties(0)->mutable_referrals(1)->set_state("contacted");
  for (const char* type : {"safe_contact.changed", "contact.reported_unsafe", "consent.changed"}) {
    const auto out = focus(whole, {type, {"p-1"}}, message("m-9", type, "niche.xml", "2026-05-01T12:00:00Z"));
    EXPECT_EQ(idsOf(out.case_().parties(0).referrals()), Ids{"r-new"}) << type;
  }
}

TEST(FocusOn, KeepsThePlanAndThePeopleWhomItNamesSubjectsFirst) {
  auto cause = message("m-9", "safeguarding_plan.recorded", "niche.xml", "2026-05-01T12:00:00Z");
  cause.mutable_case_()->add_plans()->set_id("plan-new");
  const auto out = focus(peopleCase(), {"safeguarding_plan.recorded", {"p-1", "p-2", "p-3"}}, cause);
  EXPECT_EQ(idsOf(out.case_().plans()), Ids{"plan-new"});
  EXPECT_EQ(idsOf(out.case_().parties()), (Ids{"p-3", "p-2", "p-5"}));
}

TEST(JoinKeys, AreNoneForAMessageWithoutNumbers) {
  auto out = message("m-1", "case.registered", "niche.case/1", "2026-05-01T12:00:00Z");
  out.mutable_case_()->clear_urn();
  *out.mutable_case_()->add_identifiers() = number("occurrence", "5226000123");
  EXPECT_TRUE(joinKeys(out).empty()) << "an occurrence means nothing without its force";
}

TEST(JoinKeys, ComeStrongestFirst) {
  auto out = message("m-1", "case.registered", "niche.case/1", "2026-05-01T12:00:00Z");
  out.mutable_case_()->set_urn(" 01zd 0303926 ");
  *out.mutable_case_()->mutable_force() = code("52");
  *out.mutable_case_()->add_identifiers() = number("occurrence", "5226000123");
  *out.mutable_case_()->add_identifiers() = number("cp_case", "6A2D1F3E-0B1C-4D2E-8F30-405162738495");
  *out.mutable_case_()->add_identifiers() = number("cp_case", "CASE_ID");
  const auto keys = joinKeys(out);
  ASSERT_EQ(keys.size(), 3u);
  EXPECT_EQ(keys[0].kind, "cp_case");
  EXPECT_EQ(keys[0].value, "6a2d1f3e-0b1c-4d2e-8f30-405162738495");
  EXPECT_EQ(keys[1].kind, "urn");
  EXPECT_EQ(keys[1].value, "01ZD0303926");
  EXPECT_EQ(keys[2].kind, "occurrence");
  EXPECT_EQ(keys[2].value, "52/5226000123");
}

TEST(SubjectOf, IsTheSameForTheSameHearingOfTheSameDefendant) {
  const auto result = [](const Accused& who, std::string_view at) {
    auto out = message("m-1", "hearing.resulted", "courts.spi-result/1", "2026-05-01T12:00:00Z");
    addHearing(out, at);
    addDefendant(out, who);
    return out;
  };
  EXPECT_EQ(subjectOf(result(kAda, "2026-04-01T10:00")), subjectOf(result(kAda, "2026-04-01T10:30")));
  EXPECT_NE(subjectOf(result(kAda, "2026-04-01T10:00")), subjectOf(result(kBen, "2026-04-01T10:00")));
  EXPECT_NE(subjectOf(result(kAda, "2026-04-01T10:00")), subjectOf(result(kAda, "2026-04-02T10:00")));
}

}  // namespace
}  // namespace causeway::care
