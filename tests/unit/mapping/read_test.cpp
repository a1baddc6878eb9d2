#include "tests/unit/mapping/engine.hpp"

#include <gmock/gmock.h>

namespace causeway::mapping {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

TEST(MappingRead, CountsWhatNoRuleExplains) {
  Engine engine(
      {mappingOf("fields:\n  - { from: A, to: case.urn }\nignore:\n  - { from: B, why: not needed }\n  - { from: "
                 "C/**/Deep, why: not needed }\n")});
  const auto decoded = engine.decode(
      "<Doc x='1'><A>1</A><B><Any y='2'>z</Any></B><C><D><Deep>1</Deep></D></C><New>2</New><New>3</New><A2/></Doc>");
  ASSERT_FALSE(decoded.refused);
  EXPECT_THAT(decoded.reading.unexplained, testing::UnorderedElementsAre(Pair("@x", 1), Pair("New", 2), Pair("A2", 1)));
}

TEST(MappingRead, DoesNotCareForTheOrderOfADocument) {
  Engine engine({mappingOf(
      "fields:\n  - each: D\n    to: \"case.defendants[]\"\n    fields:\n      - { from: N/Last, to: "
      "\"person.names[0].family\" }\n"
      "      - { from: N/First, to: \"person.names[0].given[]\" }\n  - { from: U, to: case.urn, as: upper }\n")});
  const auto one = engine.read("<Doc><U>ab</U><D><N><Last>L</Last><First>F</First></N></D></Doc>");
  const auto two = engine.read("<Doc><D><N><First>F</First><Last>L</Last></N></D><U>ab</U></Doc>");
  EXPECT_EQ(one.SerializeAsString(), two.SerializeAsString());
  EXPECT_EQ(one.case_().urn(), "AB");
  EXPECT_EQ(one.case_().defendants(0).person().names(0).given(0), "F");
}

TEST(MappingRead, TrimsValuesAndTakesEmptyOnesAsAbsent) {
  Engine engine({mappingOf(
      "fields:\n  - { from: A, to: case.urn, default: none }\n  - { from: B, to: format, default: usual }\n")});
  const auto message = engine.read("<Doc><A>\n  x \t</A><B>   </B></Doc>");
  EXPECT_EQ(message.case_().urn(), "x");
  EXPECT_EQ(message.format(), "usual");
}

TEST(MappingRead, HoldsAValueThatItCannotReadWithoutRepeatingIt) {
  Engine engine({mappingOf("fields:\n  - { from: A, to: case.reported_on, as: date }\n")});
  const auto decoded = engine.decode("<Doc><A>Tuesday</A></Doc>");
  EXPECT_THAT(codesOf(decoded), ElementsAre("bad_value"));
  EXPECT_EQ(decoded.reading.findings.front().path, "A");
  EXPECT_EQ(decoded.reading.findings.front().text.find("Tuesday"), std::string::npos);
}

TEST(MappingRead, UsesTheFirstOfAValueThatMayNotRepeat) {
  Engine engine({mappingOf("fields:\n  - { from: A, to: case.urn }\n  - { from: B, to: \"case.restricted_to[]\" }\n")});
  const auto decoded = engine.decode("<Doc><A>1</A><A>2</A><B>3</B><B>4</B></Doc>");
  EXPECT_THAT(codesOf(decoded), ElementsAre("repeated_value"));
  EXPECT_EQ(decoded.reading.messages.front()->case_().urn(), "1");
  EXPECT_EQ(decoded.reading.messages.front()->case_().restricted_to_size(), 2);
}

TEST(MappingRead, PassesEveryValueAndConstantsToAConverter) {
  Converters converters;
  ASSERT_TRUE(converters.add("test.join", [](Inputs in, Outputs& out) -> Result<void> {
    std::string text;
    for (const auto& item : in) text += std::string(item.name) + "=" + std::string(item.value) + ";";
    out.set("value", text);
    return {};
  }));
  Engine engine(
      {mappingOf("fields:\n  - { with: { a: A, b: B, c: =fixed, e: $envelope.none }, to: case.urn, as: test.join }\n"
                 "  - { with: { c: =alone }, to: format, as: test.join }\n  - { with: { a: Missing, c: =x }, to: "
                 "case.informant, as: test.join }\n")},
      std::move(converters));
  const auto message = engine.read("<Doc><A>1</A><A>2</A><B>3</B></Doc>");
  EXPECT_EQ(message.case_().urn(), "a=1;a=2;b=3;c=fixed;");
  EXPECT_EQ(message.format(), "c=alone;");
  EXPECT_FALSE(message.case_().has_informant());  // a constant alone is nothing that the document says
}

TEST(MappingRead, MarksWordingWhateverMadeIt) {
  Engine engine(
      {mappingOf("fields:\n  - { from: A, to: case.summary, basis: wording }\n"
                 "  - each: D\n    to: \"case.defendants[]\"\n    fields:\n      - { from: C, to: "
                 "\"bail.conditions[].text\", split_on: \";\", basis: wording }\n"
                 "      - { from: R, to: bail.reasons, as: text, basis: assessment }\n")});
  const auto message = engine.read("<Doc><A>x</A><D><C> one ;two;; </C><R>a  b</R></D></Doc>");
  EXPECT_EQ(message.case_().summary().basis(), "wording");
  const auto& bail = message.case_().defendants(0).bail();
  ASSERT_EQ(bail.conditions_size(), 2);
  EXPECT_EQ(bail.conditions(0).text().text(), "one");
  EXPECT_EQ(bail.conditions(1).text().basis(), "wording");
  EXPECT_EQ(bail.reasons().text(), "a b");
  EXPECT_EQ(bail.reasons().basis(), "assessment");
}

TEST(MappingRead, TakesOnlyElementsThatPassATest) {
  Engine engine({mappingOf(
      "fields:\n  - each: P\n    to: \"case.parties[]\"\n    where: { Kind: { in: [victim, witness] } }\n    fields:\n"
      "      - { from: Kind, to: \"roles[0].role\" }\n  - { from: \"Q[Label=urn]/Value\", to: case.urn }\n")});
  const auto decoded = engine.decode(
      "<Doc><P><Kind>victim</Kind></P><P><Kind>other</Kind></P><Q><Label>x</Label><Value>1</Value></Q>"
      "<Q><Label>urn</Label><Value>2</Value></Q></Doc>");
  ASSERT_FALSE(decoded.refused);
  const auto& made = decoded.reading.messages.front()->case_();
  ASSERT_EQ(made.parties_size(), 1);
  EXPECT_EQ(made.parties(0).roles(0).role().code(), "victim");
  EXPECT_EQ(made.urn(), "2");
  EXPECT_THAT(decoded.reading.unexplained, Contains(Pair("P/(no 'where' fits)", 1)));
}

const char* const kCovers = R"(fields:
  - { from: Court, to: "case.hearings[0].court" }
  - each: Room
    where: { Closed: { exists: "false" } }
    fields:
      - { from: Name, to: "case.hearings[0].courtroom" }
      - { from: Day, to: case.reported_on, as: date }
      - each: Case
        split: true
        fields:
          - { from: Urn, to: case.urn }
          - { from: Day, to: case.reported_on, as: date }
          - each: Accused
            split: true
            fields:
              - { from: ., to: "case.defendants[0].source_id" }
ignore:
  - { from: Room, where: { Closed: "yes" }, why: "nobody sits" }
require: [case.urn]
)";

