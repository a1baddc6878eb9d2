#include "host/model/message_types.hpp"
#include "host/protection/policy.hpp"
#include "tests/unit/routing/routes_support.hpp"

#include <map>
#include <set>

namespace causeway::routing {
namespace {

using Lines = std::vector<std::string>;

Routed routed(const canonical::CanonicalMessage& message, Instant received = kReceived) {
  static const Routes routes = shippedRoutes();
  return routes.route(message, received);
}

std::string dueOf(const Draft& draft) { return formatInstant(draft.due_at); }

TEST(ShippedRoutes, EverythingTheyCanSendHasAGrant) {
  Problems problems;
  const auto policy = protection::Policy::load(shippedFolder("protection"), problems);
  ASSERT_TRUE(problems.empty()) << problems.text();
  const auto targets = shippedRoutes().targets();
  EXPECT_GE(targets.size(), 12U);
  for (const auto& target : targets)
    EXPECT_TRUE(policy.hasGrant(target.recipient, target.type, target.purpose))
        << target.at.text() << ": " << target.recipient << ", " << target.type << ", " << target.purpose;
}

TEST(ShippedRoutes, NoGrantStandsThatNothingUses) {
  Problems problems;
  const auto policy = protection::Policy::load(shippedFolder("protection"), problems);
  const auto targets = shippedRoutes().targets();
  // A correction, a restriction and an erasure have no route of their own: they follow what was told.
  const std::set<std::string> following{"correction.issued", "processing.restricted", "processing.resumed",
                                        "erasure.requested"};
  for (const auto& grant : policy.grants())
    EXPECT_TRUE(std::ranges::any_of(targets, [&](const auto& target) {
      return target.recipient == grant.recipient && (target.type == grant.type || following.contains(grant.type)) &&
             target.purpose == grant.purpose;
    })) << grant.at.text();
}

TEST(ShippedRoutes, ACaseTellsTheCpsOnlyWhenItHasAUrnAndPeople) {
  EXPECT_EQ(told(routed(event("case.registered"))), Lines{"cps case.updated witness_care"});
  EXPECT_EQ(told(routed(event("case.updated"))), Lines{"cps case.updated witness_care"});
  auto without_urn = event("case.registered"), without_people = event("case.registered");
  without_urn.mutable_case_()->clear_urn();
  without_people.mutable_case_()->clear_parties();
  auto from_cps = event("case.updated");
  from_cps.set_source_system("cps");
  EXPECT_TRUE(routed(from_cps).drafts.empty()) << "not told back to the CPS";
  EXPECT_TRUE(routed(without_urn).drafts.empty());
  EXPECT_TRUE(routed(without_people).drafts.empty());
}

/// The case of `event`, with something to tell of the first victim whatever the type is about.
canonical::CanonicalMessage richEvent(std::string_view type) {
  auto message = event(std::string(type));
  message.add_about("p-1");
  auto& victim = *message.mutable_case_()->mutable_parties(0);
  victim.mutable_availability()->set_as_of("2026-06-01T09:00:00Z");
  victim.mutable_vps()->set_state("declined");
  victim.mutable_engagement()->set_state("reluctant");
  victim.add_special_measures()->set_state("assessed");
  victim.add_summonses()->set_state("served");
  victim.add_attendances()->set_state("expected_late");
  message.mutable_case_()->add_action_requests()->set_state("answered");
  return message;
}

bool tellsCps(const Routed& routed) {
  return std::ranges::any_of(routed.drafts, [](const Draft& draft) { return draft.recipient == "cps"; });
}

TEST(ShippedRoutes, NothingThatTheCpsToldGoesBackToIt) {
  Lines to_cps;
  for (const auto& type : model::messageTypes()) {
    auto message = richEvent(type.name);
    message.set_source_system("records");
    if (tellsCps(routed(message))) to_cps.emplace_back(type.name);
    message.set_source_system("cps");
    EXPECT_FALSE(tellsCps(routed(message))) << type.name;
  }
  EXPECT_EQ(to_cps, (Lines{"case.registered", "case.updated", "party.updated", "officer.changed", "hearing.listed",
                           "availability.recorded", "needs.assessed", "vps.recorded", "safe_contact.changed",
                           "contact.reported_unsafe", "witness.engagement_changed", "summons.served", "action.answered",
                           "attendance.answered", "hearing.moved"}));
}

TEST(ShippedRoutes, AReluctantWitnessIsForTheProsecutorAndTheSpecialistUnitTheSameDay) {
  const auto result = routed(richEvent("witness.engagement_changed"));
  EXPECT_EQ(told(result),
            (Lines{"cps witness.engagement_changed witness_care p-1", "records task.raised witness_care p-1"}));
  for (const auto& draft : result.drafts) {
    EXPECT_EQ(draft.clock, "willingness-told");
    EXPECT_EQ(draft.due_at, kReceived + std::chrono::hours(4)) << "the same day";
  }
  auto willing = richEvent("witness.engagement_changed"), defence = willing;
  willing.mutable_case_()->mutable_parties(0)->mutable_engagement()->set_state("willing");
  EXPECT_EQ(told(routed(willing)), Lines{"cps witness.engagement_changed witness_care p-1"});
  defence.mutable_case_()->mutable_parties(0)->mutable_roles(0)->mutable_side()->set_code("defence");
  EXPECT_TRUE(routed(defence).drafts.empty());
}

TEST(ShippedRoutes, FormMg2IsForEachWitnessWhoWantsAMeasure) {
  EXPECT_EQ(told(routed(richEvent("needs.assessed"))),
            (Lines{"cps needs.assessed witness_care p-1", "cps special_measures.requested witness_care p-1"}));
}

TEST(ShippedRoutes, AListedHearingIsAOneDayTaskForEachVictimAndCivilianWitness) {
  for (const char* type : {"hearing.listed", "hearing.moved"}) {
    SCOPED_TRACE(type);
    const auto result = routed(event(type));
    EXPECT_EQ(told(result), (Lines{"records task.raised victim_care p-1", "records task.raised victim_care p-2",
                                   "records task.raised witness_care p-3", "cps hearing.listed witness_care"}));
    for (size_t i = 0; i < 3; ++i) EXPECT_EQ(dueOf(result.drafts[i]), "2026-06-03T16:00:00Z");
    EXPECT_NE(taskOf(result.drafts[0]).instructions().text().find("9 June 2026 at 10:00"), std::string::npos);
  }
}

TEST(ShippedRoutes, AHearingThatWasListedBeforeIsToldAsMoved) {
  auto message = event("hearing.listed");
  message.mutable_case_()->mutable_hearings(0)->mutable_previous_starts_at()->set_date("2026-06-04");
  const auto result = routed(message);
  ASSERT_EQ(result.drafts.size(), 4U);
  EXPECT_EQ(result.drafts[0].rule, "f02-hearing-moved@3");
  EXPECT_NE(taskOf(result.drafts[0]).instructions().text().find("It was: 4 June 2026"), std::string::npos);
}

TEST(ShippedRoutes, AHearingThatIsOverOrOffIsNotToldAsToCome) {
  auto cancelled = event("hearing.listed"), past = event("hearing.listed");
  cancelled.mutable_case_()->mutable_hearings(0)->set_state("vacated");
  past.mutable_case_()->mutable_hearings(0)->mutable_starts_at()->set_date("2026-06-01");
  EXPECT_EQ(told(routed(cancelled)), Lines{"cps hearing.listed witness_care"});
  EXPECT_EQ(told(routed(past)), Lines{"cps hearing.listed witness_care"});
}

TEST(ShippedRoutes, AnUncertainHearingTimeSaysSoInTheTask) {
  auto message = event("hearing.listed");
  message.mutable_case_()->mutable_hearings(0)->mutable_starts_at()->set_basis("unknown");
  int tasks = 0;
  for (const auto& draft : routed(message).drafts) {
    if (draft.type != "task.raised") continue;
    ++tasks;
    EXPECT_NE(taskOf(draft).instructions().text().find("check it with the court"), std::string::npos);
  }
  EXPECT_EQ(tasks, 3);
}

TEST(ShippedRoutes, DefenceWitnessesAreNotOurs) {
  auto message = event("hearing.listed");
  message.mutable_case_()->mutable_parties(2)->mutable_roles(0)->mutable_side()->set_code("defence");
  EXPECT_EQ(told(routed(message)), (Lines{"records task.raised victim_care p-1", "records task.raised victim_care p-2",
                                          "cps hearing.listed witness_care"}));
}

TEST(ShippedRoutes, ABailOutcomeIsDueByEntitlement) {
  auto message = event("hearing.resulted");
  message.mutable_case_()->mutable_parties(1)->mutable_enhanced()->set_entitled(true);
  const auto result = routed(message);
  EXPECT_EQ(told(result), (Lines{"records task.raised victim_care p-1", "records task.raised victim_care p-2",
                                 "records officer.notified case_management p-4"}));
  EXPECT_EQ(dueOf(result.drafts[0]), "2026-06-09T16:00:00Z");
  EXPECT_EQ(dueOf(result.drafts[1]), "2026-06-03T16:00:00Z");
  EXPECT_EQ(taskOf(result.drafts[0]).kind().code(), "communicate_outcome");
  EXPECT_NE(taskOf(result.drafts[0]).instructions().text().find("remanded in custody"), std::string::npos);
  EXPECT_EQ(result.drafts[2].message.case_().officer_notifications(0).to(), "4711");
}

TEST(ShippedRoutes, AVerdictOrSentenceIsDueInOneDayForEveryVictim) {
  std::map<std::string, canonical::CanonicalMessage> messages;
  for (const char* kind : {"verdict", "final", "category", "meaning"}) messages[kind] = event("hearing.resulted");
  const auto offence = [&](const char* kind) {
    return messages[kind].mutable_case_()->mutable_defendants(0)->mutable_offences(0);
  };
  offence("verdict")->mutable_verdict()->set_code("guilty");
  offence("final")->set_final(true);
  offence("category")->mutable_results(0)->mutable_category()->set_code("final");
  offence("meaning")->mutable_results(0)->add_meanings()->set_code("custodial_sentence");
  for (const auto& [kind, message] : messages) {
    SCOPED_TRACE(kind);
    const auto result = routed(message);
    ASSERT_EQ(result.drafts.size(), 3U);
    const bool verdict = kind == "verdict";
    EXPECT_EQ(result.drafts[0].rule, verdict ? "f03-verdict-with-outcome@1" : "f03-verdict-or-sentence@2");
    const auto& words = taskOf(result.drafts[0]).instructions().text();
    EXPECT_EQ(words.find("The verdict: guilty. Outcome") != std::string::npos, verdict) << words;
    EXPECT_EQ(dueOf(result.drafts[0]), "2026-06-03T16:00:00Z");
    EXPECT_EQ(dueOf(result.drafts[1]), "2026-06-03T16:00:00Z");
  }
}

TEST(ShippedRoutes, NamedSupportersLearnTheOutcomeWithConsent) {
  auto message = event("hearing.resulted");
  addSupporter(message, "p-7", "isva", "p-1");
  addSupporter(message, "p-8", "idva", "p-1");
  addSupporter(message, "p-9", "family_liaison", "p-2").mutable_officer()->set_collar("1234");
  EXPECT_EQ(routed(message).drafts.size(), 3U) << "no consent yet";
  giveConsent(*message.mutable_case_()->mutable_parties(0));
  giveConsent(*message.mutable_case_()->mutable_parties(1));
  const auto result = routed(message);
  ASSERT_EQ(result.drafts.size(), 6U);
  EXPECT_EQ(result.drafts[3].message.case_().officer_notifications(0).to(), "1234");
  EXPECT_EQ(result.drafts[4].recipient, "idva-service");
  EXPECT_EQ(result.drafts[5].recipient, "isva-service");
}

TEST(ShippedRoutes, ProtectiveBailRaisesTheRiskTaskBeforeTheVictimTasks) {
  auto message = event("bail.changed");
  auto& bail = *message.mutable_case_()->mutable_defendants(0)->mutable_bail();
  bail.mutable_status()->set_code("conditional");
  bail.add_conditions()->mutable_kind()->set_code("no_contact");
  bail.mutable_conditions(0)->add_protects("p-1");
  const auto result = routed(message);
  ASSERT_EQ(result.drafts.size(), 3U);
  EXPECT_EQ(result.drafts[0].purpose, "risk_management");
  EXPECT_EQ(result.drafts[0].due_at, kReceived);
  EXPECT_EQ(taskOf(result.drafts[0]).kind().code(), "reassess_risk");
  for (size_t i = 1; i < 3; ++i) {
    EXPECT_EQ(result.drafts[i].purpose, "victim_care");
    EXPECT_GT(result.drafts[0].priority, result.drafts[i].priority);
    EXPECT_EQ(dueOf(result.drafts[i]), "2026-06-09T16:00:00Z");
  }
  EXPECT_EQ(result.drafts[1].message.case_().defendants(0).bail().conditions_size(), 1);
  EXPECT_EQ(result.drafts[2].message.case_().defendants(0).bail().conditions_size(), 0)
      << "it protects the other victim";
}

TEST(ShippedRoutes, ReleaseWithoutProtectionIsARiskTask) {
  auto message = event("bail.changed");
  message.mutable_case_()->mutable_defendants(0)->mutable_bail()->mutable_status()->set_code("unconditional");
  EXPECT_EQ(told(routed(message)), Lines{"records task.raised risk_management"});
  message.mutable_case_()->mutable_defendants(0)->mutable_bail()->mutable_status()->set_code("custody");
  EXPECT_TRUE(routed(message).drafts.empty());
}

TEST(ShippedRoutes, BailStatusPIsAnUrgentQuestionAndHoldsTheRest) {
  auto message = event("hearing.resulted");
  message.mutable_case_()->mutable_defendants(0)->mutable_bail()->mutable_status()->set_code("undetermined_p");
  Problems problems;
  const auto policy = protection::Policy::load(shippedFolder("protection"), problems);
  int passed = 0, held = 0;
  for (const auto& draft : routed(message).drafts) {
    const auto decision = policy.decide(draft.message, agreed(draft, "police"), draft.purpose, kReceived);
    if (draft.purpose == "risk_management") {
      ++passed;
      EXPECT_EQ(taskOf(draft).kind().code(), "check_bail_status");
      EXPECT_TRUE(decision.projection.has_value());
    } else {
      ++held;
      ASSERT_TRUE(decision.hold.has_value()) << draft.rule;
      EXPECT_EQ(decision.hold->code, "bail_p");
    }
  }
  EXPECT_EQ(passed, 1);
  EXPECT_EQ(held, 3);
}

TEST(ShippedRoutes, AFinishedCaseIsClosedForEachVictimAndCivilianWitness) {
  EXPECT_EQ(told(routed(event("case.finalised"))),
            (Lines{"records task.raised victim_care p-1", "records task.raised victim_care p-2",
                   "records task.raised witness_care p-3"}));
}

TEST(ShippedRoutes, ProtectionLetsEveryOrdinaryDraftPass) {
  Problems problems;
  const auto policy = protection::Policy::load(shippedFolder("protection"), problems);
  int decided = 0;
  for (const char* type :
       {"case.registered", "hearing.listed", "hearing.moved", "hearing.resulted", "bail.changed", "case.finalised"}) {
    auto message = event(type);
    addSupporter(message, "p-8", "idva", "p-1");
    giveConsent(*message.mutable_case_()->mutable_parties(0));
    message.mutable_case_()->mutable_defendants(0)->mutable_bail()->mutable_status()->set_code("unconditional");
    for (const auto& draft : routed(message).drafts) {
      const std::string audience = draft.recipient == "records" ? "police"
                                   : draft.recipient == "cps"   ? "prosecutor"
                                                                : "partner";
      const auto decision = policy.decide(draft.message, agreed(draft, audience), draft.purpose, kReceived);
      EXPECT_TRUE(decision.projection.has_value()) << draft.rule << ": " << (decision.hold ? decision.hold->text : "");
      ++decided;
    }
  }
  EXPECT_EQ(decided, 1 + 4 + 4 + 4 + 1 + 3);
}

}  // namespace
}  // namespace causeway::routing
