#include "tests/unit/care/orders_of_arrival.hpp"

namespace causeway::care {
namespace {

using namespace arrival;

CanonicalMessage registered() {
  auto out = message("m-case", "case.registered", "niche.case/1", "2026-03-01T09:00:00Z");
  for (const auto& who : {kAda, kBen}) addOffence(addDefendant(out, who), "TH68026", "2026-02-01", 1);
  return out;
}

/// A result of that time with a next hearing of that start.
CanonicalMessage next(const Accused& who, std::string_view said_at, std::string_view start,
                      std::string_view purpose = "trial") {
  auto out = message(std::string(who.given) + std::string(said_at) + std::string(start), "hearing.resulted",
                     "courts.spi-result/1", said_at);
  addHearing(out, std::string(said_at.substr(0, 10)) + "T10:00");
  auto& offence = addOffence(addDefendant(out, who), "TH68026", "2026-02-01", 1);
  setNext(addResult(offence, "4004", "Adjourned", said_at.substr(0, 10)), start, purpose);
  return out;
}

CanonicalMessage held(const Accused& who, std::string_view start) {
  auto out = message(std::string(who.given) + "held", "hearing.resulted", "courts.spi-result/1",
                     std::string(start.substr(0, 10)) + "T17:00:00Z");
  addHearing(out, start, "C01LV00");
  auto& offence = addOffence(addDefendant(out, who), "TH68026", "2026-02-01", 1);
  addResult(offence, "1002", "Imprisonment", "2026-06-02");
  offence.set_final(true);
  return out;
}

constexpr std::string_view kFirst = "2026-04-01T12:00:00Z", kSecond = "2026-04-20T12:00:00Z",
                           kThird = "2026-05-05T12:00:00Z";

TEST(HearingOrder, NeverShowsInTwoFixturesOfOneDay) {
  for (const std::string_view purpose : {"trial", "mention", ""})
    expectEveryOrderAlike({registered(), next(kAda, kFirst, "2026-06-02T10:00"),
                           next(kBen, kSecond, "2026-06-02T14:00", purpose), held(kAda, "2026-06-02T10:00"),
                           held(kBen, "2026-06-02T14:00")});
}

TEST(HearingOrder, NeverShowsInOneFixtureOfTwoThatMovesForOne) {
  for (const std::string_view to : {"2026-06-02T14:00", "2026-06-09T10:00"})
    expectEveryOrderAlike({registered(), next(kAda, kFirst, "2026-06-02T10:00"), next(kBen, kFirst, "2026-06-02T10:00"),
                           next(kBen, kSecond, to)});
}

TEST(HearingOrder, NeverShowsInOneFixtureThatMovesForBoth) {
  expectEveryOrderAlike({registered(), next(kAda, kFirst, "2026-06-02T10:00"), next(kBen, kFirst, "2026-06-02T10:00"),
                         next(kBen, kSecond, "2026-06-09T10:00"), next(kAda, kThird, "2026-06-09T10:00")});
}

TEST(HearingOrder, NeverShowsInADayThatTurnsOutToBeTwoTimes) {
  expectEveryOrderAlike({registered(), next(kAda, kFirst, "2026-06-02"), next(kBen, kFirst, "2026-06-02"),
                         next(kAda, kSecond, "2026-06-02T10:00"), next(kBen, kThird, "2026-06-02T14:00")});
}

TEST(HearingOrder, NeverShowsInTwoTimesThatNobodyCanTellApart) {
  expectEveryOrderAlike({registered(), next(kAda, kFirst, "2026-06-02T10:00", ""),
                         next(kAda, kSecond, "2026-06-02T14:00", ""), next(kBen, kSecond, "2026-06-02T14:00", "")});
}

TEST(HearingOrder, NeverShowsInAHearingThatIsHeldAtAnotherMinute) {
  expectEveryOrderAlike({registered(), next(kAda, kFirst, "2026-06-02T10:00"), next(kBen, kFirst, "2026-06-02T10:00"),
                         held(kAda, "2026-06-02T10:35"), held(kBen, "2026-06-02T10:35")});
}

TEST(HearingOrder, NeverShowsInWhatTheProsecutorSaysOfAll) {
  auto listing = message("m-cps", "hearing.listed", "cps.wcu/1", kSecond);
  for (const auto& who : {kAda, kBen}) addOffence(addDefendant(listing, who), "TH68026", "2026-02-01", 1);
  auto& hearing = addHearing(listing, "2026-06-02", "C01LV00");
  hearing.set_court_name("Invented Crown Court");
  *hearing.mutable_purpose() = code("trial");
  expectEveryOrderAlike(
      {registered(), listing, next(kAda, kFirst, "2026-06-02T10:00"), next(kBen, kThird, "2026-06-02T10:00")});
}

// Common Platform tells of a vacated trial by its number, day and hour, without the court.
TEST(HearingOrder, NeverShowsInAVacatedTrialThatNamesNoCourt) {
  auto vacated = message("m-cp", "trial.vacated", "courts.common-platform-event", kThird);
  addDefendant(vacated, kAda);
  auto& hearing = *vacated.mutable_case_()->add_hearings();
  hearing.set_id("new-201");
  *hearing.add_identifiers() = number("cp_hearing", "7c1f0000-0000-4000-8000-000000000003");
  *hearing.mutable_starts_at() = localTime("2026-06-02T10:00");
  hearing.set_state("vacated");
  const Set all{registered(), next(kAda, kFirst, "2026-06-02T10:00"), vacated};
  expectEveryOrderAlike(all);
  const auto record = folded(all, countUp(all.size()));
  int of_that_day = 0, off = 0;
  for (const auto& one : record.case_().hearings()) {
    of_that_day += one.starts_at().date() == "2026-06-02" ? 1 : 0;
    off += one.state() == "vacated" ? 1 : 0;
  }
  EXPECT_EQ(of_that_day, 1);
  EXPECT_EQ(off, 1);
}

TEST(HearingOrder, NeverShowsInShufflesOfMovesOfTwo) {
  expectShufflesAlike({registered(), next(kAda, kFirst, "2026-06-02T10:00"), next(kBen, kFirst, "2026-06-02T14:00"),
                       next(kAda, kSecond, "2026-06-02T14:00"), next(kBen, kThird, "2026-06-09T10:00"),
                       next(kAda, kThird, "2026-06-09T10:00"), held(kAda, "2026-06-09T10:00")},
                      700);
}

}  // namespace
}  // namespace causeway::care
