#include "tests/unit/pipeline/split_scene.hpp"

namespace causeway::pipeline {
namespace {

TEST_F(CaseSplitting, FindsTheCaseOfALaterResultUnderEitherNumber) {
  const auto part = split();
  rig.restart();
  for (const auto& urn : {kOld, kNew}) {
    const std::string at = urn == kOld ? "2026-05-01" : "2026-05-02";
    EXPECT_EQ(stateAfter(resultOf("RC" + urn, kCy, urn, at), "courts"), "done");
    EXPECT_EQ(caseOf("RC" + urn), part);
    EXPECT_EQ(stateAfter(resultOf("RA" + urn, support::kAda, urn, at), "courts"), "done");
    EXPECT_EQ(caseOf("RA" + urn), whole_);
  }
  EXPECT_EQ(rig.caseOf(part).case_().urn(), kNew);
  EXPECT_EQ(rig.caseOf(whole_).case_().urn(), kOld);
}

TEST_F(CaseSplitting, GivesEachCaseItsShareOfAMessageThatSpeaksOfBoth) {
  const auto part = split();
  // The records have not split theirs yet and send all of it under the old number.
  auto again = ofTwo("C2", "case.updated");
  again.set_asserted_at("2026-04-05T09:00:00Z");
  EXPECT_EQ(stateAfter(again, "records"), "done");
  EXPECT_EQ(caseOf("C2"), whole_);
  EXPECT_EQ(caseOf("C2+1"), part);
  EXPECT_EQ(peopleOf(part), (Names{"Holt", "Finch", "Tangye", "Okoro"}));
  EXPECT_EQ(peopleOf(whole_), (Names{"Marsh", "Lisle", "Tangye", "Okoro"}));
}

TEST_F(CaseSplitting, TakesSomebodyNewToWhereTheirOffenceIs) {
  const auto part = split();
  auto more = support::message("C3", "case.updated", "niche.test", "2026-04-05T09:00:00Z");
  more.mutable_case_()->set_urn(kOld);
  support::addOffence(support::addDefendant(more, kCy), "TH68010", "2026-02-02", 2).add_victim_ids("new-301");
  support::addOffence(support::addDefendant(more, support::kAda), "TH68026", "2026-02-01", 1);
  support::addParty(more, support::person("Merryn", "Keast", "1960-01-01"), "victim");
  EXPECT_EQ(stateAfter(more, "records"), "done") << whyHeld();
  EXPECT_EQ(peopleOf(part).back(), "Keast");
  EXPECT_EQ(peopleOf(whole_).size(), 4U);
}

TEST_F(CaseSplitting, IsHeardAfterwardsWhenItCameBeforeItsCase) {
  const auto of = [](canonical::CanonicalMessage message) {
    for (auto* urn :
         {message.mutable_case_()->mutable_urn(), message.mutable_case_()->related().empty()
                                                      ? nullptr
                                                      : message.mutable_case_()->mutable_related(0)->mutable_urn()})
      if (urn) urn->replace(urn->size() - 3, 1, "5");
    return message;
  };
  EXPECT_EQ(stateAfter(of(splitting("S5"))), "waiting");
  auto result = of(resultOf("R5", kCy, kNew));
  result.mutable_case_()->mutable_force()->set_code("52");
  *result.mutable_case_()->add_identifiers() = support::number("occurrence", "705");
  EXPECT_EQ(stateAfter(result, "courts"), "waiting");
  auto whole = of(ofTwo("C5", "case.registered"));
  whole.mutable_case_()->mutable_identifiers(0)->set_value("705");
  EXPECT_EQ(stateAfter(whole, "records"), "done");
  EXPECT_EQ(rig.store().message("S5").value()->state, MessageState::Done) << whyHeld();
  EXPECT_EQ(rig.store().message("R5").value()->state, MessageState::Done);
  EXPECT_EQ(rig.caseOf(caseOf("R5")).case_().defendants(0).person().names(0).family(), "Holt");
  EXPECT_NE(caseOf("R5"), caseOf("C5"));
}

TEST_F(CaseSplitting, LetsBothHearWhatIsSaidOfSomebodyWhoIsInBoth) {
  const auto part = split();
  auto news = support::message("N1", "party.updated", "niche.test", "2026-04-06T09:00:00Z");
  news.mutable_case_()->set_urn(kOld);
  auto& point = *support::addParty(news, support::person("Eve", "Tangye", "1977-07-07"), "victim").add_contact_points();
  point.mutable_channel()->set_code("phone");
  point.set_value("07700900999");
  point.mutable_safe()->set_state("unsafe");
  EXPECT_EQ(stateAfter(news, "records"), "done");
  for (const auto& id : {whole_, part}) {
    const auto record = rig.caseOf(id);
    const auto& people = record.case_().parties();
    const auto eve =
        std::ranges::find_if(people, [](const auto& one) { return one.person().names(0).family() == "Tangye"; });
    ASSERT_EQ(eve->contact_points_size(), 1) << id;
    EXPECT_EQ(eve->contact_points(0).safe().state(), "unsafe");
  }
}

TEST_F(CaseSplitting, TakesTheAnswerToAReferralToWherePersonAndReferralAre) {
  auto referred = support::message("F1", "referral.requested", "niche.test", "2026-04-01T09:00:00Z");
  referred.mutable_case_()->set_urn(kOld);
  auto& referral =
      *support::addParty(referred, support::person("Dora", "Finch", "1988-04-04"), "victim").add_referrals();
  referral.set_id("ref-77");
  referral.set_state("requested");
  ASSERT_EQ(stateAfter(referred, "records"), "done");
  const auto part = split();
  auto answer = support::message("F2", "referral.progressed", "partner.test", "2026-04-07T09:00:00Z");
  answer.mutable_case_()->set_urn(kOld);
  *answer.mutable_case_()->add_identifiers() = support::number("referral", "ref-77");
  auto& said = *answer.mutable_case_()->add_parties()->add_referrals();
  said.set_id("ref-77");
  said.set_state("accepted");
  EXPECT_EQ(stateAfter(answer, "adviser"), "done");
  EXPECT_EQ(caseOf("F2"), part);
}

TEST_F(CaseSplitting, TakesClocksAlongAsTheyStandAndTheirEvidenceFindsThem) {
  stateAfter(resultOf("R1", kCy, kOld), "courts");
  const auto before = rig.store().clocksOf(whole_).value();
  ASSERT_FALSE(before.empty());
  const auto part = split();
  const auto moved = rig.store().clocksOf(part).value();
  ASSERT_FALSE(moved.empty());
  for (const auto& now : moved) {
    const auto was = std::ranges::find(before, now.clock_id, &care::ClockRow::clock_id);
    ASSERT_NE(was, before.end());
    EXPECT_EQ(now.started_at, was->started_at);
    EXPECT_EQ(now.due_at, was->due_at);
    EXPECT_EQ(now.law, was->law);
    EXPECT_EQ(now.element, was->element);
    EXPECT_EQ(now.next_fire_at, was->next_fire_at);
    auto done = support::message("D" + now.task_id, "task.completed", "niche.test", "2026-04-08T09:00:00Z");
    done.mutable_case_()->set_urn(kOld);
    done.mutable_case_()->add_tasks()->set_id(now.task_id);
    done.mutable_case_()->mutable_tasks(0)->set_state("done");
    EXPECT_EQ(stateAfter(done, "records"), "done");
  }
  const auto after = rig.store().clocksOf(part).value();
  EXPECT_EQ(after.size(), moved.size());
  for (const auto& clock : after) EXPECT_FALSE(isOpen(clock)) << clock.element;
}

TEST_F(CaseSplitting, IsUndoneByAJoin) {
  stateAfter(resultOf("R1", kCy, kOld), "courts");
  const auto part = split();
  stateAfter(resultOf("R2", kCy, kNew, "2026-05-01"), "courts");
  const auto before = told();
  auto join = support::message("J1", "case.identifiers_changed", "cps.test", "2026-06-01T09:00:00Z");
  join.mutable_case_()->set_urn(kOld);
  join.mutable_case_()->add_related()->set_urn(kNew);
  join.mutable_case_()->mutable_related(0)->mutable_relation()->set_code("merge");
  EXPECT_EQ(stateAfter(join), "done") << whyHeld();
  EXPECT_EQ(told(), before);
  EXPECT_EQ(peopleOf(whole_).size(), 6U);
  EXPECT_EQ(stateAfter(resultOf("R3", kCy, kNew, "2026-05-08"), "courts"), "done");
  EXPECT_EQ(caseOf("R3"), whole_);
  ASSERT_TRUE(rig.rulings().part({part, "wco.4471", "joined by mistake", "uid:1000"}));
  EXPECT_EQ(caseOf("R3"), part);
  EXPECT_EQ(peopleOf(part).size(), 4U);
}

TEST_F(CaseSplitting, IsNotSaidWithoutNames) {
  auto said = splitting("S1");
  said.mutable_case_()->clear_defendants();
  EXPECT_EQ(stateAfter(said), "done");
  EXPECT_EQ(peopleOf(whole_).size(), 6U);
  EXPECT_TRUE(rig.store().decisionsAbout("case_split", whole_).value().empty());
}

}  // namespace
}  // namespace causeway::pipeline
