#include "tests/contract/niche/niche_support.hpp"

#include <gtest/gtest.h>

namespace causeway::niche_tests {
namespace {

using canonical::Party;

std::string example() { return fileText("mappings/niche/examples/occurrence.xml"); }

std::string with(std::string document, const std::string& what, const std::string& instead) {
  const size_t at = document.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return at == std::string::npos ? document : document.replace(at, what.size(), instead);
}

const Party* partyWith(const canonical::CanonicalMessage& message, std::string_view role, int which = 0) {
  for (const auto& party : message.case_().parties())
    for (const auto& one : party.roles())
      if (one.role().code() == role && which-- == 0) return &party;
  return nullptr;
}

class NicheExport : public testing::Test {
 protected:
  mapping::Decoded read(const std::string& document) const { return decode(*library_, document); }
  std::unique_ptr<mapping::Library> library_ = loadLibrary({"niche", "common"}, "52=5226999999,34=AA/9999/9999999");
};

TEST_F(NicheExport, RefusesAnotherVersionOfTheFormat) {
  const auto decoded = read(with(example(), "schemaVersion=\"1.0\"", "schemaVersion=\"2.0\""));
  ASSERT_TRUE(decoded.refused);
  EXPECT_EQ(decoded.refused->kind, ErrorKind::Conflict);
}

TEST_F(NicheExport, ReportsAnUnknownClassOfLink) {
  const auto decoded = read(with(example(), "class=\"FLO\"", "class=\"Astrologer\""));
  ASSERT_FALSE(decoded.refused);
  EXPECT_EQ(decoded.reading.unexplained.count("Link/(no 'where' fits)"), 1U) << textOf(decoded.reading.unexplained);
  EXPECT_TRUE(hasFinding(decoded.reading, "unused_element"));
}

TEST_F(NicheExport, ReportsAPersonWithoutAPart) {
  const auto decoded = read(with(example(), "<Link from=\"P3\" to=\"O1\" class=\"Witness\"/>", ""));
  ASSERT_FALSE(decoded.refused);
  EXPECT_TRUE(hasFinding(decoded.reading, "unused_element")) << textOf(decoded.reading.findings);
  for (const auto& party : decoded.reading.messages[0]->case_().parties()) EXPECT_GT(party.roles_size(), 0);
}

TEST_F(NicheExport, ReportsALinkToAPersonWhoIsNotThere) {
  const auto decoded = read(with(example(), "from=\"P3\" to=\"O1\"", "from=\"P9\" to=\"O1\""));
  EXPECT_TRUE(hasFinding(decoded.reading, "not_found")) << textOf(decoded.reading.findings);
}

TEST_F(NicheExport, KeepsAnUnknownFlagRaw) {
  const auto decoded = read(with(example(), "code=\"DA\"", "code=\"ZZ-TOP\""));
  EXPECT_TRUE(hasFinding(decoded.reading, "unmapped_code"));
  const auto& marker = decoded.reading.messages[0]->case_().markers(0);
  EXPECT_TRUE(marker.unmapped());
  EXPECT_EQ(marker.code(), "ZZ-TOP");
}

TEST_F(NicheExport, GradesAnOccurrenceNumberThatIsNotLikeTheForces) {
  const auto decoded = read(with(example(), "number=\"5226004411\"", "number=\"ABC-1\""));
  EXPECT_TRUE(hasFinding(decoded.reading, "odd_occurrence"));
  bool seen = false;
  for (const auto& number : decoded.reading.messages[0]->case_().identifiers())
    if (number.type() == "occurrence") {
      seen = true;
      EXPECT_EQ(number.grade(), "warn");
    }
  EXPECT_TRUE(seen);
}

TEST_F(NicheExport, TakesNoSafeTimeThatItDoesNotUnderstand) {
  const auto decoded = read(with(example(), "weekdays 10-14; saturday 9:30-12", "when he is out"));
  EXPECT_TRUE(hasFinding(decoded.reading, "safe_time_not_understood"));
  const auto& victim = *partyWith(*decoded.reading.messages[0], "victim");
  EXPECT_EQ(victim.contact_points(0).safe().times_size(), 0);
}

TEST_F(NicheExport, HoldsAMessageWithADateThatDoesNotExist) {
  const auto decoded = read(with(example(), "1991-04-17", "1991-02-30"));
  EXPECT_TRUE(hasFinding(decoded.reading, "bad_value"));
}

TEST_F(NicheExport, GivesABareDocumentAnIdAndAnAnswer) {
  const auto decoded = read(example());
  EXPECT_EQ(decoded.envelope.at("id"), "EXP-000771");
  ASSERT_EQ(decoded.reading.reply, "niche.receipt");
  const mapping::NamedValues named{{"envelope.id", decoded.envelope.at("id")},
                                   {"reply.outcome", "accepted"},
                                   {"reply.at", "2026-03-04T09:16:00Z"},
                                   {"reply.text", "Stored."}};
  const auto written =
      mapping::write(*library_->writePlan(decoded.reading.reply), canonical::CanonicalMessage(), named, kDay);
  ASSERT_TRUE(written) << written.error().text();
  EXPECT_EQ(written->bytes,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Receipt xmlns=\"urn:causeway:niche-style:1\" "
            "exportId=\"EXP-000771\" "
            "result=\"accepted\" at=\"2026-03-04T09:16:00Z\"><Text>Stored.</Text></Receipt>\n");
}

TEST_F(NicheExport, SaysWhetherTheCaseIsNewOrChanged) {
  EXPECT_EQ(read(example()).reading.messages[0]->type(), "case.registered");
  EXPECT_EQ(read(with(example(), "reason=\"New\"", "reason=\"Update\"")).reading.messages[0]->type(), "case.updated");
}

TEST_F(NicheExport, MakesOnePartyOfAVictimWhoIsAlsoAWitness) {
  const auto decoded = read(example());
  const auto& message = *decoded.reading.messages[0];
  const auto* victim = partyWith(message, "victim");
  ASSERT_TRUE(victim);
  EXPECT_EQ(victim, partyWith(message, "witness"));
  EXPECT_EQ(victim->roles_size(), 2);
  EXPECT_EQ(victim->person().names_size(), 1);
}

TEST_F(NicheExport, LeavesContactUnsafeWhenNothingIsSaid) {
  const auto decoded = read(example());
  const auto& victim = *partyWith(*decoded.reading.messages[0], "victim");
  EXPECT_EQ(victim.contact_points(0).safe().state(), "safe");
  EXPECT_FALSE(victim.contact_points(1).has_safe());
}

TEST_F(NicheExport, NeverMakesAPartyOfASuspect) {
  const auto decoded = read(example());
  const auto& whole = decoded.reading.messages[0]->case_();
  ASSERT_EQ(whole.defendants_size(), 1);
  EXPECT_EQ(whole.defendants(0).person().names(0).family(), "Pascoe");
  for (const auto& party : whole.parties()) EXPECT_NE(party.person().names(0).family(), "Pascoe");
}

TEST_F(NicheExport, LinksSupportersToWhomTheySupportAndTheOfficerToATeam) {
  const auto decoded = read(example());
  const auto& message = *decoded.reading.messages[0];
  const auto* victim = partyWith(message, "victim");
  for (int which : {0, 1}) {
    const auto* supporter = partyWith(message, "supporter", which);
    ASSERT_TRUE(supporter);
    EXPECT_EQ(supporter->supporter().supports(0), victim->id());
  }
  EXPECT_EQ(victim->consents(0).recipients(0), "idva");
  EXPECT_EQ(partyWith(message, "officer_in_case")->officer().resource_team().code(), "RT-EAST");
}

TEST_F(NicheExport, ReadsTheSameInAnyOrderOfTheDocument) {
  auto document = example();
  const size_t begin = document.find("  <Link from=\"P1\""), end = document.find("  <Person id=\"P1\">");
  const std::string links = document.substr(begin, end - begin);
  document.erase(begin, end - begin);
  document.insert(document.find("</NicheStyleExport>"), links);
  auto moved = read(document);
  ASSERT_FALSE(moved.refused);
  EXPECT_EQ(moved.reading.messages[0]->case_().parties_size(),
            read(example()).reading.messages[0]->case_().parties_size());
  EXPECT_TRUE(moved.reading.findings.empty()) << textOf(moved.reading.findings);
}

}  // namespace
}  // namespace causeway::niche_tests
