#include "tests/support/builders.hpp"
#include "tests/unit/pipeline/rig_support.hpp"

namespace causeway::pipeline {
namespace {

constexpr support::Accused kCy{"Cy", "Holt", "1980-01-01", "1101ZD0100000448756M"};
const std::string kLead = "01ZD0303926", kOther = "01ZD0303927";

/// Two cases, each with people of its own, and what the prosecutor says of them.
class CaseJoining : public Pipeline {
 protected:
  void SetUp() override {
    lead = caseIdOf(registered());
    admit(otherCase());
    other = caseOf("C2");
    ASSERT_NE(lead, other);
  }

  static canonical::CanonicalMessage otherCase() {
    auto out = support::message("C2", "case.registered", "niche.test", "2026-03-02T09:00:00Z");
    out.mutable_case_()->set_urn(kOther);
    out.mutable_case_()->mutable_force()->set_code("52");
    support::addDefendant(out, kCy);
    auto& consent = *support::addParty(out, support::person("Dora", "Finch", "1988-04-04"), "victim").add_consents();
    consent.mutable_type()->set_code("victim_support");
    consent.set_state("given");
    return out;
  }

  canonical::CanonicalMessage joining(const std::string& id, const std::string& relation = "merge") {
    auto out = support::message(id, "case.identifiers_changed", "cps.test", "2026-04-03T09:00:00Z");
    out.mutable_case_()->set_urn(kLead);
    auto& related = *out.mutable_case_()->add_related();
    related.set_urn(kOther);
    related.mutable_relation()->set_code(relation);
    return out;
  }

  void admit(const canonical::CanonicalMessage& message, const std::string& sender = "records") {
    rig.admitTogether({message}, sender);
    rig.deliver();
  }
  std::string stateAfter(const canonical::CanonicalMessage& message) {
    admit(message, "prosecutor");
    return std::string(nameOf(rig.store().message(message.message_id()).value()->state));
  }
  std::string caseOf(const std::string& message_id) { return rig.store().message(message_id).value()->case_id; }

  Acknowledgement resultOfCy(const std::string& id, const std::string& urn, const std::string& date = "2026-04-01") {
    const auto out = rig.receive("courts", resultFile({.id = id,
                                                       .urn = urn,
                                                       .asn = std::string(kCy.asn),
                                                       .family = "Holt",
                                                       .date = date,
                                                       .at = date + "T12:00:00Z"}));
    rig.deliver();
    return out;
  }
  size_t told() { return rig.sender.sent("records").size(); }
  size_t victimsIn(const std::string& case_id) {
    return static_cast<size_t>(rig.caseOf(case_id).case_().parties_size());
  }
  Result<Parted> part(const std::string& case_id) {
    return rig.rulings().part({case_id, "wco.4471", "joined by mistake", "uid:1000"});
  }

