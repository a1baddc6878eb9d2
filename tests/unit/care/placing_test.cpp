#include "host/care/case_fold.hpp"
#include "tests/support/builders.hpp"

#include <gtest/gtest.h>

namespace causeway::care {
namespace {

using namespace support;

/// Folds the messages one after the other and answers the last step; every step must succeed.
Folded fold(const std::vector<CanonicalMessage>& messages) {
  Folded out;
  for (const auto& message : messages) {
    auto next = apply(out.record, message);
    EXPECT_TRUE(next) << (next ? "" : next.error().text());
    if (next) out = *std::move(next);
  }
  return out;
}

bool finds(const Folded& folded, std::string_view code) {
  return std::ranges::any_of(folded.findings, [&](const Finding& one) { return one.code == code; });
}

CanonicalMessage registered(const std::vector<Accused>& accused) {
  auto out = message("m-case", "case.registered", "niche.case/1", "2026-03-01T09:00:00Z");
  for (const auto& who : accused) addOffence(addDefendant(out, who), "TH68026", "2026-02-01", 1);
  return out;
}

CanonicalMessage resultOf(const Accused& who, std::string_view id = "m-result") {
  auto out = message(id, "hearing.resulted", "courts.spi-result/1", "2026-04-01T12:00:00Z");
  addHearing(out, "2026-04-01T10:00");
  addResult(addOffence(addDefendant(out, who), "TH68026", "2026-02-01", 1), "1015", "Fined", "2026-04-01");
  return out;
}

TEST(Placing, RefusesAMessageWithoutANumber) {
  auto nameless = resultOf(kAda);
  nameless.clear_message_id();
  const auto folded = apply({}, nameless);
  ASSERT_FALSE(folded);
  EXPECT_EQ(folded.error().kind, ErrorKind::Invalid);
}

TEST(Placing, HoldsADefendantWhomNoNumberOrNameFits) {
  const auto before = fold({registered({kAda})}).record;
  const auto folded = apply(before, resultOf({"Zoe", "Underhill", "1970-01-01", "1101ZD0100000999999A"}));
  ASSERT_FALSE(folded);
  EXPECT_EQ(folded.error().kind, ErrorKind::Invalid);
  EXPECT_NE(folded.error().what.find("cannot be placed"), std::string::npos);
  EXPECT_EQ(folded.error().what.find("Underhill"), std::string::npos);
}

TEST(Placing, HoldsADefendantWhomTwoNamesFit) {
  const auto before =
      fold({registered({{"Ada", "Marsh", "1990-02-03", ""}, {"Amy", "Marsh", "1991-02-03", ""}})}).record;
  auto vague = resultOf({"", "Marsh", "", ""});
  vague.mutable_case_()->mutable_defendants(0)->mutable_person()->mutable_names(0)->clear_given();
  const auto folded = apply(before, vague);
  ASSERT_FALSE(folded);
  EXPECT_NE(folded.error().what.find("several"), std::string::npos);
}

TEST(Placing, NeverJoinsOnADummyArrestNumber) {
  Accused one = kAda, other = kBen;
  one.asn = other.asn = "0800NP0111111111111A";
  auto case_message = registered({one, other});
  for (auto& defendant : *case_message.mutable_case_()->mutable_defendants())
    defendant.mutable_asn()->set_grade("unusable");
  auto result = resultOf(other);
  result.mutable_case_()->mutable_defendants(0)->mutable_asn()->set_grade("unusable");
  const auto folded = fold({case_message, result});
  ASSERT_EQ(folded.record.case_().defendants_size(), 2);
  EXPECT_EQ(folded.record.case_().defendants(0).offences(0).results_size(), 0);
  EXPECT_EQ(folded.record.case_().defendants(1).offences(0).results_size(), 1);
}

TEST(Placing, TakesADoubtfulArrestNumberOnlyWithTheName) {
  auto right = resultOf(kAda);
  right.mutable_case_()->mutable_defendants(0)->mutable_asn()->set_grade("warn");
  EXPECT_TRUE(finds(fold({registered({kAda, kBen}), right}), "asn_doubtful"));
  auto wrong = resultOf({"Zoe", "Underhill", "1970-01-01", kAda.asn});
  wrong.mutable_case_()->mutable_defendants(0)->mutable_asn()->set_grade("warn");
  EXPECT_FALSE(apply(fold({registered({kAda})}).record, wrong));
}

TEST(Placing, TellsTwinsApart) {
  const Accused twin{"Alf", "Marsh", kAda.born_on, "1101ZD0100000448760A"};
  EXPECT_EQ(fold({registered({kAda, twin})}).record.case_().defendants_size(), 2);
}

TEST(Placing, MakesOneCaseOfTwoDefendantsWhoseResultsComeFirst) {
  const auto whole = fold({resultOf(kAda, "m-1"), resultOf(kBen, "m-2"), registered({kBen, kAda})}).record.case_();
  ASSERT_EQ(whole.defendants_size(), 2);
  EXPECT_EQ(whole.defendants(0).id(), "d-1");
  EXPECT_EQ(whole.defendants(1).id(), "d-2");
  ASSERT_EQ(whole.hearings_size(), 1);
  EXPECT_EQ(whole.hearings(0).defendant_ids_size(), 2);
  for (const auto& defendant : whole.defendants()) {
    ASSERT_EQ(defendant.offences_size(), 1);
    EXPECT_EQ(defendant.offences(0).results(0).hearing_id(), whole.hearings(0).id());
  }
}

TEST(Placing, KnowsADefendantByCommonPlatformWhateverTheName) {
  auto first = registered({kAda});
  first.mutable_case_()->mutable_defendants(0)->set_cp_defendant_id("6a2d1f3e-0b1c-4d2e-8f30-405162738495");
  auto second = resultOf({"A", "Fenner", "", ""});
  second.mutable_case_()->mutable_defendants(0)->set_cp_defendant_id("6a2d1f3e-0b1c-4d2e-8f30-405162738495");
  EXPECT_EQ(fold({first, second}).record.case_().defendants_size(), 1);
}

TEST(Placing, KeepsTwoChargesOfTheSameCodeAndDayApart) {
  auto message = registered({kAda});
  addOffence(*message.mutable_case_()->mutable_defendants(0), "TH68026", "2026-02-01", 2);
  auto result = resultOf(kAda);
  addResult(addOffence(*result.mutable_case_()->mutable_defendants(0), "TH68026", "2026-02-01", 2), "2004", "Dismissed",
            "2026-04-01");
  const auto whole = fold({message, result}).record.case_();
  ASSERT_EQ(whole.defendants(0).offences_size(), 2);
  EXPECT_EQ(whole.defendants(0).offences(0).results(0).code().code(), "1015");
  EXPECT_EQ(whole.defendants(0).offences(1).results(0).code().code(), "2004");
}

TEST(Placing, FindsACaseChargeThatTheCourtNumbersOtherwise) {
  auto result = resultOf(kAda);
  result.mutable_case_()->mutable_defendants(0)->mutable_offences(0)->set_sequence(7);
  EXPECT_EQ(fold({registered({kAda}), result}).record.case_().defendants(0).offences_size(), 1);
}

TEST(Placing, AddsAChargeThatWasNotKnownAndSaysSo) {
  auto result = resultOf(kAda);
  addOffence(*result.mutable_case_()->mutable_defendants(0), "CJ88001", "2026-02-02", 9);
  const auto folded = fold({registered({kAda}), result});
  EXPECT_EQ(folded.record.case_().defendants(0).offences_size(), 2);
  EXPECT_TRUE(finds(folded, "offence_added"));
  EXPECT_FALSE(finds(fold({resultOf(kAda)}), "offence_added"));
}

TEST(Placing, KeepsRepeatedResultsOfOneMessageAndAddsNoneWhenTheyComeAgain) {
  auto result = resultOf(kAda, "m-1");
  auto& offence = *result.mutable_case_()->mutable_defendants(0)->mutable_offences(0);
  for (int i = 0; i < 2; ++i) addResult(offence, "3012", "Compensation 100.00", "2026-04-01");
  auto again = result;
  again.set_message_id("m-2");
  EXPECT_EQ(fold({result, again}).record.case_().defendants(0).offences(0).results_size(), 3);
}

TEST(Placing, MakesOnePartyOfAVictimRepeatedUnderEachOffence) {
  auto message = registered({kAda});
  auto& defendant = *message.mutable_case_()->mutable_defendants(0);
  addOffence(defendant, "CJ88001", "2026-02-01", 2);
  for (int i : {0, 1}) {
    auto& victim = addParty(message, person("Cora", "Lisle", "1999-01-05"), "victim");
    victim.add_addresses()->set_postcode(i == 0 ? "ZZ1 1ZZ" : "ZZ2 2ZZ");
    defendant.mutable_offences(i)->add_victim_ids(victim.id());
  }
  const auto whole = fold({message}).record.case_();
  ASSERT_EQ(whole.parties_size(), 1);
  EXPECT_EQ(whole.parties(0).id(), "p-1");
  EXPECT_EQ(whole.parties(0).addresses_size(), 2);
  for (const auto& offence : whole.defendants(0).offences()) EXPECT_EQ(offence.victim_ids(0), "p-1");
}

TEST(Placing, GivesAVictimWhoIsAlsoAWitnessBothRoles) {
  auto first = registered({kAda});
  addParty(first, person("Cora", "Lisle", "1999-01-05"), "victim");
  auto second = message("m-2", "case.updated", "cps.wcu/1", "2026-03-02T09:00:00Z");
  addParty(second, person("CORA", "Lisle", "1999-01-05"), "witness");
  const auto whole = fold({first, second}).record.case_();
  ASSERT_EQ(whole.parties_size(), 1);
  EXPECT_EQ(whole.parties(0).roles_size(), 2);
}

TEST(Placing, KnowsAPersonBehindAChangedName) {
  auto first = registered({kAda});
  *addParty(first, person("Cora", "Lisle", "1999-01-05"), "victim").add_identifiers() =
      number("records_person", "900", "records");
  auto second = message("m-2", "case.updated", "niche.case/1", "2026-05-02T09:00:00Z");
  *addParty(second, person("Cora", "Penrose", "1999-01-05"), "victim").add_identifiers() =
      number("records_person", "900", "records");
  const auto whole = fold({first, second}).record.case_();
  ASSERT_EQ(whole.parties_size(), 1);
  ASSERT_EQ(whole.parties(0).person().names_size(), 2);
  EXPECT_EQ(whole.parties(0).person().names(0).family(), "Penrose");
}

TEST(Placing, NeverMixesTwoPeopleWhomOneSystemNumbersApart) {
  auto message = registered({kAda});
  for (const char* id : {"900", "901"})
    *addParty(message, person("Cora", "Lisle", "1999-01-05"), "victim").add_identifiers() =
        number("records_person", id, "records");
  EXPECT_EQ(fold({message}).record.case_().parties_size(), 2);
}

TEST(Placing, KeepsAnOrganisationWithoutANameAndAsksForIt) {
  auto first = registered({kAda});
  auto& shop = addParty(first, {}, "victim");
  shop.clear_person();
  shop.mutable_organisation();
  shop.add_addresses()->set_postcode("ZZ1 1ZZ");
  auto again = first;
  again.set_message_id("m-2");
  const auto folded = fold({first, again});
  EXPECT_EQ(folded.record.case_().parties_size(), 1);
  EXPECT_TRUE(finds(folded, "name_wanted"));
}

TEST(Placing, NeverAddsAHearingWithoutADateTwice) {
  auto first = resultOf(kAda, "m-1");
  first.mutable_case_()->mutable_hearings(0)->clear_starts_at();
  auto again = first;
  again.set_message_id("m-2");
  EXPECT_EQ(fold({first, again}).record.case_().hearings_size(), 1);
}

TEST(Placing, KnowsAHearingByItsNumberWhenItMoves) {
  auto first = message("m-1", "hearing.listed", "courts.listing/1", "2026-04-01T12:00:00Z");
  *addHearing(first, "2026-06-02T10:00").add_identifiers() =
      number("cp_hearing", "6a2d1f3e-0b1c-4d2e-8f30-405162738495");
  auto moved = message("m-2", "hearing.listed", "courts.listing/1", "2026-05-01T12:00:00Z");
  *addHearing(moved, "2026-06-09T10:00").add_identifiers() =
      number("cp_hearing", "6a2d1f3e-0b1c-4d2e-8f30-405162738495");
  for (const auto& order : {std::vector{first, moved}, {moved, first}}) {
    const auto whole = fold(order).record.case_();
    ASSERT_EQ(whole.hearings_size(), 1);
    EXPECT_EQ(whole.hearings(0).starts_at().date(), "2026-06-09");
    EXPECT_EQ(whole.hearings(0).fixture_no(), 2);
    EXPECT_EQ(whole.hearings(0).previous_starts_at().date(), "2026-06-02");
  }
}

TEST(Placing, JoinsTwoEntriesWhenAMessageShowsThatTheyAreOne) {
  auto by_number = registered({kAda});
  *addParty(by_number, person("Cora", "Penrose", "1999-01-05"), "victim").add_identifiers() =
      number("records_person", "900", "records");
  auto by_name = message("m-2", "case.updated", "cps.wcu/1", "2026-03-02T09:00:00Z");
  addParty(by_name, person("Cora", "Lisle", "1999-01-05"), "witness");
  auto both = message("m-3", "case.updated", "niche.case/1", "2026-03-03T09:00:00Z");
  *addParty(both, person("Cora", "Lisle", "1999-01-05"), "victim").add_identifiers() =
      number("records_person", "900", "records");
  auto folded = fold({by_number, by_name, both});
  ASSERT_EQ(folded.record.case_().parties_size(), 1);
  EXPECT_EQ(folded.record.case_().parties(0).roles_size(), 2);
  EXPECT_TRUE(finds(folded, "parties_joined"));
  auto stranger = message("m-4", "case.updated", "niche.case/1", "2026-03-04T09:00:00Z");
  addParty(stranger, person("Otto", "Vane", "1960-01-05"), "witness");
  // The number of the entry that went away is never given again.
  EXPECT_EQ(apply(folded.record, stranger)->record.case_().parties(1).id(), "p-3");
}

}  // namespace
}  // namespace causeway::care
