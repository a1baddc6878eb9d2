#include "host/care/witness_news.hpp"

#include "tests/unit/care/steps.hpp"

namespace causeway::care {
namespace {

using namespace steps;

canonical::SpecialMeasure measure(std::string_view kind, std::string_view state) {
  canonical::SpecialMeasure out;
  *out.mutable_measure() = code(kind);
  out.set_state(std::string(state));
  return out;
}

canonical::Summons summons(std::string_view state, std::string_view day) {
  canonical::Summons out;
  *out.mutable_kind() = code("summons");
  out.set_state(std::string(state));
  if (!day.empty()) *out.mutable_needed_at() = localTime(day);
  return out;
}

/// The court adjourns to `said.next` and says this of a witness.
CanonicalMessage ordering(const Said& said) {
  auto out = result(said);
  addParty(out, person("Orla", "Keane", "1980-01-02"), "witness");
  return out;
}

canonical::Party& witness(CanonicalMessage& in) { return *in.mutable_case_()->mutable_parties(0); }

std::string idOf(const Folded& folded, std::string_view family) {
  for (const auto& party : folded.record.case_().parties())
    if (party.person().names(0).family() == family) return party.id();
  return {};
}

TEST(WitnessNews, TellsNobodyWhatWasOnlyAskedFor) {
  auto said = ordering({"m-1", "2026-03-10T12:00:00Z", "2026-06-02T10:00"});
  for (const auto* state : {"assessed", "applied", "not_asked"})
    *witness(said).add_special_measures() = measure("screens", state);
  for (const auto* state : {"wanted", "applied", "served"})
    *witness(said).add_summonses() = summons(state, "2026-06-02");
  const auto folded = fold({registered(), said});
  for (const auto* type : {"special_measures.decided", "summons.issued", "summons.withdrawn"})
    EXPECT_EQ(count(folded, type), 0);
}

TEST(WitnessNews, IsAboutThePersonAndTheHearingForWhichItHolds) {
  auto said = ordering({"m-1", "2026-03-10T12:00:00Z", "2026-06-02T10:00"});
  *witness(said).add_special_measures() = measure("screens", "granted");
  *witness(said).add_special_measures() = measure("live_link", "refused");
  *witness(said).add_summonses() = summons("issued", "2026-06-02T10:00");
  const auto folded = fold({registered(), said});
  std::string trial;
  for (const auto& hearing : folded.record.case_().hearings())
    if (hearing.starts_at().date() == "2026-06-02") trial = hearing.id();
  const std::vector<std::string> about{trial, idOf(folded, "Keane")};
  EXPECT_EQ(only(folded, "special_measures.decided").about, about);
  EXPECT_EQ(only(folded, "summons.issued").about, about);
}

TEST(WitnessNews, IsNoneWhenTheCourtSaysItAgain) {
  auto said = ordering({"m-1", "2026-03-10T12:00:00Z", "2026-06-02T10:00"});
  *witness(said).add_special_measures() = measure("screens", "granted");
  *witness(said).add_summonses() = summons("issued", "2026-06-02T10:00");
  witness(said).mutable_summonses(0)->set_id("n-1");
  auto again = said;
  again.set_message_id("m-2");
  again.set_asserted_at("2026-03-10T15:00:00Z");
  witness(again).mutable_summonses(0)->set_id("n-2");
  const auto folded = fold({registered(), said, again});
  EXPECT_EQ(count(folded, "special_measures.decided"), 0);
  EXPECT_EQ(count(folded, "summons.issued"), 0);
}

TEST(WitnessNews, NamesNoHearingWhereNoneIsToComeOnThatDay) {
  auto said = ordering({"m-1", "2026-03-10T12:00:00Z", "2026-06-02T10:00"});
  *witness(said).add_summonses() = summons("issued", "2026-07-14T10:00");
  const auto folded = fold({registered(), said});
  const auto& event = only(folded, "summons.issued");
  EXPECT_EQ(event.about, std::vector<std::string>{idOf(folded, "Keane")});
  // Another hearing's day is never told for it.
  EXPECT_TRUE(focus(folded.record.case_(), event, said).case_().hearings().empty());
}

TEST(WitnessNews, IsToldOnceTheCaseIsRegistered) {
  auto said = ordering({"m-1", "2026-03-10T12:00:00Z", "2026-06-02T10:00"});
  *witness(said).add_special_measures() = measure("screens", "granted");
  EXPECT_EQ(count(fold({said, registered()}), "special_measures.decided"), 1);
}

TEST(WitnessNews, IsNoOutcomeToBeToldToOthers) {
  auto said = ordering({"m-1", "2026-03-10T12:00:00Z", "2026-06-02T10:00"});
  auto& offence = *said.mutable_case_()->mutable_defendants(0)->mutable_offences(0);
  auto& direction = addResult(offence, "", "SUMWITN - Witness summons Orla Keane", "2026-03-10");
  *direction.add_meanings() = code("witness_summons");
  direction.add_party_ids(witness(said).id());
  const auto folded = fold({registered(), said});
  const auto told = focus(folded.record.case_(), only(folded, "hearing.resulted"), said);
  ASSERT_EQ(told.case_().defendants(0).offences(0).results_size(), 1);
  EXPECT_EQ(told.case_().defendants(0).offences(0).results(0).code().code(), "4004");
}

TEST(WitnessNews, CountsAResultThatMeansMoreAsAnOutcome) {
  canonical::Result out;
  *out.add_meanings() = code("special_measures_direction");
  EXPECT_FALSE(isWitnessDirection(out)) << "it names nobody who would be told otherwise";
  out.add_party_ids("p-1");
  EXPECT_TRUE(isWitnessDirection(out));
  *out.add_meanings() = code("conditional_bail");
  EXPECT_FALSE(isWitnessDirection(out));
}

/// Records of a witness in prison, with one production.
CanonicalMessage inPrison(std::string_view id, std::string_view state, std::string_view by) {
  auto out =
      message(id, "witness.in_custody", "niche.custody/2", "2026-03-1" + std::string(id.substr(2)) + "T09:00:00Z");
  auto& who = addParty(out, person("Orla", "Keane", "1980-01-02"), "witness");
  auto& one = *who.add_productions();
  one.set_id("r-1");
  one.set_state(std::string(state));
  one.set_authorised_by(std::string(by));
  *one.mutable_needed_at() = localTime("2026-06-02T09:30");
  return out;
}

TEST(WitnessNews, AProductionIsAskedForOnceAuthorisedAndOnce) {
  const auto trial = ordering({"m-1", "2026-03-10T12:00:00Z", "2026-06-02T10:00"});
  EXPECT_EQ(count(fold({registered(), trial, inPrison("c-1", "proposed", "")}), "production.requested"), 0);
  const auto asked = fold({registered(), trial, inPrison("c-1", "proposed", "Governor")});
  const auto& event = only(asked, "production.requested");
  const auto told = focus(asked.record.case_(), event, inPrison("c-1", "proposed", "Governor"));
  ASSERT_EQ(told.case_().hearings_size(), 1);
  EXPECT_EQ(told.case_().hearings(0).starts_at().date(), "2026-06-02");
  EXPECT_EQ(told.case_().parties_size(), 1);
  EXPECT_EQ(count(fold({registered(), trial, inPrison("c-1", "proposed", "Governor"),
                        inPrison("c-2", "proposed", "Governor")}),
                  "production.requested"),
            0);
}

TEST(WitnessNews, AProductionIsTakenBackOnce) {
  const auto trial = ordering({"m-1", "2026-03-10T12:00:00Z", "2026-06-02T10:00"});
  std::vector<CanonicalMessage> said{registered(), trial, inPrison("c-1", "proposed", "Governor"),
                                     inPrison("c-2", "cancelled", "")};
  EXPECT_EQ(count(fold(said), "production.cancelled"), 1);
  said.push_back(inPrison("c-3", "cancelled", ""));
  EXPECT_EQ(count(fold(said), "production.cancelled"), 0);
  // A prison that cancels is answering, and is asked nothing back.
  auto answer = inPrison("c-2", "cancelled", "");
  answer.set_type("production.answered");
  EXPECT_EQ(count(fold({registered(), trial, inPrison("c-1", "proposed", "Governor"), answer}), "production.cancelled"),
            0);
}

}  // namespace
}  // namespace causeway::care