std::vector<int> partsOf(const Decoded& decoded, const std::string& code) {
  std::vector<int> out;
  for (const auto& finding : decoded.reading.findings)
    if (finding.code == code) out.push_back(finding.part);
  return out;
}

TEST(MappingRead, TellsWhatStandsAroundMessagesToTheseAlone) {
  Engine engine({mappingOf(kCovers)});
  const auto decoded = engine.decode(
      "<Doc><Room><Name>1</Name><Day>bad</Day><Case><Urn>1</Urn><Accused>A</Accused><Accused>B</Accused></Case></Room>"
      "<Room><Case><Urn>2</Urn><Day>2026-06-03</Day></Case><Case/><Day>2026-06-02</Day></Room><Court>C</Court></Doc>");
  ASSERT_FALSE(decoded.refused);
  const auto& made = decoded.reading.messages;
  ASSERT_EQ(made.size(), 4U);
  for (const auto& message : made) EXPECT_EQ(message->case_().hearings(0).court().code(), "C");
  EXPECT_EQ(made[0]->case_().hearings_size(), 1);
  EXPECT_EQ(made[0]->case_().hearings(0).courtroom(), "1");
  EXPECT_EQ(made[1]->case_().hearings(0).courtroom(), "1");
  EXPECT_EQ(made[1]->case_().defendants(0).source_id(), "B");
  EXPECT_EQ(made[1]->case_().urn(), "1");
  EXPECT_FALSE(made[2]->case_().hearings(0).has_courtroom());
  EXPECT_EQ(made[2]->case_().reported_on(), "2026-06-03");
  EXPECT_EQ(made[3]->case_().reported_on(), "2026-06-02");
  EXPECT_EQ(partsOf(decoded, "bad_value"), (std::vector{0, 1}));
  EXPECT_EQ(partsOf(decoded, "missing_part"), (std::vector{3}));
}

