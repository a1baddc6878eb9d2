#include "tests/unit/mapping/engine.hpp"

#include <gmock/gmock.h>

namespace causeway::mapping {
namespace {

using testing::HasSubstr;

std::string problemsOf(std::string_view lines) { return Engine({mappingOf(lines)}).problems().text(); }

TEST(MappingMistakes, AreNamedWithTheirPlaceAndTheNearestName) {
  EXPECT_THAT(problemsOf("fields:\n  - { from: A, to: case.urm }\n"), HasSubstr("test.yaml:6:5"));
  EXPECT_THAT(problemsOf("fields:\n  - { from: A, to: case.urm }\n"), HasSubstr("urn"));
  EXPECT_THAT(problemsOf("fields:\n  - { from: A, to: case.urn, as: uper }\n"), HasSubstr("upper"));
  EXPECT_THAT(problemsOf("fields:\n  - { from: A, too: case.urn }\n"), HasSubstr("unknown key 'too'"));
  EXPECT_THAT(problemsOf("fields:\n  - { from: A, to: case.urn, table: nowhere }\n"),
              HasSubstr("no code table 'nowhere'"));
}

TEST(MappingMistakes, OfAFieldAreAllReported) {
  EXPECT_THAT(problemsOf("fields:\n  - { to: case.urn }\n"), HasSubstr("exactly one of"));
  EXPECT_THAT(problemsOf("fields:\n  - { from: A, value: b, to: case.urn }\n"), HasSubstr("exactly one of"));
  EXPECT_THAT(problemsOf("fields:\n  - { from: A }\n"), HasSubstr("a field needs 'to'"));
  EXPECT_THAT(problemsOf("fields:\n  - { with: { a: A }, to: case.urn }\n"), HasSubstr("'with' needs a converter"));
  EXPECT_THAT(problemsOf("fields:\n  - { from: A, to: case }\n"), HasSubstr("is a group"));
  EXPECT_THAT(problemsOf("fields:\n  - { each: A, to: case.urn, fields: [{ from: B, to: c }] }\n"),
              HasSubstr("needs a list"));
  EXPECT_THAT(problemsOf("fields:\n  - { from: a/../b, to: case.urn }\n"), HasSubstr("not a path of names"));
}

TEST(MappingMistakes, OfPapersAreReported) {
  const auto field = [](std::string_view line) { return problemsOf("fields:\n  - " + std::string(line) + "\n"); };
  EXPECT_THAT(field("{ from: A, to: \"case.documents[0].sha256\", as: paper }"), HasSubstr("a paper is taken with"));
  EXPECT_THAT(field("{ with: { part: \"=A\", base64: B }, to: \"case.documents[0].sha256\", as: paper }"),
              HasSubstr("a paper is taken with"));
  EXPECT_THAT(field("{ with: { base64: A }, to: case.urn, as: paper }"),
              HasSubstr("goes to the 'sha256' of a document"));
  EXPECT_THAT(field("{ with: { base64: A }, to: \"case.documents[0].sha256\", as: paper, default: x }"),
              HasSubstr("neither 'default'"));
  const auto multipart = [](std::string_view text) {
    return problemsOf("fields:\n  - { from: A, to: case.urn }\nmultipart: " + std::string(text) + "\n");
  };
  EXPECT_THAT(multipart("{ document: D }"), HasSubstr("needs 'papers'"));
  EXPECT_THAT(multipart("{ papers: { P: [image/png] } }"), HasSubstr("document"));
  EXPECT_THAT(multipart("{ document: P, papers: { P: [image/png] } }"), HasSubstr("cannot be a paper too"));
  EXPECT_THAT(multipart("{ document: D, papers: { P: image/png } }"), HasSubstr("a list of media types"));
  EXPECT_THAT(multipart("{ document: D, papers: { P: [application/pfd] } }"),
              HasSubstr("did you mean 'application/pdf'"));
  EXPECT_THAT(
      Engine(
          {"mapping: t\nwrites: json\nmessage: case.updated\nmultipart: { document: D, papers: { P: [image/png] } }\n"
           "fields:\n  - { from: case.urn, to: urn, as: paper }\n"})
          .problems()
          .text(),
      testing::AllOf(HasSubstr("for mappings that read"), HasSubstr("no converter 'paper'")));
}

TEST(MappingMistakes, OfWhatIsKeptAreReported) {
  const std::string keep =
      "  - { each: P, keep: p, key: \"@id\", like: \"case.parties[]\", fields: [{ from: A, to: organisation.name }] "
      "}\n";
  EXPECT_THAT(problemsOf("fields:\n" + keep), HasSubstr("nothing asks for the 'p'"));
  EXPECT_THAT(problemsOf("fields:\n" + keep + "  - { each: V, to: \"case.parties[]\", by: { q: \"@p\" } }\n"),
              HasSubstr("nothing is kept under the name 'q'"));
  EXPECT_THAT(problemsOf("fields:\n" + keep + "  - { each: V, to: \"case.defendants[]\", by: { p: \"@p\" } }\n"),
              HasSubstr("in another shape"));
  EXPECT_THAT(problemsOf("fields:\n  - { from: A, to: \"case.about[]\", refers: [\"case.partys[]\"] }\n"),
              HasSubstr("parties"));
}

TEST(MappingMistakes, OfWhatIsTakenBackAreReportedWithWhatToWrite) {
  const auto clear = [](std::string_view path) {
    return problemsOf("fields:\n  - { from: A, to: case.urn }\nclear:\n  - \"" + std::string(path) + "\"\n");
  };
  EXPECT_THAT(clear("case.urn"), HasSubstr("test.yaml:8:5"));
  for (const auto* key : {"case.urn", "case.case_id", "case.defendants.id", "case.defendants.asn",
                          "case.defendants.offences.sequence", "case.hearings.starts_at", "case.parties.identifiers"})
    EXPECT_THAT(clear(key), HasSubstr("map the new value")) << key;
  EXPECT_THAT(clear("case.parties.organisation"), HasSubstr("name the fields below it one by one"));
  EXPECT_THAT(clear("case.parties"), HasSubstr("under 'complete'"));
  EXPECT_THAT(clear("case.documents"), HasSubstr("under 'complete'"));
  EXPECT_THAT(clear("case.defendants.results.text"), HasSubstr("'deleted'"));
  EXPECT_THAT(clear("case.parties.consents"), HasSubstr("map its new state"));
  EXPECT_THAT(clear("case.parties.enhanced"), HasSubstr("map its new state"));
  EXPECT_THAT(clear("case.parties.contact_points.safe"), HasSubstr("name the list 'contact_points' as a whole"));
  EXPECT_THAT(clear("case.parties[0].addresses"), HasSubstr("case.parties[role=witness]"));
  EXPECT_THAT(clear("about"), HasSubstr("below 'case.'"));
  EXPECT_THAT(clear("case.parties.adresses"), HasSubstr("addresses"));
  EXPECT_EQ(clear("case.defendants.bail.conditions"), "");
  EXPECT_EQ(clear("case.parties[role=victim].addresses"), "");
}

TEST(MappingMistakes, OfWholeListsAreReportedWithWhatToWrite) {
  const auto complete = [](std::string_view path) {
    return problemsOf("fields:\n  - { from: A, to: case.urn }\ncomplete:\n  - \"" + std::string(path) + "\"\n");
  };
  EXPECT_THAT(complete("case.defendants.bail"), HasSubstr("under 'clear'"));
  EXPECT_THAT(complete("case.parties.addresses[kind=home]"), HasSubstr("name the list without [...]"));
  EXPECT_THAT(complete("case.hearings.identifiers"), HasSubstr("is a key"));
  EXPECT_EQ(complete("case.parties[role=witness]"), "");
  EXPECT_EQ(complete("case.parties[role=witness].attendances"), "");
}

TEST(MappingMistakes, OfPartsAreReported) {
  const auto problems = [](std::string_view use, std::string_view part) {
    return Engine({mappingOf("fields:\n  - { from: A, to: case.urn }\n" + std::string(use)), part}).problems().text();
  };
  EXPECT_THAT(problems("  - { use: test.hom }\n", "part: test.home\nfields:\n  - { from: T, to: case.urn }\n"),
              HasSubstr("no part 'test.hom'; did you mean 'test.home'"));
  EXPECT_THAT(problems("", "part: test.home\nfields:\n  - { from: T, to: case.urn }\n"),
              HasSubstr("no mapping uses the part 'test.home'"));
  EXPECT_THAT(problems("  - { use: test.home }\n", "part: test.home\nfields:\n  - { use: test.home }\n"),
              HasSubstr("the part 'test.home' uses itself"));
  EXPECT_THAT(problems("  - { use: test.home }\n", "part: test.home\nfeilds: []\n"), HasSubstr("unknown key 'feilds'"));
}

TEST(MappingMistakes, OfAnAnswerAreReported) {
  EXPECT_THAT(problemsOf("reply: nowhere\nfields:\n  - { from: A, to: case.urn }\n"),
              HasSubstr("no mapping 'nowhere' that writes"));
}

TEST(MappingMistakes, OfDerivationsAreReported) {
  EXPECT_THAT(problemsOf("fields:\n  - { from: A, to: case.urn }\nderive:\n  - { when: { case.urn: x } }\n"),
              HasSubstr("either sets values"));
  EXPECT_THAT(
      problemsOf(
          "fields:\n  - { from: A, to: case.urn }\nderive:\n  - { given: { case.urn: x }, set: { case.urn: y } }\n"),
      HasSubstr("without 'in'"));
  EXPECT_THAT(
      problemsOf(
          "fields:\n  - each: D\n    to: \"case.defendants[]\"\n    fields: [{ from: A, to: source_id }]\n    derive:\n"
          "      - { from: $message.case.urn, to: source_id }\n"),
      HasSubstr("only a derivation at the top"));
}

TEST(MappingMistakes, OfTheWholeAreReported) {
  EXPECT_THAT(problemsOf(""), HasSubstr("needs 'fields'"));
  EXPECT_THAT(problemsOf("fields:\n  - { from: A, to: case.urn }\nignore:\n  - { from: A, why: none }\n"),
              HasSubstr("mapped above"));
  EXPECT_THAT(problemsOf("fields:\n  - { from: A, to: case.urn }\nignore:\n  - { from: B }\n"), HasSubstr("why"));
  EXPECT_THAT(problemsOf("fields:\n  - { from: A, to: case.urn }\nrequire: [case.nothing]\n"), HasSubstr("nothing"));
  const auto twice = mappingOf("fields:\n  - { from: A, to: case.urn }\n");
  EXPECT_THAT(Engine({twice, twice}).problems().text(), HasSubstr("a second mapping called 'test.doc'"));
  EXPECT_THAT(Engine({"something: else\n"}).problems().text(), HasSubstr("begins with"));
}

TEST(MappingMistakes, OfACodeTableAreReported) {
  const std::string head = "table: t\nlist: plea\nsource: test\nrows:\n";
  EXPECT_THAT(Engine({head + "  - { from: a, is: b }\n  - { from: a, is: c }\n"}).problems().text(),
              HasSubstr("twice for the same days"));
  EXPECT_THAT(
      Engine({head + "  - { from: a, is: b, valid_from: 2026-02-01, valid_to: 2026-01-01 }\n"}).problems().text(),
      HasSubstr("ends before it begins"));
  EXPECT_THAT(Engine({head + "  - { from: a, is: b, read_only: true, write_only: true }\n"}).problems().text(),
              HasSubstr("neither"));
  const auto plea = head + "  - { from: a, is: b }\n";
  EXPECT_THAT(Engine({plea, mappingOf("fields:\n  - { from: A, to: \"case.hearings[0].court\", table: t }\n")})
                  .problems()
                  .text(),
              HasSubstr("takes list 'ou'"));
}

}  // namespace
}  // namespace causeway::mapping
