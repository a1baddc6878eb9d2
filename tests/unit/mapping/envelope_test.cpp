#include "tests/unit/mapping/engine.hpp"

#include <gmock/gmock.h>

namespace causeway::mapping {
namespace {

const char* const kOuter =
    "envelope: test.outer\nreads: xml\nroot: Env\nnamespace: urn:env\nsource: test\nfields: { id: Head/Id, request: "
    "\"@req\" }\n"
    "test_when: { Head/Test: { in: [\"true\", \"1\"] } }\ncontent: Body\nholds: element\n";
const char* const kInner =
    "envelope: test.inner\nreads: xml\nroot: Inner\nsource: test\nfields: { id: Number, late: After }\ncontent: "
    "Content\nholds: text\n";

Engine engine() {
  return Engine({kOuter, kInner,
                 mappingOf("fields:\n  - { from: A, to: case.urn }\n  - { from: $envelope.id, to: source_message_id "
                           "}\n  - { from: $envelope.late, to: format }\n")});
}

TEST(MappingEnvelope, KeepsWhatWasLearntOfARefusedMessage) {
  auto tested = engine();
  const auto decoded =
      tested.decode("<Env xmlns='urn:env' req='7'><Head><Id> 1 </Id></Head><Body><Nobody xmlns=''/></Body></Env>");
  ASSERT_TRUE(decoded.refused);
  EXPECT_EQ(decoded.refused->kind, ErrorKind::NotFound);
  EXPECT_EQ(decoded.envelope.at("id"), "1");
  EXPECT_EQ(decoded.envelope.at("request"), "7");
  ASSERT_EQ(decoded.layers.size(), 1U);
}

TEST(MappingEnvelope, ANoticeSaysWhereItsDocumentIs) {
  Engine tested(
      {"envelope: test.notice\nreads: json\nroot: eventType\nsource: test\n"
       "fields: { id: eventId, next: detailUrl }\nnext_when: { eventType: { in: [opened] } }\n"});
  auto decoded = tested.decode(R"({"eventType":"opened","eventId":"7","detailUrl":null})");
  ASSERT_TRUE(decoded.refused);
  EXPECT_EQ(decoded.refused->kind, ErrorKind::Invalid);
  decoded = tested.decode(R"({"eventId":"7","detailUrl":"/a","eventType":"opened"})");
  ASSERT_FALSE(decoded.refused) << decoded.refused->text();
  EXPECT_TRUE(decoded.notice);
  EXPECT_EQ(decoded.envelope.at("id"), "7");
  EXPECT_EQ(decoded.envelope.at("next"), "/a");
  EXPECT_TRUE(decoded.reading.messages.empty());
  decoded = tested.decode(R"({"eventType":"closed","eventId":"8","detailUrl":"/a"})");
  ASSERT_FALSE(decoded.refused);
  EXPECT_TRUE(decoded.notice);
  EXPECT_FALSE(decoded.envelope.contains("next")) << "nothing is asked about other events";
}

TEST(MappingEnvelope, RefusesAnEmptyOne) {
  auto tested = engine();
  EXPECT_TRUE(tested.decode("<Inner><Number>1</Number><Content> </Content></Inner>").refused);
  EXPECT_TRUE(tested.decode("<Inner><Number>1</Number></Inner>").refused);
}

TEST(MappingEnvelope, RefusesDocumentsInsideDocumentsWithoutEnd) {
  auto tested = engine();
  std::string document = "<Doc><A>1</A></Doc>";
  for (int layer = 0; layer < 9; ++layer) {
    std::string text;
    for (const char c : document) text += c == '<' ? "&lt;" : c == '&' ? "&amp;" : std::string(1, c);
    document = "<Inner><Content>" + text + "</Content></Inner>";
  }
  const auto decoded = tested.decode(document);
  ASSERT_TRUE(decoded.refused);
  EXPECT_EQ(decoded.refused->kind, ErrorKind::TooLarge);
}

TEST(MappingEnvelope, TakesWrappingsOffFromOutsideIn) {
  auto tested = engine();
  const auto decoded = tested.decode(
      "<e:Env xmlns:e='urn:env'><Head><Id>outer</Id><Test> 1 </Test></Head><e:Body><Inner><Number>inner</Number>"
      "<Content>&lt;!-- first --&gt;&lt;?xml version='1.0'?&gt;&lt;Doc&gt;&lt;A&gt;a &amp;amp; "
      "b&lt;/A&gt;&lt;/Doc&gt;</Content>"
      "<After>behind</After></Inner></e:Body></e:Env>");
  ASSERT_FALSE(decoded.refused) << decoded.refused->text();
  ASSERT_EQ(decoded.layers.size(), 2U);
  EXPECT_TRUE(decoded.test);
  const auto& message = *decoded.reading.messages.front();
  EXPECT_EQ(message.case_().urn(), "a & b");
  EXPECT_EQ(message.source_message_id(), "inner");
  EXPECT_EQ(message.format(), "behind");
}

TEST(MappingEnvelope, ReadsAgainWhenAValueStandsBehindTheContent) {
  Engine tested(
      {kOuter,
       mappingOf("fields:\n  - { from: A, to: case.urn }\n  - { from: $envelope.id, to: source_message_id }\n")});
  const auto decoded =
      tested.decode("<Env xmlns='urn:env'><Body><Doc xmlns=''><A>1</A></Doc></Body><Head><Id>9</Id></Head></Env>");
  ASSERT_FALSE(decoded.refused) << decoded.refused->text();
  ASSERT_EQ(decoded.reading.messages.size(), 1U);
  EXPECT_EQ(decoded.reading.messages.front()->source_message_id(), "9");
  EXPECT_EQ(decoded.layers.size(), 1U);
}

TEST(MappingEnvelope, TakesOffEscapingThatWasPutOnTwice) {
  auto tested = engine();
  const auto decoded = tested.decode(
      "<Inner><Content>&amp;lt;Doc&amp;gt;&amp;lt;A&amp;gt;5 &amp;amp;lt; "
      "6&amp;lt;/A&amp;gt;&amp;lt;/Doc&amp;gt;</Content></Inner>");
  ASSERT_FALSE(decoded.refused) << decoded.refused->text();
  EXPECT_EQ(decoded.reading.messages.front()->case_().urn(), "5 < 6");
}

}  // namespace
}  // namespace causeway::mapping
