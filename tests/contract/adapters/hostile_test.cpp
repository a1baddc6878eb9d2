#include "tests/contract/adapters/plain_document.hpp"
#include "tests/contract/adapters/workshop.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace causeway::contract {
namespace {

constexpr std::string_view kMarker = "Zyxwvquark";

class Hostile : public testing::TestWithParam<app::Example> {
 protected:
  /// Refused as a whole, and told without a word of the document.
  void expectRefused(std::string_view document, const std::string& how, std::optional<ErrorKind> kind = {}) const {
    const auto decoded = workshop_.read(document);
    EXPECT_TRUE(!kind || (decoded.refused && decoded.refused->kind == *kind)) << how;
    EXPECT_TRUE(decoded.refused) << how;
    EXPECT_TRUE(decoded.reading.messages.empty()) << how << ": half a document was mapped";
    const auto words = wordsOf(decoded);
    EXPECT_EQ(words.find(kMarker), std::string::npos) << how << ": tells what the document says";
  }
  bool isXml() const { return GetParam().file.extension() == ".xml"; }

  const Workshop& workshop_ = Workshop::instance();
  const std::string document_ = bytesOf(GetParam().file);
};

std::string replacedAll(std::string text, std::string_view what, std::string_view with) {
  for (size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
    text.replace(at, what.size(), with);
  return text;
}

// Where the white space behind the last sign of a document begins: without it the document is still whole.
size_t lastSign(const std::string& document) { return document.find_last_not_of(" \t\r\n"); }

TEST_P(Hostile, IsRefusedWhenItIsCutOff) {
  const size_t step = document_.size() / 97 + 1;
  for (size_t size = 0; size <= lastSign(document_); size += step)
    expectRefused(std::string_view(document_).substr(0, size), std::to_string(size) + " bytes");
}

TEST_P(Hostile, IsRefusedWhenItIsForeign) {
  expectRefused("", "nothing");
  expectRefused("null", "no object");
  expectRefused("[1, 2]", "a list");
  expectRefused(R"({"Zyxwvquark": {"Zyxwvquark": "Zyxwvquark"}})", "another object");
  expectRefused("<Zyxwvquark xmlns='urn:zyxwv'><a>Zyxwvquark</a></Zyxwvquark>", "another root", ErrorKind::NotFound);
  expectRefused("<html><head><title>Zyxwvquark</title></head><body/></html>", "a page");
  expectRefused(std::string("\0\x01\x02Zyxwvquark", 13), "bytes");
  expectRefused(document_ + document_, "the document twice");
}

// A system that may use only the mappings of another one cannot have its document read.
TEST_P(Hostile, IsRefusedByTheMappingsOfOthers) {
  std::vector<std::string> others;
  for (const auto& mapping : workshop_.library().mappings())
    if (mapping.reads && app::systemOf(mapping, mappingFolders()) != GetParam().system) others.push_back(mapping.id);
  if (others.empty()) return;
  const auto decoded = workshop_.read(document_, others);
  EXPECT_TRUE(decoded.refused);
  EXPECT_TRUE(decoded.reading.messages.empty());
}

TEST_P(Hostile, IsRefusedInAnotherNameSpace) {
  const auto decoded = workshop_.read(document_);
  const auto& id = decoded.reading.mapping;
  const auto file =
      std::ranges::find(workshop_.library().mappings(), id.substr(0, id.find('@')), &mapping::MappingFile::id);
  if (file == workshop_.library().mappings().end() || file->name_space.empty()) return;
  expectRefused(replacedAll(document_, file->name_space, "urn:zyxwv:other"), "another name space", ErrorKind::Conflict);
}

TEST_P(Hostile, IsRefusedWithADocumentTypeOrBytesThatAreNoText) {
  if (!isXml()) return expectRefused(replacedAll(document_, ": \"", ": \"\xE9\xFF"), "not UTF-8");
  const size_t start = document_.starts_with("<?xml") ? document_.find("?>") + 2 : 0;
  expectRefused(document_.substr(0, start) + "<!DOCTYPE x [<!ENTITY a \"b\">]>" + document_.substr(start),
                "a document type");
  expectRefused(replacedAll(document_, "</", "\xE9\xFF</"), "not UTF-8");
}

// Whatever stands in whichever place: it may be refused or found fault with, but never repeated.
TEST_P(Hostile, NeverTellsWhatItsTextsSay) {
  const auto plain = PlainDocument::parse(document_);
  ASSERT_TRUE(plain);
  ASSERT_FALSE(plain->leaves().empty());
  bool fault_found = false;
  for (size_t i = 0; i < plain->leaves().size(); ++i)
    for (const auto& text : {std::string(kMarker), std::string(kMarker) + " 12345678", "12" + std::string(kMarker)}) {
      const auto decoded = workshop_.read(plain->with(i, text));
      fault_found |= !wordsOf(decoded).empty();
      EXPECT_EQ(wordsOf(decoded).find(kMarker), std::string::npos) << plain->leaves()[i].name << ":\n"
                                                                   << wordsOf(decoded);
    }
  EXPECT_TRUE(fault_found) << "no text of it can be wrong";
}

INSTANTIATE_TEST_SUITE_P(Examples, Hostile, testing::ValuesIn(incomingExamples()),
                         [](const auto& one) { return testName(one.param); });

}  // namespace
}  // namespace causeway::contract
