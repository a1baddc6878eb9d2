#include "tests/unit/routing/routes_support.hpp"

#include <tuple>

// Duties that are due by a day which the message names, and the edges of those that the force has set itself.
namespace causeway::routing {
namespace {

const Routes& shipped() {
  static const Routes routes = shippedRoutes();
  return routes;
}

/// "clock due", of each draft that starts a clock; the same for several people once.
std::vector<std::string> clocksOf(const canonical::CanonicalMessage& message, const std::string& type = "task.raised") {
  std::vector<std::string> out;
  for (const auto& draft : shipped().route(message, kReceived).drafts) {
    if (draft.clock.empty() || draft.type != type) continue;
    const auto line = draft.clock + " " + formatInstant(draft.due_at);
    if (std::ranges::find(out, line) == out.end()) out.push_back(line);
    if (type == "task.raised") {
      EXPECT_EQ(taskOf(draft).due_at(), formatInstant(draft.due_at));
    }
  }
  return out;
}

using Lines = std::vector<std::string>;

canonical::CanonicalMessage asked(const std::string& type, const std::string& what, const std::string& urgency,
                                  const std::string& due_on) {
  auto out = event(type);
  auto& request = *out.mutable_case_()->add_action_requests();
  request.set_id("A-1");
  request.set_state("open");
  if (!what.empty()) request.add_file_options()->set_code(what);
  if (!urgency.empty()) request.mutable_urgency()->set_code(urgency);
  if (!due_on.empty()) request.set_due_on(due_on);
  return out;
}

TEST(ShippedDays, WhatTheProsecutorAsksForIsDueOnTheDayThatTheRequestNames) {
  for (const auto& [urgency, clock, without] :
       {std::tuple("routine", "action-answered", "2026-06-09T16:00:00Z"),
        std::tuple("urgent", "urgent-action-answered", "2026-06-03T16:00:00Z")}) {
    const auto line = [&](const std::string& due) { return Lines{std::string(clock) + " " + due}; };
    EXPECT_EQ(clocksOf(asked("action.requested", "", urgency, "2026-10-27")), line("2026-10-27T17:00:00Z"));
    EXPECT_EQ(clocksOf(asked("action.requested", "", urgency, "2026-06-02")), line("2026-06-02T16:00:00Z")) << "today";
    EXPECT_EQ(clocksOf(asked("action.requested", "", urgency, "2026-06-01")), line("2026-06-01T16:00:00Z"))
        << "late from the start";
    EXPECT_EQ(clocksOf(asked("action.requested", "", urgency, "")), line(without));
  }
}

TEST(ShippedDays, DatesToAvoidAreDueAsAskedElseInFiveWorkingDays) {
  EXPECT_EQ(clocksOf(asked("availability.requested", "mg10", "", "2026-06-05")),
            Lines{"availability-collected 2026-06-05T16:00:00Z"});
  EXPECT_EQ(clocksOf(asked("availability.requested", "mg10", "", "")),
            Lines{"availability-collected 2026-06-09T16:00:00Z"});
}

TEST(ShippedDays, AReferralToASchemeIsDueAsTheSentenceSaysAndNotItsReceipt) {
  for (const auto& [scheme, clock] :
       {std::pair("vcs", "contact-scheme-sent"), std::pair("vns", "notification-scheme-sent")}) {
    auto message = event("sentence.passed");
    auto& victim = *message.mutable_case_()->mutable_parties(0);
    message.add_about(victim.id());
    auto& eligibility = *victim.add_eligibilities();
    eligibility.mutable_scheme()->set_code(scheme);
    eligibility.mutable_finding()->set_code("likely");
    eligibility.set_referral_id("5d1c9a40-3f0e-4f6a-9a0c-1f7be21d0010");
    eligibility.set_due_on("2026-05-29");
    EXPECT_EQ(clocksOf(message, "scheme.referred"), Lines{std::string(clock) + " 2026-05-29T16:00:00Z"})
        << "the sentence was told late: so is the referral";
    eligibility.clear_due_on();
    EXPECT_EQ(clocksOf(message, "scheme.referred"), Lines{std::string(clock) + " 2026-06-16T16:00:00Z"});
    eligibility.set_due_on("2026-06-05");
    eligibility.mutable_finding()->set_code("undetermined");
    EXPECT_EQ(clocksOf(message), Lines{"scheme-referred 2026-06-05T16:00:00Z"});
  }
}

TEST(ShippedDays, ASummonsIsServedTwoWorkingDaysBeforeTheHearing) {
  const auto summons = [](const std::string& day) {
    auto out = event("summons.issued");
    out.add_about("p-3");
    out.mutable_case_()->mutable_parties(2)->add_summonses()->set_state("issued");
    out.mutable_case_()->mutable_hearings(0)->mutable_starts_at()->set_date(day);
    return out;
  };
  EXPECT_EQ(clocksOf(summons("2026-06-30")), Lines{"summons-served 2026-06-26T16:00:00Z"});
  EXPECT_EQ(clocksOf(summons("2026-06-08")), Lines{"summons-served 2026-06-04T16:00:00Z"}) << "over the weekend";
  EXPECT_EQ(clocksOf(summons("2026-06-04")), Lines{"summons-served 2026-06-02T16:00:00Z"});
  EXPECT_EQ(clocksOf(summons("2026-06-03")), Lines{"summons-served 2026-06-02T09:00:00Z"})
      << "at once: no time is left";
}

TEST(ShippedDays, AWitnessWhoIsMissedIsFoundInMinutesAndOneInPrisonIsAskedForWithTheWarning) {
  auto missed = event("witness.absent");
  missed.add_about("p-3");
  EXPECT_EQ(clocksOf(missed), Lines{"missed-witness-found 2026-06-02T09:15:00Z"});
  auto prison = event("witness.in_custody");
  prison.add_about("p-3");
  auto& witness = *prison.mutable_case_()->mutable_parties(2);
  witness.mutable_in_custody()->set_since("2026-06-01");
  witness.add_attendances()->mutable_requirement()->set_code("required");
  EXPECT_EQ(clocksOf(prison), Lines{"production-asked 2026-06-03T16:00:00Z"});
}

TEST(ShippedDays, TheProsecutorHasAStatementInAWorkingDayAndAWitnessesDoubtsTheSameDay) {
  auto statement = event("vps.recorded");
  statement.add_about("p-1");
  statement.mutable_case_()->mutable_parties(0)->mutable_vps()->set_state("made");
  EXPECT_EQ(clocksOf(statement, "vps.recorded"), Lines{"statement-sent 2026-06-03T16:00:00Z"});
  auto doubts = event("witness.engagement_changed");
  doubts.add_about("p-3");
  doubts.mutable_case_()->mutable_parties(2)->mutable_engagement()->set_state("reluctant");
  EXPECT_EQ(clocksOf(doubts, "witness.engagement_changed"), Lines{"willingness-told 2026-06-02T13:00:00Z"});
  EXPECT_EQ(clocksOf(doubts), Lines{"willingness-told 2026-06-02T13:00:00Z"});
}

TEST(ShippedDays, AServiceHearsOfAWithdrawalInAnHourAndADisagreementReachesItsReaderTheSameDay) {
  auto withdrawn = event("consent.changed");
  withdrawn.add_about("p-1");
  auto& victim = *withdrawn.mutable_case_()->mutable_parties(0);
  auto& referral = *victim.add_referrals();
  referral.set_id("ref-1");
  referral.mutable_service()->set_code("idva");
  referral.set_state("accepted");
  giveConsent(victim);
  victim.mutable_consents(0)->set_state("withdrawn");
  EXPECT_EQ(clocksOf(withdrawn, "referral.withdrawn"), Lines{"withdrawal-told 2026-06-02T10:00:00Z"});
  auto contact = event("contact.reported_unsafe");
  contact.add_about("p-1");
  EXPECT_EQ(clocksOf(contact, "party.updated"), Lines{"safe-contact-told 2026-06-02T10:00:00Z"});
  auto differ = event("discrepancy.found");
  auto& one = *differ.mutable_case_()->add_discrepancies();
  one.set_id("dis-1");
  one.set_state("open");
  EXPECT_EQ(clocksOf(differ, "discrepancy.raised"), Lines{"disagreement-raised 2026-06-02T13:00:00Z"});
}

TEST(ShippedHolds, EachIsAskedOfOneTeamAndSafeguardingFirst) {
  const auto asks = [](const std::string& code, const std::string& purpose, const std::string& type) {
    auto message = event("hold.raised");
    auto& hold = *message.mutable_case_()->add_holds();
    hold.set_id("H-1");
    hold.set_code(code);
    hold.set_why("It is held.");
    hold.set_purpose(purpose);
    hold.set_type(type);
    Lines out;
    for (const auto& draft : shipped().route(message, kReceived).drafts)
      out.push_back(taskOf(draft).unit().code() + " " + taskOf(draft).priority().code());
    return out;
  };
  EXPECT_EQ(asks("restricted", "safeguarding", "safeguarding_plan.recorded"), Lines{"supervisor urgent"});
  EXPECT_EQ(asks("no_agreement", "safeguarding", "party.updated"), Lines{"supervisor urgent"});
  EXPECT_EQ(asks("not_placed", "", "safeguarding_plan.recorded"), Lines{"supervisor urgent"});
  EXPECT_EQ(asks("consent_missing", "victim_support", "referral.sent"), Lines{"supervisor high"});
  EXPECT_EQ(asks("unheard_of", "", ""), Lines{"supervisor high"});
  for (const char* code :
       {"restriction", "person_erased", "accuracy_contested", "correction_unconfirmed", "no_gateway"})
    EXPECT_EQ(asks(code, "victim_support", "referral.sent"), Lines{"data_protection high"}) << code;
}

}  // namespace
}  // namespace causeway::routing
