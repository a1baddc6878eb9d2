#include "host/mapping/xml_reader.hpp"

#include <gtest/gtest.h>

#include <string>

namespace causeway::mapping {
namespace {

class Counter final : public DocumentHandler {
 public:
  void open(std::string_view, std::string_view, NamedTexts) override { ++elements; }
  void text(std::string_view) override {}
  void close() override {}
  int elements = 0;
};

std::string documentOfNames(int round) {
  std::string out = "<a>";
  for (int i = 0; i < 20'000; ++i)
    out += "<name_that_nobody_has_used_before_" + std::to_string(round * 20'000 + i) + "/>";
  return out + "</a>";
}

// The parser keeps names from document to document, ten megabytes at most: a sender of ever new ones must not use them up.
TEST(MappingXmlReader, ReadsOnAfterAnyNumberOfNames) {
  XmlReader reader;
  for (int round = 0; round < 20; ++round) {
    Counter counter;
    ASSERT_TRUE(reader.read(documentOfNames(round), Limits{}, counter)) << round;
    EXPECT_EQ(counter.elements, 20'001);
  }
}

TEST(MappingXmlReader, ReadsAfterADocumentThatWasCutOff) {
  XmlReader reader;
  Counter counter;
  EXPECT_EQ(reader.read("<a>\n<b></a>", Limits{}, counter).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(reader.read("<a>\n<b></a>", Limits{}, counter).error().where, "line 2");
  EXPECT_TRUE(reader.read("<a><b/></a>", Limits{}, counter));
}

}  // namespace
}  // namespace causeway::mapping
