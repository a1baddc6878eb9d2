#include "tests/contract/cps/cps_support.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace causeway::cps_tests {
namespace {

std::string document(const std::string& name) { return fileText(example(name)); }

bool isHeld(const mapping::Decoded& decoded) {
  return decoded.refused || hasFinding(decoded, "bad_value") || hasFinding(decoded, "missing_part");
}

TEST(CpsReads, RefusesAKindOfMessageThatItDoesNotKnow) {
  EXPECT_TRUE(decode(with(document("warn.json"), "WITNESS_REWARN", "WITNESS_PERHAPS")).refused);
}

TEST(CpsReads, HoldsAWarningWithoutAHearing) {
  EXPECT_TRUE(isHeld(decode(with(document("warn.json"), "\"dateTime\": \"2026-09-14T10:30\",", ""))));
}

TEST(CpsReads, HoldsStandingDownSomebodyWhoIsRequiredInTheSameMessage) {
  const auto decoded =
      decode(with(document("stand-down.json"), "\"attendance\": \"S9\"", "\"attendance\": \"REQUIRED\""));
  EXPECT_TRUE(hasFinding(decoded, "bad_value")) << complaintsOf(decoded);
}

TEST(CpsReads, HoldsAWarningOfSomebodyWhoIsNotRequiredInTheSameMessage) {
  const auto decoded =
      decode(with(document("warn.json"), "\"attendance\": \"LIVE_LINK\"", "\"attendance\": \"NOT_REQUIRED\""));
  EXPECT_TRUE(hasFinding(decoded, "bad_value")) << complaintsOf(decoded);
}

TEST(CpsReads, HoldsStandingDownWithoutAReason) {
  auto text = with(document("stand-down.json"), "\"code\": \"S9_AGREED\",", "");
  text = with(text, "\"reason\": \"NOT_REQUIRED\"", "\"note\": \"x\"");
  EXPECT_TRUE(isHeld(decode(text)));
}

TEST(CpsReads, HoldsStandingEverybodyDownForAReasonThatConcernsOne) {
  EXPECT_TRUE(isHeld(decode(with(document("stand-down-all.json"), "GUILTY_PLEA", "S9_AGREED"))));
}

TEST(CpsReads, HoldsAGuiltyPleaThatIsNone) {
  EXPECT_TRUE(isHeld(decode(with(document("guilty-plea.json"), "\"plea\": \"G\"", "\"plea\": \"NG\""))));
}

TEST(CpsReads, HoldsAnActionWithoutADate) {
  EXPECT_TRUE(isHeld(decode(with(document("action.json"), "\"due\": \"2026-05-22\",", ""))));
}

TEST(CpsReads, HoldsTheUpdateOfAPersonOfNoKnownKind) {
  EXPECT_TRUE(isHeld(decode(with(document("twif-update.xml"), ">VictimWitness<", ">Bystander<"))));
}

TEST(CpsReads, KeepsAnUnknownReasonMarked) {
  const auto decoded = decode(with(document("stand-down.json"), "NOT_REQUIRED", "WHO_KNOWS"));
  EXPECT_TRUE(hasFinding(decoded, "unmapped_code")) << complaintsOf(decoded);
}

TEST(CpsReads, SaysThatAListIsWholeOnlyWhenTheListSaysSo) {
  const auto whole = decode(document("witness-list.json"));
  ASSERT_EQ(whole.reading.messages.size(), 1U);
  EXPECT_EQ(whole.reading.messages[0]->complete_size(), 1);
  const auto part = decode(with(document("witness-list.json"), "\"complete\": true,", "\"complete\": false,"));
  EXPECT_EQ(part.reading.messages[0]->complete_size(), 0);
}

TEST(CpsReads, TiesEveryWitnessToTheHearing) {
  const auto decoded = decode(document("witness-list.json"));
  ASSERT_EQ(decoded.reading.messages.size(), 1U);
  const auto& whole = decoded.reading.messages[0]->case_();
  ASSERT_EQ(whole.hearings_size(), 1);
  for (const auto& party : whole.parties()) {
    ASSERT_EQ(party.attendances_size(), 1);
    EXPECT_EQ(party.attendances(0).hearing_id(), whole.hearings(0).id());
  }
}

TEST(CpsReads, TellsNobodyATimeThatMayBeAnHourWrong) {
  const auto decoded = decode(with(document("warn.json"), "2026-09-14T10:30\"", "2026-09-14T10:30Z\""));
  ASSERT_EQ(decoded.reading.messages.size(), 1U);
  const auto& starts = decoded.reading.messages[0]->case_().hearings(0).starts_at();
  EXPECT_EQ(starts.basis(), "unknown");
  EXPECT_EQ(starts.confidence(), "conflict");
  EXPECT_EQ(starts.conflicting(), "2026-09-14T11:30");
  EXPECT_TRUE(hasFinding(decoded, "time_zone_doubtful"));
}

TEST(CpsReads, TakesNothingButWhoAndWhyFromARefusalOfOurUpdate) {
  const auto decoded = decode(with(document("twif-update.xml"), "Contact Info Update", "Update Rejected"));
  ASSERT_EQ(decoded.reading.messages.size(), 2U) << complaintsOf(decoded);
  const auto& party = decoded.reading.messages[0]->case_().parties(0);
  EXPECT_EQ(party.change().kind().code(), "update_rejected");
  EXPECT_EQ(party.contact_points_size(), 0);
  EXPECT_EQ(party.addresses_size(), 0);
}

TEST(CpsReads, AsksForAPersonBeforeSomebodyIsDeleted) {
  const auto decoded = decode(with(document("twif-update.xml"), "Contact Info Update", "Deletion"));
  ASSERT_EQ(decoded.reading.messages.size(), 2U);
  EXPECT_EQ(decoded.reading.messages[0]->type(), "party.removal_requested");
  EXPECT_EQ(decoded.reading.messages[1]->type(), "party.updated");
}

TEST(CpsReads, TakesNoWayOfContactAsSafe) {
  for (const char* name : {"twif-update.xml", "person-update.json"}) {
    const auto decoded = decode(document(name));
    ASSERT_FALSE(decoded.reading.messages.empty()) << name;
    const auto& party = decoded.reading.messages[0]->case_().parties(0);
    ASSERT_GT(party.contact_points_size(), 0) << name;
    for (const auto& point : party.contact_points()) EXPECT_FALSE(point.has_safe()) << name;
  }
}

TEST(CpsReads, LowersNoMarkThatIsTakenBack) {
  const auto decoded = decode(with(document("twif-update.xml"), "Flag>true<", "Flag>false<"));
  ASSERT_FALSE(decoded.reading.messages.empty());
  EXPECT_EQ(decoded.reading.messages[0]->case_().parties(0).indicators_size(), 0);
  EXPECT_EQ(decoded.reading.messages[0]->cleared_size(), 0);
  EXPECT_TRUE(hasFinding(decoded, "indicator_withdrawn")) << complaintsOf(decoded);
}

TEST(CpsReads, SendsAPaperOfTwoCasesToBoth) {
  const auto decoded = decode(
      with(document("material-notification.json"), "\"case\": [", "\"case\": [{ \"caseURN\": \"52SB0099926\" },"));
  ASSERT_EQ(decoded.reading.messages.size(), 2U) << complaintsOf(decoded);
  for (const auto& message : decoded.reading.messages) EXPECT_EQ(message->case_().documents_size(), 1);
  EXPECT_NE(decoded.reading.messages[0]->case_().urn(), decoded.reading.messages[1]->case_().urn());
}

TEST(CpsReads, ReportsAFieldThatIsNew) {
  const auto decoded = decode(with(document("warn.json"), "\"listOrder\": 1,", "\"listOrder\": 1, \"shoeSize\": 7,"));
  EXPECT_EQ(decoded.reading.unexplained.count("witnesses/shoeSize"), 1U) << complaintsOf(decoded);
}

TEST(CpsReads, EveryExampleAsIsExpected) {
  const auto names = readExamples();
  EXPECT_GE(names.size(), 20U);
  for (const auto& [name, ending] : names) {
    SCOPED_TRACE(name);
    const auto decoded = decode(document(name + ending));
    EXPECT_EQ(complaintsOf(decoded), "");
    std::string all;
    for (const auto& message : decoded.reading.messages) all += (all.empty() ? "" : ",\n") + jsonOf(*message);
    if (decoded.reading.messages.size() > 1) all.insert(0, "[\n").append("]\n");
    // Of a mapping with several examples, the others are called by it and what they show: "cp10-split".
    EXPECT_TRUE(
        ("cps." + name + "@1").starts_with(decoded.reading.mapping.substr(0, decoded.reading.mapping.find('@'))))
        << decoded.reading.mapping;
    EXPECT_EQ(all, expected(example(name + ".expected.json"), all));
  }
}

TEST(CpsReads, EveryMappingThatReadsHasAnExample) {
  const auto names = readExamples();
  for (const auto& file : library().mappings()) {
    if (!file.reads || !file.id.starts_with("cps.")) continue;
    EXPECT_TRUE(std::ranges::any_of(names, [&](const auto& known) { return "cps." + known.first == file.id; }))
        << file.id;
  }
}

}  // namespace
}  // namespace causeway::cps_tests