TEST(MappingRead, TakesNothingFromAroundMessagesThatAreNotWanted) {
  Engine engine({mappingOf(kCovers)});
  const auto decoded = engine.decode(
      "<Doc><Room><Closed>yes</Closed><Day>bad</Day><Case><Urn>1</Urn><Day>bad</Day></Case></Room>"
      "<Room><Name>3</Name><Day>bad</Day></Room><Room><Name>2</Name><Case><Urn>2</Urn></Case></Room></Doc>");
  ASSERT_FALSE(decoded.refused);
  ASSERT_EQ(decoded.reading.messages.size(), 1U);
  EXPECT_EQ(decoded.reading.messages[0]->case_().hearings(0).courtroom(), "2");
  EXPECT_FALSE(decoded.reading.messages[0]->case_().has_reported_on());
  EXPECT_EQ(partsOf(decoded, "bad_value"), (std::vector{Finding::kNoPart}));
  EXPECT_TRUE(decoded.reading.unexplained.empty());
}

const char* const kSplit =
    "fields:\n  - { from: Court, to: \"case.hearings[0].court\" }\n  - each: Case\n    split: true\n    fields:\n"
    "      - { from: Urn, to: case.urn }\n      - { from: Day, to: case.reported_on }\n      - each: D\n        to: "
    "\"case.defendants[]\"\n"
    "        fields:\n          - { from: Id, to: source_id }\n          - each: Parent\n            to: "
    "\"$message.case.parties[]\"\n"
    "            link: { \"parent_ids[]\": id }\n            fields:\n              - { from: Name, to: "
    "\"person.names[0].family\" }\n"
    "require: [case.urn]\n";

TEST(MappingRead, MakesAnElementOfTheRootItself) {
  Engine engine(
      {mappingOf("fields:\n  - each: .\n    to: \"case.parties[]\"\n    fields:\n      - { from: A, to: "
                 "\"person.names[0].family\" }\n"
                 "  - each: .\n    where: { B: yes }\n    to: \"case.hearings[]\"\n    fields:\n      - { from: A, to: "
                 "courtroom }\n")});
  const auto with = engine.read("<Doc><A>Carrow</A><B>yes</B></Doc>");
  ASSERT_EQ(with.case_().parties_size(), 1);
  EXPECT_EQ(with.case_().parties(0).person().names(0).family(), "Carrow");
  EXPECT_EQ(with.case_().hearings_size(), 1);
  const auto without = engine.decode("<Doc><A>Carrow</A></Doc>");
  EXPECT_EQ(without.reading.messages.front()->case_().hearings_size(), 0);
  EXPECT_THAT(without.reading.unexplained, IsEmpty());
}

// What stands inside an element that nobody wants is not taken, wherever it would have gone.
TEST(MappingRead, TakesNothingFromInsideAnElementThatDoesNotPass) {
  Engine engine(
      {mappingOf("fields:\n  - each: P\n    where: { Why: new }\n    to: \"case.parties[]\"\n    fields:\n"
                 "      - { from: Name, to: \"person.names[0].family\" }\n"
                 "      - each: Other\n        to: \"$message.case.parties[]\"\n        fields:\n"
                 "          - { from: ., to: \"person.names[0].family\" }\n")});
  const auto decoded = engine.decode(
      "<Doc><P><Why>refused</Why><Name>Thrale</Name><Other>Lisle</Other></P>"
      "<P><Why>new</Why><Name>Carrow</Name><Other>Orme</Other></P></Doc>");
  const auto& parties = decoded.reading.messages.front()->case_().parties();
  ASSERT_EQ(parties.size(), 2);
  EXPECT_EQ(parties[0].person().names(0).family(), "Carrow");
  EXPECT_EQ(parties[1].person().names(0).family(), "Orme");
}

