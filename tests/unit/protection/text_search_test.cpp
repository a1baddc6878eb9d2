#include "host/protection/text_search.hpp"

#include "host/base/text.hpp"
#include "host/config/yaml.hpp"
#include "tests/unit/protection/labelled_texts.hpp"

#include <gtest/gtest.h>

namespace causeway::protection {
namespace {

KnownPerson megan() {
  KnownPerson out;
  out.id = "p-1";
  out.names.push_back({"Mrs", {"Megan", "Louise"}, "Rhys", ""});
  out.addresses.push_back({{"14 Heol y Bryn"}, "Penarth", "", "CF64 2AB"});
  out.phones.emplace_back("+44 (0)7700 900123");
  out.emails.emplace_back("megan.rhys87@mail.example");
  out.born_on = "1987-03-14";
  return out;
}

KnownPerson called(const std::string& given, const std::string& family) {
  KnownPerson out;
  out.id = "x-" + family;
  out.names.push_back({"", {given}, family, ""});
  return out;
}

const NameLore& lore() {
  static const NameLore shipped = shippedLore();
  return shipped;
}

TextSearch searching(std::vector<KnownPerson> hidden, std::vector<KnownPerson> open = {}) {
  return TextSearch({std::move(hidden), std::move(open)}, lore());
}

std::string cleaned(const TextSearch& search, std::string_view text) {
  const auto out = redactAll(search, text);
  EXPECT_TRUE(out.clean);
  return out.text;
}

NameLore loreFrom(const std::string& yaml, std::string& problems_text) {
  Problems problems;
  const auto node = config::parseYaml(yaml, "names.yaml", problems);
  NameLore out;
  if (node) out.add(*node, problems);
  problems_text = problems.text();
  return out;
}

TEST(NameLore, ReportsEveryMistakeAtItsPlace) {
  std::string problems;
  loreFrom("source: common knowledge\nforms:\n  - kate\n  - Zoë zo\ncommon_words:\n  - o'clock may\nnickname: x\n",
           problems);
  EXPECT_TRUE(problems.contains("names.yaml:1:1: names need 'as_of'")) << problems;
  EXPECT_TRUE(problems.contains("names.yaml:3:5: a line of forms needs two names or more")) << problems;
  EXPECT_TRUE(problems.contains("names.yaml:4:5: 'Zoë'")) << problems;
  EXPECT_TRUE(problems.contains("names.yaml:6:5: 'o'clock'")) << problems;
  EXPECT_TRUE(problems.contains("names.yaml:7:1: unknown key 'nickname'")) << problems;
}

TEST(TextSearch, IsTotalOverBytesThatAreNoText) {
  const auto search = searching({megan()});
  const std::string broken = "\xff\xc3(Megan\xe2\x80 Rhys\xf0\x9f\x98 \xc0\xaf Heol";
  const auto out = redactAll(search, broken);
  EXPECT_TRUE(out.clean);
  EXPECT_TRUE(out.text.contains("\xff\xc3([name removed]"));
  EXPECT_TRUE(search.find("").empty());
  EXPECT_TRUE(searching({}).find("Nobody is hidden here.").empty());
}

TEST(TextSearch, SeesThroughInvisibleSignsAccentsAndLookalikes) {
  const auto search = searching({megan()});
  for (const char* written :
       {"Me\u00ADgan Rhys", "Meg\u200Ban\u00A0Rhys", "M\u00E9g\u00E2n Rh\u0177s", "\uFF2D\uFF45\uFF47\uFF41\uFF4E Rhys",
        "M\u0435g\u0430n Rhys", "Me-\ngan Rhys", "Megan\r\nRhys", "MEGAN RHYS", "Rhys, Megan", "M E G A N  R H Y S",
        "Rhys\u2019s", "Megan Rhyss", "Mgean Rhys", "Mrs Rhys", "MeganRhys"})
    EXPECT_FALSE(search.find(std::string("Not to contact ") + written + " again.").empty()) << written;
}

TEST(TextSearch, TakesOutOnlyWhatNamesAndKeepsEveryOtherByte) {
  const auto search = searching({megan()});
  EXPECT_EQ(
      cleaned(search,
              "Not to contact Mrs M. Rhys\u2019s sister,\t or go to 14 HEOL-Y-BRYN, Penarth CF642AB \u2014 ever."),
      "Not to contact [name removed]\u2019s sister,\t or go to [address removed] \u2014 ever.");
  EXPECT_EQ(cleaned(search, "Ring 07700-900 123, born 14 March 1987, megan.rhys87@mail.example"),
            "Ring [telephone number removed], born [date of birth removed], [e-mail address removed]");
}

TEST(TextSearch, FindsNothingInWhatItLeftItself) {
  const auto search = searching({called("Name", "Removed"), megan()});
  const auto once = cleaned(search, "Megan Rhys and Name Removed live at 14 Heol y Bryn.");
  EXPECT_EQ(cleaned(search, once), once);
}

TEST(TextSearch, LeavesTheDefendantAloneEvenWithTheSameFamilyName) {
  auto defendant = called("Kyle", "Rhys");
  defendant.names[0].title = "Mr";
  const auto search = searching({megan()}, {defendant});
  EXPECT_EQ(cleaned(search, "Kyle Rhys, Mr Rhys and the defendant Rhys must not contact Mrs Rhys or Megan."),
            "Kyle Rhys, Mr Rhys and the defendant Rhys must not contact [name removed] or [name removed].");
}

TEST(TextSearch, HoldsWhatMayBeAnOrdinaryWordOnlyWhereItIsWrittenAsAName) {
  const auto search = searching({called("Grace", "May")});
  EXPECT_TRUE(search.find("He may be given a period of grace until 3 May 2026. May the court so order.").empty());
  EXPECT_EQ(search.find("Tell Grace May that it is over.").front().confidence, Confidence::Certain);
  EXPECT_EQ(search.find("We told Grace that it is over.").front().confidence, Confidence::Possible);
}

TEST(TextSearch, KnowsNumbersAndAddressesOfNobodyByTheirShape) {
  const auto search = searching({});
  for (const char* telling : {"call 07700 900999 tonight", "call +48 601 555 010", "write to someone@private.example",
                              "NI QQ 12 34 56 C is wrong, AB 12 34 56 C right", "NHS 943 476 5919",
                              "she is at 14 Acacia Avenue, Leeds", "victim born on 1 May 2001"})
    EXPECT_FALSE(search.find(telling).empty()) << telling;
  for (const char* harmless :
       {"URN 01TT0000126, ASN 1201CD0100000012345R", "call 101 or 0300 123 4567", "listing@justice.gov.uk",
        "£1,250.00 on 01/02/2026 at 10:30", "the Crown Court at 1 Oxford Row, Leeds",
        "to reside at 14 Acacia Avenue, Leeds", "2 months 14 days"})
    EXPECT_TRUE(search.find(harmless).empty()) << harmless;
}

TEST(KnownPeople, OpensWhatTheRecipientGetsAnywayAndNothingElse) {
  canonical::Case whole;
  auto& victim = *whole.add_parties();
  victim.set_id("p-1");
  victim.add_roles()->mutable_role()->set_code("victim");
  auto& name = *victim.mutable_person()->add_names();
  name.add_given("Megan");
  name.set_family("Rhys");
  victim.add_contact_points()->set_value("07700 900123");
  victim.add_contact_points()->set_value("07700 900124");
  canonical::Case granted;
  *granted.add_parties() = victim;
  granted.mutable_parties(0)->mutable_contact_points()->DeleteSubrange(1, 1);
  granted.mutable_parties(0)->clear_roles();
  const TextSearch search(knownPeople(whole, granted, false), lore());
  EXPECT_EQ(cleaned(search, "Megan Rhys: 07700 900123 is safe"), "Megan Rhys: 07700 900123 is safe");
  EXPECT_FALSE(search.find("07700 900124").empty());
  EXPECT_FALSE(TextSearch(knownPeople(whole, {}, false), lore()).find("Megan").empty());
}

TEST(KnownPeople, HidesOffendersPlacesFromAVictimOnly) {
  canonical::Case whole;
  auto& defendant = *whole.add_defendants();
  defendant.set_id("d-1");
  defendant.add_addresses()->add_lines("22 Clare Road");
  const std::string text = "Bailed to live at 22 Clare Road.";
  EXPECT_TRUE(TextSearch(knownPeople(whole, {}, false), lore()).find(text).empty());
  EXPECT_FALSE(TextSearch(knownPeople(whole, {}, true), lore()).find(text).empty());
}

// Grows with the text, not with text times people: quadratic work would take hours, and the time limit of the run would end it.
TEST(TextSearch, ComesToTheEndOfAMegabyteUnderManyPeople) {
  std::vector<KnownPerson> many;
  for (int i = 0; i < 200; ++i)
    many.push_back(
        called("Given" + std::string(1, static_cast<char>('a' + i % 26)) + "x", "Surname" + std::to_string(i)));
  const auto search = searching(many);
  std::string text;
  while (text.size() < 1024 * 1024)
    text += "The defendant must not contact Givenax or go to 1 Any Road S M I T H a@b 07 1 ";
  EXPECT_FALSE(search.find(text).empty());
}

}  // namespace
}  // namespace causeway::protection
