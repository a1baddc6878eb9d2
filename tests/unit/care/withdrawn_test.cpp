#include "tests/unit/care/orders_of_arrival.hpp"
#include "tests/unit/care/taken_back.hpp"

namespace causeway::care {
namespace {

using namespace steps;
using arrival::expectEveryOrderAlike;

TEST(Withdrawn, TakesNothingBackWithoutKnowingOfWhichHearingOrOfWhom) {
  auto no_hearing = message("m-2", "witnesses.required", "cps.witness-list/1", kSecond);
  *addParty(no_hearing, person("Cora", "Vane", "1999-01-05"), "witness").add_attendances()->mutable_requirement() =
      code("required");
  no_hearing.add_complete(std::string(kList));
  for (const auto& doubtful : {no_hearing, wholeList({"m-2", kSecond}, {})}) {
    const auto folded = fold({registered(), wholeList({"m-1", kFirst}, {"Lisle"}), doubtful});
    EXPECT_TRUE(finds(folded, "mark_unclear"));
    EXPECT_EQ(named(folded.record.case_(), "Lisle").attendances_size(), 1);
    EXPECT_EQ(count(folded, "stand_down.due"), 0);
  }
  auto nobody_named = message("m-2", "case.updated", "courts.spi-result/1", kSecond);
  nobody_named.add_cleared("case.defendants.bail");
  const auto folded = fold({registered(), bailed({"m-1", kFirst}), nobody_named});
  EXPECT_TRUE(finds(folded, "mark_unclear"));
  EXPECT_TRUE(folded.record.case_().defendants(0).has_bail());
}

TEST(Withdrawn, TakesNoKeyAndNoElementEvenWhenAMessageSaysSo) {
  for (const std::string_view path :
       {"case.urn", "case.parties", "case.defendants.asn", "case.hearings.starts_at", "case.parties.identifiers",
        "case.defendants.offences.results", "case.parties.consents", "case.nonsense", "type"}) {
    auto said = registered();
    said.set_message_id("m-2");
    said.set_asserted_at(std::string(kSecond));
    said.add_cleared(std::string(path));
    const auto before = fold({registered()}), after = fold({registered(), said});
    EXPECT_EQ(after.record.case_().SerializeAsString(), before.record.case_().SerializeAsString()) << path;
    EXPECT_TRUE(finds(after, "mark_unclear")) << path;
  }
}

TEST(Withdrawn, TellsAPersonOfElementsThatAWholeListLeavesOut) {
  auto first = registered();
  auto& document = *first.mutable_case_()->add_documents();
  document.set_id("new-9");
  document.set_sha256("00ff");
  auto again = message("m-2", "case.updated", "niche.case/1", kSecond);
  for (const auto* path : {"case.parties", "case.defendants", "case.documents"}) again.add_complete(path);
  const auto folded = fold({first, again});
  EXPECT_EQ(folded.record.case_().parties_size(), 1);
  EXPECT_EQ(folded.record.case_().defendants_size(), 1);
  EXPECT_EQ(folded.record.case_().documents_size(), 1);
  EXPECT_EQ(std::ranges::count(folded.findings, "left_out", &Finding::code), 3);
  again.set_format("cps.case/1");
  again.set_source_system("urn:invented:cps");
  EXPECT_FALSE(finds(fold({first, again}), "left_out")) << "another source never named them";
}

TEST(Withdrawn, EndsWhatWasToldOfBailWhenItsConditionsAreOver) {
  const auto folded = fold({registered(), bailed({"m-1", kFirst}), bailOver({"m-2", kSecond})});
  EXPECT_FALSE(folded.record.case_().defendants(0).has_bail());
  EXPECT_EQ(only(folded, "bail.changed").about, std::vector<std::string>{"d-1"});
  const auto late = fold({registered(), bailOver({"m-2", kSecond}), bailed({"m-1", kFirst})});
  EXPECT_FALSE(late.record.case_().defendants(0).has_bail()) << "an older message brought it back";
  const auto anew = fold({registered(), bailOver({"m-2", kSecond}), bailed({"m-3", kThird})});
  EXPECT_TRUE(anew.record.case_().defendants(0).has_bail());
}

TEST(Withdrawn, LeavesAStrongerWordAndOtherDefendants) {
  auto both = bailed({"m-1", kFirst});
  auto& other = addDefendant(both, kBen);
  addOffence(other, "TH68026", "2026-02-01", 1);
  *other.mutable_bail()->mutable_status() = code("custody");
  auto known = registered();
  addOffence(addDefendant(known, kBen), "TH68026", "2026-02-01", 1);
  const auto weaker = fold({known, both, bailOver({"m-2", kSecond}, "niche.case/1")});
  EXPECT_TRUE(weaker.record.case_().defendants(0).has_bail());
  const auto folded = fold({known, both, bailOver({"m-2", kSecond})});
  EXPECT_FALSE(folded.record.case_().defendants(0).has_bail());
  EXPECT_EQ(folded.record.case_().defendants(1).bail().status().code(), "custody");
}

TEST(Withdrawn, SaysInTheLedgerWhoTookWhatBack) {
  const auto folded = fold({registered(), bailed({"m-1", kFirst}), bailOver({"m-2", kSecond})});
  int nothing = 0, before = 0;
  for (const auto& fact : provenance(folded.record)) {
    if (fact.field() != "bail") continue;
    ++(fact.value().empty() ? nothing : before);
    EXPECT_EQ(fact.message_id(), fact.value().empty() ? "m-2" : "m-1");
    EXPECT_EQ(fact.state(), fact.value().empty() ? "current" : "superseded");
  }
  EXPECT_EQ(nothing, 1);
  EXPECT_EQ(before, 1);
}

TEST(Withdrawn, StandsDownWhomAWholeListNoLongerNames) {
  const auto folded =
      fold({registered(), wholeList({"m-1", kFirst}, {"Lisle", "Vane"}), wholeList({"m-2", kSecond}, {"Vane"})});
  const auto& whole = folded.record.case_();
  EXPECT_EQ(named(whole, "Lisle").attendances_size(), 0);
  EXPECT_EQ(named(whole, "Vane").attendances_size(), 1);
  EXPECT_EQ(only(folded, "stand_down.due").about,
            (std::vector<std::string>{named(whole, "Lisle").id(), whole.hearings(0).id()}));
  EXPECT_EQ(folded.record.withdrawn().parties(0).attendances_size(), 1);
  for (const auto& fact : provenance(folded.record)) {
    if (fact.element() != named(whole, "Lisle").id() || !fact.field().starts_with("attendances")) continue;
    EXPECT_EQ(fact.state(), "withdrawn") << fact.field();
  }
}

TEST(Withdrawn, StandsEverybodyDownWhenThatIsWhatAMessageIsAbout) {
  auto nobody = wholeList({"m-2", kSecond}, {});
  nobody.set_type("witness.dewarn_requested");
  const auto folded = fold({registered(), wholeList({"m-1", kFirst}, {"Lisle", "Vane"}), nobody});
  EXPECT_EQ(count(folded, "stand_down.due"), 2);
  EXPECT_EQ(count(folded, "witness.dewarn_requested"), 1);
  EXPECT_FALSE(finds(folded, "mark_unclear"));
}

TEST(Withdrawn, TellsOnceAndNotOfAnOlderListThatComesLate) {
  const auto now = fold({registered(), wholeList({"m-2", kSecond}, {"Vane"})});
  const auto late = apply(now.record, wholeList({"m-1", kFirst}, {"Lisle", "Vane"}));
  ASSERT_TRUE(late);
  EXPECT_EQ(named(late->record.case_(), "Lisle").attendances_size(), 0);
  EXPECT_EQ(count(*late, "stand_down.due"), 0) << "nobody was ever told to come";
  const auto again = apply(late->record, wholeList({"m-3", kThird}, {"Vane"}));
  ASSERT_TRUE(again);
  EXPECT_EQ(count(*again, "stand_down.due"), 0);
}

TEST(Withdrawn, BringsBackWhomANewerListNames) {
  const auto folded = fold({registered(), wholeList({"m-1", kFirst}, {"Lisle", "Vane"}),
                            wholeList({"m-2", kSecond}, {"Vane"}), wholeList({"m-3", kThird}, {"Lisle", "Vane"})});
  EXPECT_EQ(named(folded.record.case_(), "Lisle").attendances(0).requirement().code(), "required");
  EXPECT_EQ(folded.record.withdrawn().parties_size(), 0);
}

TEST(Withdrawn, LeavesTheListOfAnotherHearing) {
  const auto folded = fold({registered(), wholeList({"m-1", kFirst}, {"Lisle"}, "2026-06-02T10:00"),
                            wholeList({"m-2", kFirst}, {"Vane"}, "2026-04-20T10:00")});
  EXPECT_EQ(named(folded.record.case_(), "Lisle").attendances_size(), 1);
}

TEST(Withdrawn, StandsDownAWitnessOfWhomTheRecordsStillSpeak) {
  auto told = wholeList({"m-2", kFirst}, {"Lisle"});
  told.set_format("niche.case/1");
  told.set_source_system("urn:invented:niche");
  told.clear_complete();
  auto& attendance = *told.mutable_case_()->mutable_parties(0)->mutable_attendances(0);
  attendance.clear_requirement();
  attendance.set_state("warned");
  const auto folded =
      fold({registered(), wholeList({"m-1", kFirst}, {"Lisle"}), told, wholeList({"m-3", kSecond}, {"Vane"})});
  const auto& kept = named(folded.record.case_(), "Lisle");
  ASSERT_EQ(kept.attendances_size(), 1);
  EXPECT_EQ(kept.attendances(0).state(), "warned");
  EXPECT_FALSE(kept.attendances(0).has_requirement()) << "the prosecutor wants nobody of that name";
  EXPECT_EQ(count(folded, "stand_down.due"), 1);
}

TEST(Withdrawn, LeavesWhatOtherSourcesSayOfAListAndPutsWhatStandsFirst) {
  auto moved = livesAt({"m-3", kThird}, {"3 New Road"}, "niche.case/1");
  moved.add_complete("case.parties.addresses");
  const auto folded = fold({registered(), livesAt({"m-1", kFirst}, {"1 Old Road", "2 Side Road"}, "niche.case/1"),
                            livesAt({"m-2", kSecond}, {"2 Side Road"}, "courts.spi-result/1"), moved});
  const auto& addresses = named(folded.record.case_(), "Lisle").addresses();
  ASSERT_EQ(addresses.size(), 2);
  EXPECT_EQ(addresses[0].lines(0), "3 New Road");
  EXPECT_EQ(addresses[1].lines(0), "2 Side Road");
  EXPECT_TRUE(addresses[1].safe_for_post());
}

TEST(Withdrawn, NeverMakesAnUnsafeNumberSafe) {
  const auto phone = [](const Said& said, std::string_view state) {
    auto out = message(said.id, "party.updated", "niche.case/1", said.at);
    auto& point = *addParty(out, person("Cora", "Lisle", "1999-01-05"), "victim").add_contact_points();
    *point.mutable_channel() = code("phone");
    point.set_value("07700900123");
    if (!state.empty()) point.mutable_safe()->set_state(std::string(state));
    return out;
  };
  auto none = message("m-2", "party.updated", "niche.case/1", kSecond);
  addParty(none, person("Cora", "Lisle", "1999-01-05"), "victim");
  none.add_cleared("case.parties.contact_points");
  const auto gone = fold({registered(), phone({"m-1", kFirst}, "unsafe"), none});
  EXPECT_EQ(gone.record.case_().parties(0).contact_points_size(), 0);
  const auto back = apply(gone.record, phone({"m-3", kThird}, "safe"));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->record.case_().parties(0).contact_points(0).safe().state(), "unsafe");
}

TEST(Withdrawn, KeepsWhatTheSameMessageSaysInstead) {
  auto anew = bailed({"m-2", kSecond});
  *bailOf(anew).mutable_status() = code("unconditional");
  bailOf(anew).clear_conditions();
  anew.add_cleared("case.defendants.bail");
  const auto folded = fold({registered(), bailed({"m-1", kFirst}), anew});
  EXPECT_EQ(folded.record.case_().defendants(0).bail().status().code(), "unconditional");
}

TEST(Withdrawn, TakesAGroupBackFieldByField) {
  auto says = message("m-1", "party.updated", "niche.case/1", kFirst);
  auto& wishes = *addParty(says, person("Cora", "Lisle", "1999-01-05"), "victim").mutable_preference();
  wishes.set_best_times("after six");
  auto none = message("m-2", "party.updated", "niche.case/1", kSecond);
  addParty(none, person("Cora", "Lisle", "1999-01-05"), "victim");
  none.add_cleared("case.parties.preference");
  EXPECT_FALSE(fold({registered(), says, none}).record.case_().parties(0).preference().has_best_times());
  expectEveryOrderAlike({registered(), says, none});
}

}  // namespace
}  // namespace causeway::care
