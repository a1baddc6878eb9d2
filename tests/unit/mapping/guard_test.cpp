#include "host/mapping/guard.hpp"

#include <gtest/gtest.h>

#include <string>

namespace causeway::mapping {
namespace {

Limits small() {
  Limits limits;
  limits.bytes = 1000;
  limits.depth = 3;
  limits.attributes = 2;
  limits.tag_bytes = 100;
  limits.elements = 5;
  return limits;
}

TEST(MappingGuard, StopsXmlThatIsTooMuch) {
  EXPECT_EQ(guardXml(std::string(1001, ' '), small()).error().kind, ErrorKind::TooLarge);
  EXPECT_EQ(guardXml("<a><b><c><d/></c></b></a>", small()).has_value(), true);
  EXPECT_EQ(guardXml("<a><b><c><d></d></c></b></a>", small()).error().kind, ErrorKind::TooLarge);
  EXPECT_EQ(guardXml("<a x='1' y='2' z='3'/>", small()).error().kind, ErrorKind::TooLarge);
  EXPECT_EQ(guardXml("<a x='" + std::string(200, 'x') + "'></a>", small()).has_value(), false);
  EXPECT_EQ(guardXml("<a><b/><b/><b/><b/><b/></a>", small()).error().kind, ErrorKind::TooLarge);
}

TEST(MappingGuard, StopsXmlThatIsBroken) {
  for (const std::string wrong : {"<a", "<a x='1", "<!-- ", "<![CDATA[", "<?xml ", "<!DOCTYPE a>",
                                  "<a><!ENTITY b 'c'></a>", "<a<b>", "<a>\xE9</a>"})
    EXPECT_EQ(guardXml(wrong, small()).error().kind, ErrorKind::Invalid) << wrong;
  EXPECT_EQ(guardXml(std::string("<a>\0</a>", 8), small()).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(guardXml("<?xml version='1.0' encoding='UTF-16'?><a/>", small()).error().kind, ErrorKind::Invalid);
}

TEST(MappingGuard, CountsNothingInsideCommentsTextAndQuotes) {
  EXPECT_TRUE(guardXml(
      "<?xml version='1.0' encoding=\"utf-8\"?><a x='>' y=\"'\"><!-- <b><b><b><b> --><![CDATA[<c><c><c><c>]]>\"'</a>",
      small()));
}

TEST(MappingGuard, StopsJsonThatIsTooMuchOrBroken) {
  EXPECT_EQ(guardJson(R"({"a":[[{"b":1}]]})", small()).error().kind, ErrorKind::TooLarge);
  EXPECT_TRUE(guardJson(R"({"a":[{"b":"[[[[{{\"{"}]})", small()));
  EXPECT_TRUE(guardJson(R"({"a":"cut off \)", small()));  // the parser says so, the guard reads no further than the end
  EXPECT_EQ(guardJson(R"({"a\\":[[{"b":1}]]})", small()).error().kind, ErrorKind::TooLarge);
  EXPECT_EQ(guardJson("{\"a\":\"\xE9\"}", small()).error().kind, ErrorKind::Invalid);
}

TEST(MappingGuard, FindsNestingWhereverItStands) {
  auto limits = small();
  limits.bytes = 10'000;
  for (size_t before = 0; before < 4000; before += before < 50 ? 1 : 61) {
    const std::string blanks(before, ' ');
    EXPECT_EQ(guardJson(blanks + "[{\"a\":[[" + blanks + "]]}]", limits).error().kind, ErrorKind::TooLarge) << before;
    EXPECT_TRUE(guardJson(blanks + "[{\"a\":\"[[{{\"}]" + blanks, limits)) << before;
  }
  EXPECT_EQ(guardJson(std::string(5000, '['), limits).error().kind, ErrorKind::TooLarge);
}

TEST(MappingGuard, KnowsWhatADocumentIs) {
  EXPECT_EQ(*sniff("\xEF\xBB\xBF  <!-- x --> <a/>"), Format::Xml);
  EXPECT_EQ(*sniff(" [1]"), Format::Json);
  EXPECT_FALSE(sniff(""));
  EXPECT_FALSE(sniff("MSH|^~"));
}

}  // namespace
}  // namespace causeway::mapping
