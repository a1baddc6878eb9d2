#include "host/care/schemes.hpp"

#include "host/config/yaml.hpp"
#include "tests/support/want.hpp"
#include "tests/unit/care/steps.hpp"

namespace causeway::care {
namespace {

using namespace steps;
const std::string kSource = CAUSEWAY_SOURCE_DIR;

constexpr std::string_view kData = R"(
life_sentences: { source: invented, codes: ["1003"], short_codes: [MLI], years_that_mean_life: 99 }
offence_lists:
  - { list: grave, source: invented, listed: ["ZZ01*"], in_doubt: ["ZZ02*"] }
  - { list: harassing, source: invented, listed: ["ZZ03*"], in_doubt: [] }
schemes:
  - { scheme: vcs, version: 1, source: invented, valid_from: 2021-04-01, valid_to: 2026-08-31, custody_at_least: 12 months, life: true,
      hospital_order: true, offences: grave, due: { working_days: 10 }, opted_out_by: [probation_vcs] }
  - { scheme: vcs, version: 2, source: invented, valid_from: 2026-09-01, custody_at_least: 6 months, life: true,
      hospital_order: true, offences: grave, due: { working_days: 5 }, opted_out_by: [probation_vcs] }
  - { scheme: vns, version: 1, source: invented, valid_from: 2021-04-01, custody_under: 12 months, offences: harassing, due: { days: 15 } }
)";

Node nodeOf(std::string_view text) {
  Problems problems;
  auto node = config::parseYaml(std::string(text), "eligibility.yaml", problems);
  EXPECT_TRUE(node && problems.empty()) << problems.text();
  return node ? *std::move(node) : Node();
}

const WorkingDays& calendar() {
  static const WorkingDays days = [] {
    Problems problems;
    const auto node = config::loadYaml(kSource + "/config/calendars/england-and-wales.yaml", problems);
    return WorkingDays::load({&*node}, problems);
  }();
  return days;
}

const Schemes& schemes() {
  static const Schemes data = [] {
    Problems problems;
    auto out = Schemes::load({nodeOf(kData)}, calendar(), problems);
    EXPECT_EQ(problems.text(), "");
    return out;
  }();
  return data;
}

/// What a court passes for one offence: "12 M", "2 Y", "1 L"; meanings beside custody stand in `also`.
struct Passed {
  std::string offence = "ZZ01001";
  std::string length = "12 M";
  std::vector<std::string> also{};
  std::string day = "2026-06-02";
  std::string meaning = "custodial_sentence";
  std::string code = "1002";
};

canonical::Result& add(canonical::Defendant& defendant, const Passed& passed) {
  auto& offence = *defendant.add_offences();
  offence.set_id("o-" + std::to_string(defendant.offences_size()));
  offence.mutable_code()->set_code(passed.offence);
  auto& result = *offence.add_results();
  result.mutable_code()->set_code(passed.code);
  if (!passed.meaning.empty()) result.add_meanings()->set_code(passed.meaning);
  for (const auto& meaning : passed.also) result.add_meanings()->set_code(meaning);
  result.set_ordered_on(passed.day);
  if (const auto space = passed.length.find(' '); space != std::string::npos) {
    auto& term = *result.add_terms();
    term.set_role("primary");
    term.set_value(passed.length.substr(0, space));
    term.set_unit(passed.length.substr(space + 1));
  }
  return result;
}

Folded caseWith(const std::vector<Passed>& all) {
  Folded out;
  auto& whole = *out.record.mutable_case_();
  whole.set_case_id("c-1");
  auto& victim = *whole.add_parties();
  victim.set_id("p-1");
  victim.add_roles()->mutable_role()->set_code("victim");
  auto& defendant = *whole.add_defendants();
  defendant.set_id("d-1");
  defendant.mutable_person();
  for (const auto& passed : all) add(defendant, passed);
  return out;
}

canonical::Defendant& offender(Folded& folded) { return *folded.record.mutable_case_()->mutable_defendants(0); }
canonical::Party& victim(Folded& folded) { return *folded.record.mutable_case_()->mutable_parties(0); }

Folded assessed(Folded folded) {
  schemes().assess(folded);
  return folded;
}

/// "likely: custody_reaches_limit offence_listed"
std::string findingIn(const Folded& folded, std::string_view scheme, int party = 0) {
  for (const auto& one : folded.record.case_().parties(party).eligibilities()) {
    if (one.scheme().code() != scheme) continue;
    std::string out = one.finding().code() + ":";
    for (const auto& why : one.reasons()) out += " " + why.code();
    return out;
  }
  return "none";
}

std::string found(const std::vector<Passed>& all, std::string_view scheme = "vcs") {
  return findingIn(assessed(caseWith(all)), scheme);
}

TEST(Schemes, ReportEveryMistakeWhereItStands) {
  const auto text = support::fileText(kSource + "/tests/unit/care/bad/eligibility.yaml");
  Problems problems;
  auto node = config::parseYaml(text, "eligibility.yaml", problems);
  ASSERT_TRUE(node);
  Schemes::load({*node}, calendar(), problems);
  EXPECT_TRUE(support::reportsWhatIsWanted(text, problems));
}

TEST(Schemes, OfTheShippedFileAreWholeAndDated) {
  Problems problems;
  const auto node = config::loadYaml(kSource + "/config/eligibility/schemes.yaml", problems);
  ASSERT_TRUE(node);
  const auto shipped = Schemes::load({*node}, calendar(), problems);
  EXPECT_EQ(problems.text(), "");
  EXPECT_EQ(shipped.rules().size(), 2U);
}

TEST(Schemes, SayNothingWithoutCustody) {
  for (const auto& all : {std::vector<Passed>{{.meaning = "community_sentence"}}, std::vector<Passed>{}})
    EXPECT_EQ(found(all), "none");
}

TEST(Schemes, LeaveOutWhoGotLessThanTheLimitByADay) {
  EXPECT_EQ(found({{.length = "11 M"}}), "unlikely: custody_under_limit offence_listed");
  EXPECT_EQ(found({{.length = "364 D"}}), "unlikely: custody_under_limit offence_listed");
  EXPECT_EQ(found({{.length = "52 W"}}), "unlikely: custody_under_limit offence_listed");
  EXPECT_EQ(found({{.length = "365 D"}}), "likely: custody_reaches_limit offence_listed");
}

TEST(Schemes, CountAYearAcrossALeapDayOnTheCalendar) {
  EXPECT_EQ(found({{.length = "365 D", .day = "2024-02-01"}}), "unlikely: custody_under_limit offence_listed");
  EXPECT_EQ(found({{.length = "366 D", .day = "2024-02-01"}}), "likely: custody_reaches_limit offence_listed");
}

TEST(Schemes, TakeTwelveMonthsAndMore) {
  EXPECT_EQ(found({{.length = "12 M"}}), "likely: custody_reaches_limit offence_listed");
  EXPECT_EQ(found({{.length = "1 Y"}}), "likely: custody_reaches_limit offence_listed");
}

TEST(Schemes, TakeLifeWhateverItIsCalled) {
  for (const Passed& life : {Passed{.length = "1 L"}, Passed{.length = "999 Y"}, Passed{.length = "", .code = "1003"}})
    EXPECT_EQ(found({life}), "likely: life_sentence offence_listed");
  auto folded = caseWith({{.length = ""}});
  offender(folded).mutable_offences(0)->mutable_results(0)->mutable_short_code()->set_code("MLI");
  EXPECT_EQ(findingIn(assessed(std::move(folded)), "vcs"), "likely: life_sentence offence_listed");
}

TEST(Schemes, TakeAHospitalOrderWithoutALength) {
  auto folded = caseWith({{.length = ""}});
  offender(folded).mutable_offences(0)->mutable_results(0)->mutable_plain_outcome()->set_code("hospital_order");
  EXPECT_EQ(findingIn(assessed(std::move(folded)), "vcs"), "likely: hospital_order offence_listed");
}

TEST(Schemes, NeverCountASuspendedSentence) {
  EXPECT_EQ(found({{.length = "18 M", .meaning = "suspended_sentence"}}),
            "unlikely: suspended no_offence_against_victim");
  EXPECT_EQ(found({{.length = "18 M", .also = {"suspended"}}}), "unlikely: suspended no_offence_against_victim");
  EXPECT_EQ(found({{.length = "11 M"}, {.length = "6 M", .also = {"suspended", "consecutive"}}}),
            "unlikely: custody_under_limit offence_listed");
}

TEST(Schemes, AddUpWhatFollowsOneAnother) {
  EXPECT_EQ(found({{.length = "8 M"}, {.length = "4 M", .also = {"consecutive"}}}),
            "likely: custody_reaches_limit offence_listed");
  EXPECT_EQ(found({{.length = "8 M"}, {.length = "8 M", .also = {"concurrent"}}}),
            "unlikely: custody_under_limit offence_listed");
}

TEST(Schemes, LeaveAnUncertainTotalToAPerson) {
  EXPECT_EQ(found({{.length = "8 M"}, {.length = "8 M"}}), "undetermined: total_uncertain offence_listed");
  EXPECT_EQ(
      found({{.length = "8 M"}, {.length = "5 M", .also = {"concurrent"}}, {.length = "5 M", .also = {"consecutive"}}}),
      "undetermined: total_uncertain offence_listed");
}

TEST(Schemes, NeedNoTotalWhereEveryReadingSaysTheSame) {
  EXPECT_EQ(found({{.length = "3 M"}, {.length = "4 M"}}), "unlikely: custody_under_limit offence_listed");
  EXPECT_EQ(found({{.length = "14 M"}, {.length = "2 M"}}), "likely: custody_reaches_limit offence_listed");
}

TEST(Schemes, LeaveALengthThatNobodyCanReadToAPerson) {
  EXPECT_EQ(found({{.length = ""}}), "undetermined: length_unknown offence_listed");
  EXPECT_EQ(found({{.length = "two Y"}}), "undetermined: length_unknown offence_listed");
  EXPECT_EQ(found({{.length = "6 S"}}), "undetermined: length_unknown offence_listed");
  EXPECT_EQ(found({{.length = "2 Y"}, {.length = ""}}), "likely: custody_reaches_limit offence_listed");
}

TEST(Schemes, GoByTheOffence) {
  EXPECT_EQ(found({{.offence = "ZZ09001"}}), "unlikely: custody_reaches_limit offence_not_listed");
  EXPECT_EQ(found({{.offence = "ZZ02001"}}), "undetermined: custody_reaches_limit offence_in_doubt");
}

TEST(Schemes, GoByTheLawOfTheDayOfTheSentence) {
  EXPECT_EQ(found({{.length = "6 M", .day = "2026-08-31"}}), "unlikely: custody_under_limit offence_listed");
  EXPECT_EQ(found({{.length = "6 M", .day = "2026-09-01"}}), "likely: custody_reaches_limit offence_listed");
  const auto folded = assessed(caseWith({{.day = "2026-12-18"}}));
  EXPECT_EQ(folded.record.case_().parties(0).eligibilities(0).rule_version(), "vcs@2");
  EXPECT_EQ(folded.record.case_().parties(0).eligibilities(0).due_on(), "2026-12-29");
}

TEST(Schemes, FindTheNotificationSchemeBelowTheLimit) {
  EXPECT_EQ(found({{.offence = "ZZ03001", .length = "11 M"}}, "vns"), "likely: custody_under_limit offence_listed");
  EXPECT_EQ(found({{.offence = "ZZ03001", .length = "12 M"}}, "vns"), "unlikely: custody_reaches_limit offence_listed");
  EXPECT_EQ(found({{.offence = "ZZ03001", .length = "1 L"}}, "vns"), "unlikely: life_sentence offence_listed");
}

TEST(Schemes, GoByWhomTheOffenceIsAgainst) {
  auto folded = caseWith({{.length = "24 M"}});
  auto& other = *folded.record.mutable_case_()->add_parties();
  other.set_id("p-2");
  other.add_roles()->mutable_role()->set_code("victim");
  EXPECT_EQ(findingIn(assessed(folded), "vcs"), "undetermined: custody_reaches_limit victim_not_linked");
  offender(folded).mutable_offences(0)->add_victim_ids("p-2");
  folded = assessed(std::move(folded));
  EXPECT_EQ(findingIn(folded, "vcs", 0), "unlikely: custody_reaches_limit no_offence_against_victim");
  EXPECT_EQ(findingIn(folded, "vcs", 1), "likely: custody_reaches_limit offence_listed");
}

TEST(Schemes, TakeNoOrganisationForAnOffender) {
  auto folded = caseWith({{.length = "24 M"}});
  offender(folded).clear_person();
  offender(folded).mutable_organisation();
  EXPECT_EQ(findingIn(assessed(std::move(folded)), "vcs"),
            "unlikely: offender_no_person custody_reaches_limit offence_listed");
}

TEST(Schemes, TellOnceAndAgainWhenTheFindingIsAnotherOne) {
  auto folded = assessed(caseWith({{.length = "24 M"}}));
  EXPECT_EQ(only(folded, "sentence.passed").about, (std::vector<std::string>{"d-1", "p-1"}));
  const auto number = victim(folded).eligibilities(0).referral_id();
  EXPECT_EQ(number.size(), 36U);
  folded.events.clear();
  folded = assessed(std::move(folded));
  EXPECT_EQ(count(folded, "sentence.passed"), 0);
  offender(folded).mutable_offences(0)->mutable_results(0)->mutable_terms(0)->set_value("6");
  folded = assessed(std::move(folded));
  EXPECT_EQ(findingIn(folded, "vcs"), "unlikely: custody_under_limit offence_listed");
  EXPECT_EQ(count(folded, "sentence.passed"), 1);
  EXPECT_EQ(victim(folded).eligibilities(0).referral_id(), number);
}

TEST(Schemes, TellThatTheSentenceIsGone) {
  auto folded = assessed(caseWith({{.length = "24 M"}}));
  folded.events.clear();
  offender(folded).mutable_offences(0)->mutable_results(0)->set_deleted(true);
  folded = assessed(std::move(folded));
  EXPECT_EQ(findingIn(folded, "vcs"), "unlikely: no_custody");
  EXPECT_EQ(count(folded, "sentence.passed"), 1);
  EXPECT_FALSE(offender(folded).has_sentence());
}

TEST(Schemes, RespectWhoOptedOutAndTellWhenTheyOptInAgain) {
  auto folded = caseWith({{.length = "24 M"}});
  victim(folded).add_opted_out_of()->set_code("probation_vcs");
  folded = assessed(std::move(folded));
  EXPECT_EQ(findingIn(folded, "vcs"), "likely: custody_reaches_limit offence_listed opted_out");
  EXPECT_EQ(count(folded, "sentence.passed"), 0);
  EXPECT_FALSE(victim(folded).eligibilities(0).has_referral_id());
  victim(folded).clear_opted_out_of();
  folded = assessed(std::move(folded));
  EXPECT_EQ(findingIn(folded, "vcs"), "likely: custody_reaches_limit offence_listed");
  EXPECT_EQ(count(folded, "sentence.passed"), 1);
}

TEST(Schemes, LeaveAloneWhatAPersonConfirmed) {
  auto folded = assessed(caseWith({{.offence = "ZZ02001"}}));
  auto& known = *victim(folded).mutable_eligibilities(0);
  known.mutable_finding()->set_code("likely");
  known.set_confirmed_by("A. Officer");
  EXPECT_EQ(findingIn(assessed(folded), "vcs"), "likely: custody_reaches_limit offence_in_doubt");
}

TEST(Schemes, ShowTheTotalOnlyWhereItIsCertain) {
  auto folded = assessed(caseWith({{.length = "8 M"}, {.length = "6 M", .also = {"consecutive"}}}));
  EXPECT_EQ(offender(folded).sentence().total().value() + offender(folded).sentence().total().unit(), "14M");
  EXPECT_EQ(offender(folded).sentence().total_basis().code(), "summed");
  folded = assessed(caseWith({{.length = "8 M"}, {.length = "6 M"}}));
  EXPECT_FALSE(offender(folded).sentence().has_total());
  EXPECT_EQ(offender(folded).sentence().total_basis().code(), "undetermined");
}

}  // namespace
}  // namespace causeway::care
