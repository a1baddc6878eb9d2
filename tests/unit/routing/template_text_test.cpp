#include "host/routing/template_text.hpp"

#include "tests/unit/routing/routes_support.hpp"

namespace causeway::routing {
namespace {

TemplateText load(const std::string& text) {
  Node node;
  node.kind = Node::Kind::Scalar;
  node.scalar = text;
  Problems problems;
  auto out = TemplateText::load(node, problems);
  EXPECT_TRUE(problems.empty()) << problems.text();
  return out;
}

std::string hearingText(const std::string& text, auto change) {
  auto message = event("hearing.listed");
  change(*message.mutable_case_()->mutable_hearings(0)->mutable_starts_at());
  return load(text).forPeople(message);
}

const auto kUnchanged = [](canonical::LocalTime&) {};
const std::string kWhen = "{case.hearings[0].starts_at}";

TEST(TemplateText, SaysThatAnAbsentFieldIsNotKnown) {
  EXPECT_EQ(load("Ended {case.finalised_on}.").forPeople(event("hearing.listed")), "Ended (not known).");
}

TEST(TemplateText, AnUnknownCodeIsNotTakenForAKnownOne) {
  auto message = event("hearing.listed");
  message.mutable_case_()->mutable_hearings(0)->mutable_purpose()->set_unmapped(true);
  EXPECT_EQ(load("{case.hearings[0].purpose}").forPeople(message), "(a code that is not in our list)");
}

TEST(TemplateText, WritesDatesTimesAndCodesForPeople) {
  auto message = event("hearing.listed");
  message.set_received_at("2026-06-02T09:05:00Z");
  message.mutable_case_()->set_finalised_on("2026-12-01");
  EXPECT_EQ(load("{received_at}, {case.finalised_on}, {case.defendants[].offences[].results[].plain_outcome}")
                .forPeople(message),
            "2 June 2026 at 10:05, 1 December 2026, remanded in custody");
}

TEST(TemplateText, ACertainHearingTimeNeedsNoDoubt) {
  EXPECT_EQ(hearingText(kWhen, kUnchanged), "9 June 2026 at 10:00");
}

TEST(TemplateText, AHearingTimeThatIsNotCertainSaysSo) {
  const std::string unknown =
      " It is not known how the sender meant this time: check it with the court before you tell anyone.";
  EXPECT_EQ(hearingText(kWhen, [](auto& time) { time.set_basis("unknown"); }), "9 June 2026 at 10:00" + unknown);
  EXPECT_EQ(hearingText(kWhen, [](auto& time) { time.clear_basis(); }), "9 June 2026 at 10:00" + unknown);
  const std::string conflict =
      " The sources give different times for this: find out which is right before you tell anyone.";
  EXPECT_EQ(hearingText(kWhen, [](auto& time) { time.set_confidence("conflict"); }), "9 June 2026 at 10:00" + conflict);
  EXPECT_EQ(hearingText(kWhen, [](auto& time) { time.set_conflicting("2026-06-09T09:00"); }),
            "9 June 2026 at 10:00" + conflict);
  const auto explained = [](auto& time) {
    time.set_conflicting("2026-06-09T09:00");
    time.set_confidence("high");
  };
  EXPECT_EQ(hearingText(kWhen, explained), "9 June 2026 at 10:00");
  EXPECT_NE(hearingText(kWhen, [](auto& time) { time.set_confidence("low"); }).find("is not certain"),
            std::string::npos);
}

TEST(TemplateText, ADoubtFollowsThePartsOfATimeToo) {
  const std::string parts = "{case.hearings[0].starts_at.date}, {case.hearings[0].starts_at.time}";
  EXPECT_EQ(hearingText(parts, kUnchanged), "9 June 2026, 10:00");
  EXPECT_NE(hearingText(parts, [](auto& time) { time.set_confidence("conflict"); }).find("different times"),
            std::string::npos);
  EXPECT_NE(hearingText("{case.hearings[0].starts_at.date}", [](auto& time) { time.set_basis("unknown"); })
                .find("not known how"),
            std::string::npos);
}

TEST(TemplateText, SaysWhenATimeIsLessThanExact) {
  EXPECT_EQ(hearingText(kWhen,
                        [](auto& time) {
                          time.clear_time();
                          time.set_basis("date_only");
                        }),
            "9 June 2026 (time not known)");
  EXPECT_EQ(hearingText(kWhen,
                        [](auto& time) {
                          time.clear_time();
                          time.set_precision("week_commencing");
                        }),
            "the week beginning 9 June 2026");
  EXPECT_EQ(hearingText(kWhen,
                        [](auto& time) {
                          time.Clear();
                          time.set_precision("to_be_fixed");
                        }),
            "a date to be fixed");
  EXPECT_EQ(hearingText(kWhen, [](auto& time) { time.set_precision("not_before"); }), "9 June 2026, not before 10:00");
  EXPECT_EQ(hearingText(kWhen,
                        [](auto& time) {
                          time.clear_time();
                          time.set_precision("afternoon");
                        }),
            "the afternoon of 9 June 2026");
}

TEST(TemplateText, AKeyHoldsFieldsAsTheyAre) {
  EXPECT_EQ(load("x {case.hearings[].id} {case.hearings[].starts_at.date}").asKey(event("hearing.listed")),
            "x h-1 2026-06-09");
}

}  // namespace
}  // namespace causeway::routing
