#include "host/care/case_split.hpp"

#include "tests/unit/care/steps.hpp"

namespace causeway::care {
namespace {

using namespace steps;

using Ids = std::set<std::string>;
constexpr Accused kPerran{"Perran", "Lugg", "1979-09-21", "1101ZD0100000448757N"};
const std::string kPart = "01ZD0303999";

/// Ada and Perran, each with a victim of their own (p-1, p-2) and the officer (p-3), and one hearing of both to come.
CanonicalMessage ofTwo() {
  auto out = message("m-two", "case.registered", "niche.case/1", "2026-03-01T09:00:00Z");
  addOffence(addDefendant(out, kAda), "TH68026", "2026-02-01", 1);
  addOffence(addDefendant(out, kPerran), "TH68010", "2026-02-02", 2);
  addParty(out, person("Cora", "Lisle", "1999-01-05"), "victim").set_id("new-p1");
  addParty(out, person("Hedra", "Pengelly", "1988-04-04"), "victim").set_id("new-p2");
  addParty(out, person("Sam", "Okoro"), "officer_in_case").mutable_officer()->set_collar("4321");
  for (const int i : {0, 1})
    out.mutable_case_()->mutable_defendants(i)->mutable_offences(0)->add_victim_ids("new-p" + std::to_string(i + 1));
  return out;
}

CanonicalMessage remandOf(std::string_view id, const std::vector<Accused>& whose, std::string_view next) {
  auto out = message(id, "hearing.resulted", "courts.spi-result/1", "2026-03-10T12:00:00Z");
  addHearing(out, "2026-03-10T10:00");
  int sequence = 0;
  for (const auto& who : whose) {
    auto& defendant = addDefendant(out, who);
    *defendant.mutable_bail()->mutable_status() = code("conditional_bail");
    const bool ada = who.family == kAda.family;
    auto& one = addOffence(defendant, ada ? "TH68026" : "TH68010", ada ? "2026-02-01" : "2026-02-02", ++sequence);
    setNext(addResult(one, "4027", "Remanded", "2026-03-10"), next);
  }
  return out;
}

CanonicalMessage splitting(const Accused& who) {
  auto out = message("m-split", "case.identifiers_changed", "cps.cp10/1", "2026-04-01T09:00:00Z");
  auto& related = *out.mutable_case_()->add_related();
  related.set_urn(kPart);
  related.mutable_relation()->set_code("split");
  *out.mutable_case_()->add_defendants()->mutable_asn() = number("asn", who.asn);
  return out;
}

std::string whyNot(const CaseRecord& record, const CanonicalMessage& message) {
  const auto divided = divide(record, message);
  return divided.unclear ? divided.unclear->code : "";
}

Ids ofBoth(const Division& division, const Ids& side) {
  Ids out = side;
  out.insert(division.both.begin(), division.both.end());
  return out;
}

TEST(CaseSplit, IsSaidOnlyByANoticeThatNamesThePartAndWhoGoes) {
  auto said = splitting(kPerran);
  EXPECT_EQ(partedUrn(said), kPart);
  auto other = said;
  other.mutable_case_()->add_related()->set_urn("01ZD0303998");
  other.mutable_case_()->mutable_related(1)->mutable_relation()->set_code("split");
  EXPECT_EQ(partedUrn(other), "");
  other = said;
  other.mutable_case_()->clear_defendants();
  EXPECT_EQ(partedUrn(other), "");
  other = said;
  other.mutable_case_()->mutable_related(0)->set_urn(said.case_().urn());
  EXPECT_EQ(partedUrn(other), "");
  other = said;
  other.set_type("case.updated");
  EXPECT_EQ(partedUrn(other), "");
}

TEST(CaseSplit, MovesNobodyWhoIsNotKnownByANumberBeyondDoubt) {
  const auto record = fold({ofTwo()}).record;
  EXPECT_EQ(whyNot(record, splitting(kBen)), "split_unclear");
  auto said = splitting(kPerran);
  auto& who = *said.mutable_case_()->mutable_defendants(0);
  EXPECT_EQ(whyNot(record, said), "");
  // The right number with another's name or birthday.
  *who.mutable_person() = person("Perran", "Keast", "1979-09-21");
  EXPECT_EQ(whyNot(record, said), "split_unclear");
  *who.mutable_person() = person("Perran", "Lugg", "1980-09-21");
  EXPECT_EQ(whyNot(record, said), "split_unclear");
  // A name alone, however well it fits, and a doubtful number.
  *who.mutable_person() = person("Perran", "Lugg", "1979-09-21");
  EXPECT_EQ(whyNot(record, said), "");
  who.mutable_asn()->set_grade("warn");
  EXPECT_EQ(whyNot(record, said), "split_unclear");
  who.clear_asn();
  EXPECT_EQ(whyNot(record, said), "split_unclear");
}

TEST(CaseSplit, MovesNobodyWhoseNumbersMeanTwo) {
  auto whole = ofTwo();
  *whole.mutable_case_()->mutable_defendants(0)->mutable_pnc_id() = number("pnc", "2020/0000001A");
  auto said = splitting(kPerran);
  *said.mutable_case_()->mutable_defendants(0)->mutable_pnc_id() = number("pnc", "2020/0000001A");
  EXPECT_EQ(whyNot(fold({whole}).record, said), "split_unclear");
}

TEST(CaseSplit, MovesADefendantWithEveryOffenceOrNot) {
  auto whole = ofTwo();
  addOffence(*whole.mutable_case_()->mutable_defendants(1), "CD71039", "2026-02-02", 3).add_victim_ids("new-p2");
  const auto record = fold({whole}).record;
  auto said = splitting(kPerran);
  auto& who = *said.mutable_case_()->mutable_defendants(0);
  addOffence(who, "TH68010", "2026-02-02", 1);
  EXPECT_EQ(whyNot(record, said), "split_offences");
  addOffence(who, "CD71039", "2026-02-02", 2);
  EXPECT_EQ(whyNot(record, said), "");
  addOffence(who, "PH97003", "2026-02-02", 3);
  EXPECT_EQ(whyNot(record, said), "split_offences");
}

TEST(CaseSplit, MovesNobodyWhoseOffencesAreNotKnown) {
  auto whole = ofTwo();
  whole.mutable_case_()->mutable_defendants(1)->clear_offences();
  EXPECT_EQ(whyNot(fold({whole}).record, splitting(kPerran)), "split_offences");
}

TEST(CaseSplit, LeavesNoCaseWithoutDefendants) {
  auto said = splitting(kPerran);
  *said.mutable_case_()->add_defendants()->mutable_asn() = number("asn", kAda.asn);
  EXPECT_EQ(whyNot(fold({ofTwo()}).record, said), "split_everybody");
}

TEST(CaseSplit, MovesNobodyWhileItIsNotKnownWhereAWitnessBelongs) {
  auto whole = ofTwo();
  auto& witness = addParty(whole, person("Merryn", "Tangye", "1970-01-01"), "witness");
  EXPECT_EQ(whyNot(fold({whole}).record, splitting(kPerran)), "split_people");
  witness.set_id("new-p9");
  whole.mutable_case_()->mutable_defendants(1)->mutable_offences(0)->add_victim_ids("new-p9");
  EXPECT_EQ(whyNot(fold({whole}).record, splitting(kPerran)), "");
}

TEST(CaseSplit, TellsWhoGoesWhoStaysAndWhoIsOfBoth) {
  auto whole = ofTwo();
  auto& mother = addParty(whole, person("Elowen", "Pengelly", "1960-01-01"), "supporter");
  mother.mutable_supporter()->add_supports("new-p2");
  auto& shared = addParty(whole, person("Merryn", "Tangye", "1970-01-01"), "victim");
  shared.set_id("new-p9");
  for (const int i : {0, 1})
    whole.mutable_case_()->mutable_defendants(i)->mutable_offences(0)->add_victim_ids("new-p9");
  const auto divided = divide(fold({whole}).record, splitting(kPerran));
  ASSERT_FALSE(divided.unclear) << divided.unclear->text;
  EXPECT_EQ(divided.division.going, (Ids{"d-2", "p-2", "p-4"}));
  EXPECT_EQ(divided.division.staying, (Ids{"d-1", "p-1"}));
  EXPECT_EQ(divided.division.both, (Ids{"p-3", "p-5"}));
}

TEST(CaseSplit, PutsWhoeverBailProtectsIntoBoth) {
  auto whole = ofTwo();
  auto& condition = *whole.mutable_case_()->mutable_defendants(1)->mutable_bail()->add_conditions();
  *whole.mutable_case_()->mutable_defendants(1)->mutable_bail()->mutable_status() = code("conditional_bail");
  condition.add_protects("new-p1");
  const auto divided = divide(fold({whole}).record, splitting(kPerran));
  ASSERT_FALSE(divided.unclear);
  EXPECT_TRUE(divided.division.both.contains("p-1"));
}

TEST(CaseSplit, LeavesEachSideWithItsOwnUnderTheSameNumbers) {
  auto record = fold({ofTwo(), remandOf("m-1", {kPerran, kAda}, "2026-06-02T10:00")}).record;
  const auto hearings = record.case_().hearings_size();
  const auto division = divide(record, splitting(kPerran)).division;
  for (const auto& [leaving, defendant, victim] :
       {std::tuple(division.going, "d-1", "p-1"), std::tuple(division.staying, "d-2", "p-2")}) {
    const auto side = withoutThem(record, leaving);
    ASSERT_EQ(side.case_().defendants_size(), 1);
    EXPECT_EQ(side.case_().defendants(0).id(), defendant);
    EXPECT_EQ(side.case_().defendants(0).offences(0).results_size(), 1);
    EXPECT_EQ(side.case_().parties_size(), 2);
    EXPECT_EQ(side.case_().parties(0).id(), victim);
    // What people were told of has the number that they were told of.
    ASSERT_EQ(side.case_().hearings_size(), hearings);
    for (int i = 0; i < hearings; ++i) {
      EXPECT_EQ(side.case_().hearings(i).id(), record.case_().hearings(i).id());
      EXPECT_EQ(side.case_().hearings(i).defendant_ids_size(), 1);
    }
    for (const auto& fact : side.facts()) EXPECT_FALSE(leaving.contains(fact.element())) << fact.field();
    EXPECT_EQ(side.said_size(), record.said_size());
  }
}

TEST(CaseSplit, TellsNothingAgainWhenAMessageComesLater) {
  const auto record = fold({ofTwo(), remandOf("m-1", {kAda, kPerran}, "2026-06-02T10:00")}).record;
  const auto division = divide(record, splitting(kPerran)).division;
  auto again = remandOf("m-2", {kPerran}, "2026-06-02T10:00");
  const auto same = apply(withoutThem(record, division.staying), again);
  ASSERT_TRUE(same) << same.error().text();
  EXPECT_EQ(count(*same, "hearing.listed"), 0);
  EXPECT_EQ(count(*same, "bail.changed"), 0);
  // A move of the one is none of the other.
  const auto moved = apply(withoutThem(record, division.going), remandOf("m-3", {kAda}, "2026-06-09T10:00"));
  ASSERT_TRUE(moved) << moved.error().text();
  EXPECT_EQ(count(*moved, "hearing.listed"), 1);
}

TEST(CaseSplit, GivesNoNumberASecondTime) {
  const auto record = fold({ofTwo()}).record;
  const auto rest = withoutThem(record, divide(record, splitting(kPerran)).division.going);
  auto more = message("m-more", "case.updated", "niche.case/1", "2026-04-02T09:00:00Z");
  addDefendant(more, kBen);
  const auto out = apply(rest, more);
  ASSERT_TRUE(out) << out.error().text();
  EXPECT_FALSE(
      std::ranges::any_of(out->record.case_().defendants(), [](const auto& one) { return one.id() == "d-2"; }));
}

TEST(CaseSplit, TakesOutWhatIsAboutThoseWhoGoAloneAndSentencesThatNameThem) {
  auto whole = ofTwo();
  auto& log = *whole.mutable_case_()->add_log_entries();
  log.set_id("L1");
  log.add_about("new-p2");
  auto& of_two = *whole.mutable_case_()->add_log_entries();
  of_two.set_id("L2");
  of_two.add_about("new-p1");
  of_two.add_about("new-p2");
  *of_two.mutable_text() = text("Both were rung, Hedra Pengelly twice.");
  const auto record = fold({whole}).record;
  const auto rest = withoutThem(record, divide(record, splitting(kPerran)).division.going).case_();
  ASSERT_EQ(rest.log_entries_size(), 1);
  EXPECT_EQ(rest.log_entries(0).id(), "L2");
  EXPECT_EQ(rest.log_entries(0).text().text(), "");
  EXPECT_EQ(rest.log_entries(0).about_size(), 1);
}

TEST(CaseSplit, KeepsOnlyTheNumbersByWhichItsOwnPeopleAnswer) {
  auto whole = ofTwo();
  *whole.mutable_case_()->add_identifiers() = number("occurrence", "700");
  auto& referral = *whole.mutable_case_()->mutable_parties(1)->add_referrals();
  referral.set_id("ref-1");
  const auto record = fold({whole}).record;
  const auto division = divide(record, splitting(kPerran)).division;
  const auto has = [](const canonical::CaseRecord& one, std::string_view value) {
    return std::ranges::any_of(one.case_().identifiers(), [&](const auto& number) { return number.value() == value; });
  };
  const auto rest = withoutThem(record, division.going), part = withoutThem(record, division.staying);
  EXPECT_FALSE(has(rest, "ref-1"));
  EXPECT_TRUE(has(part, "ref-1"));
  EXPECT_TRUE(has(rest, "700"));
  EXPECT_TRUE(has(part, "700"));
}

TEST(CaseSplit, DividesAMessageLikeTheCase) {
  const auto record = fold({ofTwo()}).record;
  const auto division = divide(record, splitting(kPerran)).division;
  EXPECT_EQ(mentionedIn(ofTwo(), record).ids, (Ids{"d-1", "d-2", "p-1", "p-2", "p-3"}));
  for (const auto& leaving : {division.going, division.staying}) {
    auto expected = mentionedIn(ofTwo(), record).ids;
    for (const auto& id : leaving) expected.erase(id);
    const auto rest = withoutThem(ofTwo(), record, leaving);
    EXPECT_EQ(mentionedIn(rest, record).ids, expected);
    // Nothing in it leads to those who left.
    const auto side = fold({rest}).record.case_();
    EXPECT_EQ(side.defendants_size(), 1);
    EXPECT_EQ(side.defendants(0).offences(0).victim_ids_size(), 1);
  }
  const auto court = remandOf("m-1", {kAda, kPerran}, "2026-06-02T10:00");
  EXPECT_EQ(withoutThem(court, record, division.going).case_().defendants(0).person().names(0).family(), "Marsh");
  EXPECT_EQ(withoutThem(court, record, ofBoth(division, division.going)).case_().hearings_size(), 1);
  EXPECT_EQ(withoutThem(court, record, {"d-1", "d-2"}).case_().hearings_size(), 0);
}

TEST(CaseSplit, KnowsThatAMessageSpeaksOfSomebodyElse) {
  const auto record = fold({ofTwo()}).record;
  auto other = message("m-x", "party.updated", "niche.case/1", "2026-04-02T09:00:00Z");
  EXPECT_FALSE(mentionedIn(other, record).any_unknown);
  addParty(other, person("Tamsin", "Roskilly", "1977-07-07"), "witness");
  EXPECT_TRUE(mentionedIn(other, record).any_unknown);
}

}  // namespace
}  // namespace causeway::care
