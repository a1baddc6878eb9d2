#include "host/mapping/write_plan.hpp"
#include "tests/unit/mapping/engine.hpp"

#include <gmock/gmock.h>

namespace causeway::mapping {
namespace {

using testing::HasSubstr;

const char* const kTable =
    "table: t\nlist: plea\nsource: test\nrows:\n  - { from: \"1\", is: guilty }\n  - { from: \"6\", is: guilty, "
    "read_only: true }\n"
    "  - { from: \"1\", is: admits, write_only: true }\n";

Result<Written> written(Engine& engine, const canonical::CanonicalMessage& message, const NamedValues& named = {}) {
  EXPECT_FALSE(engine.problems().hasErrors()) << engine.problems().text();
  const auto* plan = engine.library().writePlan("test.out");
  return write(*plan, message, named, {std::chrono::year(2026), std::chrono::June, std::chrono::day(2)});
}

std::string mappingOut(std::string_view fields) {
  return "mapping: test.out\nwrites: xml\nroot: Out\nnamespace: urn:out\nmessage: reply\nfields:\n" +
         std::string(fields);
}

TEST(MappingWrite, RefusesACodeThatTheTableCannotSay) {
  Engine engine({kTable, mappingOut("  - { from: $reply.outcome, to: Code, table: t }\n")});
  const auto result = written(engine, {}, {{"reply.outcome", "unheard"}});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().where, "Code");
  EXPECT_EQ(result.error().what.find("unheard"), std::string::npos);
}

TEST(MappingWrite, RefusesAMessageThatLacksWhatItMustHave) {
  Engine engine(
      {mappingOut("  - { from: case.urn, to: Urn }\nrequire: [ case.urn, \"case.parties[].id | case.cps_unit\" ]\n")});
  canonical::CanonicalMessage message;
  const auto lacksBoth = written(engine, message);
  ASSERT_FALSE(lacksBoth);
  EXPECT_EQ(lacksBoth.error().what, "'case.urn' must be there and is not");
  message.mutable_case_()->set_urn("52SB0123426");
  EXPECT_FALSE(written(engine, message)) << "neither alternative is there";
  message.mutable_case_()->add_parties();
  EXPECT_FALSE(written(engine, message)) << "a party without its id";
  message.mutable_case_()->mutable_cps_unit()->set_code("SW");
  EXPECT_TRUE(written(engine, message));
  message.mutable_case_()->clear_cps_unit();
  message.mutable_case_()->mutable_parties(0)->set_id("p-1");
  EXPECT_TRUE(written(engine, message));
}

TEST(MappingWrite, WritesTheRowForWriting) {
  Engine engine({kTable, mappingOut("  - { from: $a, to: A, table: t }\n  - { from: $b, to: B, table: t }\n")});
  const auto result = written(engine, {}, {{"a", "guilty"}, {"b", "admits"}});
  ASSERT_TRUE(result) << result.error().text();
  EXPECT_THAT(result->bytes, HasSubstr("<A>1</A><B>1</B>"));
  EXPECT_EQ(*engine.library().tables().at("t").read("1", {}), "guilty");
}

TEST(MappingWrite, LeavesOutWhatIsAbsentAndEscapesTheRest) {
  Engine engine(
      {mappingOut("  - { from: $a, to: Head/@x }\n  - { from: $none, to: Head/Nothing }\n  - { from: case.urn, to: "
                  "Head/Urn }\n  - { from: $b, to: B, default: usual }\n")});
  canonical::CanonicalMessage message;
  message.mutable_case_()->set_urn("a<b>&\"");
  const auto result = written(engine, message, {{"a", "1 & \"2\""}});
  ASSERT_TRUE(result) << result.error().text();
  EXPECT_THAT(result->bytes,
              HasSubstr("<Out xmlns=\"urn:out\"><Head x=\"1 &amp; &quot;2&quot;\"><Urn>a&lt;b&gt;&amp;"));
  EXPECT_THAT(result->bytes, HasSubstr("<B>usual</B>"));
  EXPECT_EQ(result->bytes.find("Nothing"), std::string::npos);
}

TEST(MappingWrite, SaysWhatIsLost) {
  Engine engine(
      {mappingOut("  - { from: case.urn, to: Urn }\nignore:\n  - { from: case.informant, why: not asked for }\n")});
  canonical::CanonicalMessage message;
  message.mutable_case_()->set_urn("1");
  message.mutable_case_()->set_informant("x");
  message.mutable_case_()->add_defendants()->set_source_id("2");
  const auto result = written(engine, message);
  ASSERT_TRUE(result) << result.error().text();
  EXPECT_THAT(result->lost, testing::ElementsAre("case.defendants.source_id"));
}

}  // namespace
}  // namespace causeway::mapping
