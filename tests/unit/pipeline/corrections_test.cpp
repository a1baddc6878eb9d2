#include "tests/unit/pipeline/correction_scene.hpp"

namespace causeway::pipeline {
namespace {

TEST(CorrectedFields, ANameThatSaysLessCorrectsNothing) {
  canonical::Case before, after;
  before.add_parties()->set_id("p-1");
  *before.mutable_parties(0)->mutable_person() = support::person("Cora", "Marsh");
  before.mutable_parties(0)->mutable_person()->mutable_names(0)->add_given("Anne");
  after.add_parties()->set_id("p-1");
  *after.mutable_parties(0)->mutable_person() = support::person("Cora", "Marsh");
  EXPECT_TRUE(correctedFields(before, after).empty());
  after.mutable_parties(0)->mutable_person()->mutable_names(0)->set_family("March");
  ASSERT_EQ(correctedFields(before, after).size(), 1U);
  EXPECT_EQ(correctedFields(before, after)[0].field.second, "person.names.family");
  EXPECT_EQ(correctedFields(before, after)[0].was, std::set<std::string>{"Marsh"});
}

TEST(CorrectedFields, NothingIsCorrectedWhileSourcesDisagreeAndEverythingWhenTheyAgree) {
  canonical::Case before, disputed, settled;
  before.add_defendants()->set_id("d-1");
  *before.mutable_defendants(0)->mutable_person() = support::person("Ada", "Marsh", "1990-02-03");
  disputed = before;
  disputed.mutable_defendants(0)->mutable_person()->set_born_on("1990-03-02");
  auto& one = *disputed.add_discrepancies();
  one.set_id("dis-1");
  one.set_entity_id("d-1");
  one.set_field("person.born_on");
  one.set_state("open");
  one.add_readings()->set_value("1990-02-03");
  one.add_readings()->set_value("1990-03-02");
  EXPECT_TRUE(correctedFields(before, disputed).empty());
  settled = before;
  *settled.add_discrepancies() = disputed.discrepancies(0);
  settled.mutable_discrepancies(0)->set_state("corrected");
  settled.mutable_discrepancies(0)->clear_readings();
  const auto wrong = correctedFields(disputed, settled);
  ASSERT_EQ(wrong.size(), 1U);
  EXPECT_EQ(wrong[0].was, std::set<std::string>{"1990-03-02"});
  EXPECT_EQ(wrong[0].is, std::vector<std::string>{"1990-02-03"});
}

TEST_F(Correction, TellsNobodyWhenNothingWasWrong) {
  start();
  const auto same = rig.receive("records", caseFile(again("C2", "2026-03-02T09:00:00Z")));
  EXPECT_EQ(same.outcome, "accepted");
  EXPECT_TRUE(notices(same).empty());
}

TEST_F(Correction, TellsNobodyWhoWasToldOfSomebodyElse) {
  const std::vector<CorrectedField> fields{{{"p-2", "person.born_on"}, {"1999-01-05"}, {"1998-01-05"}}};
  start();
  const Corrections corrections(rig.vault(), {{caseId(), *rig.store().disclosuresOf(caseId()), std::nullopt}});
  const auto open = [this](const DisclosureRow& line) {
    return rig.vault().open(line.case_id, registerContext(line), line.sealed);
  };
  EXPECT_TRUE(corrections.noticesOf(fields, open).empty());
}

TEST_F(Correction, FollowsTheThreeWhoHadTheWrongDateOfBirthAndNobodyElse) {
  start();
  const auto corrected = rig.receive("records", born(again("C2", "2026-03-02T09:00:00Z"), "1998-01-05"));
  ASSERT_EQ(corrected.outcome, "accepted");
  std::vector<std::string> told;
  for (const auto& row : notices(corrected)) {
    told.push_back(row.recipient);
    EXPECT_EQ(row.due_at, row.created_at) << "without delay";
    EXPECT_EQ(row.state, DeliveryState::Queued) << row.reason;
  }
  EXPECT_EQ(told, (std::vector<std::string>{"first", "second", "third"}));
  rig.deliver();
  for (const auto& recipient : told) {
    const auto sent = rig.sender.sent(recipient);
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_NE(sent[1].body.find(R"("field":"parties.person.born_on","value":"1998-01-05")"), std::string::npos)
        << sent[1].body;
    EXPECT_EQ(sent[1].body.find("Lisle"), std::string::npos);
  }
  EXPECT_EQ(rig.sender.sent("number-only").size(), 1U);
  const auto once_more = rig.receive("records", born(again("C3", "2026-03-03T09:00:00Z"), "1998-01-05"));
  EXPECT_TRUE(notices(once_more).empty()) << "the same again is no correction";
}

TEST_F(Correction, IsFollowedUntilTheRecipientConfirmsIt) {
  start();
  const auto corrected = rig.receive("records", born(again("C2", "2026-03-02T09:00:00Z"), "1998-01-05"));
  rig.deliver();
  const auto sent = notices(corrected);
  ASSERT_EQ(sent.size(), 3U);
  const auto said = [&](const std::string& by, const std::string& id) {
    return rig.receive(by, R"({"eventId":")" + id + R"(","noticeId":")" + sent[0].delivery_id +
                               R"(","occurredAt":"2026-03-02T10:00:00Z"})");
  };
  said("second", "E1");
  const auto confirmed = [&] {
    const auto lines = *rig.store().disclosuresOf(caseId());
    for (const auto& line : lines)
      if (line.delivery_id == sent[0].delivery_id) return line.confirmed_at.has_value();
    return false;
  };
  EXPECT_FALSE(confirmed()) << "another cannot say so for it";
  EXPECT_EQ(said("first", "E2").outcome, "accepted");
  EXPECT_TRUE(confirmed());
}

