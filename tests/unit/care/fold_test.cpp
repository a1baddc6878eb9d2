#include "tests/unit/care/steps.hpp"

namespace causeway::care {
namespace {

using namespace steps;

TEST(CaseFold, KeepsAPleaWhenALaterMessageHasNone) {
  auto guilty = result({"m-1", "2026-04-01T12:00:00Z"}), none = result({"m-2", "2026-05-01T12:00:00Z"});
  *offenceOf(guilty).mutable_plea() = code("guilty");
  *offenceOf(none).mutable_plea() = code("none");
  EXPECT_EQ(offenceOf(fold({registered(), guilty, none})).plea().code(), "guilty");
}

TEST(CaseFold, BelievesTheCourtInWhatTheCourtDecides) {
  auto court = result({"m-1", "2026-04-01T12:00:00Z"}),
       prosecutor = result({"m-2", "2026-05-01T12:00:00Z"}, "cps.wcu/1");
  *offenceOf(court).mutable_verdict() = code("guilty");
  *offenceOf(prosecutor).mutable_verdict() = code("not_guilty");
  const auto folded = fold({registered(), court, prosecutor});
  EXPECT_EQ(offenceOf(folded).verdict().code(), "guilty");
  const auto facts = provenance(folded.record);
  const auto lost = std::find_if(facts.begin(), facts.end(), [](const auto& one) {
    return one.field() == "verdict" && one.value() == "not_guilty";
  });
  ASSERT_NE(lost, facts.end());
  EXPECT_EQ(lost->state(), "competing");
  EXPECT_EQ(lost->family(), "cps");
}

TEST(CaseFold, BelievesTheRecordsInHowAVictimIsReached) {
  auto later = message("m-2", "case.updated", "courts.spi-new-case/1", "2026-05-01T12:00:00Z");
  auto& party = addParty(later, person("Cora", "Lisle", "1999-01-05"), "victim");
  party.mutable_person()->set_occupation("of the court");
  auto first = registered();
  first.mutable_case_()->mutable_parties(0)->mutable_person()->set_occupation("of the records");
  EXPECT_EQ(fold({first, later}).record.case_().parties(0).person().occupation(), "of the records");
}

TEST(CaseFold, MarksWhatTheSameSourceHasReplacedAsSuperseded) {
  auto first = result({"m-1", "2026-04-01T12:00:00Z"}), second = result({"m-2", "2026-05-01T12:00:00Z"});
  *offenceOf(first).mutable_plea() = code("not_guilty");
  *offenceOf(second).mutable_plea() = code("guilty");
  const auto folded = fold({second, first});
  for (const auto& fact : provenance(folded.record)) {
    if (fact.field() == "plea") {
      EXPECT_EQ(fact.state(), fact.value() == "guilty" ? "current" : "superseded");
    }
  }
}

TEST(CaseFold, NeverLowersEnhancedRightsNorUnsafeContact) {
  auto high = registered(), low = message("m-2", "case.updated", "niche.case/1", "2026-05-01T12:00:00Z");
  auto& raised = *high.mutable_case_()->mutable_parties(0);
  auto& lowered = addParty(low, person("Cora", "Lisle", "1999-01-05"), "victim");
  raised.mutable_enhanced()->set_entitled(true);
  lowered.mutable_enhanced()->set_entitled(false);
  for (auto* party : {&raised, &lowered}) {
    auto& phone = *party->add_contact_points();
    *phone.mutable_channel() = code("phone");
    phone.set_value("07700900123");
    phone.mutable_safe()->set_state(party == &raised ? "unsafe" : "safe");
  }
  const auto folded = fold({high, low});
  const auto& party = folded.record.case_().parties(0);
  EXPECT_TRUE(party.enhanced().entitled());
  ASSERT_EQ(party.contact_points_size(), 1);
  EXPECT_EQ(party.contact_points(0).safe().state(), "unsafe");
  auto person_says = low;
  person_says.set_message_id("m-3");
  person_says.set_format("console.decision/1");
  person_says.set_source_system("urn:invented:console");
  person_says.set_asserted_at("2026-05-02T12:00:00Z");
  const auto decided = apply(folded.record, person_says);
  ASSERT_TRUE(decided);
  EXPECT_FALSE(decided->record.case_().parties(0).enhanced().entitled());
  EXPECT_EQ(decided->record.case_().parties(0).contact_points(0).safe().state(), "safe");
}

TEST(CaseFold, AsksAPersonAboutBailP) {
  auto doubtful = result({"m-1", "2026-04-01T12:00:00Z"});
  *bailOf(doubtful).mutable_status() = code("undetermined_p");
  EXPECT_TRUE(finds(fold({doubtful}), "bail_p"));
  EXPECT_FALSE(finds(fold({result({"m-1", "2026-04-01T12:00:00Z"})}), "bail_p"));
}

TEST(CaseFold, AsksAPersonAboutAnUnknownPlea) {
  auto odd = result({"m-1", "2026-04-01T12:00:00Z"});
  *offenceOf(odd).mutable_plea() = code("9");
  offenceOf(odd).mutable_plea()->set_unmapped(true);
  EXPECT_TRUE(finds(fold({odd}), "unknown_plea"));
}

TEST(CaseFold, DropsReferencesThatLeadNowhere) {
  auto message = registered();
  offenceOf(message).add_victim_ids("new-999");
  offenceOf(message).add_victim_ids(message.case_().parties(0).id());
  const auto folded = fold({message});
  ASSERT_EQ(offenceOf(folded).victim_ids_size(), 1);
  EXPECT_EQ(offenceOf(folded).victim_ids(0), "p-1");
}

TEST(CaseFold, WritesNoPersonalValueIntoTheNameOfAField) {
  auto message = registered();
  auto& phone = *message.mutable_case_()->mutable_parties(0)->add_contact_points();
  *phone.mutable_channel() = code("phone");
  phone.set_value("07700900123");
  const auto folded = fold({message});
  for (const auto& fact : folded.record.facts())
    for (const char* value : {"07700900123", "Lisle", "LISLE"}) EXPECT_EQ(fact.field().find(value), std::string::npos);
}

}  // namespace
}  // namespace causeway::care
