#include "tests/unit/care/steps.hpp"

namespace causeway::care {
namespace {

using namespace steps;

struct Next {
  std::string_view id, said_at, starts_at, purpose = "trial";
};

/// A result of one defendant with what comes next for this one.
CanonicalMessage nextOf(const Accused& who, const Next& next) {
  auto out = message(next.id, "hearing.resulted", "courts.spi-result/1", next.said_at);
  addHearing(out, std::string(next.said_at.substr(0, 10)) + "T10:00");
  auto& one = addResult(addOffence(addDefendant(out, who), "TH68026", "2026-02-01", 1), "4004", "Adjourned",
                        next.said_at.substr(0, 10));
  setNext(one, next.starts_at, next.purpose);
  return out;
}

/// Both stand accused of an offence each against a victim of its own.
CanonicalMessage twoAccused() {
  auto out = message("m-case", "case.registered", "niche.case/1", "2026-03-01T09:00:00Z");
  for (const auto& who : {kAda, kBen}) {
    auto& victim = addParty(out, person(who.given, "Lisle", "1999-01-05"), "victim");
    addOffence(addDefendant(out, who), "TH68026", "2026-02-01", 1).add_victim_ids(victim.id());
  }
  return out;
}

std::vector<const canonical::Hearing*> allOn(const Folded& folded, std::string_view date) {
  std::vector<const canonical::Hearing*> out;
  for (const auto& one : folded.record.case_().hearings())
    if (one.starts_at().date() == date) out.push_back(&one);
  return out;
}

const canonical::Hearing* at(const Folded& folded, std::string_view time) {
  for (const auto& one : folded.record.case_().hearings())
    if (one.starts_at().time() == time && one.starts_at().date() == "2026-06-02") return &one;
  return nullptr;
}

bool saysMoved(const Folded& folded) {
  return finds(folded, "hearing_moved") || std::ranges::any_of(folded.record.case_().hearings(), [](const auto& one) {
           return one.has_previous_starts_at();
         });
}

constexpr std::string_view kFirst = "2026-04-01T12:00:00Z", kLater = "2026-05-01T12:00:00Z";

TEST(Fixtures, OfTwoDefendantsAtOtherTimesAreTwoHearingsAndNothingMoved) {
  for (const std::string_view purpose : {"trial", "mention", ""}) {
    const auto folded = fold({twoAccused(), nextOf(kAda, {"m-1", kFirst, "2026-06-02T10:00"}),
                              nextOf(kBen, {"m-2", kLater, "2026-06-02T14:00", purpose})});
    ASSERT_EQ(allOn(folded, "2026-06-02").size(), 2U) << purpose;
    EXPECT_FALSE(saysMoved(folded)) << purpose;
    EXPECT_EQ(at(folded, "10:00")->defendant_ids_size(), 1);
    EXPECT_EQ(only(folded, "hearing.listed").about, (std::vector<std::string>{at(folded, "14:00")->id(), "d-2"}));
  }
}

TEST(Fixtures, OfTwoDefendantsForOtherPurposesAreTwoHearingsAtOneTime) {
  const auto folded = fold({twoAccused(), nextOf(kAda, {"m-1", kFirst, "2026-06-02T10:00", "trial"}),
                            nextOf(kBen, {"m-2", kLater, "2026-06-02T10:00", "sentence"})});
  EXPECT_EQ(allOn(folded, "2026-06-02").size(), 2U);
  EXPECT_FALSE(saysMoved(folded));
}

TEST(Fixtures, OfOneDefendantAtTwoTimesForWhoKnowsWhatBothStay) {
  for (const std::string_view purpose : {"", "mention"}) {
    const auto folded = fold({twoAccused(), nextOf(kAda, {"m-1", kFirst, "2026-06-02T10:00", "trial"}),
                              nextOf(kAda, {"m-2", kLater, "2026-06-02T14:00", purpose})});
    EXPECT_EQ(allOn(folded, "2026-06-02").size(), 2U);
    EXPECT_FALSE(saysMoved(folded)) << "moved on a guess";
    EXPECT_TRUE(finds(folded, "hearing_unclear"));
  }
}

TEST(Fixtures, ThatLookedLikeOneHearingPartWhenTheirTimesAreKnown) {
  const auto day =
      fold({twoAccused(), nextOf(kAda, {"m-1", kFirst, "2026-06-02"}), nextOf(kBen, {"m-2", kFirst, "2026-06-02"})});
  ASSERT_EQ(allOn(day, "2026-06-02").size(), 1U);
  EXPECT_EQ(hearingOn(day, "2026-06-02")->defendant_ids_size(), 2);
  auto known = apply(day.record, nextOf(kAda, {"m-3", kLater, "2026-06-02T10:00"}));
  ASSERT_TRUE(known);
  known = apply(known->record, nextOf(kBen, {"m-4", kLater, "2026-06-02T14:00"}));
  ASSERT_TRUE(known);
  ASSERT_EQ(allOn(*known, "2026-06-02").size(), 2U);
  EXPECT_FALSE(saysMoved(*known));
  EXPECT_EQ(at(*known, "10:00")->defendant_ids(0), "d-1");
  EXPECT_EQ(at(*known, "14:00")->defendant_ids(0), "d-2");
}

TEST(Fixtures, OfTwoDefendantsThatSayTheSameAreOneHearing) {
  const auto folded = fold({twoAccused(), nextOf(kAda, {"m-1", kFirst, "2026-06-02T10:00"}),
                            nextOf(kBen, {"m-2", kLater, "2026-06-02T10:00", ""})});
  ASSERT_EQ(allOn(folded, "2026-06-02").size(), 1U);
  EXPECT_EQ(hearingOn(folded, "2026-06-02")->defendant_ids_size(), 2);
  EXPECT_EQ(hearingOn(folded, "2026-06-02")->purpose().code(), "trial");
  EXPECT_FALSE(saysMoved(folded));
}

TEST(Fixtures, TellTheVictimOfADefendantWhoJoinsAHearing) {
  const auto folded = fold({twoAccused(), nextOf(kAda, {"m-1", kFirst, "2026-06-02T10:00"}),
                            nextOf(kBen, {"m-2", kLater, "2026-06-02T10:00"})});
  EXPECT_EQ(only(folded, "hearing.listed").about,
            (std::vector<std::string>{hearingOn(folded, "2026-06-02")->id(), "d-2"}));
}

TEST(Fixtures, TellNobodyTwiceOfAHearingThatACoDefendantJoins) {
  auto shared = twoAccused();
  for (auto& defendant : *shared.mutable_case_()->mutable_defendants())
    defendant.mutable_offences(0)->set_victim_ids(0, shared.case_().parties(0).id());
  EXPECT_EQ(count(fold({shared, nextOf(kAda, {"m-1", kFirst, "2026-06-02T10:00"}),
                        nextOf(kBen, {"m-2", kLater, "2026-06-02T10:00"})}),
                  "hearing.listed"),
            0);
}

TEST(Fixtures, MoveForTheDefendantOfWhomItIsSaidAndForNoOther) {
  for (const std::string_view to : {"2026-06-02T14:00", "2026-06-09T10:00"}) {
    const auto folded = fold({twoAccused(), nextOf(kAda, {"m-1", kFirst, "2026-06-02T10:00"}),
                              nextOf(kBen, {"m-2", kFirst, "2026-06-02T10:00"}), nextOf(kBen, {"m-3", kLater, to})});
    const auto* stays = at(folded, "10:00");
    ASSERT_NE(stays, nullptr);
    EXPECT_EQ(stays->fixture_no(), 1);
    EXPECT_FALSE(stays->has_previous_starts_at());
    EXPECT_EQ(stays->defendant_ids_size(), 1);
    const auto& told = only(folded, "hearing.listed");
    ASSERT_EQ(told.about.size(), 2U);
    EXPECT_EQ(told.about[1], "d-2");
    const auto seen = focus(folded.record.case_(), told, {});
    EXPECT_EQ(seen.case_().hearings(0).previous_starts_at().time(), "10:00");
    EXPECT_EQ(seen.case_().hearings(0).fixture_no(), 2);
    EXPECT_EQ(seen.case_().defendants_size(), 1);
  }
}

TEST(Fixtures, ThatMoveForBothAreOneHearingAgain) {
  const auto folded =
      fold({twoAccused(), nextOf(kAda, {"m-1", kFirst, "2026-06-02T10:00"}),
            nextOf(kBen, {"m-2", kFirst, "2026-06-02T10:00"}), nextOf(kBen, {"m-3", kLater, "2026-06-09T10:00"}),
            nextOf(kAda, {"m-4", kLater, "2026-06-09T10:00"})});
  EXPECT_TRUE(allOn(folded, "2026-06-02").empty());
  ASSERT_EQ(allOn(folded, "2026-06-09").size(), 1U);
  EXPECT_EQ(hearingOn(folded, "2026-06-09")->defendant_ids_size(), 2);
  EXPECT_EQ(hearingOn(folded, "2026-06-09")->fixture_no(), 2);
}

TEST(Fixtures, AreHeldWhenTheCourtSaysSoAtWhateverMinute) {
  auto held = message("m-2", "hearing.resulted", "courts.spi-result/1", "2026-06-02T16:00:00Z");
  addHearing(held, "2026-06-02T10:35", "C01LV00");
  addResult(addOffence(addDefendant(held, kAda), "TH68026", "2026-02-01", 1), "1002", "Imprisonment", "2026-06-02");
  const auto folded = fold({twoAccused(), nextOf(kAda, {"m-1", kFirst, "2026-06-02T10:00"}), held});
  ASSERT_EQ(allOn(folded, "2026-06-02").size(), 1U);
  EXPECT_EQ(hearingOn(folded, "2026-06-02")->state(), "resulted");
  EXPECT_FALSE(saysMoved(folded));
}

TEST(Fixtures, KeepTheResultsOfEachDefendantWhenTheyPart) {
  const auto both = fold({twoAccused(), nextOf(kAda, {"m-1", kFirst, "2026-06-02T10:00"}),
                          nextOf(kBen, {"m-2", kFirst, "2026-06-02T10:00"})});
  const auto resultAt = [](const Folded& folded, int defendant) {
    return folded.record.case_().defendants(defendant).offences(0).results(0).hearing_id();
  };
  EXPECT_EQ(resultAt(both, 0), hearingOn(both, "2026-04-01")->id());
  EXPECT_EQ(resultAt(both, 0), resultAt(both, 1));
  auto again = nextOf(kBen, {"m-3", kFirst, "2026-06-02T10:00"});
  again.mutable_case_()->mutable_hearings(0)->mutable_starts_at()->set_time("12:00");
  const auto folded = apply(both.record, again);
  ASSERT_TRUE(folded);
  for (const auto& defendant : folded->record.case_().defendants())
    for (const auto& result : defendant.offences(0).results())
      EXPECT_TRUE(std::ranges::any_of(folded->record.case_().hearings(), [&](const auto& one) {
        return one.id() == result.hearing_id() &&
               std::ranges::find(one.defendant_ids(), defendant.id()) != one.defendant_ids().end();
      }));
}

TEST(Fixtures, AreTheHearingsOfARecordThatAnOlderVersionWrote) {
  auto older = fold({twoAccused(), nextOf(kAda, {"m-1", kFirst, "2026-06-02T10:00"})}).record;
  older.clear_fixtures();
  const auto folded = apply(older, nextOf(kAda, {"m-2", kLater, "2026-06-09T10:00"}));
  ASSERT_TRUE(folded);
  EXPECT_EQ(hearingOn(*folded, "2026-06-02"), nullptr);
  EXPECT_EQ(hearingOn(*folded, "2026-06-09")->fixture_no(), 2);
  EXPECT_GT(folded->record.fixtures_size(), 0);
}

TEST(Fixtures, WithANumberOfTheCourtMoveForEverybody) {
  const auto listed = [](std::string_view id, std::string_view at, std::string_view start) {
    auto out = message(id, "hearing.listed", "courts.listing/1", at);
    for (const auto& who : {kAda, kBen}) addOffence(addDefendant(out, who), "TH68026", "2026-02-01", 1);
    *addHearing(out, start).add_identifiers() = number("cp_hearing", "6a2d1f3e-0b1c-4d2e-8f30-405162738495");
    return out;
  };
  const auto folded =
      fold({twoAccused(), listed("m-1", kFirst, "2026-06-02T10:00"), listed("m-2", kLater, "2026-06-02T14:00")});
  ASSERT_EQ(folded.record.case_().hearings_size(), 1);
  EXPECT_EQ(folded.record.case_().hearings(0).previous_starts_at().time(), "10:00");
  EXPECT_EQ(only(folded, "hearing.listed").about.size(), 3U);
}

}  // namespace
}  // namespace causeway::care
