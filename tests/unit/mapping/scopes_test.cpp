#include "tests/unit/mapping/engine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

// When elements are made, and how often converters are asked.
namespace causeway::mapping {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// A converter that notes what it was asked; it cannot read "bad".
Converters noting(std::vector<std::string>& asked) {
  Converters converters;
  EXPECT_TRUE(converters.add("test.noting", [&asked](Inputs in, Outputs& out) -> Result<void> {
    const std::string value(input(in, "value"));
    asked.push_back(value);
    if (value == "bad") return fail(ErrorKind::Invalid, "expected something else");
    out.set("value", "<" + value + ">");
    return {};
  }));
  return converters;
}

constexpr std::string_view kNoting =
    "fields:\n  - each: P\n    to: \"case.parties[]\"\n    fields:\n"
    "      - { from: Name, to: \"person.names[0].family\", as: test.noting }\n";

std::vector<std::string> families(const Decoded& decoded) {
  std::vector<std::string> out;
  for (const auto& party : decoded.reading.messages.front()->case_().parties())
    out.push_back(party.person().names_size() > 0 ? party.person().names(0).family() : "-");
  return out;
}

}  // namespace

TEST(MappingScopes, LeaveNothingBehindWhereATestFails) {
  Engine engine({mappingOf(
      "fields:\n  - each: P\n    where: { Why: new }\n    to: \"case.defendants[0].offences[]\"\n    fields:\n"
      "      - { from: Code, to: code }\n")});
  const auto decoded = engine.decode("<Doc><P><Why>old</Why><Code>TH68010</Code></P></Doc>");
  EXPECT_EQ(decoded.reading.messages.front()->case_().defendants_size(), 0);
}

// A scope of the same element ends before the one it stands in: it must not act on what that one is about to refuse.
TEST(MappingScopes, DoNothingInsideAScopeOfTheSameElementThatRefusesIt) {
  std::vector<std::string> asked;
  Engine engine({mappingOf("fields:\n  - each: P\n    where: { Why: new }\n    to: \"case.parties[]\"\n    fields:\n"
                           "      - each: .\n        to: \"$message.case.parties[]\"\n        fields:\n"
                           "          - { from: Name, to: \"person.names[0].family\", as: test.noting }\n")},
                noting(asked));
  const auto decoded =
      engine.decode("<Doc><P><Name>bad</Name><Why>old</Why></P><P><Name>Carrow</Name><Why>new</Why></P></Doc>");
  EXPECT_THAT(asked, ElementsAre("Carrow"));
  EXPECT_THAT(families(decoded), ElementsAre("-", "<Carrow>"));
  EXPECT_THAT(codesOf(decoded), IsEmpty());
}

TEST(MappingScopes, AskNothingInsideAnElementThatItsAttributesRefuse) {
  std::vector<std::string> asked;
  Engine engine(
      {mappingOf(
          "fields:\n  - each: P\n    where: { \"@class\": Victim }\n    to: \"case.parties[]\"\n    fields:\n"
          "      - { from: Name, to: \"person.names[0].family\", as: test.noting }\n"
          "      - each: Link\n        where: { \"@as\": { exists: false } }\n        to: roles[]\n        fields:\n"
          "          - { from: Role, to: role, as: test.noting }\n")},
      noting(asked));
  const auto decoded = engine.decode(
      "<Doc><P class='Officer'><Name>Orme</Name><Link><Role>bad</Role></Link></P>"
      "<P class=' Victim '><Name>Carrow</Name><Link "
      "as='x'><Role>bad</Role></Link><Link><Role>victim</Role></Link></P></Doc>");
  EXPECT_THAT(asked, ElementsAre("victim", "Carrow"));
  EXPECT_THAT(families(decoded), ElementsAre("<Carrow>"));
  EXPECT_THAT(decoded.reading.unexplained,
              ElementsAre(testing::Pair("P/(no 'where' fits)", 1), testing::Pair("P/Link/(no 'where' fits)", 2)));
}

TEST(MappingScopes, ReadADocumentAgainOnlyForAValueThatCame) {
  std::vector<std::string> asked;
  Engine engine({mappingOf("identify: { late: Late }\n" + std::string(kNoting) +
                           "      - { from: $envelope.late, to: \"person.names[0].title\" }\n")},
                noting(asked));
  engine.decode("<Doc><P><Name>Carrow</Name></P></Doc>");
  EXPECT_THAT(asked, ElementsAre("Carrow"));
  const auto decoded = engine.decode("<Doc><P><Name>Lisle</Name></P><Late>Ms</Late></Doc>");
  EXPECT_THAT(asked, ElementsAre("Carrow", "Lisle", "Lisle"));
  EXPECT_EQ(decoded.reading.messages.front()->case_().parties(0).person().names(0).title(), "Ms");
}

TEST(MappingScopes, PutElementsInTheOrderOfTheDocument) {
  Engine engine(
      {mappingOf("fields:\n  - each: P\n    to: \"case.parties[]\"\n    fields:\n"
                 "      - { from: Name, to: \"person.names[0].family\" }\n"
                 "      - each: Child\n        to: \"$message.case.parties[]\"\n        fields:\n"
                 "          - { from: ., to: \"person.names[0].family\" }\n"
                 "  - each: P\n    where: { Name: Carrow }\n    to: \"case.parties[]\"\n    fields:\n"
                 "      - { value: twice, to: \"person.names[0].family\" }\n")});
  const auto decoded = engine.decode(
      "<Doc><P><Child>Lisle</Child><Name>Carrow</Name></P><P><Name>Orme</Name><Child>Thrale</Child></P></Doc>");
  EXPECT_THAT(families(decoded), ElementsAre("Carrow", "twice", "Lisle", "Orme", "Thrale"));
}

TEST(MappingScopes, AskAConverterTheSameOnlyOnceRunning) {
  std::vector<std::string> asked;
  Engine engine({mappingOf(kNoting)}, noting(asked));
  const auto decoded = engine.decode(
      "<Doc><P><Name>Carrow</Name></P><P><Name>Carrow</Name></P><P><Name>Orme</Name></P><P><Name>Carrow</Name></P></"
      "Doc>");
  EXPECT_THAT(asked, ElementsAre("Carrow", "Orme", "Carrow"));
  EXPECT_THAT(families(decoded), ElementsAre("<Carrow>", "<Carrow>", "<Orme>", "<Carrow>"));
}

TEST(MappingScopes, RememberNoRefusalAndNothingOfTheDocumentBefore) {
  std::vector<std::string> asked;
  Engine engine({mappingOf(kNoting)}, noting(asked));
  const auto decoded =
      engine.decode("<Doc><P><Name>bad</Name></P><P><Name>bad</Name></P><P><Name>Orme</Name></P></Doc>");
  EXPECT_THAT(codesOf(decoded), ElementsAre("bad_value", "bad_value"));
  engine.decode("<Doc><P><Name>Orme</Name></P></Doc>");
  EXPECT_THAT(asked, ElementsAre("bad", "bad", "Orme", "Orme"));
}

}  // namespace causeway::mapping
