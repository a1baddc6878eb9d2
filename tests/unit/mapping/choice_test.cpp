#include "tests/unit/mapping/engine.hpp"

#include <map>

namespace causeway::mapping {
namespace {

// Two kinds of message that come under one root, and a third that this root is never.
std::string kind(const std::string& id, const std::string& message) {
  return "mapping: test." + id + "\nreads: json\nroot: urn\nmessage: " + message +
         "\nfields:\n  - { from: urn, to: case.urn }\nignore:\n  - { from: kind, why: it chose the mapping }\n";
}

Engine engine() {
  return Engine({kind("a-listed", "hearing.listed"), kind("b-cancelled", "hearing.cancelled"),
                 "mapping: test.other\nreads: json\nroot: number\nmessage: plea.recorded\nfields:\n"
                 "  - { from: number, to: case.urn }\n"});
}

ReadOptions::Identify says(Result<std::string> answer, int* asked = nullptr) {
  return [answer = std::move(answer), asked](NamedTexts) {
    if (asked) ++*asked;
    return answer;
  };
}

const char* const kDocument = R"({"urn":"52SB0123426","kind":{"code":"C"}})";

TEST(MappingChoice, RefusesATypeThatNoFittingMappingMakes) {
  auto tested = engine();
  const auto decoded = tested.decode(kDocument, {}, says(std::string("plea.recorded")));
  ASSERT_TRUE(decoded.refused);
  EXPECT_EQ(decoded.refused->kind, ErrorKind::Conflict);
  EXPECT_NE(decoded.refused->text().find("'plea.recorded'"), std::string::npos);
}

TEST(MappingChoice, HandsOnTheErrorOfWhoIdentifies) {
  auto tested = engine();
  const auto decoded = tested.decode(kDocument, {}, says(fail(ErrorKind::Unavailable, "busy")));
  ASSERT_TRUE(decoded.refused);
  EXPECT_EQ(decoded.refused->kind, ErrorKind::Unavailable);
}

TEST(MappingChoice, TakesTheFirstWhereNobodyCanSay) {
  auto tested = engine();
  EXPECT_EQ(tested.decode(kDocument).reading.mapping, "test.a-listed@1");
  EXPECT_EQ(tested.decode(kDocument, {}, says(std::string())).reading.mapping, "test.a-listed@1");
}

TEST(MappingChoice, TakesTheMappingOfTheTypeIdentified) {
  auto tested = engine();
  EXPECT_EQ(tested.decode(kDocument, {}, says(std::string("hearing.cancelled"))).reading.mapping, "test.b-cancelled@1");
}

TEST(MappingChoice, AsksOnlyWhereTypesDiffer) {
  auto tested = engine();
  int asked = 0;
  EXPECT_FALSE(tested.decode(R"({"number":"52SB0123426"})", {}, says(std::string("hearing.listed"), &asked)).refused);
  EXPECT_FALSE(tested.decode(kDocument, {"test.b-cancelled"}, says(std::string("hearing.listed"), &asked)).refused);
  EXPECT_EQ(asked, 0);
}

TEST(MappingChoice, ShowsTheFaceOfTheDocument) {
  auto tested = engine();
  std::map<std::string, std::string> shown;
  tested.decode(kDocument, {}, [&](NamedTexts fields) {
    for (const auto& item : fields) shown.emplace(item.name, item.value);
    return Result<std::string>(std::string());
  });
  EXPECT_EQ(shown["document.urn"], "52SB0123426");
  EXPECT_EQ(shown["document.kind/code"], "C");
}

// Nobody identifies here: only what these two ask about is shown of the inner keys.
TEST(MappingChoice, TellsMappingsByKeysInsideOthers) {
  Engine tested(
      {"mapping: test.tested\nreads: json\nroot: urn\nif: { kind/code: C }\nmessage: hearing.listed\nfields:\n"
       "  - { from: urn, to: case.urn }\nignore:\n  - { from: kind, why: it chose the mapping }\n",
       "mapping: test.rooted\nreads: json\nroot: case/urn\nmessage: hearing.cancelled\nfields:\n"
       "  - { from: case/urn, to: case.urn }\n"});
  EXPECT_TRUE(tested.decode(R"({"urn":"52SB0123426","kind":{"code":"D"}})").refused);
  EXPECT_TRUE(tested.decode(R"({"other":{"urn":"52SB0123426"}})").refused);
  EXPECT_EQ(tested.decode(kDocument).reading.mapping, "test.tested@1");
  EXPECT_EQ(tested.decode(R"({"case":{"urn":"52SB0123426"}})").reading.mapping, "test.rooted@1");
}

}  // namespace
}  // namespace causeway::mapping
