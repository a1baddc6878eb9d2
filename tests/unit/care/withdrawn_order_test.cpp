#include "tests/unit/care/orders_of_arrival.hpp"
#include "tests/unit/care/taken_back.hpp"

namespace causeway::care {
namespace {

using namespace steps;
using arrival::expectEveryOrderAlike;

TEST(WithdrawnOrder, NeverShowsInBailThatEndsAndBeginsAgain) {
  expectEveryOrderAlike({registered(), bailed({"m-1", kFirst}), bailOver({"m-2", kSecond}), bailed({"m-3", kThird})});
  expectEveryOrderAlike(
      {registered(), bailed({"m-1", kFirst}), bailOver({"m-2", kSecond}), bailOver({"m-3", kThird}, "niche.case/1")});
}

TEST(WithdrawnOrder, NeverShowsInAnUnknownCodeAndItsEnd) {
  auto odd = bailed({"m-1", kFirst});
  auto& plea = *offenceOf(odd).mutable_plea();
  plea.set_raw("ZZ");
  plea.set_unmapped(true);
  auto over = bailOver({"m-2", kSecond});
  over.add_cleared("case.defendants.offences.plea");
  EXPECT_FALSE(offenceOf(fold({registered(), over, odd})).has_plea());
  expectEveryOrderAlike({registered(), odd, over});
}

TEST(WithdrawnOrder, NeverShowsInWholeListsOfWitnesses) {
  expectEveryOrderAlike({registered(), wholeList({"m-1", kFirst}, {"Lisle", "Vane"}),
                         wholeList({"m-2", kSecond}, {"Vane"}), wholeList({"m-3", kThird}, {"Lisle", "Quay"})});
}

TEST(WithdrawnOrder, NeverShowsInAWholeListOfATrialThatMoves) {
  expectEveryOrderAlike({registered(), wholeList({"m-1", kFirst}, {"Lisle", "Vane"}),
                         result({"m-2", kSecond, "2026-06-09T10:00"}),
                         wholeList({"m-3", kThird}, {"Vane"}, "2026-06-09T10:00")});
}

TEST(WithdrawnOrder, NeverShowsInAddressesOfSeveralSources) {
  auto moved = livesAt({"m-3", kThird}, {"3 New Road"}, "niche.case/1");
  moved.add_complete("case.parties.addresses");
  auto other = livesAt({"m-4", "2026-05-09T12:00:00Z"}, {"1 Old Road"}, "cps.case/1");
  other.mutable_case_()->mutable_parties(0)->mutable_addresses(0)->set_safe_for_post(false);
  expectEveryOrderAlike({registered(), livesAt({"m-1", kFirst}, {"1 Old Road", "2 Side Road"}, "niche.case/1"),
                         livesAt({"m-2", kSecond}, {"2 Side Road"}, "courts.spi-result/1"), moved, other});
}

TEST(WithdrawnOrder, NeverShowsInTwoPeopleWhoAreOneAndTheirLists) {
  const auto says = [](const Said& said, canonical::Person who, std::string_view street) {
    auto out = message(said.id, "party.updated", "niche.case/1", said.at);
    auto& party = addParty(out, std::move(who), "witness");
    *party.add_identifiers() = number("records_person", "900", "records");
    party.add_addresses()->add_lines(std::string(street));
    return out;
  };
  auto moved = says({"m-3", kThird}, person("Cora", "Lisle", "1999-01-05"), "3 New Road");
  moved.add_complete("case.parties.addresses");
  expectEveryOrderAlike({registered(), livesAt({"m-1", kFirst}, {"1 Old Road"}, "niche.case/1"),
                         says({"m-2", kSecond}, person("Cora", "Penrose"), "2 Side Road"), moved});
}

TEST(WithdrawnOrder, NeverShowsInShufflesOfEverything) {
  auto moved = livesAt({"m-9", kThird}, {"3 New Road"}, "niche.case/1");
  moved.add_complete("case.parties.addresses");
  const arrival::Set messages{registered(),
                              bailed({"m-1", kFirst}),
                              bailOver({"m-2", kSecond}),
                              wholeList({"m-3", kFirst}, {"Lisle", "Vane"}),
                              wholeList({"m-4", kSecond}, {"Vane", "Quay"}),
                              wholeList({"m-5", kThird}, {"Lisle"}, "2026-06-09T10:00"),
                              result({"m-6", kSecond, "2026-06-09T10:00"}),
                              livesAt({"m-7", kFirst}, {"1 Old Road", "2 Side Road"}, "niche.case/1"),
                              livesAt({"m-8", kSecond}, {"2 Side Road"}, "courts.spi-result/1"),
                              moved};
  const auto folded = fold(messages);
  EXPECT_FALSE(folded.record.case_().defendants(0).has_bail());
  EXPECT_EQ(named(folded.record.case_(), "Vane").attendances_size(), 0);
  EXPECT_EQ(named(folded.record.case_(), "Lisle").addresses_size(), 2);
  arrival::expectShufflesAlike(messages, 500);
}

}  // namespace
}  // namespace causeway::care