TEST_F(Correction, ThatNobodyConfirmsIsAPersonsTaskAfterItsTime) {
  start();
  const auto corrected = rig.receive("records", born(again("C2", "2026-03-02T09:00:00Z"), "1998-01-05"));
  rig.deliver();
  const auto sent = notices(corrected);
  ASSERT_EQ(sent.size(), 3U);
  Watched watch(rig);
  rig.clock.advance(std::chrono::minutes(59));
  EXPECT_EQ(watch.escalate().value(), 0);
  rig.receive("second",
              R"({"eventId":"E1","noticeId":")" + sent[1].delivery_id + R"(","occurredAt":"2026-06-02T09:30:00Z"})");
  rig.clock.advance(std::chrono::minutes(1));
  EXPECT_EQ(watch.escalate().value(), 2) << "the second has said so";
  ASSERT_EQ(rig.holds().size(), 2U);
  for (const auto& hold : rig.holds()) EXPECT_EQ(hold.reason_code, "correction_unconfirmed");
  EXPECT_EQ(rig.audited("escalation").size(), 2U);
  EXPECT_EQ(watch.escalate().value(), 0) << "once";
  EXPECT_TRUE(rig.rulings().close({rig.holds()[0].hold_id, "4711", "they have done it", "uid:1000"}));
  EXPECT_EQ(rig.holds().size(), 1U);
  EXPECT_TRUE(rig.ledger().balances());
}

TEST_F(Correction, ThatARecipientCannotConfirmIsNotAskedAfter) {
  auto scene = services();
  for (const char* id : {"first", "second", "third"}) scene.partner(id).may_send.clear();
  rig.restart(std::move(scene));
  start();
  rig.receive("records", born(again("C2", "2026-03-02T09:00:00Z"), "1998-01-05"));
  rig.deliver();
  Watched watch(rig);
  rig.clock.advance(std::chrono::hours(2));
  EXPECT_EQ(watch.escalate().value(), 0);
  EXPECT_TRUE(rig.holds().empty());
}

TEST_F(Correction, IsHeldForAPersonWhereTheRecipientCannotBeSentOne) {
  auto scene = services();
  scene.partner("second").writes = {"test.told"};
  rig.restart(std::move(scene));
  start();
  const auto corrected = rig.receive("records", born(again("C2", "2026-03-02T09:00:00Z"), "1998-01-05"));
  const auto rows = notices(corrected);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[1].state, DeliveryState::Held);
  EXPECT_EQ(rows[1].reason, "no_mapping");
  EXPECT_EQ(rig.holds().size(), 1U);
}

}  // namespace
}  // namespace causeway::pipeline
