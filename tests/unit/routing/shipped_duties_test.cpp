#include "tests/unit/routing/routes_support.hpp"

#include <algorithm>
#include <utility>

// Duties of the shipped routes that come up in the course of a case.
namespace causeway::routing {
namespace {

using Lines = std::vector<std::string>;

Routed routed(const canonical::CanonicalMessage& message) {
  static const Routes routes = shippedRoutes();
  return routes.route(message, kReceived);
}

std::string dueOf(const Draft& draft) { return formatInstant(draft.due_at); }

TEST(ShippedDuties, EachLiveReferralToOneServiceIsWithdrawnAndToldOfSafeContact) {
  for (const char* type : {"consent.changed", "safe_contact.changed"}) {
    auto message = event(type);
    message.add_about("p-1");
    auto& victim = *message.mutable_case_()->mutable_parties(0);
    for (const auto& [id, state] : {std::pair("ref-1", "accepted"), {"ref-2", "closed"}, {"ref-3", "sent"}}) {
      auto& referral = *victim.add_referrals();
      referral.set_id(id);
      referral.mutable_service()->set_code("idva");
      referral.set_state(state);
    }
    giveConsent(victim);
    victim.mutable_consents(0)->set_state("withdrawn");
    Lines numbers;
    for (const auto& draft : routed(message).drafts) {
      if (draft.recipient != "idva-service") continue;
      const auto& kept = draft.message.case_().parties(0).referrals();
      ASSERT_EQ(kept.size(), 1) << type;
      numbers.push_back(kept[0].id());
    }
    EXPECT_EQ(numbers, (Lines{"ref-1", "ref-3"})) << type;
  }
}

TEST(ShippedDuties, AComplaintIsAcknowledgedAndAnsweredByASupervisor) {
  auto message = event("complaint.received");
  auto& complaint = *message.mutable_case_()->add_complaints();
  complaint.set_id("CP-4");
  complaint.set_state("received");
  const auto result = routed(message);
  ASSERT_EQ(result.drafts.size(), 2U);
  EXPECT_EQ(dueOf(result.drafts[0]), "2026-06-16T16:00:00Z");
  EXPECT_EQ(dueOf(result.drafts[1]), "2026-06-30T16:00:00Z");
  for (const auto& draft : result.drafts) EXPECT_EQ(taskOf(draft).unit().code(), "supervisor");
  complaint.set_state("acknowledged");
  EXPECT_EQ(routed(message).drafts.size(), 1U);
  complaint.set_state("answered");
  EXPECT_TRUE(routed(message).drafts.empty());
}

TEST(ShippedDuties, AClaimIsSeenToAndWhatIsPaidIsNot) {
  auto message = event("expenses.recorded");
  message.add_about("p-3");
  auto& expense = *message.mutable_case_()->mutable_parties(2)->add_expenses();
  expense.set_state("paid");
  EXPECT_TRUE(routed(message).drafts.empty());
  expense.set_state("claimed");
  const auto result = routed(message);
  EXPECT_EQ(told(result), Lines{"records task.raised witness_care p-3"});
  EXPECT_EQ(dueOf(result.drafts[0]), "2026-06-16T16:00:00Z");
}

TEST(ShippedDuties, WhatTheProsecutorSaysOfAPersonIsComparedAndNotTakenOver) {
  auto message = event("party.updated");
  message.add_about("p-1");
  message.mutable_case_()->mutable_parties(0)->mutable_change()->mutable_kind()->set_code("contact_details");
  message.set_source_system("cps");
  EXPECT_EQ(told(routed(message)), Lines{"records task.raised witness_care p-1"});
  message.set_source_system("records");
  EXPECT_EQ(told(routed(message)), Lines{"cps case.updated witness_care"});
}

TEST(ShippedDuties, AnOfficersDutyFollowsTheWarningAndTheStandDown) {
  for (const char* type : {"warning.due", "stand_down.due"}) {
    auto message = event(type);
    EXPECT_TRUE(routed(message).drafts.empty()) << type << ": nobody is named";
    message.add_about("p-4");
    EXPECT_EQ(told(routed(message)), Lines{"records duty.change_requested case_management p-4"}) << type;
    message.add_about("p-1");
    auto both = told(routed(message));
    std::ranges::sort(both);
    EXPECT_EQ(both,
              (Lines{"records duty.change_requested case_management p-4", "records task.raised witness_care p-1"}))
        << type;
  }
}

TEST(ShippedDuties, WhoeverWasToldADayIsToldThatItIsOffAndAtOnceWhenItIsNear) {
  auto message = event("hearing.called_off");
  auto& hearing = *message.mutable_case_()->mutable_hearings(0);
  hearing.set_state("vacated");
  hearing.mutable_starts_at()->set_date("2026-06-05");
  EXPECT_TRUE(routed(message).drafts.empty()) << "nobody is named";
  for (const char* id : {"p-1", "p-3", "p-4"}) message.add_about(id);
  const Lines wanted{"records task.raised victim_care p-1", "records task.raised witness_care p-3"};
  const auto later = routed(message);
  EXPECT_EQ(told(later), wanted) << "not the officer, and not the CPS";
  for (const auto& draft : later.drafts) {
    EXPECT_EQ(taskOf(draft).kind().code(), "tell_called_off");
    EXPECT_EQ(taskOf(draft).priority().code(), "high");
    EXPECT_EQ(dueOf(draft), "2026-06-03T16:00:00Z");
  }
  hearing.mutable_starts_at()->set_date("2026-06-04");
  const auto near = routed(message);
  EXPECT_EQ(told(near), wanted);
  for (const auto& draft : near.drafts) {
    EXPECT_EQ(taskOf(draft).priority().code(), "urgent");
    EXPECT_EQ(draft.due_at, kReceived);
  }
}

TEST(ShippedDuties, TheWitnessServiceHearsOfAHearingThatIsOffForWhomItWasAsked) {
  auto message = event("hearing.called_off");
  message.mutable_case_()->mutable_hearings(0)->set_state("vacated");
  message.add_about("p-3");
  auto& referral = *message.mutable_case_()->mutable_parties(2)->add_referrals();
  referral.set_id("ref-1");
  referral.mutable_service()->set_code("witness_service");
  referral.set_state("accepted");
  const std::string line = "witness-service witness.dewarned victim_support p-3";
  const auto tells = [&] { return std::ranges::count(told(routed(message)), line); };
  EXPECT_EQ(tells(), 1);
  referral.set_state("closed");
  EXPECT_EQ(tells(), 0) << "nobody there is concerned any more";
}

TEST(ShippedDuties, ProductionIsTakenBackForWhoeverIsStoodDown) {
  auto message = event("stand_down.due");
  message.add_about("p-3");
  EXPECT_EQ(told(routed(message)), Lines{"records task.raised witness_care p-3"}) << "who is not in prison";
  message.mutable_case_()->mutable_parties(2)->mutable_in_custody()->set_since("2026-05-01");
  const auto result = routed(message);
  ASSERT_EQ(result.drafts.size(), 2U);
  EXPECT_EQ(taskOf(result.drafts[0]).kind().code(), "stand_down");
  EXPECT_EQ(taskOf(result.drafts[1]).kind().code(), "cancel_production");
}

TEST(ShippedDuties, AResultThatGoesOnWithoutSayingWhenIsAQuestionToTheCourt) {
  auto message = event("hearing.resulted");
  auto& result = *message.mutable_case_()->mutable_defendants(0)->mutable_offences(0)->mutable_results(0);
  const auto asks = [&] {
    return std::ranges::count(routed(message).drafts, "f21-next-hearing-unknown@1", &Draft::rule);
  };
  EXPECT_EQ(asks(), 0);
  result.add_meanings()->set_code("remanded_in_custody");
  EXPECT_EQ(asks(), 1);
  result.mutable_next_hearing()->mutable_starts_at()->set_date("2026-07-14");
  EXPECT_EQ(asks(), 0);
}

TEST(ShippedDuties, AnAnswerOfAServiceIsALogEntryAndARefusalATaskToo) {
  auto message = event("referral.progressed");
  message.add_about("p-1");
  message.set_source_system("idva-service");
  auto& referral = *message.mutable_case_()->mutable_parties(0)->add_referrals();
  referral.set_state("accepted");
  EXPECT_EQ(told(routed(message)), Lines{"records log_entry.added victim_support p-1"});
  referral.set_state("declined");
  EXPECT_EQ(told(routed(message)),
            (Lines{"records log_entry.added victim_support p-1", "records task.raised victim_care p-1"}));
}

TEST(ShippedDuties, WhoASchemeTakesIsReferredAndWhoIsUncertainIsLookedAt) {
  const auto rulesFor = [](const char* finding, bool refused) {
    auto said = event("sentence.passed");
    auto& victim = *said.mutable_case_()->mutable_parties(0);
    said.add_about(victim.id());
    auto& eligibility = *victim.add_eligibilities();
    eligibility.mutable_scheme()->set_code("vcs");
    eligibility.mutable_finding()->set_code(finding);
    eligibility.set_referral_id("5d1c9a40-3f0e-4f6a-9a0c-1f7be21d0010");
    if (refused) eligibility.add_reasons()->set_code("opted_out");
    std::vector<std::string> out;
    for (const auto& draft : routed(said).drafts) out.push_back(draft.rule + " " + draft.type);
    return out;
  };
  using Rules = std::vector<std::string>;
  EXPECT_EQ(rulesFor("likely", false),
            (Rules{"f13-contact-scheme@3 scheme.referred", "f13-contact-scheme@3 task.raised"}));
  for (const bool refused : {true, false})
    EXPECT_EQ(rulesFor(refused ? "likely" : "unlikely", refused), Rules{"f13-scheme-to-be-checked@3 task.raised"});
  EXPECT_EQ(rulesFor("undetermined", false), Rules{"f13-scheme-to-be-checked@3 task.raised"});
}

TEST(ShippedDuties, WhoIsProtectedNoLongerIsToldSoFirstAndNotToldOfOthersConditions) {
  auto message = event("bail.protection_ended");
  message.add_about("p-1");
  auto& bail = *message.mutable_case_()->mutable_defendants(0)->mutable_bail();
  bail.mutable_status()->set_code("conditional");
  bail.add_conditions()->mutable_kind()->set_code("no_contact");
  bail.mutable_conditions(0)->add_protects("p-2");
  const auto result = routed(message);
  EXPECT_EQ(told(result), Lines{"records task.raised victim_care p-1"});
  const auto& draft = result.drafts.at(0);
  EXPECT_EQ(taskOf(draft).kind().code(), "explain_bail");
  EXPECT_EQ(taskOf(draft).priority().code(), "urgent");
  EXPECT_NE(taskOf(draft).instructions().text().find("none of its conditions protects this person"), std::string::npos);
  EXPECT_EQ(draft.message.case_().defendants(0).bail().conditions_size(), 0);
  EXPECT_EQ(draft.due_at, *parseInstant("2026-06-09T16:00:00Z"));
  bail.mutable_status()->set_code("custody");
  EXPECT_TRUE(routed(message).drafts.empty());
}

}  // namespace
}  // namespace causeway::routing
