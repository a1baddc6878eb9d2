#include "tests/contract/courts/corpus.hpp"
#include "tests/contract/courts/courts_reader.hpp"
#include "tests/support/want.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>

// What hurts people when Common Platform's messages are read carelessly, on the invented examples.
namespace causeway::courts {
namespace {

using nlohmann::json;
using support::fileText;

json example(const std::string& name) {
  return json::parse(fileText(CAUSEWAY_SOURCE_DIR "/mappings/courts/examples/" + name + ".json"));
}

// The only message, or that of the case where there is one of an application too.
canonical::CanonicalMessage read(const json& document) {
  const auto decoded = decode(document.dump());
  EXPECT_FALSE(decoded.refused) << decoded.refused->text();
  EXPECT_TRUE(decoded.reading.unexplained.empty());
  EXPECT_FALSE(decoded.reading.messages.empty());
  for (const auto& message : decoded.reading.messages)
    if (message->type() != "application.decided") return *message;
  return {};
}

canonical::CanonicalMessage readXml(const std::string& document) {
  const auto decoded = decode(wrapped(document).at("route"));
  EXPECT_FALSE(decoded.refused) << decoded.refused->text();
  return *decoded.reading.messages.front();
}

const canonical::Party* partyNamed(const canonical::CanonicalMessage& message, const std::string& family) {
  for (const auto& party : message.case_().parties())
    if (party.person().names_size() > 0 && party.person().names(0).family() == family) return &party;
  return nullptr;
}

TEST(CommonPlatform, RefusesANumberAloneWithoutTheNameOfTheEvent) {
  for (const char* name : {"cp-trial-outcome", "cp-hearing-deleted", "cp-hearing-unallocated"}) {
    auto bare = example(name);
    bare.erase("_metadata");
    EXPECT_TRUE(decode(bare.dump()).refused) << name;
  }
}

TEST(CommonPlatform, StandsNobodyDownForATrialVacatedWithoutAReason) {
  const auto message = read(example("cp-trial-outcome"));
  EXPECT_EQ(message.type(), "trial.outcome_recorded");
  EXPECT_EQ(message.case_().hearings(0).trial_outcome().kind().code(), "unstated");
  EXPECT_FALSE(message.case_().hearings(0).has_state());
  auto with_reason = example("cp-trial-outcome");
  with_reason["vacatedTrialReasonId"] = "d82c8d16-19ad-3176-9665-453cfb2e55f0";
  EXPECT_EQ(read(with_reason).type(), "trial.vacated");
  EXPECT_EQ(read(with_reason).case_().hearings(0).trial_outcome().reason().code(), "vacated_l");
}

TEST(CommonPlatform, HoldsATrialVacatedWhoseReasonIsEmpty) {
  auto empty = example("cp-trial-vacated");
  empty["vacatedTrialReasonId"] = nullptr;
  EXPECT_TRUE(hasFinding(decode(empty.dump()), "missing_part"));
}

TEST(CommonPlatform, TellsCrackedFromVacatedByTheReasonAndNotByTheNameOfTheEvent) {
  auto cracked = example("cp-trial-vacated");
  cracked["vacatedTrialReasonId"] = "d3d94468-02a4-3259-b55d-38e6d163e820";
  EXPECT_EQ(read(cracked).type(), "trial.cracked");
  cracked["vacatedTrialReasonId"] = "6f4922f4-5568-361a-8cdf-4ad2299f6d23";
  EXPECT_EQ(read(cracked).type(), "trial.ineffective");
  cracked["vacatedTrialReasonId"] = "00000000-0000-4000-8000-000000000000";
  const auto unknown = read(cracked);
  EXPECT_EQ(unknown.type(), "trial.vacated");
  EXPECT_TRUE(unknown.case_().hearings(0).trial_outcome().reason().unmapped());
}

TEST(CommonPlatform, TakesBackAnOutcomeThatIsUnmarked) {
  const auto message = read(example("cp-vacated-trial-updated"));
  EXPECT_EQ(message.type(), "trial.outcome_recorded");
  ASSERT_EQ(message.cleared_size(), 1);
  EXPECT_EQ(read(example("cp-vacated-trial-marked")).type(), "trial.vacated");
  auto marked_without = example("cp-vacated-trial-marked");
  marked_without.erase("vacatedTrialReasonId");
  EXPECT_EQ(read(marked_without).type(), "trial.outcome_recorded");
}

TEST(CommonPlatform, ReadsAReasonByKindCodeAndCourt) {
  const auto reasonOf = [](const char* kind, const char* code, const char* court) {
    auto document = example("cp-trial-cracked");
    document["hearing"]["crackedIneffectiveTrial"]["type"] = kind;
    document["hearing"]["crackedIneffectiveTrial"]["code"] = code;
    document["hearing"]["jurisdictionType"] = court;
    return read(document).case_().hearings(0).trial_outcome().reason();
  };
  EXPECT_EQ(reasonOf("Cracked", "A", "CROWN").code(), "cracked_a");
  EXPECT_EQ(reasonOf("Vacated", "A", "CROWN").code(), "vacated_a");
  EXPECT_EQ(reasonOf("Vacated", "C", "CROWN").code(), "vacated_c_crown");
  EXPECT_EQ(reasonOf("Vacated", "C", "MAGISTRATES").code(), "vacated_c_magistrates");
  EXPECT_FALSE(reasonOf("Ineffective", "N3", "CROWN").unmapped());
  EXPECT_TRUE(reasonOf("Ineffective", "N9", "CROWN").unmapped());
}

// 09:00 UTC on a summer day is ten o'clock in London; the prompt repeats what was said in court.
TEST(CommonPlatform, TellsTheTimeInLondonAndWhatWasSaidInCourtWins) {
  auto document = example("cp-trial-fixed");
  const auto next = [&] {
    return read(document).case_().defendants(0).offences(0).results(0).next_hearing().starts_at();
  };
  EXPECT_EQ(read(document).case_().hearings(0).starts_at().time(), "10:00");
  EXPECT_EQ(next().time(), "10:00");
  EXPECT_EQ(next().basis(), "cp_utc");
  EXPECT_EQ(next().confidence(), "high");
  auto& result = document["hearing"]["prosecutionCases"][0]["defendants"][0]["offences"][0]["judicialResults"][0];
  result["judicialResultPrompts"][1]["value"] = "14:00";
  EXPECT_EQ(next().time(), "14:00");
  EXPECT_EQ(next().basis(), "prompt");
  EXPECT_EQ(next().confidence(), "conflict");
  EXPECT_EQ(next().conflicting(), "2026-07-14T10:00");
  result["nextHearing"].erase("listedStartDateTime");
  EXPECT_EQ(next().confidence(), "high");
  result["nextHearing"]["weekCommencingDate"] = "2026-07-13";
  result.erase("judicialResultPrompts");
  EXPECT_EQ(next().precision(), "week_commencing");
  EXPECT_FALSE(next().has_time());
}

TEST(CommonPlatform, StartsAHearingOfSeveralDaysOnTheFirst) {
  const auto message = read(example("cp-hearing-listed-whole"));
  EXPECT_EQ(message.type(), "hearing.listed");
  EXPECT_EQ(message.case_().hearings(0).starts_at().date(), "2026-07-14");
  EXPECT_EQ(message.case_().hearings(0).days_size(), 2);
  EXPECT_EQ(read(example("cp-hearing-days-cancelled")).case_().hearings(0).starts_at().date(), "2026-07-15");
  auto none_left = example("cp-hearing-days-cancelled");
  none_left["hearingDays"][1]["isCancelled"] = true;
  EXPECT_EQ(read(none_left).type(), "hearing.cancelled");
}

TEST(CommonPlatform, ReadsSpecialMeasuresFromThePrompts) {
  const auto message = read(example("cp-trial-fixed"));
  const auto* odette = partyNamed(message, "Sampleford");
  ASSERT_TRUE(odette);
  ASSERT_EQ(odette->special_measures_size(), 2);
  EXPECT_EQ(odette->special_measures(0).measure().code(), "live_link");
  EXPECT_EQ(odette->special_measures(0).state(), "granted");
  EXPECT_EQ(odette->special_measures(0).section(), "s.24");
  EXPECT_EQ(odette->special_measures(0).confidence(), "high");
  EXPECT_EQ(odette->special_measures(1).measure().code(), "screens");
  ASSERT_TRUE(partyNamed(message, "Fable"));
  EXPECT_EQ(partyNamed(message, "Fable")->special_measures(0).measure().code(), "video_evidence_in_chief");
}

TEST(CommonPlatform, ReadsAWitnessSummonsFromThePrompts) {
  const auto message = read(example("cp-trial-fixed"));
  const auto* hester = partyNamed(message, "Notreal");
  ASSERT_TRUE(hester);
  ASSERT_EQ(hester->summonses_size(), 1);
  EXPECT_EQ(hester->summonses(0).state(), "issued");
  EXPECT_EQ(hester->summonses(0).needed_at().time(), "10:00");
  EXPECT_EQ(hester->addresses_size(), 0);
  EXPECT_EQ(message.case_().defendants(0).offences(0).results(1).party_ids(0), hester->id());
}

// The same result in the police's interface is text alone: less sure, and nothing where no label leads to a name.
TEST(CommonPlatform, ReadsSpecialMeasuresFromTheTextOfThePoliceInterfaceWithLessConfidence) {
  const auto with = [](const std::string& text) {
    auto document = fileText(CAUSEWAY_SOURCE_DIR "/mappings/courts/examples/trial-fixed.xml");
    const std::string end = "</Result>\n</Offence>";
    document.insert(document.find(end) + 9, "<Result><ResultText>" + text + "</ResultText></Result>");
    return readXml(document);
  };
  const auto message = with(
      "SMLL - Special measures direction: Witness to give evidence by means of a live link Name of witness Ms Odette "
      "Sampleford Reasons for making the direction Afraid");
  const auto* odette = partyNamed(message, "Sampleford");
  ASSERT_TRUE(odette);
  EXPECT_EQ(odette->special_measures(0).measure().code(), "live_link");
  EXPECT_EQ(odette->special_measures(0).confidence(), "low");
  EXPECT_EQ(odette->special_measures(0).decided_on(), "2026-06-02");
  EXPECT_EQ(with("SMLL - Special measures direction: live link for her").case_().parties_size(), 0);
}

TEST(CommonPlatform, NeverAnnouncesBailStatusP) {
  EXPECT_EQ(read(example("cp-trial-cracked")).case_().defendants(0).bail().status().code(), "undetermined_p");
}

TEST(CommonPlatform, MakesAMessageOfTheApplicationAndKeepsItsPeopleApart) {
  const auto decoded = decode(example("cp-trial-cracked").dump());
  ASSERT_EQ(decoded.reading.messages.size(), 2U);
  const bool first = decoded.reading.messages[0]->type() == "application.decided";
  const auto& application = *decoded.reading.messages[first ? 0 : 1];
  const auto& of_case = *decoded.reading.messages[first ? 1 : 0];
  EXPECT_EQ(application.type(), "application.decided");
  EXPECT_EQ(application.case_().urn(), "01ZD0300126");
  EXPECT_EQ(application.case_().applications(0).state(), "granted");
  ASSERT_TRUE(partyNamed(application, "Notreal"));
  EXPECT_EQ(partyNamed(application, "Notreal")->addresses_size(), 0);
  EXPECT_FALSE(partyNamed(of_case, "Notreal"));
}

}  // namespace
}  // namespace causeway::courts
