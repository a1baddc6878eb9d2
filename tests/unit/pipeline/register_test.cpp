#include "host/pipeline/told_fields.hpp"
#include "tests/unit/pipeline/rig_support.hpp"

namespace causeway::pipeline {
namespace {

class Register : public Pipeline {
 protected:
  std::vector<DisclosureRow> lines(const std::string& case_id) { return *rig.store().disclosuresOf(case_id); }
  ToldFields fieldsOf(const DisclosureRow& line) {
    const auto text = rig.vault().open(line.case_id, registerContext(line), line.sealed);
    EXPECT_TRUE(text);
    return *readToldFields(*text);
  }
  std::string print(const std::string& case_id, const FieldOfElement& field, const std::string& value) {
    return fingerprintOf(rig.vault(), case_id, field, value);
  }
};

TEST_F(Register, SendsNothingThatItCannotRecord) {
  rig.disk().setFaultHook([](auto operation, auto) {
    return operation == store::GuardedVfs::Operation::Write ? store::GuardedVfs::Fault::NoSpace
                                                            : store::GuardedVfs::Fault::None;
  });
  rig.receive("records", caseFile({}));
  rig.deliver();
  EXPECT_TRUE(rig.sender.sent().empty());
  rig.disk().setFaultHook({});
}

TEST_F(Register, HasNoLineOfWhatWasHeld) {
  const auto whole = registered({.consent = "refused"});
  rig.receive("courts", resultFile({}));
  rig.deliver();
  for (const auto& line : lines(caseIdOf(whole))) EXPECT_NE(line.recipient, "adviser");
}

TEST_F(Register, IsNotReadableFromBrokenText) {
  EXPECT_FALSE(readToldFields("no tab"));
  EXPECT_FALSE(readToldFields("p-1\tperson.born_on 12zz"));
  EXPECT_FALSE(readToldFields("p-1\tperson.born_on 1234"));
}

TEST_F(Register, SaysWhoWasToldWhatOfWhomOnWhichBasis) {
  const auto whole = registered();
  const auto case_id = caseIdOf(whole);
  rig.receive("courts", resultFile({}));
  rig.deliver();
  const auto all = lines(case_id);
  ASSERT_EQ(all.size(), 3U);
  const auto& records = *std::ranges::find(all, "records", &DisclosureRow::recipient);
  EXPECT_EQ(records.policy, "records-outcome@1");
  EXPECT_EQ(records.basis, "invented for tests");
  EXPECT_EQ(records.purpose, "victim_care");
  EXPECT_TRUE(records.consents.empty());
  EXPECT_EQ(records.source, "courts");
  EXPECT_EQ(records.as_of, "2026-04-01T12:00:00Z");
  EXPECT_EQ(records.people, (std::vector<std::string>{"d-1", "p-1"}));
  const auto told = fieldsOf(records);
  const FieldOfElement family{"p-1", "person.names.family"};
  ASSERT_TRUE(told.contains(family)) << "the number of the person stands there though it was not granted";
  EXPECT_EQ(told.at(family), (std::set<std::string>{print(case_id, family, "Lisle")}));
  EXPECT_NE(told.at(family), (std::set<std::string>{print(case_id, family, "Other")}));
  EXPECT_FALSE(told.contains({"p-1", "person.born_on"})) << "it was not granted";
  const auto& adviser = *std::ranges::find(all, "adviser", &DisclosureRow::recipient);
  EXPECT_EQ(adviser.consents, (std::vector<std::string>{"p-1:victim_support"}));
}

TEST_F(Register, HasALineForEachAttempt) {
  rig.sender.answer(FakeSender::withStatus(503));
  const auto whole = registered();
  rig.passTime(std::chrono::minutes(2));
  rig.sender.answer(FakeSender::withStatus(200));
  rig.passTime(std::chrono::minutes(20));
  const auto all = lines(caseIdOf(whole));
  ASSERT_GE(all.size(), 2U);
  EXPECT_EQ(all.size(), rig.sender.sent("prosecutor").size());
  EXPECT_EQ(rig.audited("disclosure").size(), all.size());
  for (size_t i = 0; i < all.size(); ++i) EXPECT_EQ(all[i].attempt, static_cast<int>(i + 1));
}

TEST_F(Register, HoldsNoValueAndCannotBeReadOnceTheCaseIsErased) {
  const auto whole = registered();
  rig.receive("courts", resultFile({}));
  rig.deliver();
  const auto case_id = caseIdOf(whole);
  for (const auto& line : lines(case_id)) {
    const auto text = *rig.vault().open(line.case_id, registerContext(line), line.sealed);
    for (const char* value : {"Lisle", "Cora", "01ZD0303926", "4004"})
      EXPECT_EQ(text.find(value), std::string::npos) << value;
  }
  ASSERT_TRUE(rig.rulings().erase({case_id, "dpo.12", "retention has ended", "uid:1000"}));
  const auto left = lines(case_id);
  EXPECT_EQ(left.size(), 3U) << "who was told, when and for what stays";
  for (const auto& line : left) EXPECT_FALSE(rig.vault().open(line.case_id, registerContext(line), line.sealed));
}

}  // namespace
}  // namespace causeway::pipeline
