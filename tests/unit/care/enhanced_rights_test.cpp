#include "host/care/enhanced_rights.hpp"

#include "host/config/yaml.hpp"
#include "tests/support/want.hpp"
#include "tests/unit/care/steps.hpp"

namespace causeway::care {
namespace {

using namespace steps;
const std::string kSource = CAUSEWAY_SOURCE_DIR;

constexpr std::string_view kData = R"(
offence_lists:
  - { list: grave, source: invented, listed: ["ZZ01*"], in_doubt: ["ZZ02*"] }
enhanced_rights:
  - { criterion: young, version: 1, ground: vulnerable_or_intimidated, source: invented, valid_from: 2021-04-01, under_age: 18 }
  - { criterion: grave, version: 1, ground: serious_crime, source: invented, valid_from: 2021-04-01, valid_to: 2026-08-31, offences: grave }
  - { criterion: grave, version: 2, ground: serious_crime, source: invented, valid_from: 2026-09-01, offences: grave, person: { "vulnerable[]": { exists: true } } }
  - { criterion: marked, version: 1, ground: persistently_targeted, source: invented, valid_from: 2021-04-01, case: { "markers[]": stalking } }
  - { criterion: mourning, version: 1, ground: bereaved, source: invented, valid_from: 2021-04-01, person: { "roles[].role": bereaved_relative } }
  - { criterion: risk, version: 1, ground: vulnerable_or_intimidated, source: invented, valid_from: 2021-04-01, person: { "risks[].grade": high }, finding: ask }
)";

EnhancedRights loaded(const std::string& text, Problems& problems) {
  auto node = config::parseYaml(text, "enhanced-rights.yaml", problems);
  EXPECT_TRUE(node);
  return node ? EnhancedRights::load({*node}, problems) : EnhancedRights();
}

const EnhancedRights& rights() {
  static const EnhancedRights data = [] {
    Problems problems;
    auto out = loaded(std::string(kData), problems);
    EXPECT_EQ(problems.text(), "");
    return out;
  }();
  return data;
}

/// A victim born on this day, of an offence of another.
Folded caseOf(std::string_view born, std::string_view offence = "ZZ09001", std::string_view on = "2026-06-01") {
  Folded out;
  auto& whole = *out.record.mutable_case_();
  auto& victim = *whole.add_parties();
  victim.set_id("p-1");
  victim.add_roles()->mutable_role()->set_code("victim");
  victim.mutable_person();
  if (!born.empty()) victim.mutable_person()->set_born_on(std::string(born));
  auto& charged = *whole.add_defendants()->add_offences();
  charged.mutable_code()->set_code(std::string(offence));
  charged.set_starts_on(std::string(on));
  return out;
}

canonical::Party& victim(Folded& folded) { return *folded.record.mutable_case_()->mutable_parties(0); }
canonical::Offence& offence(Folded& folded) {
  return *folded.record.mutable_case_()->mutable_defendants(0)->mutable_offences(0);
}

void addSecondVictim(Folded& folded) {
  auto& other = *folded.record.mutable_case_()->add_parties();
  other.set_id("p-2");
  other.mutable_person();
  other.add_roles()->mutable_role()->set_code("victim");
}

void assess(Folded& folded, std::string_view at) {
  folded.events.clear();
  rights().assess({folded, parseInstant(at).value()});
}

/// "young@1 holds, risk@1 in_doubt"
std::string reasonsOf(const canonical::Party& party) {
  std::string out;
  for (const auto& one : party.enhanced().reasons()) out += (out.empty() ? "" : ", ") + one.rule() + " " + one.state();
  return out;
}

std::string found(Folded folded, std::string_view at = "2026-06-02T09:00:00Z") {
  assess(folded, at);
  return reasonsOf(victim(folded));
}

std::string eventsOf(const Folded& folded) {
  std::string out;
  for (const auto& one : folded.events) {
    out += (out.empty() ? "" : " ") + one.type;
    for (const auto& id : one.about) out += ":" + id;
  }
  return out;
}

void say(Folded& folded, std::string_view family, std::string_view value, std::string_view at) {
  auto& said = *folded.record.add_said();
  said.set_family(std::string(family));
  said.set_asserted_at(std::string(at));
  auto& fact = *folded.record.add_facts();
  fact.set_element("p-1");
  fact.set_field("enhanced.entitled");
  fact.set_value(std::string(value));
  fact.set_said(folded.record.said_size() - 1);
  victim(folded).mutable_enhanced()->set_entitled(value == "true");
}

TEST(EnhancedRights, ReportEveryMistakeWhereItStands) {
  const auto text = support::fileText(kSource + "/tests/unit/care/bad/enhanced-rights.yaml");
  Problems problems;
  loaded(text, problems);
  EXPECT_TRUE(support::reportsWhatIsWanted(text, problems));
}

TEST(EnhancedRights, OfTheShippedFileAreWholeAndDated) {
  Problems problems;
  const auto node = config::loadYaml(kSource + "/config/eligibility/enhanced-rights.yaml", problems);
  ASSERT_TRUE(node);
  const auto shipped = EnhancedRights::load({*node}, problems);
  EXPECT_EQ(problems.text(), "");
  EXPECT_GT(shipped.criteria().size(), 10U);
}

TEST(EnhancedRights, FindNothingForAWitnessOrAnOrganisation) {
  auto folded = caseOf("2015-01-01", "ZZ01001");
  victim(folded).mutable_roles(0)->mutable_role()->set_code("witness");
  EXPECT_EQ(found(folded), "");
  victim(folded).mutable_roles(0)->mutable_role()->set_code("victim");
  victim(folded).clear_person();
  victim(folded).mutable_organisation()->set_name("Quayside Stores");
  EXPECT_EQ(found(folded), "");
}

TEST(EnhancedRights, FindNothingByAgeWithoutADateOfBirth) { EXPECT_EQ(found(caseOf("")), ""); }

// Born on 2 July 2008: 17 years and 364 days on 1 July 2026 until midnight in London, which is 23:00 UTC in summer.
TEST(EnhancedRights, EndBeingYoungAtMidnightInLondonInSummer) {
  const auto later = caseOf("2008-07-02", "ZZ09001", "");
  EXPECT_EQ(found(later, "2026-07-01T22:59:59Z"), "young@1 holds");
  EXPECT_EQ(found(later, "2026-07-01T23:00:00Z"), "");
}

TEST(EnhancedRights, HoldForWhoeverWasYoungAtTheOffence) {
  EXPECT_EQ(found(caseOf("2008-05-31", "ZZ09001", "2026-05-30")), "young@1 holds");
  EXPECT_EQ(found(caseOf("2008-05-31", "ZZ09001", "2026-05-31")), "");
}

TEST(EnhancedRights, AreInDoubtWhenTheOffenceMayHaveBeenAfterTheBirthday) {
  auto folded = caseOf("2008-05-20", "ZZ09001", "2026-05-10");
  offence(folded).set_ends_on("2026-05-19");
  EXPECT_EQ(found(folded), "young@1 holds");
  offence(folded).set_ends_on("2026-05-20");
  EXPECT_EQ(found(folded), "young@1 in_doubt");
}

TEST(EnhancedRights, TakeTheFirstOfMarchForABirthdayThatIsNotInTheYear) {
  EXPECT_EQ(found(caseOf("2008-02-29", "ZZ09001", ""), "2026-02-28T12:00:00Z"), "young@1 holds");
  EXPECT_EQ(found(caseOf("2008-02-29", "ZZ09001", ""), "2026-03-01T00:00:00Z"), "");
}

TEST(EnhancedRights, FollowTheOffenceListAndItsDoubts) {
  EXPECT_EQ(found(caseOf("", "ZZ01001")), "grave@1 holds");
  EXPECT_EQ(found(caseOf("", "ZZ02001")), "grave@1 in_doubt");
  EXPECT_EQ(found(caseOf("", "ZZ03001")), "");
}

TEST(EnhancedRights, AreInDoubtWhereItIsNotKnownWhomTheOffenceOrTheMarkerConcerns) {
  auto folded = caseOf("", "ZZ01001");
  folded.record.mutable_case_()->add_markers()->set_code("stalking");
  EXPECT_EQ(found(folded), "grave@1 holds, marked@1 holds");
  addSecondVictim(folded);
  EXPECT_EQ(found(folded), "grave@1 in_doubt, marked@1 in_doubt");
  offence(folded).add_victim_ids("p-1");
  assess(folded, "2026-06-02T09:00:00Z");
  EXPECT_EQ(reasonsOf(victim(folded)), "grave@1 holds, marked@1 in_doubt");
  EXPECT_EQ(reasonsOf(folded.record.case_().parties(1)), "marked@1 in_doubt");
  EXPECT_EQ(eventsOf(folded), "entitlement.raised:p-1 entitlement.unclear:p-2");
}

TEST(EnhancedRights, FollowTheLawOfTheLondonDay) {
  EXPECT_EQ(found(caseOf("", "ZZ01001"), "2021-03-31T22:59:59Z"), "");
  EXPECT_EQ(found(caseOf("", "ZZ01001"), "2021-03-31T23:00:00Z"), "grave@1 holds");
  EXPECT_EQ(found(caseOf("", "ZZ01001"), "2026-08-31T22:59:59Z"), "grave@1 holds");
  EXPECT_EQ(found(caseOf("", "ZZ01001"), "2026-08-31T23:00:00Z"), "");
}

TEST(EnhancedRights, RaiseOnceWithTheGroundAndTheRule) {
  auto folded = caseOf("", "ZZ01001");
  assess(folded, "2026-06-02T09:00:00Z");
  EXPECT_EQ(eventsOf(folded), "entitlement.raised:p-1");
  EXPECT_TRUE(victim(folded).enhanced().entitled());
  EXPECT_EQ(victim(folded).enhanced().grounds(0).code(), "serious_crime");
  EXPECT_EQ(victim(folded).enhanced().decided_by(), "rule:grave@1");
  EXPECT_EQ(victim(folded).enhanced().decided_at(), "2026-06-02T09:00:00Z");
  assess(folded, "2026-06-03T09:00:00Z");
  EXPECT_EQ(eventsOf(folded), "");
  EXPECT_EQ(victim(folded).enhanced().grounds_size(), 1);
}

TEST(EnhancedRights, AreNotLoweredWhenTheCriterionHoldsNoMoreAndAPersonLooks) {
  auto folded = caseOf("2008-07-02", "ZZ09001", "");
  assess(folded, "2026-07-01T12:00:00Z");
  assess(folded, "2026-07-02T12:00:00Z");
  EXPECT_EQ(reasonsOf(victim(folded)), "young@1 no_longer");
  EXPECT_EQ(victim(folded).enhanced().reasons(0).until(), "2026-07-02T12:00:00Z");
  EXPECT_EQ(eventsOf(folded), "entitlement.lapsed:p-1");
  EXPECT_TRUE(victim(folded).enhanced().entitled());
  assess(folded, "2026-07-03T12:00:00Z");
  EXPECT_EQ(eventsOf(folded), "");
}

TEST(EnhancedRights, AreNotLoweredByASystemThatSaysOtherwise) {
  auto folded = caseOf("", "ZZ01001");
  assess(folded, "2026-06-02T09:00:00Z");
  say(folded, "niche", "false", "2026-06-03T09:00:00Z");
  assess(folded, "2026-06-03T09:00:00Z");
  EXPECT_TRUE(victim(folded).enhanced().entitled());
  EXPECT_EQ(eventsOf(folded), "");
}

TEST(EnhancedRights, AreLoweredByAPersonUntilSomethingNewIsFound) {
  auto folded = caseOf("", "ZZ01001");
  assess(folded, "2026-06-02T09:00:00Z");
  say(folded, "console", "false", "2026-06-03T09:00:00Z");
  assess(folded, "2026-06-04T09:00:00Z");
  EXPECT_EQ(reasonsOf(victim(folded)), "grave@1 overruled");
  EXPECT_FALSE(victim(folded).enhanced().entitled());
  folded.record.mutable_case_()->add_markers()->set_code("stalking");
  assess(folded, "2026-06-05T09:00:00Z");
  EXPECT_TRUE(victim(folded).enhanced().entitled());
  EXPECT_EQ(victim(folded).enhanced().decided_by(), "rule:marked@1");
}

TEST(EnhancedRights, OnlyKeepTheReasonWhereASourceSaysTheSame) {
  auto folded = caseOf("", "ZZ01001");
  say(folded, "niche", "true", "2026-06-01T09:00:00Z");
  victim(folded).mutable_enhanced()->set_decided_by("PC 4411");
  assess(folded, "2026-06-02T09:00:00Z");
  EXPECT_EQ(reasonsOf(victim(folded)), "grave@1 holds");
  EXPECT_EQ(victim(folded).enhanced().decided_by(), "PC 4411");
  EXPECT_EQ(eventsOf(folded), "");
}

TEST(EnhancedRights, AreNotRaisedAnewInACaseWhoseRecordsSaySo) {
  auto said = registered();
  said.mutable_case_()->mutable_parties(0)->mutable_person()->set_born_on("2015-01-05");
  said.mutable_case_()->mutable_parties(0)->mutable_enhanced()->set_entitled(true);
  auto folded = fold({said});
  assess(folded, "2026-06-02T09:00:00Z");
  EXPECT_EQ(reasonsOf(victim(folded)), "young@1 holds");
  EXPECT_EQ(eventsOf(folded), "");
  EXPECT_FALSE(victim(folded).enhanced().has_decided_by());
}

TEST(EnhancedRights, AskAPersonOnceAndStopWhenTheDoubtIsGone) {
  auto folded = caseOf("");
  victim(folded).add_risks()->mutable_grade()->set_code("high");
  assess(folded, "2026-06-02T09:00:00Z");
  EXPECT_EQ(reasonsOf(victim(folded)), "risk@1 in_doubt");
  EXPECT_EQ(eventsOf(folded), "entitlement.unclear:p-1");
  EXPECT_FALSE(victim(folded).enhanced().entitled());
  assess(folded, "2026-06-03T09:00:00Z");
  EXPECT_EQ(eventsOf(folded), "");
  victim(folded).clear_risks();
  assess(folded, "2026-06-04T09:00:00Z");
  EXPECT_EQ(reasonsOf(victim(folded)), "");
}

TEST(EnhancedRights, HoldForABereavedRelative) {
  auto folded = caseOf("");
  victim(folded).mutable_roles(0)->mutable_role()->set_code("bereaved_relative");
  EXPECT_EQ(found(folded), "mourning@1 holds");
}

}  // namespace
}  // namespace causeway::care
