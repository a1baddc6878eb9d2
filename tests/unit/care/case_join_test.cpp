#include "host/care/case_join.hpp"

#include "tests/unit/care/steps.hpp"

namespace causeway::care {
namespace {

using namespace steps;

/// A case of another number, with its own people.
CanonicalMessage otherCase() {
  auto out = message("m-other", "case.registered", "niche.case/1", "2026-03-02T09:00:00Z");
  out.mutable_case_()->set_urn("01ZD0303927");
  addOffence(addDefendant(out, kBen), "TH68010", "2026-02-02", 1);
  addParty(out, person("Dora", "Finch", "1988-04-04"), "victim");
  return out;
}

std::string refusal(const canonical::Case& lead, const canonical::Case& other) {
  const auto why = refusesJoin(lead, other);
  return why ? why->code : "";
}

TEST(CaseJoin, IsRefusedForOneNumberWithTwoNames) {
  auto lead = registered(), other = otherCase();
  for (auto* one : {&lead, &other})
    *one->mutable_case_()->mutable_parties(0)->add_identifiers() = number("records_person", "P1", "RMS-A");
  EXPECT_EQ(refusal(lead.case_(), other.case_()), "join_identity");
}

TEST(CaseJoin, IsRefusedForTheAccusedWhoIsAVictimInTheOther) {
  auto other = otherCase();
  *other.mutable_case_()->mutable_parties(0)->mutable_person() = person("Ada", "Marsh");
  EXPECT_EQ(refusal(registered().case_(), other.case_()), "join_both_sides");
  EXPECT_EQ(refusal(other.case_(), registered().case_()), "join_both_sides");
  // Somebody of the same name who was born on another day is somebody else.
  other.mutable_case_()->mutable_parties(0)->mutable_person()->set_born_on("2001-01-01");
  EXPECT_EQ(refusal(registered().case_(), other.case_()), "");
}

TEST(CaseJoin, IsRefusedWhenOneIsOverOrOthersMaySeeIt) {
  auto other = otherCase().case_();
  EXPECT_EQ(refusal(registered().case_(), other), "");
  other.set_finalised_on("2026-03-03");
  EXPECT_EQ(refusal(registered().case_(), other), "join_finished");
  other.add_restricted_to("4321");
  EXPECT_EQ(refusal(registered().case_(), other), "join_restricted");
  auto lead = registered().case_();
  lead.add_restricted_to("4321");
  EXPECT_EQ(refusal(lead, otherCase().case_()), "join_restricted");
}

TEST(CaseJoin, FindsEverybodyOfOneCaseInTheOtherWhateverCameFirst) {
  const auto lead = fold({registered()}).record, other = fold({otherCase()}).record;
  // A court message before the one that names the people would find nobody.
  auto court = message("m-court", "hearing.resulted", "courts.spi-result/1", "2026-03-01T09:00:00Z");
  court.mutable_case_()->set_urn("01ZD0303927");
  addResult(addOffence(addDefendant(court, kBen), "TH68010", "2026-02-02", 1), "4004", "Adjourned", "2026-03-01");
  const auto joined = addSilently(lead, {asOfLead(lead.case_(), court), asOfLead(lead.case_(), otherCase())});
  ASSERT_TRUE(joined) << joined.error().text();
  EXPECT_EQ(joined->case_().urn(), "01ZD0303926");
  EXPECT_EQ(joined->case_().parties_size(), 2);
  const auto elements = sameElements(other, *joined);
  for (const auto& [mine, theirs] : {std::pair(other.case_().parties(0).id(), joined->case_().parties(1).id()),
                                     std::pair(other.case_().defendants(0).id(), joined->case_().defendants(1).id())})
    EXPECT_EQ(elements.at(mine), theirs);
}

TEST(CaseJoin, KeepsWhatWasFoundAndNeverLowers) {
  auto lead = fold({registered()}).record, other = fold({otherCase()}).record;
  auto joined = addSilently(lead, {asOfLead(lead.case_(), otherCase())}).value();
  const auto elements = sameElements(other, joined);
  auto& victim = *other.mutable_case_()->mutable_parties(0);
  victim.mutable_enhanced()->set_entitled(true);
  victim.mutable_enhanced()->add_grounds()->set_code("serious_crime");
  victim.mutable_enhanced()->add_reasons()->set_criterion("young");
  auto& eligibility = *victim.add_eligibilities();
  eligibility.mutable_scheme()->set_code("vcs");
  eligibility.set_defendant_id(other.case_().defendants(0).id());
  eligibility.set_referral_id("ref-1");
  other.mutable_case_()->set_evidential_hold(true);
  takeFindings(other, elements, joined);
  takeFindings(other, elements, joined);
  const auto& taken = joined.case_().parties(1);
  EXPECT_TRUE(taken.enhanced().entitled());
  EXPECT_EQ(taken.enhanced().grounds_size(), 1);
  EXPECT_EQ(taken.enhanced().reasons_size(), 1);
  ASSERT_EQ(taken.eligibilities_size(), 1);
  EXPECT_EQ(taken.eligibilities(0).defendant_id(), joined.case_().defendants(1).id());
  EXPECT_EQ(taken.eligibilities(0).referral_id(), "ref-1");
  EXPECT_TRUE(joined.case_().evidential_hold());
  EXPECT_FALSE(joined.case_().parties(0).enhanced().entitled());
}

TEST(CaseJoin, SpeaksOfItsOwnNumbersWhateverTheMessageNames) {
  auto lead = registered().case_();
  *lead.add_identifiers() = number("occurrence", "700");
  auto said = otherCase();
  for (const auto* value : {"700", "701"}) *said.mutable_case_()->add_identifiers() = number("occurrence", value);
  *said.mutable_case_()->add_identifiers() = number("noms", "A1234BC");
  const auto renamed = asOfLead(lead, said);
  EXPECT_EQ(renamed.case_().urn(), "01ZD0303926");
  ASSERT_EQ(renamed.case_().identifiers_size(), 2);
  EXPECT_EQ(renamed.case_().identifiers(0).value(), "700");
  lead.clear_identifiers();
  EXPECT_EQ(asOfLead(lead, said).case_().identifiers_size(), 3);
}

TEST(CaseJoin, KnowsAPartFromAWhole) {
  auto lead = registered().case_();
  auto& related = *lead.add_related();
  related.set_urn("01ZD0303927");
  related.mutable_relation()->set_code("split");
  EXPECT_TRUE(wasSplitOff(lead, "01ZD0303927"));
  EXPECT_FALSE(wasSplitOff(lead, "01ZD0303928"));
  EXPECT_FALSE(hasJoined(lead));
  related.mutable_relation()->set_code("merge");
  EXPECT_FALSE(wasSplitOff(lead, "01ZD0303927"));
  EXPECT_TRUE(hasJoined(lead));
}

TEST(CaseJoin, IsSaidByNoOtherKindOfMessage) {
  auto said = otherCase();
  auto& related = *said.mutable_case_()->add_related();
  related.set_urn("01ZD0303928");
  related.mutable_relation()->set_code("merge");
  EXPECT_TRUE(joinedUrns(said).empty());
  said.set_type("case.identifiers_changed");
  *said.mutable_case_()->add_related() = related;
  said.mutable_case_()->add_related()->set_urn("01ZD0303927");
  said.mutable_case_()->mutable_related(2)->mutable_relation()->set_code("merge");
  EXPECT_EQ(joinedUrns(said), std::vector<std::string>{"01ZD0303928"});
}

}  // namespace
}  // namespace causeway::care
