#include "host/pipeline/recheck.hpp"

#include "tests/support/builders.hpp"

#include <gtest/gtest.h>

namespace causeway::pipeline {
namespace {

using canonical::CanonicalMessage;
using support::localTime;

constexpr const char* kSince = "Since this was written the court has changed";

/// The case as it stood when a task about its hearing and result was made.
canonical::Case then() {
  canonical::Case out;
  auto& hearing = *out.add_hearings();
  hearing.set_id("h-1");
  *hearing.mutable_starts_at() = localTime("2026-12-01T10:00");
  auto& defendant = *out.add_defendants();
  defendant.set_id("d-1");
  defendant.add_offences()->add_results()->set_id("r-1");
  auto& party = *out.add_parties();
  party.set_id("p-1");
  *party.mutable_person() = support::person("Tamsin", "Roskilly");
  return out;
}

CanonicalMessage taskAbout(const canonical::Case& whole) {
  CanonicalMessage out;
  out.set_type("task.raised");
  *out.mutable_case_() = whole;
  *out.mutable_case_()->add_tasks()->mutable_instructions() = support::text("Tell this person.");
  return out;
}

std::string wordsNow(CanonicalMessage draft, const canonical::Case& now) {
  bringUpToDate(draft, now);
  return draft.case_().tasks(draft.case_().tasks_size() - 1).instructions().text();
}

TEST(Recheck, SaysNothingWhereNothingChanged) {
  EXPECT_EQ(wordsNow(taskAbout(then()), then()), "Tell this person.");
  auto now = then();
  now.mutable_hearings(0)->set_state("resulted");
  now.mutable_hearings(0)->mutable_starts_at()->set_basis("stated");
  EXPECT_EQ(wordsNow(taskAbout(then()), now), "Tell this person.") << "the same hour, better known";
}

TEST(Recheck, SaysThatTheHearingWasMovedOrCalledOffSince) {
  auto moved = then();
  *moved.mutable_hearings(0)->mutable_starts_at() = localTime("2026-12-01T14:00");
  EXPECT_NE(wordsNow(taskAbout(then()), moved).find(kSince), std::string::npos);
  auto off = then();
  off.mutable_hearings(0)->set_state("vacated");
  EXPECT_NE(wordsNow(taskAbout(then()), off).find(kSince), std::string::npos);
  EXPECT_EQ(wordsNow(taskAbout(off), off), "Tell this person.") << "that it is off is what it tells";
}

TEST(Recheck, SaysThatTheResultWasTakenBackSince) {
  auto taken_back = then();
  taken_back.mutable_defendants(0)->mutable_offences(0)->mutable_results(0)->set_deleted(true);
  EXPECT_NE(wordsNow(taskAbout(then()), taken_back).find(kSince), std::string::npos);
  EXPECT_EQ(wordsNow(taskAbout(taken_back), taken_back), "Tell this person.") << "that it was is what it tells";
}

TEST(Recheck, SaysItToOfficersTooAndOnce) {
  auto moved = then();
  *moved.mutable_hearings(0)->mutable_starts_at() = localTime("2026-12-02T10:00");
  CanonicalMessage notice;
  notice.set_type("officer.notified");
  *notice.mutable_case_() = then();
  *notice.mutable_case_()->add_officer_notifications()->mutable_text() = support::text("The hearing is on.");
  bringUpToDate(notice, moved);
  const auto once = notice.case_().officer_notifications(0).text().text();
  EXPECT_NE(once.find(kSince), std::string::npos);
  bringUpToDate(notice, moved);
  EXPECT_EQ(notice.case_().officer_notifications(0).text().text(), once);
}

TEST(Recheck, NamesPeopleAsTheyAreNowButNotInWhatIsProposed) {
  auto now = then();
  *now.mutable_parties(0)->mutable_person() = support::person("Tamsin", "Penrose");
  auto draft = taskAbout(then());
  bringUpToDate(draft, now);
  EXPECT_EQ(draft.case_().parties(0).person().names(0).family(), "Penrose");
  auto proposed = taskAbout(then());
  proposed.set_type("record.change_proposed");
  bringUpToDate(proposed, now);
  EXPECT_EQ(proposed.case_().parties(0).person().names(0).family(), "Roskilly");
}

}  // namespace
}  // namespace causeway::pipeline
