#include "host/care/without_person.hpp"

#include <gtest/gtest.h>

namespace causeway::care {
namespace {

canonical::CaseRecord twoVictims() {
  canonical::CaseRecord out;
  auto& whole = *out.mutable_case_();
  whole.set_urn("01ZD0303926");
  auto& cora = *whole.add_parties();
  cora.set_id("p-1");
  cora.mutable_person()->add_names()->set_family("Lisle");
  cora.mutable_person()->mutable_names(0)->add_given("Cora");
  cora.mutable_person()->set_born_on("1999-01-05");
  cora.add_contact_points()->set_value("07700900123");
  auto& dov = *whole.add_parties();
  dov.set_id("p-2");
  dov.mutable_person()->add_names()->set_family("Penrose");
  dov.add_relationships()->set_to_id("p-1");
  whole.mutable_summary()->set_text("Taken from Ms LISLE's bag.");
  whole.add_tasks()->add_about("p-1");
  auto& kept = *whole.add_tasks();
  kept.set_id("t-2");
  kept.add_about("p-2");
  auto& offence = *whole.add_defendants()->add_offences();
  offence.set_id("o-1");
  offence.add_victim_ids("p-1");
  offence.add_victim_ids("p-2");
  out.add_said()->set_message_id("m-1");
  out.add_said()->set_message_id("m-2");
  const auto fact = [&](const char* element, const char* field, const char* value, int said) {
    auto& one = *out.add_facts();
    one.set_element(element);
    one.set_field(field);
    one.set_value(value);
    one.set_said(said);
  };
  fact("p-1", "person.born_on", "1999-01-05", 0);
  fact("p-2", "person.born_on", "1980-02-03", 1);
  fact("", "summary", "Taken from Ms LISLE's bag.", 1);
  return out;
}

TEST(WithoutPerson, TakesNothingOfAStranger) {
  auto record = twoVictims();
  const auto before = record.SerializeAsString();
  EXPECT_FALSE(takeOut(record, "p-9").found);
  EXPECT_EQ(record.SerializeAsString(), before);
}

TEST(WithoutPerson, LeavesNoValueAndNoReferenceOfThePerson) {
  auto record = twoVictims();
  const auto out = takeOut(record, "p-1");
  EXPECT_TRUE(out.found);
  EXPECT_EQ(out.messages, (std::set<std::string>{"m-1"}));
  const auto bytes = record.SerializeAsString();
  for (const char* canary : {"Lisle", "LISLE", "Cora", "1999-01-05", "07700900123", "p-1"})
    EXPECT_EQ(bytes.find(canary), std::string::npos) << canary;
}

TEST(WithoutPerson, KeepsWhatIsOfOthers) {
  auto record = twoVictims();
  takeOut(record, "p-1");
  const auto& whole = record.case_();
  ASSERT_EQ(whole.parties_size(), 1);
  EXPECT_EQ(whole.parties(0).person().names(0).family(), "Penrose");
  EXPECT_EQ(whole.parties(0).relationships_size(), 0);
  ASSERT_EQ(whole.tasks_size(), 1);
  EXPECT_EQ(whole.tasks(0).id(), "t-2");
  ASSERT_EQ(whole.defendants(0).offences(0).victim_ids_size(), 1);
  EXPECT_EQ(whole.defendants(0).offences(0).victim_ids(0), "p-2");
  ASSERT_EQ(record.facts_size(), 1);
  EXPECT_EQ(record.facts(0).element(), "p-2");
}

TEST(WithoutPerson, FindsNamesAsWordsOnly) {
  const std::set<std::string> values{"lisle", "07700900123"};
  EXPECT_TRUE(speaksOf("Mrs Lisle's car", values));
  EXPECT_TRUE(speaksOf("07700900123", values));
  EXPECT_FALSE(speaksOf("Carlisle Crown Court", values));
}

}  // namespace
}  // namespace causeway::care