TEST(MappingRead, MakesAMessageOfEachPartWithWhatTheyShare) {
  Engine engine({mappingOf(kSplit)});
  const auto decoded = engine.decode(
      "<Doc><Case><Urn>1</Urn><D><Id>a</Id><Parent><Name>P</Name></Parent></D></Case>"
      "<Case><Day>never</Day><D><Id>b</Id></D></Case><Court>B01</Court></Doc>");
  ASSERT_EQ(decoded.reading.messages.size(), 2U);
  const auto& first = decoded.reading.messages[0]->case_();
  const auto& second = decoded.reading.messages[1]->case_();
  EXPECT_EQ(first.hearings(0).court().code(), "B01");
  EXPECT_EQ(second.hearings(0).court().code(), "B01");
  ASSERT_EQ(first.parties_size(), 1);
  EXPECT_EQ(second.parties_size(), 0);  // the parent of one defendant is no part of another case
  EXPECT_EQ(first.defendants(0).parent_ids(0), first.parties(0).id());
  for (const auto& finding : decoded.reading.findings) EXPECT_EQ(finding.part, 1) << finding.code;
  EXPECT_THAT(codesOf(decoded), testing::UnorderedElementsAre("bad_value", "missing_part"));
}

TEST(MappingRead, SaysWhatAMessageCannotBeWithout) {
  Engine engine(
      {mappingOf("fields:\n  - { from: A, to: case.urn }\nrequire: [case.urn, \"case.hearings[].court\"]\n")});
  EXPECT_THAT(codesOf(engine.decode("<Doc/>")), ElementsAre("missing_part", "missing_part"));
  EXPECT_THAT(codesOf(engine.decode("<Doc><A>1</A></Doc>")), ElementsAre("missing_part"));
}

TEST(MappingRead, LetsUnknownCodesThroughMarked) {
  Engine engine(
      {"table: p\nlist: plea\nsource: test\nrows:\n  - { from: \"1\", is: guilty }\n  - { from: \"2\", is: old, "
       "valid_to: 2020-01-01 }\n",
       mappingOf("fields:\n  - each: O\n    to: \"case.defendants[0].offences[]\"\n    fields:\n      - { from: P, to: "
                 "plea, table: p }\n")});
  const auto decoded = engine.decode("<Doc><O><P>1</P></O><O><P>9</P></O><O><P>2</P></O></Doc>");
  const auto& offences = decoded.reading.messages.front()->case_().defendants(0).offences();
  EXPECT_EQ(offences[0].plea().code(), "guilty");
  EXPECT_EQ(offences[0].plea().raw(), "1");
  EXPECT_TRUE(offences[1].plea().unmapped());
  EXPECT_TRUE(offences[2].plea().unmapped());
  EXPECT_EQ(offences[1].plea().code(), "9");
  EXPECT_THAT(codesOf(decoded), ElementsAre("unmapped_code", "unmapped_code"));
}

TEST(MappingRead, TellsOnlyOfAKeptElementThatMustBeThere) {
  const auto lines = [](const std::string& name) {
    return mappingOf(
        "fields:\n  - { each: P, keep: p, key: \"@id\", like: \"case.parties[]\", fields: [{ from: A, to: "
        "organisation.name }] }\n  - { each: V, to: \"case.parties[]\", by: { \"" +
        name + "\": \"@p\" } }\n");
  };
  Engine must({lines("p")}), may({lines("p?")});
  EXPECT_THAT(codesOf(must.decode("<Doc><V p=\"2\"/></Doc>")), ElementsAre("not_found"));
  EXPECT_THAT(codesOf(may.decode("<Doc><V p=\"2\"/></Doc>")), ElementsAre());
  EXPECT_EQ(may.read("<Doc><V p=\"1\"/><P id=\"1\"><A>x</A></P></Doc>").case_().parties(0).organisation().name(), "x");
}

TEST(MappingRead, StartsAfreshWithEachDocument) {
  Engine engine({mappingOf(kSplit)});
  const std::string document = "<Doc><Case><Urn>1</Urn><D><Id>a</Id></D></Case><Court>B01</Court></Doc>";
  const auto first = engine.read(document);
  EXPECT_TRUE(engine.decode("<Doc><Case><Urn>broken").refused);
  EXPECT_EQ(engine.read(document).SerializeAsString(), first.SerializeAsString());
}

}  // namespace
}  // namespace causeway::mapping
