#include "host/care/background_checks.hpp"

#include "host/care/case_fold.hpp"
#include "tests/support/builders.hpp"

#include <gtest/gtest.h>

namespace causeway::care {
namespace {

using namespace support;

const Instant kNow = *parseInstant("2026-06-02T12:00:00Z");
const Instant kAskedAt = *parseInstant("2026-06-02T08:00:00Z");

CanonicalMessage request(const std::string& id = "m-1", const std::string& by = "records") {
  auto out = message(id, "background_check.requested", "niche.test/1", "2026-06-02T08:00:00Z");
  out.set_source_system(by);
  addDefendant(out, kAda).set_id("new-1");
  auto& check = *out.mutable_case_()->add_background_checks();
  check.set_id("BC-1");
  check.set_subject_id("new-1");
  check.mutable_purpose()->set_code("charging");
  return out;
}

CanonicalMessage answer(const std::string& id, const std::string& by, const std::string& says,
                        const std::string& at = "2026-06-02T09:00:00Z") {
  auto out = message(id, "background_check.answered", "niche.test/1", at);
  out.set_source_system(by);
  auto& check = *out.mutable_case_()->add_background_checks();
  check.set_id("BC-1");
  auto& one = *check.add_answers();
  one.set_system(by);
  one.mutable_answer()->set_code(says);
  one.mutable_detail()->set_text("Word of " + by);
  return out;
}

CaseRecord folded(const std::vector<CanonicalMessage>& messages) {
  CaseRecord out;
  for (const auto& one : messages) {
    auto after = apply(out, one);
    EXPECT_TRUE(after) << (after ? "" : after.error().what);
    if (after) out = std::move(after->record);
  }
  return out;
}

/// As the pipeline brings it together.
CanonicalMessage combined(const CaseRecord& record, const std::vector<CheckAsk>& asks) {
  auto out = message("m-combined", "background_check.combined", "causeway.check", formatInstant(kNow));
  out.set_source_system("causeway");
  *out.mutable_case_()->add_background_checks() = combine(*checkOf(record.case_(), "BC-1"), asks, kNow);
  return out;
}

std::string answersOf(const canonical::BackgroundCheck& check) {
  std::string out;
  for (const auto& one : check.answers())
    out += one.system() + (one.has_on_behalf_of() ? "/" + one.on_behalf_of() : "") + "=" + one.answer().code() +
           (one.late() ? " late" : "") + ";";
  return out;
}

TEST(BackgroundCheck, AboutNobodyIsNotAsked) {
  auto said = request();
  said.mutable_case_()->mutable_background_checks(0)->clear_subject_id();
  EXPECT_FALSE(apply({}, said));
  said = request();
  said.mutable_case_()->mutable_background_checks(0)->set_subject_id("new-7");
  EXPECT_FALSE(apply({}, said)) << "somebody of whom the case knows nothing";
}

TEST(BackgroundCheck, OfNobodyKnownIsNotAsked) { EXPECT_FALSE(apply({}, request("m-1", ""))); }

TEST(BackgroundCheck, ANumberBelongsToOneAsker) {
  const auto known = folded({request()});
  EXPECT_FALSE(apply(known, request("m-2", "other-records")));
}

TEST(BackgroundCheck, IsNotTurnedIntoAnother) {
  const auto known = folded({request()});
  auto other = request("m-2");
  other.mutable_case_()->mutable_background_checks(0)->mutable_purpose()->set_code("witness_care");
  EXPECT_FALSE(apply(known, other));
  other = request("m-2");
  other.mutable_case_()->mutable_background_checks(0)->add_wanted("records-east");
  EXPECT_FALSE(apply(known, other));
  other = request("m-2");
  addDefendant(other, kBen).set_id("new-2");
  other.mutable_case_()->mutable_background_checks(0)->set_subject_id("new-2");
  EXPECT_FALSE(apply(known, other)) << "about somebody else";
}

TEST(BackgroundCheck, AskedAgainInTheSameWordsIsNoNews) {
  const auto known = folded({request()});
  const auto again = apply(known, request("m-2"));
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->events.empty());
  EXPECT_EQ(checkOf(again->record.case_(), "BC-1")->request(), "m-1");
}

TEST(BackgroundCheck, NothingElseBringsOneIn) {
  auto said = request();
  said.set_type("case.registered");
  EXPECT_EQ(checkOf(folded({said}).case_(), "BC-1"), nullptr);
  said.set_type("background_check.requested");
  auto& check = *said.mutable_case_()->mutable_background_checks(0);
  check.set_asked_by("somebody-else");
  check.set_combined_at("2026-06-01T08:00:00Z");
  check.mutable_summary()->set_text("Nothing at all.");
  check.add_answers()->mutable_answer()->set_code("no_trace");
  const auto known = folded({said});
  const auto& taken = *checkOf(known.case_(), "BC-1");
  EXPECT_EQ(taken.asked_by(), "records");
  EXPECT_FALSE(taken.has_combined_at());
  EXPECT_FALSE(taken.has_summary());
  EXPECT_TRUE(taken.answers().empty());
}

TEST(BackgroundCheck, NobodyAnswersInTheNameOfAnother) {
  auto relayed = answer("m-2", "records-east", "no_trace");
  relayed.mutable_case_()->mutable_background_checks(0)->mutable_answers(0)->set_system("records-west");
  const auto known = folded({request(), relayed});
  const auto& check = *checkOf(known.case_(), "BC-1");
  EXPECT_EQ(answersOf(check), "records-east/records-west=no_trace;");
  EXPECT_TRUE(isAwaited(check, {{"records-west", kAskedAt}}));
  EXPECT_FALSE(isAwaited(check, {{"records-east", kAskedAt}}));
}

TEST(BackgroundCheck, ASystemThatSaysItHasNotAnsweredHasNot) {
  const auto known = folded({request(), answer("m-2", "records-east", "no_answer")});
  EXPECT_TRUE(isAwaited(*checkOf(known.case_(), "BC-1"), {{"records-east", kAskedAt}}));
}

TEST(BackgroundCheck, TheOrderInWhichItComesChangesNothing) {
  const auto first = request(), east = answer("m-2", "records-east", "trace"),
             west = answer("m-3", "records-west", "no_trace");
  const auto usual = folded({first, east, west}), reversed = folded({west, east, first});
  const auto &a = *checkOf(usual.case_(), "BC-1"), &b = *checkOf(reversed.case_(), "BC-1");
  EXPECT_EQ(a.SerializeAsString(), b.SerializeAsString());
  EXPECT_TRUE(isGathering(b));
}

TEST(BackgroundCheck, TwoAnswersOfOneSystemStandSideBySide) {
  const auto known = folded({request(), answer("m-2", "records-east", "no_trace"),
                             answer("m-3", "records-east", "trace", "2026-06-02T10:00:00Z")});
  EXPECT_EQ(answersOf(*checkOf(known.case_(), "BC-1")), "records-east=no_trace;records-east=trace;");
}

TEST(BackgroundCheck, ALateAnswerIsMarkedAndOneThatWasInTimeIsNot) {
  const std::vector<CheckAsk> asks{{"records-east", kAskedAt}, {"records-west", kAskedAt}};
  auto known = folded({request(), answer("m-2", "records-east", "trace")});
  known = apply(known, combined(known, asks))->record;
  const auto late = apply(known, answer("m-4", "records-west", "no_trace", "2026-06-02T14:00:00Z"));
  ASSERT_TRUE(late);
  const auto again = apply(late->record, answer("m-5", "records-east", "trace"));
  ASSERT_TRUE(again);
  EXPECT_EQ(answersOf(*checkOf(again->record.case_(), "BC-1")),
            "records-east=trace;records-west=no_answer;records-west=no_trace late;");
}

TEST(BackgroundCheck, WhoIsAskedHearsNoAnswerAndOfNobodyElse) {
  auto said = request();
  addDefendant(said, kBen);
  addParty(said, person("Cora", "Lisle", "1999-01-05"), "victim");
  const auto known = folded({answer("m-0", "records-east", "trace"), said});
  const auto told = focus(known.case_(), {"background_check.requested", {"BC-1"}}, said).case_();
  ASSERT_EQ(told.background_checks_size(), 1);
  ASSERT_EQ(told.background_checks(0).answers_size(), 1);
  EXPECT_FALSE(told.background_checks(0).answers(0).has_answer());
  EXPECT_FALSE(told.background_checks(0).answers(0).has_detail());
  EXPECT_EQ(told.defendants_size(), 1);
  EXPECT_TRUE(told.parties().empty());
  EXPECT_TRUE(focus(known.case_(), {"case.updated", {}}, said).case_().background_checks().empty());
}

TEST(BackgroundCheck, OfALateAnswerOnlyWhatItSaysIsTold) {
  auto known = folded({request(), answer("m-2", "records-east", "trace")});
  known = apply(known, combined(known, {{"records-east", kAskedAt}, {"records-west", kAskedAt}}))->record;
  const auto late = answer("m-4", "records-west", "no_trace", "2026-06-02T14:00:00Z");
  const auto after = apply(known, late);
  ASSERT_TRUE(after);
  ASSERT_EQ(after->events.size(), 1U);
  const auto told = focus(after->record.case_(), after->events[0], late).case_().background_checks(0);
  EXPECT_EQ(answersOf(told), "records-west=no_trace late;");
  EXPECT_FALSE(told.has_summary());
}

TEST(BackgroundCheck, ARefusalIsToldWithoutItsWords) {
  auto known = folded({request(), answer("m-2", "records-east", "refused")});
  const auto own = combined(known, {{"records-east", kAskedAt}});
  const auto after = apply(known, own);
  const auto told = focus(after->record.case_(), after->events.at(0), own).case_().background_checks(0);
  ASSERT_EQ(told.answers_size(), 1);
  EXPECT_EQ(told.answers(0).answer().code(), "refused");
  EXPECT_FALSE(told.answers(0).has_detail());
  EXPECT_NE(told.summary().text().find("Refused: records-east."), std::string::npos);
}

TEST(Combine, WithoutAnybodyToAskIsPartialAndSaysSo) {
  const auto check = *checkOf(folded({request()}).case_(), "BC-1");
  const auto out = combine(check, {}, kNow);
  EXPECT_EQ(out.state(), "partial");
  EXPECT_EQ(out.summary().text(),
            "No record system could be asked: nothing is known, which is not the same as nothing found.");
}

TEST(Combine, NamesWhoDidNotAnswerAndWhoCouldNotBeAsked) {
  auto said = request();
  said.mutable_case_()->mutable_background_checks(0)->add_wanted("records-north");
  const auto known = folded({said, answer("m-2", "records-east", "no_trace")});
  const auto out =
      combine(*checkOf(known.case_(), "BC-1"),
              {{"records-east", kAskedAt}, {"records-south", kAskedAt}, {"records-west", kAskedAt, false}}, kNow);
  EXPECT_EQ(out.state(), "partial");
  EXPECT_EQ(answersOf(out), "records-east=;records-north=not_asked;records-south=no_answer;records-west=not_asked;");
  EXPECT_EQ(out.answers(2).asked_at(), "2026-06-02T08:00:00Z");
  EXPECT_FALSE(out.answers(3).has_asked_at());
  EXPECT_EQ(
      out.summary().text(),
      "1 of 4 systems answered. 0 answers hold something, 1 holds nothing. No answer in time: records-south. Could "
      "not be asked: records-north, records-west. No answer does not mean no trace.");
}

TEST(Combine, ShowsAnswersThatDifferAndChoosesNone) {
  auto known = folded({request(), answer("m-2", "records-east", "trace"), answer("m-3", "records-west", "no_trace")});
  const std::vector<CheckAsk> asks{{"records-east", kAskedAt}, {"records-west", kAskedAt}};
  const auto out = combine(*checkOf(known.case_(), "BC-1"), asks, kNow);
  EXPECT_EQ(out.state(), "complete");
  EXPECT_EQ(out.combined_at(), "2026-06-02T12:00:00Z");
  EXPECT_EQ(
      out.summary().text(),
      "2 of 2 systems answered. 1 answer holds something, 1 holds nothing. The answers differ: read each by itself.");
  const auto after = apply(known, combined(known, asks));
  ASSERT_TRUE(after);
  const auto& check = *checkOf(after->record.case_(), "BC-1");
  EXPECT_EQ(answersOf(check), "records-east=trace;records-west=no_trace;");
  EXPECT_EQ(check.answers(0).detail().text(), "Word of records-east");
  EXPECT_EQ(check.answers(0).asked_at(), "2026-06-02T08:00:00Z");
  EXPECT_FALSE(isGathering(check));
}

}  // namespace
}  // namespace causeway::care
