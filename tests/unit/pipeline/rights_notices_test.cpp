#include "host/pipeline/rights_notices.hpp"

#include "host/base/text.hpp"
#include "host/pipeline/restrictions.hpp"
#include "tests/unit/pipeline/correction_scene.hpp"

namespace causeway::pipeline {
namespace {

std::string written(const std::string& type) {
  return "mapping: test." + type + "\nversion: \"1\"\nwrites: json\nmessage: " + type +
         "\nsource: invented for tests\nfields:\n  - { from: $delivery.id, to: noticeId }\n"
         "  - { from: case.urn, to: case }\n  - { value: " +
         type + ", to: what }\n";
}

/// As the scene of corrections; `first` and `second` can be told of restrictions and erasures, `third` of neither.
Scene reachable() {
  auto out = services();
  for (const auto type : {kRestrictedNotice, kResumedNotice, kErasureNotice}) {
    out.mappings.push_back(written(std::string(type)));
    for (const std::string id : {"first", "second"}) {
      auto& partner = out.partner(id);
      partner.writes.push_back("test." + std::string(type));
      partner.agreement.types.emplace_back(type);
      auto one = grant(id, std::string(type), "case.urn, case.parties.id");
      one.replace(one.find("{ id: "), 6, "{ id: on-" + std::string(type) + "-");
      out.protection += one;
    }
  }
  return out;
}

class RightsNotices : public Correction {
 protected:
  void SetUp() override {
    rig.restart(reachable());
    start();
  }
  Ruling by(const std::string& why = "asked for in writing") { return {caseId(), "dpo.12", why, "uid:1000"}; }
  std::string today() { return formatDate(toLondon(rig.clock.now()).date); }
  /// Recipients of what was sent with this word in it, in order.
  std::vector<std::string> toldOf(std::string_view type) {
    rig.deliver();
    std::vector<std::string> out;
    for (const auto& one : rig.sender.sent())
      if (one.body.find("\"" + std::string(type) + "\"") != std::string::npos) out.push_back(one.endpoint);
    std::ranges::sort(out);
    return out;
  }
  std::vector<std::string> byHand() {
    std::vector<std::string> out;
    for (const auto& hold : rig.holds())
      for (const auto& row : rig.deliveriesOfMessage(hold.message_id))
        if (hold.reason_code == "tell_by_hand" && row.delivery_id == hold.delivery_id) out.push_back(row.recipient);
    std::ranges::sort(out);
    return out;
  }
  const std::vector<std::string> both_{"first", "second"};
};

TEST_F(RightsNotices, NothingIsLiftedBeforeTheSubjectWasTold) {
  ASSERT_TRUE(rig.rulings().restrict(by(), {"p-1", "accuracy", {}}));
  const auto lifted = [&](const std::string& day) {
    return rig.rulings().restrict(by(), {"p-1", "lifted:accuracy", day});
  };
  EXPECT_EQ(lifted("").error().kind, ErrorKind::Refused);
  EXPECT_EQ(lifted("soon").error().kind, ErrorKind::Refused);
  EXPECT_EQ(lifted("2099-01-01").error().kind, ErrorKind::Invalid);
  EXPECT_EQ(lifted("2020-01-01").error().kind, ErrorKind::Invalid) << "before it was restricted";
  EXPECT_EQ(restrictionsNow(*rig.store().decisionsAbout(kRestriction, caseId())).size(), 1U);
  ASSERT_TRUE(lifted(today()));
  EXPECT_NE(rig.audited("restriction").back().find(today()), std::string::npos);
}

TEST_F(RightsNotices, OfSomebodyElseNobodyHears) {
  ASSERT_TRUE(rig.rulings().restrict(by(), {"p-2", "accuracy", {}}));
  EXPECT_TRUE(toldOf(kRestrictedNotice).empty());
  EXPECT_TRUE(rig.holds().empty());
}

TEST_F(RightsNotices, ARestrictionReachesEverybodyWhoWasToldOfThePersonAndNobodyElse) {
  ASSERT_TRUE(rig.rulings().restrict(by(), {"p-1", "accuracy", {}}));
  EXPECT_EQ(toldOf(kRestrictedNotice), both_) << "though nothing else about them may go";
  EXPECT_EQ(byHand(), std::vector<std::string>{"third"})
      << "no message to it can say so, and 'number-only' was told of no person";
  EXPECT_TRUE(rig.ledger().balances());
  ASSERT_TRUE(rig.rulings().restrict(by(), {"p-1", "evidence", {}}));
  EXPECT_EQ(toldOf(kRestrictedNotice).size(), 2U) << "a second ground changes nothing for them";
  ASSERT_TRUE(rig.rulings().restrict(by(), {"p-1", "lifted:accuracy", today()}));
  EXPECT_TRUE(toldOf(kResumedNotice).empty()) << "the other ground still holds";
  ASSERT_TRUE(rig.rulings().restrict(by(), {"p-1", "lifted:evidence", today()}));
  EXPECT_EQ(toldOf(kResumedNotice), both_);
}

TEST_F(RightsNotices, OfTheWholeCaseReachesThoseToldOfTheCaseAlone) {
  ASSERT_TRUE(rig.rulings().restrict(by(), {{}, "accuracy", {}}));
  EXPECT_EQ(toldOf(kRestrictedNotice), both_);
  EXPECT_EQ(byHand(), (std::vector<std::string>{"number-only", "third"}));
}

TEST_F(RightsNotices, AreFollowedUntilTheyAreConfirmed) {
  ASSERT_TRUE(rig.rulings().restrict(by(), {"p-1", "accuracy", {}}));
  rig.deliver();
  Watched watch(rig);
  rig.clock.advance(std::chrono::hours(2));
  EXPECT_EQ(watch.escalate().value(), 2);
}

TEST_F(RightsNotices, AnErasedPersonIsToBeErasedByWhoeverWasTold) {
  ASSERT_TRUE(rig.rulings().erasePerson(by(), "p-1"));
  EXPECT_EQ(toldOf(kErasureNotice), both_);
  EXPECT_EQ(byHand(), std::vector<std::string>{"third"});
}

TEST_F(RightsNotices, AnErasedCaseStillKnowsWhomItTold) {
  const auto case_id = caseId();
  ASSERT_TRUE(rig.rulings().erase(by("retention has ended")));
  EXPECT_EQ(toldOf(kErasureNotice), both_) << "the key of the case is gone, and they are told";
  EXPECT_EQ(byHand(), (std::vector<std::string>{"number-only", "third"}));
  const auto told = rig.store().decisionsAbout(kErasureTold, case_id).value();
  ASSERT_EQ(told.size(), 1U);
  std::vector<std::string> recipients;
  const auto lines = rig.store().disclosuresOf(told[0].code).value();
  for (const auto& line : lines) recipients.push_back(line.recipient);
  std::ranges::sort(recipients);
  EXPECT_EQ(recipients, both_);
  EXPECT_FALSE(rig.vault().open(case_id, "snapshot", rig.store().findCase(case_id).value()->snapshot_sealed));
  for (const char* text : {"Lisle", "1999-01-05"}) EXPECT_FALSE(rig.onDisk(text)) << text;
  // Again: what came since goes, and nobody is told a second time.
  ASSERT_TRUE(rig.rulings().erase(by("retention has ended")));
  EXPECT_EQ(toldOf(kErasureNotice), both_);
  // The case of the notices goes without notices of its own.
  ASSERT_TRUE(rig.rulings().erase({told[0].code, "dpo.12", "retention has ended", "uid:1000"}));
  EXPECT_EQ(toldOf(kErasureNotice), both_);
  EXPECT_TRUE(byHand().empty());
  EXPECT_TRUE(rig.ledger().balances());
}

TEST_F(RightsNotices, TheyConfirmAfterTheErasureAndTheCaseStaysErased) {
  const auto case_id = caseId();
  ASSERT_TRUE(rig.rulings().erase(by("retention has ended")));
  rig.deliver();
  const auto notices = rig.store().decisionsAbout(kErasureTold, case_id).value().at(0).code;
  const auto lines = rig.store().disclosuresOf(notices).value();
  ASSERT_EQ(lines.size(), 2U);
  const auto said = rig.receive(lines[0].recipient, R"({"eventId":"E1","noticeId":")" + lines[0].delivery_id +
                                                        R"(","occurredAt":"2026-06-02T10:00:00Z"})");
  EXPECT_EQ(said.outcome, "accepted");
  EXPECT_TRUE(rig.store().disclosuresOf(notices).value().at(0).confirmed_at);
  // Whoever names the case by its number again is held, as after any erasure: the notices joined nothing.
  const auto late = rig.receive("records", caseFile(again("C9", "2026-03-05T09:00:00Z")));
  EXPECT_EQ(rig.stateOf(late), "held");
}

}  // namespace
}  // namespace causeway::pipeline
