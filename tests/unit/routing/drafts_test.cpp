#include "tests/unit/routing/routes_support.hpp"

namespace causeway::routing {
namespace {

const std::string kTask = ", task: { kind: k, unit: u, priority: low, instructions: a }";

std::string victimTask(const std::string& more) {
  return "  - { recipient: records, type: task.raised, purpose: care, for_each: 'case.parties[role=victim]'" + kTask +
         more + " }\n";
}

std::vector<Draft> draftsFor(const std::string& tell, const canonical::CanonicalMessage& message,
                             Instant received = kReceived) {
  auto routed = telling(tell).route(message, received);
  std::vector<Draft> out;
  for (auto& draft : routed.drafts)
    if (draft.recipient != "z") out.push_back(std::move(draft));
  return out;
}

TEST(Drafts, NothingWhenNoRuleIsForTheMessage) {
  EXPECT_TRUE(telling("").route(event("hearing.listed"), kReceived).drafts.empty());
  EXPECT_TRUE(telling("").route(canonical::CanonicalMessage(), kReceived).drafts.empty());
}

TEST(Drafts, OneForEachPersonWhoKeepsOnlyThemselves) {
  const auto drafts = draftsFor(victimTask(""), event("hearing.resulted"));
  ASSERT_EQ(drafts.size(), 2U);
  for (size_t i = 0; i < 2; ++i) {
    ASSERT_EQ(drafts[i].message.case_().parties_size(), 1);
    EXPECT_EQ(drafts[i].message.case_().parties(0).id(), "p-" + std::to_string(i + 1));
    EXPECT_EQ(drafts[i].type, "task.raised");
    EXPECT_EQ(drafts[i].message.type(), "task.raised");
    EXPECT_EQ(drafts[i].rule, "r@2");
    EXPECT_TRUE(drafts[i].live);
    EXPECT_EQ(std::vector<std::string>(drafts[i].message.about().begin(), drafts[i].message.about().end()),
              (std::vector<std::string>{"h-1", "p-" + std::to_string(i + 1)}));
  }
}

TEST(Drafts, LinksToOtherPeopleGoWithThem) {
  auto message = event("hearing.resulted");
  message.mutable_case_()->mutable_parties(0)->add_relationships()->set_to_id("p-2");
  message.mutable_case_()->mutable_parties(0)->add_relationships()->set_to_id("d-1");
  const auto drafts = draftsFor(victimTask(""), message);
  const auto& whole = drafts.at(0).message.case_();
  EXPECT_EQ(whole.defendants(0).offences(0).victim_ids_size(), 1);
  EXPECT_EQ(whole.defendants(0).offences(1).victim_ids_size(), 0);
  ASSERT_EQ(whole.parties(0).relationships_size(), 1);
  EXPECT_EQ(whole.parties(0).relationships(0).to_id(), "d-1");
}

TEST(Drafts, ARequestForAVictimsInformationGoesWithItsVictimAlone) {
  auto message = event("hearing.resulted");
  for (const char* subject : {"p-2", "p-1", ""}) {
    auto& request = *message.mutable_case_()->add_information_requests();
    request.set_id("vir-" + std::string(subject));
    if (*subject != '\0') request.set_subject_id(subject);
  }
  const auto drafts = draftsFor(
      "  - { recipient: isva, type: victim_information.requested, purpose: care, for_each: "
      "'case.information_requests[]' }\n",
      message);
  ASSERT_EQ(drafts.size(), 3U);
  for (const auto& draft : drafts) {
    const auto& whole = draft.message.case_();
    ASSERT_EQ(whole.information_requests_size(), 1);
    const auto& subject = whole.information_requests(0).subject_id();
    EXPECT_EQ(whole.parties_size(), subject.empty() ? 0 : 1) << "about nobody: nobody is named";
    EXPECT_EQ(whole.parties_size() == 0 ? std::string() : whole.parties(0).id(), subject);
  }
}

TEST(Drafts, APersonWithTwoRolesIsToldOnce) {
  auto message = event("hearing.resulted");
  message.mutable_case_()->mutable_parties(0)->add_roles()->mutable_role()->set_code("witness");
  const auto drafts = draftsFor(
      "  - { recipient: records, type: task.raised, purpose: care, for_each: ['case.parties[role=victim]', "
      "'case.parties[role=witness]'], each_when: { officer: { exists: false } }" +
          kTask + " }\n",
      message);
  std::vector<std::string> ids;
  for (const auto& draft : drafts) ids.push_back(draft.message.case_().parties(0).id());
  EXPECT_EQ(ids, (std::vector<std::string>{"p-1", "p-2", "p-3"}));
}

TEST(Drafts, OnlyTheirsTakesOutTheOffencesConditionsAndOrdersOfOthers) {
  auto message = event("hearing.resulted");
  auto& defendant = *message.mutable_case_()->mutable_defendants(0);
  for (const char* id : {"p-1", "p-2"}) {
    defendant.mutable_bail()->add_conditions()->add_protects(id);
    defendant.add_orders()->add_protects(id);
  }
  defendant.mutable_bail()->add_conditions()->mutable_kind()->set_code("curfew");
  const auto drafts = draftsFor(victimTask(", only_theirs: true"), message);
  ASSERT_EQ(drafts.size(), 2U);
  const auto& kept = drafts[1].message.case_().defendants(0);
  ASSERT_EQ(kept.offences_size(), 1);
  EXPECT_EQ(kept.offences(0).id(), "o-2");
  ASSERT_EQ(kept.bail().conditions_size(), 1);
  EXPECT_EQ(kept.bail().conditions(0).protects(0), "p-2");
  ASSERT_EQ(kept.orders_size(), 1);
  EXPECT_EQ(kept.orders(0).protects(0), "p-2");
}

TEST(Drafts, OnlyNamedTellsOfThoseWhomTheEventIsAbout) {
  auto message = event("hearing.resulted");
  EXPECT_TRUE(draftsFor(victimTask(", only_named: true"), message).empty());
  message.add_about("p-2");
  const auto drafts = draftsFor(victimTask(", only_named: true"), message);
  ASSERT_EQ(drafts.size(), 1U);
  EXPECT_EQ(drafts[0].message.case_().parties(0).id(), "p-2");
}

TEST(Drafts, AVictimOfNothingInTheMessageIsNotTold) {
  auto message = event("hearing.resulted");
  message.mutable_case_()->mutable_defendants(0)->mutable_offences()->RemoveLast();
  const auto drafts = draftsFor(victimTask(", only_theirs: true"), message);
  ASSERT_EQ(drafts.size(), 1U);
  EXPECT_EQ(drafts[0].message.case_().parties(0).id(), "p-1");
}

TEST(Drafts, AnOffenceWithoutRecordedVictimsConcernsEveryVictim) {
  auto message = event("hearing.resulted");
  for (auto& offence : *message.mutable_case_()->mutable_defendants(0)->mutable_offences()) offence.clear_victim_ids();
  const auto drafts = draftsFor(victimTask(", only_theirs: true"), message);
  ASSERT_EQ(drafts.size(), 2U);
  EXPECT_EQ(drafts[0].message.case_().defendants(0).offences_size(), 2);
}

TEST(Drafts, ADefendantOfWhomNothingConcernsThePersonIsTakenOut) {
  auto message = event("hearing.resulted");
  auto& other = *message.mutable_case_()->add_defendants();
  other.set_id("d-2");
  other.add_offences()->add_victim_ids("p-2");
  const auto drafts = draftsFor(victimTask(", only_theirs: true"), message);
  EXPECT_EQ(drafts.at(0).message.case_().defendants_size(), 1);
  EXPECT_EQ(drafts.at(1).message.case_().defendants_size(), 2);
}

TEST(Drafts, ASupporterIsToldOnlyWithThePersonsLiveConsent) {
  const std::string tell =
      "  - { recipient: idva-service, type: hearing.resulted, purpose: support, for_each: 'case.parties[role=victim]', "
      "supporter: idva, consent: [victim_support] }\n";
  auto message = event("hearing.resulted");
  EXPECT_TRUE(draftsFor(tell, message).empty()) << "no supporter, no consent";
  addSupporter(message, "p-9", "idva", "p-1");
  EXPECT_TRUE(draftsFor(tell, message).empty()) << "no consent";
  auto& victim = *message.mutable_case_()->mutable_parties(0);
  giveConsent(victim, "something_else");
  EXPECT_TRUE(draftsFor(tell, message).empty()) << "consent to something else";
  giveConsent(victim);
  victim.mutable_consents(1)->add_recipients("isva");
  EXPECT_TRUE(draftsFor(tell, message).empty()) << "consent for somebody else";
  victim.mutable_consents(1)->set_recipients(0, "idva");
  const auto drafts = draftsFor(tell, message);
  ASSERT_EQ(drafts.size(), 1U) << "the other victim has no supporter";
  ASSERT_EQ(drafts[0].message.case_().parties_size(), 2);
  EXPECT_EQ(drafts[0].message.case_().parties(0).id(), "p-1");
  EXPECT_EQ(drafts[0].message.case_().parties(1).id(), "p-9");
  victim.mutable_consents(1)->set_withdrawn_at("2026-06-01T09:00:00Z");
  EXPECT_TRUE(draftsFor(tell, message).empty()) << "withdrawn";
}

TEST(Drafts, DueFollowsWorkingDaysAndEntitlement) {
  auto message = event("hearing.resulted");
  message.mutable_case_()->mutable_parties(1)->mutable_enhanced()->set_entitled(true);
  const auto drafts = draftsFor(victimTask(", due: { enhanced: 1, standard: 5 }"), message);
  EXPECT_EQ(formatInstant(drafts.at(0).due_at), "2026-06-09T16:00:00Z");
  EXPECT_EQ(taskOf(drafts.at(0)).due_at(), "2026-06-09T16:00:00Z");
  EXPECT_EQ(formatInstant(drafts.at(1).due_at), "2026-06-03T16:00:00Z");
  const auto at_once = draftsFor(victimTask(", due: at_once"), message);
  EXPECT_EQ(at_once.at(0).due_at, kReceived);
}

TEST(Drafts, BeyondTheCalendarIsDueAtOnceWithoutAGuessedDate) {
  const auto drafts = draftsFor(victimTask(", due: { working_days: 5 }"), event("hearing.resulted"),
                                *parseInstant("2028-12-29T09:00:00Z"));
  ASSERT_EQ(drafts.size(), 2U);
  EXPECT_EQ(formatInstant(drafts[0].due_at), "2028-12-29T09:00:00Z");
  EXPECT_FALSE(taskOf(drafts[0]).has_due_at());
}

TEST(Drafts, ARerunMakesTheSameIdsAndAnotherCauseOthers) {
  const auto message = event("hearing.resulted");
  const auto once = draftsFor(victimTask(""), message), twice = draftsFor(victimTask(""), message);
  ASSERT_EQ(once.size(), twice.size());
  for (size_t i = 0; i < once.size(); ++i)
    EXPECT_EQ(once[i].message.SerializeAsString(), twice[i].message.SerializeAsString());
  EXPECT_NE(taskOf(once[0]).id(), taskOf(once[1]).id());
  auto other_cause = message, other_hearing = message;
  other_cause.set_message_id("m-2");
  other_hearing.set_about(0, "h-2");
  EXPECT_NE(taskOf(draftsFor(victimTask(""), other_cause)[0]).id(), taskOf(once[0]).id());
  EXPECT_NE(taskOf(draftsFor(victimTask(""), other_hearing)[0]).id(), taskOf(once[0]).id());
}

TEST(Drafts, SubjectsAreOfOneCaseAndOnePerson) {
  const auto drafts = draftsFor(victimTask(", subject: 'outcome {case.hearings[0].id}'"), event("hearing.resulted"));
  EXPECT_EQ(drafts.at(0).subject, "c-1 outcome h-1 p-1");
  EXPECT_EQ(drafts.at(1).subject, "c-1 outcome h-1 p-2");
  EXPECT_EQ(draftsFor(victimTask(""), event("hearing.resulted")).at(0).subject, "");
}

TEST(Drafts, ATaskSaysWhoDoesWhatWhyAndFromWhichMessage) {
  const auto drafts = draftsFor(victimTask(", due: { working_days: 1 }, priority: 70"), event("hearing.resulted"));
  EXPECT_EQ(drafts.at(0).priority, 70);
  const auto& task = taskOf(drafts.at(0));
  EXPECT_EQ(task.kind().code(), "k");
  EXPECT_EQ(task.unit().code(), "u");
  EXPECT_EQ(task.priority().code(), "low");
  EXPECT_EQ(task.state(), "open");
  EXPECT_EQ(task.cause(), "m-1");
  EXPECT_EQ(task.instructions().text(), "On 9 June 2026 at 10:00.");
  EXPECT_EQ(task.instructions().basis(), "fact");
}

TEST(Drafts, LogEntriesAndOfficerNoticesAreMadeLikeTasks) {
  const auto routed = telling(
                          "  - { recipient: records, type: officer.notified, purpose: care, for_each: "
                          "'case.parties[role=officer_in_case]', "
                          "officer_notification: { kind: seen, text: b } }\n")
                          .route(event("hearing.resulted"), kReceived);
  ASSERT_EQ(routed.drafts.size(), 3U);
  const auto& notice = routed.drafts[0].message.case_().officer_notifications(0);
  EXPECT_EQ(notice.to(), "4711");
  EXPECT_EQ(notice.hearing_id(), "h-1");
  EXPECT_EQ(notice.text().text(), "Case 01TT0000126.");
  const auto& entry = routed.drafts[2].message.case_().log_entries(0);
  EXPECT_EQ(entry.at(), "2026-06-02T09:00:00Z");
  EXPECT_EQ(entry.cause(), "m-1");
}

TEST(Drafts, AShadowRuleIsDecidedButNotLive) {
  const auto routes =
      routesFrom({yaml("routes: [{ id: a, version: 1, state: shadow, source: law, when: { type: hearing.resulted }, "
                       "tell: [{ recipient: r, type: hearing.resulted, purpose: p }] }]")});
  const auto routed = routes.route(event("hearing.resulted"), kReceived);
  ASSERT_EQ(routed.drafts.size(), 1U);
  EXPECT_FALSE(routed.drafts[0].live);
}

TEST(Drafts, ARuleHoldsBetweenItsDatesAndOnlyAboutWhatIsToCome) {
  const auto count = [](const std::string& more, const char* received) {
    return telling("", more).route(event("hearing.resulted"), *parseInstant(received)).drafts.size();
  };
  EXPECT_EQ(count("  valid_from: 2026-06-02\n  valid_to: 2026-06-03\n", "2026-06-01T22:59:00Z"), 0U);
  EXPECT_EQ(count("  valid_from: 2026-06-02\n  valid_to: 2026-06-03\n", "2026-06-01T23:00:00Z"), 2U)
      << "already the 2nd in London";
  EXPECT_EQ(count("  valid_from: 2026-06-02\n  valid_to: 2026-06-03\n", "2026-06-03T23:00:00Z"), 0U);
  const std::string not_past = "  not_past: case.hearings[0].starts_at.date\n";
  EXPECT_EQ(count(not_past, "2026-06-09T20:00:00Z"), 2U);
  EXPECT_EQ(count(not_past, "2026-06-10T08:00:00Z"), 0U);
}

const std::string kEachOf =
    "  - { recipient: s, type: referral.withdrawn, purpose: care, for_each: 'case.parties[role=victim]', subject: 'w', "
    "each_of: { list: referrals, when: { service: idva, state: { in: [accepted, engaged] } } } }\n";

canonical::Referral& addReferral(canonical::CanonicalMessage& message, const std::string& id,
                                 const std::string& service, const std::string& state) {
  auto& referral = *message.mutable_case_()->mutable_parties(0)->add_referrals();
  referral.set_id(id);
  referral.mutable_service()->set_code(service);
  referral.set_state(state);
  return referral;
}

TEST(Drafts, NoneForAPersonWithoutAnItemThatHolds) {
  auto message = event("hearing.resulted");
  EXPECT_TRUE(draftsFor(kEachOf, message).empty());
  addReferral(message, "ref-1", "idva", "closed");
  addReferral(message, "ref-2", "isva", "accepted");
  EXPECT_TRUE(draftsFor(kEachOf, message).empty());
}

TEST(Drafts, OneForEachItemOfAPersonThatHolds) {
  auto message = event("hearing.resulted");
  addReferral(message, "ref-1", "idva", "accepted");
  addReferral(message, "ref-2", "idva", "closed");
  addReferral(message, "ref-3", "idva", "engaged");
  const auto drafts = draftsFor(kEachOf, message);
  ASSERT_EQ(drafts.size(), 2U);
  for (const auto& draft : drafts) ASSERT_EQ(draft.message.case_().parties(0).referrals_size(), 1);
  EXPECT_EQ(drafts[0].message.case_().parties(0).referrals(0).id(), "ref-1");
  EXPECT_EQ(drafts[1].message.case_().parties(0).referrals(0).id(), "ref-3");
  EXPECT_EQ(drafts[0].subject, "c-1 w p-1 ref-1") << "one does not take the place of the other";
  EXPECT_EQ(drafts[1].subject, "c-1 w p-1 ref-3");
}

}  // namespace
}  // namespace causeway::routing
