#include "host/care/reconciliation.hpp"

#include "host/config/yaml.hpp"
#include "tests/support/want.hpp"
#include "tests/unit/care/steps.hpp"

namespace causeway::care {
namespace {

using namespace steps;

const std::string kSource = CAUSEWAY_SOURCE_DIR;

const Reconciliation& shipped() {
  static const Reconciliation data = [] {
    Problems problems;
    const auto node = config::loadYaml(kSource + "/config/reconciliation/facts.yaml", problems);
    EXPECT_TRUE(node);
    auto out = Reconciliation::load({*node}, problems);
    EXPECT_EQ(problems.text(), "");
    return out;
  }();
  return data;
}

/// Folds one message after the other, comparing after each, as the host does.
Folded compared(const std::vector<CanonicalMessage>& messages) {
  Folded out;
  for (const auto& message : messages) {
    auto next = apply(out.record, message);
    EXPECT_TRUE(next) << (next ? "" : next.error().text());
    if (!next) break;
    out = *std::move(next);
    shipped().compare(out);
  }
  return out;
}

std::string codeOf(const canonical::Discrepancy& one) {
  return one.kind().code() + " " + one.entity_id() + " " + one.state();
}

std::vector<std::string> openIn(const Folded& folded) {
  std::vector<std::string> out;
  for (const auto& one : folded.record.case_().discrepancies()) out.push_back(codeOf(one));
  return out;
}
using Open = std::vector<std::string>;

CanonicalMessage said(std::string_view id, std::string_view format, std::string_view at) {
  auto out = message(id, "case.updated", format, at);
  addOffence(addDefendant(out, kAda), "TH68026", "2026-02-01", 1);
  return out;
}

CanonicalMessage plea(std::string_view id, std::string_view format, std::string_view at, std::string_view value) {
  auto out = said(id, format, at);
  offenceOf(out).mutable_plea()->set_code(std::string(value));
  return out;
}

CanonicalMessage born(std::string_view id, std::string_view at, std::string_view day) {
  auto out = said(id, "cps.case/1", at);
  out.mutable_case_()->mutable_defendants(0)->mutable_person()->set_born_on(std::string(day));
  return out;
}

TEST(Reconciliation, ReportsEveryMistakeWhereItStands) {
  const auto text = support::fileText(kSource + "/tests/unit/care/bad/reconciliation.yaml");
  Problems problems;
  auto node = config::parseYaml(text, "reconciliation.yaml", problems);
  ASSERT_TRUE(node);
  Reconciliation::load({*node}, problems);
  EXPECT_TRUE(support::reportsWhatIsWanted(text, problems));
}

TEST(Reconciliation, FindsNothingWhereEverybodyAgrees) {
  const auto folded = compared({registered(), said("m-2", "courts.x/1", "2026-06-02T09:00:00Z"),
                                said("m-3", "cps.x/1", "2026-06-03T09:00:00Z")});
  EXPECT_EQ(openIn(folded), Open{});
  EXPECT_EQ(count(folded, "discrepancy.found"), 0);
}

TEST(Reconciliation, TakesALaterWordOfTheCourtForNews) {
  const auto folded = compared({registered(), plea("m-2", "cps.x/1", "2026-06-01T09:00:00Z", "not_guilty"),
                                plea("m-3", "courts.x/1", "2026-06-02T09:00:00Z", "guilty")});
  EXPECT_EQ(openIn(folded), Open{});
}

TEST(Reconciliation, FindsAPleaThatIsStillSaidOtherwiseAfterTheCourt) {
  const auto folded = compared({registered(), plea("m-2", "courts.x/1", "2026-06-02T09:00:00Z", "guilty"),
                                plea("m-3", "cps.x/1", "2026-06-03T09:00:00Z", "not_guilty")});
  EXPECT_EQ(openIn(folded), Open{"plea o-1 open"});
  const auto& one = folded.record.case_().discrepancies(0);
  ASSERT_EQ(one.readings_size(), 2);
  EXPECT_EQ(one.readings(0).value() + " " + one.readings(0).at(), "guilty 2026-06-02T09:00:00Z");
  EXPECT_EQ(one.readings(1).value() + " " + one.readings(1).source(), "not_guilty urn:invented:cps");
  EXPECT_EQ(only(folded, "discrepancy.found").about, std::vector<std::string>{one.id()});
}

TEST(Reconciliation, KnowsWordsThatMeanTheSame) {
  const auto folded = compared({registered(), plea("m-2", "courts.x/1", "2026-06-02T09:00:00Z", "guilty"),
                                plea("m-3", "cps.x/1", "2026-06-03T09:00:00Z", "admits")});
  EXPECT_EQ(openIn(folded), Open{});
}

TEST(Reconciliation, TakesAValueThatSaysNothingForNone) {
  const auto folded = compared({registered(), plea("m-2", "courts.x/1", "2026-06-02T09:00:00Z", "none"),
                                plea("m-3", "cps.x/1", "2026-06-03T09:00:00Z", "guilty")});
  EXPECT_EQ(openIn(folded), Open{});
}

TEST(Reconciliation, SeesTheDayAndTheMonthChangedRound) {
  EXPECT_EQ(openIn(compared({registered(), born("m-2", "2026-06-03T09:00:00Z", "1990-03-02")})),
            Open{"defendant_born_transposed d-1 open"});
  EXPECT_EQ(openIn(compared({registered(), born("m-2", "2026-06-03T09:00:00Z", "1991-02-03")})),
            Open{"defendant_born_year d-1 open"});
  EXPECT_EQ(openIn(compared({registered(), born("m-2", "2026-06-03T09:00:00Z", "1991-05-06")})),
            Open{"defendant_born d-1 open"});
}

TEST(Reconciliation, SeesAnotherSpellingOfAName) {
  auto other = said("m-2", "cps.x/1", "2026-06-03T09:00:00Z");
  other.mutable_case_()->mutable_defendants(0)->mutable_person()->mutable_names(0)->set_family("Marsch");
  EXPECT_EQ(openIn(compared({registered(), other})), Open{"defendant_name_spelling d-1 open"});
}

TEST(Reconciliation, TakesInitialsAndLeftOutNamesForTheSame) {
  for (const char* given : {"Ada Jane", "A"}) {
    auto other = said("m-2", "cps.x/1", "2026-06-03T09:00:00Z");
    auto& name = *other.mutable_case_()->mutable_defendants(0)->mutable_person()->mutable_names(0);
    name.clear_given();
    name.add_given(given);
    EXPECT_EQ(openIn(compared({registered(), other})), Open{}) << given;
  }
}

TEST(Reconciliation, SeesGivenAndFamilyNameChangedRound) {
  auto other = said("m-2", "cps.x/1", "2026-06-03T09:00:00Z");
  auto& name = *other.mutable_case_()->mutable_defendants(0)->mutable_person()->mutable_names(0);
  name.set_given(0, "Marsh");
  name.set_family("Ada");
  EXPECT_EQ(openIn(compared({registered(), other})), Open{"defendant_name_swapped d-1 open"});
}

TEST(Reconciliation, ComparesOnlyTheStatusOfBail) {
  auto court = said("m-2", "courts.x/1", "2026-06-02T09:00:00Z"), cps = said("m-3", "cps.x/1", "2026-06-03T09:00:00Z");
  bailOf(court).mutable_status()->set_code("conditional");
  bailOf(court).add_conditions()->mutable_kind()->set_code("no_contact");
  bailOf(cps).mutable_status()->set_code("conditional");
  EXPECT_EQ(openIn(compared({registered(), court, cps})), Open{});
  bailOf(cps).mutable_status()->set_code("unconditional");
  EXPECT_EQ(openIn(compared({registered(), court, cps})), Open{"bail d-1 open"});
}

TEST(Reconciliation, SeesThatOneOfTwoTimesMayBeUtc) {
  auto court = said("m-2", "courts.x/1", "2026-06-02T09:00:00Z"), cps = said("m-3", "cps.x/1", "2026-06-03T09:00:00Z");
  addHearing(court, "2026-07-01T10:00");
  addHearing(cps, "2026-07-01T11:00");
  EXPECT_EQ(openIn(compared({registered(), court, cps})), Open{"hearing_hour h-1 open"});
}

TEST(Reconciliation, SeesTwoPlacesForOneHearing) {
  auto court = said("m-2", "courts.x/1", "2026-06-02T09:00:00Z"), cps = said("m-3", "cps.x/1", "2026-06-03T09:00:00Z");
  addHearing(court, "2026-07-01T10:00");
  addHearing(cps, "2026-07-01T10:00", "C01LV00");
  EXPECT_EQ(openIn(compared({registered(), court, cps})), Open{"hearing_place h-1 open"});
}

/// A trial of Ada Marsh of that start, as the court fixes it or the prosecutor names it.
CanonicalMessage trial(std::string_view id, std::string_view format, std::string_view at, std::string_view start) {
  auto out = said(id, format, at);
  auto& hearing = addHearing(out, start);
  *hearing.mutable_purpose() = code("trial");
  return out;
}

TEST(Reconciliation, FindsATrialThatTheProsecutorAloneNamesOnceAndUntilTheyAgree) {
  std::vector<CanonicalMessage> all{registered(),
                                    trial("m-2", "courts.x/1", "2026-06-02T09:00:00Z", "2026-07-14T10:00"),
                                    trial("m-3", "cps.x/1", "2026-06-03T09:00:00Z", "2026-07-15T10:00")};
  const auto folded = compared(all);
  EXPECT_EQ(openIn(folded), Open{"hearing h-1 open"});
  const auto& one = folded.record.case_().discrepancies(0);
  ASSERT_EQ(one.readings_size(), 2);
  EXPECT_EQ(one.readings(0).value(), "2026-07-14 10:00 B01EF");
  EXPECT_EQ(one.readings(1).value(), "2026-07-15 10:00 B01EF");
  all.push_back(trial("m-4", "cps.x/1", "2026-06-04T09:00:00Z", "2026-07-15T10:00"));
  EXPECT_EQ(count(compared(all), "discrepancy.found"), 0);
  all.push_back(trial("m-5", "courts.x/1", "2026-06-05T09:00:00Z", "2026-07-15T10:00"));
  EXPECT_EQ(openIn(compared(all)), Open{"hearing h-1 corrected"});
}

TEST(Reconciliation, TakesATrialThatTheCourtListsAnewForNews) {
  EXPECT_EQ(openIn(compared({registered(), trial("m-2", "courts.x/1", "2026-06-02T09:00:00Z", "2026-07-14T10:00"),
                             trial("m-3", "cps.x/1", "2026-06-03T09:00:00Z", "2026-07-14T10:00"),
                             trial("m-4", "courts.x/1", "2026-06-04T09:00:00Z", "2026-08-20T10:00")})),
            Open{});
}

TEST(Reconciliation, SeesDayAndMonthOfATrialChangedRound) {
  EXPECT_EQ(openIn(compared({registered(), trial("m-2", "courts.x/1", "2026-06-02T09:00:00Z", "2026-07-08T10:00"),
                             trial("m-3", "cps.x/1", "2026-06-03T09:00:00Z", "2026-08-07T10:00")})),
            Open{"hearing_transposed h-1 open"});
}

/// What a source says was ordered for the one offence on 2 June.
CanonicalMessage ordered(std::string_view id, std::string_view format, std::string_view at, std::string_view result) {
  auto out = said(id, format, at);
  addResult(offenceOf(out), result, "Invented order", "2026-06-02");
  return out;
}

TEST(Reconciliation, SeesThatTwoSayDifferentResultsOfOneDay) {
  const auto court = ordered("m-2", "courts.x/1", "2026-06-02T15:00:00Z", "1002");
  EXPECT_EQ(openIn(compared({registered(), court, ordered("m-3", "niche.x/1", "2026-06-03T09:00:00Z", "1002")})),
            Open{});
  EXPECT_EQ(openIn(compared({registered(), court, said("m-3", "cps.x/1", "2026-06-03T09:00:00Z")})), Open{});
  const auto folded = compared({registered(), court, ordered("m-3", "niche.x/1", "2026-06-03T09:00:00Z", "1015")});
  EXPECT_EQ(openIn(folded), Open{"result o-1 open"});
  EXPECT_EQ(folded.record.case_().discrepancies(0).readings(0).value(), "1002");
  EXPECT_EQ(openIn(compared({registered(), ordered("m-2", "niche.x/1", "2026-06-02T11:00:00Z", "1015"), court})),
            Open{})
      << "the court's later word is news";
}

TEST(Reconciliation, SeesAnotherCourtHouseOfOneHearing) {
  auto court = trial("m-2", "courts.x/1", "2026-06-02T09:00:00Z", "2026-07-14T10:00"),
       cps = trial("m-3", "cps.x/1", "2026-06-03T09:00:00Z", "2026-07-14T10:00");
  for (auto* one : {&court, &cps})
    *one->mutable_case_()->mutable_hearings(0)->add_identifiers() =
        number("cp_hearing", "7c1f0000-0000-4000-8000-000000000003");
  *cps.mutable_case_()->mutable_hearings(0)->mutable_court() = code("B01EF02");
  EXPECT_EQ(openIn(compared({registered(), court, cps})), Open{}) << "another room of the same house";
  *cps.mutable_case_()->mutable_hearings(0)->mutable_court() = code("C01LV00");
  EXPECT_EQ(openIn(compared({registered(), court, cps})), Open{"hearing_place h-1 open"});
}

TEST(Reconciliation, TellsOnceAndAgainWhenTheSourcesAgree) {
  std::vector<CanonicalMessage> all{registered(), born("m-2", "2026-06-03T09:00:00Z", "1990-03-02")};
  const auto id = compared(all).record.case_().discrepancies(0).id();
  all.push_back(born("m-3", "2026-06-04T09:00:00Z", "1990-03-02"));
  EXPECT_EQ(count(compared(all), "discrepancy.found"), 0);
  all.push_back(born("m-4", "2026-06-05T09:00:00Z", "1990-02-03"));
  const auto folded = compared(all);
  EXPECT_EQ(openIn(folded), Open{"defendant_born_transposed d-1 corrected"});
  EXPECT_EQ(folded.record.case_().discrepancies(0).readings_size(), 0);
  EXPECT_EQ(only(folded, "discrepancy.found").about, std::vector<std::string>{id});
}

}  // namespace
}  // namespace causeway::care
