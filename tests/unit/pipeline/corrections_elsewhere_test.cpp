#include "tests/unit/pipeline/correction_scene.hpp"

namespace causeway::pipeline {
namespace {

constexpr support::Accused kCy{"Cy", "Holt", "1980-01-01", "1101ZD0100000448756M"};

/// A correction in a case that was another, or part of one, when somebody was told.
class CorrectionElsewhere : public Correction {
 protected:
  void say(const std::string& relation, const std::string& urn, const support::Accused* who = nullptr) {
    auto out = support::message("J-" + relation, "case.identifiers_changed", "cps.test", "2026-03-02T08:00:00Z");
    out.mutable_case_()->add_related()->set_urn(urn);
    out.mutable_case_()->mutable_related(0)->mutable_relation()->set_code(relation);
    if (who) *out.mutable_case_()->add_defendants()->mutable_asn() = support::number("asn", who->asn);
    rig.admitTogether({out}, "prosecutor");
    rig.deliver();
    EXPECT_EQ(rig.store().message("J-" + relation).value()->state, MessageState::Done);
  }
  std::vector<std::string> toldNow() {
    rig.deliver();
    std::vector<std::string> out;
    for (const std::string one : {"first", "number-only", "second", "third"})
      for (const auto& sent : rig.sender.sent(one))
        if (sent.body.find("corrections") != std::string::npos) out.push_back(one);
    return out;
  }
  static canonical::CanonicalMessage ofTwo(const std::string& id, const std::string& type, const std::string& at,
                                           const std::string& born) {
    auto out = support::message(id, type, "niche.test", at);
    out.mutable_case_()->mutable_force()->set_code("52");
    support::addOffence(support::addDefendant(out, support::kAda), "TH68026", "2026-02-01", 1)
        .add_victim_ids("new-301");
    support::addOffence(support::addDefendant(out, kCy), "TH68010", "2026-02-02", 2).add_victim_ids("new-302");
    int number = 0;
    for (const auto& who : {support::person("Cora", "Lisle", "1999-01-05"), support::person("Dora", "Finch", born)})
      *support::addParty(out, who, "victim").add_identifiers() =
          support::number("records_person", "V" + std::to_string(++number), "RMS-A");
    return out;
  }
  const std::vector<std::string> three_{"first", "second", "third"};
};

TEST_F(CorrectionElsewhere, FollowsWhoWasToldUnderANumberThatIsJoinedNow) {
  const std::string lead = "01ZD0303926", member = "01ZD0303927";
  auto of_lead = again("C0", "2026-03-01T08:00:00Z");
  of_lead.urn = lead;
  rig.receive("records", caseFile(of_lead));
  CaseText of_member;
  of_member.urn = member;
  rig.receive("records", caseFile(of_member));
  rig.deliver();
  ASSERT_EQ(rig.sender.sent().size(), 4U) << "only the second case was told of";
  say("merge", member);
  // Whichever number the correction comes under.
  rig.receive("records", born(again("C2", "2026-03-03T09:00:00Z"), "1998-01-05"));
  EXPECT_EQ(toldNow(), three_);
  EXPECT_TRUE(rig.holds().empty());
  // And once: what they hold now is right.
  rig.receive("records", born(again("C3", "2026-03-04T09:00:00Z"), "1998-01-05"));
  EXPECT_EQ(toldNow(), three_);
}

TEST_F(CorrectionElsewhere, FollowsWhoWasToldBeforeThePersonWentToAPart) {
  rig.admitTogether({ofTwo("C1", "case.registered", "2026-03-01T09:00:00Z", "1988-04-04")}, "records");
  rig.deliver();
  say("split", "01ZD0303927", &kCy);
  auto corrected = ofTwo("C2", "case.updated", "2026-03-03T09:00:00Z", "1989-04-04");
  rig.admitTogether({corrected}, "records");
  EXPECT_EQ(toldNow(), three_);
  EXPECT_TRUE(rig.holds().empty());
}

TEST_F(CorrectionElsewhere, TakesNobodyForSomebodyElseOfTheCaseThatWasLeft) {
  rig.admitTogether({ofTwo("C1", "case.registered", "2026-03-01T09:00:00Z", "1988-04-04")}, "records");
  rig.deliver();
  const auto id = caseId();
  const auto lines = *rig.store().disclosuresOf(id);
  const std::vector<CorrectedField> fields{{{"p-9", "person.born_on"}, {"1988-04-04"}, {"1989-04-04"}}};
  const auto open = [this](const DisclosureRow& line) {
    return rig.vault().open(line.case_id, registerContext(line), line.sealed);
  };
  const auto noticesOf = [&](std::map<std::string, std::string> elements) {
    return Corrections(rig.vault(), {{"here", {}, std::nullopt}, {id, lines, std::move(elements)}})
        .noticesOf(fields, open);
  };
  EXPECT_EQ(noticesOf({{"p-1", "p-3"}, {"p-2", "p-9"}}).size(), 3U);
  EXPECT_FALSE(noticesOf({{"p-1", "p-3"}, {"p-2", "p-9"}}).front().unclear);
  EXPECT_TRUE(noticesOf({{"p-1", "p-3"}, {"p-2", std::string(kSomebodyElse)}}).empty());
  // Nobody can say who it was, and the value is the wrong one: only that is for a person.
  ASSERT_EQ(noticesOf({{"p-1", "p-3"}}).size(), 3U);
  EXPECT_TRUE(noticesOf({{"p-1", "p-3"}}).front().unclear);
  EXPECT_TRUE(noticesOf({{"p-2", "p-3"}}).empty());
}

}  // namespace
}  // namespace causeway::pipeline