  std::string lead, other;
};

TEST_F(CaseJoining, HoldsAJoinThatWouldShowARestrictedCaseToOthers) {
  rig.receive(
      "courts",
      resultFile({.id = "R7", .urn = kOther, .asn = std::string(kCy.asn), .family = "Holt", .restriction = "adviser"}));
  rig.deliver();
  EXPECT_EQ(stateAfter(joining("J1")), "held");
  EXPECT_EQ(rig.holds().at(0).reason_code, "join_restricted");
  EXPECT_EQ(victimsIn(lead), 1U);
}

TEST_F(CaseJoining, HoldsAJoinWhileProcessingOfTheOtherCaseIsRestricted) {
  ASSERT_TRUE(rig.rulings().restrict({other, "dpo.12", "contested", "uid:1000"}, {"", "accuracy", {}}));
  EXPECT_EQ(stateAfter(joining("J1")), "held");
  EXPECT_EQ(rig.holds().back().reason_code, "join_restricted");
}

TEST_F(CaseJoining, HoldsAJoinWhilePeopleOfOneNameMayBeTwo) {
  auto more = otherCase();
  more.set_message_id("C3");
  more.set_type("case.updated");
  support::addParty(more, support::person("Cora", "Lisle"), "witness");
  admit(more);
  EXPECT_EQ(stateAfter(joining("J1")), "held");
  EXPECT_EQ(rig.holds().at(0).reason_code, "join_identity");
}

TEST_F(CaseJoining, HoldsAJoinOfTheAccusedAndTheVictim) {
  auto more = otherCase();
  more.set_message_id("C3");
  more.set_type("case.updated");
  support::addParty(more, support::person("Ben", "Quill"), "witness");
  admit(more);
  EXPECT_EQ(stateAfter(joining("J1")), "held");
  EXPECT_EQ(rig.holds().at(0).reason_code, "join_both_sides");
}

TEST_F(CaseJoining, HoldsAJoinWhileSomethingOfTheOtherCaseIsUnderWay) {
  rig.sender.answer(FakeSender::withStatus(503));
  resultOfCy("R1", kOther);
  EXPECT_EQ(stateAfter(joining("J1")), "held");
  EXPECT_EQ(rig.holds().at(0).reason_code, "join_under_way");
  rig.sender.answer(FakeSender::withStatus(200));
  rig.passTime(std::chrono::minutes(30));
  auto again = joining("J2");
  again.set_asserted_at("2026-04-04T09:00:00Z");
  EXPECT_EQ(stateAfter(again), "done");
  EXPECT_EQ(victimsIn(lead), 2U);
}

TEST_F(CaseJoining, HoldsAJoinOfAnErasedCase) {
  ASSERT_TRUE(rig.rulings().erase({other, "dpo.12", "retention has ended", "uid:1000"}));
  EXPECT_EQ(stateAfter(joining("J1")), "held");
  EXPECT_EQ(rig.holds().back().reason_code, "join_unreadable");
}

TEST_F(CaseJoining, TakesAPartThatWasSplitOffForACaseOfItsOwn) {
  const std::string third = "01ZD0303928";
  const auto whole = registered({.id = "C5", .urn = third, .occurrence = "700"});
  auto split = support::message("J1", "case.identifiers_changed", "cps.test", "2026-04-03T09:00:00Z");
  split.mutable_case_()->set_urn(third);
  split.mutable_case_()->add_related()->set_urn(third + "/2");
  split.mutable_case_()->mutable_related(0)->mutable_relation()->set_code("split");
  EXPECT_EQ(stateAfter(split), "done");
  // What the court says of the new number waits for its case and does not enter the old one, though the occurrence is the same.
  const auto early = rig.receive("courts", resultFile({.id = "R1", .urn = third + "/2", .occurrence = "700"}));
  EXPECT_EQ(rig.stateOf(early), "waiting");
  const auto part_of_it = registered({.id = "C6", .urn = third + "/2", .occurrence = "700"});
  EXPECT_NE(caseIdOf(part_of_it), caseIdOf(whole));
  EXPECT_EQ(caseIdOf(early), caseIdOf(part_of_it));
  // From then on each number finds its own.
  EXPECT_EQ(caseIdOf(rig.receive("courts", resultFile({.id = "R2", .urn = third, .occurrence = "700"}))),
            caseIdOf(whole));
  EXPECT_EQ(caseIdOf(rig.receive(
                "courts", resultFile({.id = "R3", .urn = third + "/2", .date = "2026-04-02", .occurrence = "700"}))),
            caseIdOf(part_of_it));
  rig.deliver();
}

TEST_F(CaseJoining, PutsBothIntoOneAndTellsNobodyTwice) {
  resultOfCy("R1", kOther);
  const auto before = told();
  EXPECT_EQ(stateAfter(joining("J1")), "done");
  EXPECT_EQ(victimsIn(lead), 2U);
  EXPECT_EQ(rig.caseOf(lead).case_().urn(), kLead);
  EXPECT_EQ(told(), before);
  // The court says the same under the number of the lead case, and the records send their case again.
  resultOfCy("R2", kLead);
  auto again = otherCase();
  again.set_message_id("C4");
  again.set_type("case.updated");
  admit(again);
  EXPECT_EQ(told(), before);
  EXPECT_EQ(caseOf("C4"), lead);
  EXPECT_EQ(rig.caseOf(lead).case_().urn(), kLead);
}

TEST_F(CaseJoining, TakesWhatComesUnderEitherNumber) {
  EXPECT_EQ(stateAfter(joining("J1")), "done");
  rig.restart();
  EXPECT_EQ(caseIdOf(resultOfCy("R1", kOther)), lead);
  EXPECT_EQ(caseIdOf(resultOfCy("R2", kLead, "2026-04-02")), lead);
  EXPECT_EQ(rig.caseOf(other).message_ids_size(), 1);
}

TEST_F(CaseJoining, KnowsSomebodyWhoIsInBothForOne) {
  auto more = otherCase();
  more.set_message_id("C3");
  more.set_type("case.updated");
  support::addParty(more, support::person("Cora", "Lisle", "1999-01-05"), "witness");
  admit(more);
  EXPECT_EQ(stateAfter(joining("J1")), "done");
  EXPECT_EQ(victimsIn(lead), 2U);
}

TEST_F(CaseJoining, KeepsTheStricter) {
  auto more = otherCase();
  more.set_message_id("C3");
  more.set_type("case.updated");
  more.mutable_case_()->set_evidential_hold(true);
  more.mutable_case_()->mutable_parties(0)->mutable_enhanced()->set_entitled(true);
  admit(more);
  EXPECT_EQ(stateAfter(joining("J1")), "done");
  const auto joined = rig.caseOf(lead).case_();
  EXPECT_TRUE(joined.evidential_hold());
  EXPECT_TRUE(std::ranges::any_of(joined.parties(), [](const auto& one) { return one.enhanced().entitled(); }));
}

TEST_F(CaseJoining, AsksNobodyToCorrectWhatNobodyWasTold) {
  auto more = otherCase();
  more.set_message_id("C3");
  more.set_type("case.updated");
  more.mutable_case_()->mutable_parties(0)->mutable_person()->mutable_gender()->set_code("female");
  admit(more);
  resultOfCy("R1", kOther);
  EXPECT_EQ(stateAfter(joining("J1")), "done");
  more.set_message_id("C4");
  more.set_asserted_at("2026-04-05T09:00:00Z");
  more.mutable_case_()->mutable_parties(0)->mutable_person()->mutable_gender()->set_code("male");
  admit(more);
  EXPECT_TRUE(rig.holds().empty());
}

TEST_F(CaseJoining, ErasesBothAndNeverOneOfTheTwo) {
  EXPECT_EQ(stateAfter(joining("J1")), "done");
  const auto refused = rig.rulings().erase({other, "dpo.12", "retention has ended", "uid:1000"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Refused);
  EXPECT_EQ(rig.rulings().erasePerson({lead, "dpo.12", "as asked", "uid:1000"}, "p-1").error().kind,
            ErrorKind::Refused);
  ASSERT_TRUE(rig.rulings().erase({lead, "dpo.12", "retention has ended", "uid:1000"}));
  for (const auto& id : {lead, other}) {
    const auto row = rig.store().findCase(id).value();
    EXPECT_FALSE(rig.vault().open(id, "snapshot", row->snapshot_sealed)) << id;
  }
}

TEST_F(CaseJoining, PartsNothingThatIsNotJoined) {
  EXPECT_EQ(part("no such case").error().kind, ErrorKind::NotFound);
  EXPECT_EQ(part(other).error().kind, ErrorKind::NotFound);
}

TEST_F(CaseJoining, RefusesToPartWhileSomethingIsUnderWay) {
  EXPECT_EQ(stateAfter(joining("J1")), "done");
  rig.sender.answer(FakeSender::withStatus(503));
  resultOfCy("R1", kOther);
  EXPECT_EQ(part(other).error().kind, ErrorKind::Refused);
  rig.sender.answer(FakeSender::withStatus(200));
  rig.passTime(std::chrono::minutes(30));
  EXPECT_TRUE(part(other));
}

TEST_F(CaseJoining, IsUndoneAndEachCaseHasWhatCameForIt) {
  EXPECT_EQ(stateAfter(joining("J1")), "done");
  const auto of_other = resultOfCy("R1", kOther);
  const auto of_lead = rig.receive("courts", resultFile({.id = "R2", .urn = kLead, .date = "2026-04-02"}));
  rig.deliver();
  const auto before = told();
  const auto parted = part(other);
  ASSERT_TRUE(parted) << parted.error().text();
  EXPECT_EQ(parted->lead, lead);
  EXPECT_EQ(parted->messages_moved, 1);
  EXPECT_EQ(told(), before);
  rig.restart();
  EXPECT_EQ(victimsIn(lead), 1U);
  EXPECT_EQ(victimsIn(other), 1U);
  EXPECT_EQ(caseIdOf(of_other), other);
  EXPECT_EQ(caseIdOf(of_lead), lead);
  EXPECT_EQ(rig.caseOf(other).case_().defendants(0).offences_size(), 1);
  EXPECT_EQ(rig.caseOf(lead).case_().defendants_size(), 2);
  EXPECT_EQ(caseIdOf(resultOfCy("R3", kOther, "2026-04-05")), other);
  // Both stay on record: that they were joined, and that they were parted.
  EXPECT_EQ(rig.store().decisionsAbout("case_join", other).value().size(), 2U);
  ASSERT_TRUE(rig.rulings().erase({other, "dpo.12", "retention has ended", "uid:1000"}));
  const auto row = rig.messagesOf(of_other.document_id).at(0);
  EXPECT_FALSE(rig.vault().open(lead, "canonical:" + row.message_id, row.canonical_sealed));
}

TEST_F(CaseJoining, IsSaidAgainAfterItWasUndone) {
  EXPECT_EQ(stateAfter(joining("J1")), "done");
  ASSERT_TRUE(part(other));
  auto again = joining("J2");
  again.set_asserted_at("2026-04-04T09:00:00Z");
  EXPECT_EQ(stateAfter(again), "done");
  EXPECT_EQ(victimsIn(lead), 2U);
}

}  // namespace
}  // namespace causeway::pipeline
