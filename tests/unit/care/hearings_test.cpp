#include "tests/unit/care/steps.hpp"

namespace causeway::care {
namespace {

using namespace steps;

TEST(HearingsOfACase, AsksAPersonAboutTwoTimes) {
  auto odd = result({"m-1", "2026-04-01T12:00:00Z", "2026-06-02T10:00"});
  offenceOf(odd).mutable_results(0)->mutable_next_hearing()->mutable_starts_at()->set_confidence("conflict");
  EXPECT_TRUE(finds(fold({odd}), "time_conflict"));
}

TEST(HearingsOfACase, KeepsHowExactANextHearingIs) {
  const auto folded = fold({registered(), result({"m-1", "2026-04-01T12:00:00Z", "2026-06-02"})});
  const auto* hearing = hearingOn(folded, "2026-06-02");
  ASSERT_NE(hearing, nullptr);
  EXPECT_EQ(hearing->state(), "provisional");
  EXPECT_EQ(hearing->starts_at().precision(), "date_only");
  const auto fixed = fold({registered(), result({"m-1", "2026-04-01T12:00:00Z", "2026-06-02"}),
                           result({"m-2", "2026-04-20T12:00:00Z", "2026-06-02T10:00"})});
  EXPECT_EQ(hearingOn(fixed, "2026-06-02")->state(), "fixed");
  EXPECT_EQ(hearingOn(fixed, "2026-06-02")->fixture_no(), 1);
}

TEST(HearingsOfACase, SaysWhenANextHearingHasNoDate) {
  auto undated = result({"m-1", "2026-04-01T12:00:00Z"});
  offenceOf(undated).mutable_results(0)->mutable_next_hearing()->set_court_name("Invented Crown Court");
  const auto folded = fold({registered(), undated});
  EXPECT_TRUE(finds(folded, "next_hearing_undated"));
  EXPECT_EQ(count(folded, "hearing.listed"), 0);
}

TEST(HearingsOfACase, MovesATrialAndKeepsWhereItWas) {
  const auto folded = fold({registered(), result({"m-1", "2026-04-01T12:00:00Z", "2026-06-02T10:00"}),
                            result({"m-2", "2026-05-01T12:00:00Z", "2026-06-09T10:00"})});
  EXPECT_EQ(hearingOn(folded, "2026-06-02"), nullptr);
  const auto* moved = hearingOn(folded, "2026-06-09");
  ASSERT_NE(moved, nullptr);
  EXPECT_EQ(moved->fixture_no(), 2);
  EXPECT_EQ(moved->previous_starts_at().date(), "2026-06-02");
  EXPECT_TRUE(finds(folded, "hearing_moved"));
  EXPECT_EQ(only(folded, "hearing.listed").about.front(), moved->id());
}

TEST(HearingsOfACase, TakesNoNoticeOfALateCopyOfTheOldDate) {
  const auto moved = fold({registered(), result({"m-1", "2026-04-01T12:00:00Z", "2026-06-02T10:00"}),
                           result({"m-2", "2026-05-01T12:00:00Z", "2026-06-09T10:00"})});
  auto late = result({"m-3", "2026-04-01T12:00:00Z", "2026-06-02T10:00"});
  late.set_received_at("2026-05-05T12:00:00Z");
  const auto folded = apply(moved.record, late);
  ASSERT_TRUE(folded);
  EXPECT_EQ(hearingOn(*folded, "2026-06-02"), nullptr);
  EXPECT_EQ(hearingOn(*folded, "2026-06-09")->fixture_no(), 2);
  EXPECT_EQ(count(*folded, "hearing.listed"), 0);
}

TEST(HearingsOfACase, LeavesATrialWhereItIsWhenAMentionComesFirst) {
  auto mention = result({"m-2", "2026-04-20T12:00:00Z"});
  setNext(*offenceOf(mention).mutable_results(0), "2026-05-25T10:00", "mention");
  const auto folded = fold({registered(), result({"m-1", "2026-04-01T12:00:00Z", "2026-06-02T10:00"}), mention});
  EXPECT_NE(hearingOn(folded, "2026-06-02"), nullptr);
  EXPECT_NE(hearingOn(folded, "2026-05-25"), nullptr);
}

TEST(HearingsOfACase, LeavesATrialOfTwoWhenItIsMovedForOneOnly) {
  auto second = result({"m-1b", "2026-04-01T12:00:00Z", "2026-06-02T10:00"});
  auto& other = *second.mutable_case_()->mutable_defendants(0);
  *other.mutable_person() = person(kBen.given, kBen.family, kBen.born_on);
  *other.mutable_asn() = number("asn", kBen.asn);
  const auto folded = fold({result({"m-1", "2026-04-01T12:00:00Z", "2026-06-02T10:00"}), second,
                            result({"m-2", "2026-05-01T12:00:00Z", "2026-06-09T10:00"})});
  EXPECT_NE(hearingOn(folded, "2026-06-02"), nullptr);
  EXPECT_NE(hearingOn(folded, "2026-06-09"), nullptr);
}

/// A court's list that does not say when it was made.
CanonicalMessage undated(std::string_view id, std::string_view received, std::string_view day) {
  auto out = message(id, "hearing.listed", "courts.cp-hearing/1", {});
  out.clear_asserted_at();
  out.set_received_at(std::string(received));
  *addHearing(out, day).add_identifiers() = number("cp_hearing", "7c1f0000-0000-4000-8000-000000000003");
  return out;
}

TEST(Hearings, AnUndatedListThatGoesBackToADayThatWasLeftIsForAPersonToSettle) {
  const auto moved = fold({registered(), undated("m-1", "2026-06-01T09:00:00Z", "2026-07-14T10:00"),
                           undated("m-2", "2026-06-02T09:00:00Z", "2026-08-20T10:00")});
  EXPECT_FALSE(apply(moved.record, undated("m-3", "2026-06-03T09:00:00Z", "2026-07-14T10:00")));
  EXPECT_TRUE(apply(moved.record, undated("m-4", "2026-06-03T09:00:00Z", "2026-08-20T10:00"))) << "the same again";
  EXPECT_TRUE(apply(moved.record, undated("m-5", "2026-06-03T09:00:00Z", "2026-09-01T10:00"))) << "a new day";
}

CanonicalMessage resultReceived(std::string_view id, std::string_view day, std::string_view received) {
  auto out = result({id, day});
  out.set_received_at(std::string(received));
  return out;
}

TEST(Hearings, AResultOfADayThatHadNotComeIsForAPersonToSettle) {
  const auto known = fold({registered()});
  EXPECT_FALSE(apply(known.record, resultReceived("m-1", "2026-12-21T16:40:00Z", "2026-11-22T12:00:00Z")));
  EXPECT_FALSE(apply(known.record, resultReceived("m-2", "2026-07-02T00:10:00Z", "2026-07-01T22:30:00Z")));
  EXPECT_TRUE(apply(known.record, resultReceived("m-3", "2026-07-02T00:10:00Z", "2026-07-01T23:30:00Z")))
      << "in London it is the day of the hearing already";
  EXPECT_TRUE(apply(known.record, resultReceived("m-4", "2026-11-20T16:40:00Z", "2026-11-22T12:00:00Z")));
}

TEST(Findings, AContactDatedLaterThanItsReceiptIsFound) {
  const auto told = [](std::string_view id, std::string_view received) {
    auto out = message(id, "contact.made", "niche.contact/1", received);
    out.set_received_at(std::string(received));
    addParty(out, person("Cora", "Lisle", "1999-01-05"), "victim").add_contacts_made()->set_at("2027-11-24T10:00:00Z");
    return out;
  };
  const auto ahead = fold({registered(), told("m-1", "2026-11-24T10:30:00Z")});
  EXPECT_TRUE(finds(ahead, "contact_ahead"));
  EXPECT_FALSE(finds(fold({registered(), told("m-1", "2027-11-24T09:56:00Z")}), "contact_ahead"));
}

}  // namespace
}  // namespace causeway::care
