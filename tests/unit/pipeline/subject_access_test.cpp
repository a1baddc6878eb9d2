#include "host/pipeline/subject_access.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace causeway::pipeline {
namespace {

canonical::Party& addPerson(canonical::CaseRecord& record, const char* id, const char* given, const char* family) {
  auto& party = *record.mutable_case_()->add_parties();
  party.set_id(id);
  party.add_roles()->mutable_role()->set_code("witness");
  auto& name = *party.mutable_person()->add_names();
  name.add_given(given);
  name.set_family(family);
  return party;
}

/// What comes of a text in her own part of the case.
std::string told(const std::string& text) {
  canonical::CaseRecord record;
  auto& her = addPerson(record, "p-1", "Marisol", "Tregenna");
  her.mutable_engagement()->mutable_reason()->set_text(text);
  auto& other = addPerson(record, "p-2", "Bronwen", "Harcastle");
  other.add_addresses()->add_lines("12 Larkspur Row");
  auto& accused = *record.mutable_case_()->add_defendants();
  accused.set_id("d-1");
  auto& name = *accused.mutable_person()->add_names();
  name.add_given("Corin");
  name.set_family("Pascoe");
  const auto pack = subjectAccess(record, "p-1", protection::NameLore());
  const auto held = [&](const auto& item) { return item.value == text; };
  const auto withheld = [](const auto& item) { return item.field.find("engagement.reason") != std::string::npos; };
  if (std::ranges::any_of(pack.held, held)) return "held";
  return std::ranges::any_of(pack.withheld, withheld) ? "withheld" : "lost";
}

TEST(SubjectAccessText, ThatFindsSomebodyElseHoweverWrittenIsWithheld) {
  for (const char* text : {"She is afraid of Bronwen Harcastle.", "She spoke to bronwen harcastel about it.",
                           "HARCASTLE, B. told her not to come", "Her friend at 12 Larkspur Row advised her.",
                           "She was threatened by Corin Pascoe.", "She had calls from 07700 900 456 at night."})
    EXPECT_EQ(told(text), "withheld") << text;
}

TEST(SubjectAccessText, ThatSpeaksOfHerAloneIsHers) {
  for (const char* text : {"She does not want to come because she is ill.", "Marisol Tregenna would rather not come."})
    EXPECT_EQ(told(text), "held") << text;
}

}  // namespace
}  // namespace causeway::pipeline
