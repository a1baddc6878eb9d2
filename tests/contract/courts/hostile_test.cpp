#include "tests/contract/courts/courts_reader.hpp"
#include "tests/support/want.hpp"

#include <gtest/gtest.h>

namespace causeway::courts {
namespace {

std::string example() { return support::fileText(CAUSEWAY_SOURCE_DIR "/mappings/courts/examples/trial-fixed.xml"); }

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return at == std::string::npos ? text : text.replace(at, what.size(), with);
}

std::string repeated(const std::string& piece, int times) {
  std::string out;
  out.reserve(piece.size() * static_cast<size_t>(times));
  for (int i = 0; i < times; ++i) out += piece;
  return out;
}

// Refused as a whole, in every wrapping, with a reason that repeats nothing of the document.
void expectRefused(const std::string& document, ErrorKind kind) {
  for (const auto& [wrapping, bytes] : wrapped(document)) {
    const auto decoded = decode(bytes);
    ASSERT_TRUE(decoded.refused) << wrapping;
    EXPECT_EQ(decoded.refused->kind, kind) << wrapping << ": " << decoded.refused->text();
    EXPECT_TRUE(decoded.reading.messages.empty()) << wrapping << ": half a document was mapped";
    EXPECT_EQ(decoded.refused->text().find("Exampleton"), std::string::npos) << wrapping;
  }
}

TEST(CourtsHostile, RefusesADocumentTypeAndEntities) {
  const auto decoded = decode("<!DOCTYPE x [<!ENTITY a \"b\">]>" + example());
  ASSERT_TRUE(decoded.refused);
  EXPECT_EQ(decoded.refused->kind, ErrorKind::Invalid);
  const auto used = decode(replaced(example(), "Exampleton", "&a;"));
  EXPECT_TRUE(used.refused);
  EXPECT_TRUE(used.reading.messages.empty());
}

TEST(CourtsHostile, RefusesTensOfThousandsOfAttributes) {
  std::string many;
  for (int i = 0; i < 60'000; ++i) many += " a" + std::to_string(i) + "=\"1\"";
  expectRefused(replaced(example(), "<Session>", "<Session" + many + ">"), ErrorKind::TooLarge);
}

TEST(CourtsHostile, RefusesWhatIsNestedTenThousandDeep) {
  expectRefused(replaced(example(), "<Session>", repeated("<x>", 10'000) + repeated("</x>", 10'000) + "<Session>"),
                ErrorKind::TooLarge);
}

TEST(CourtsHostile, RefusesWhatIsTooLarge) {
  const auto decoded = decode(replaced(example(), "<Session>", "<!--" + std::string(11U << 20U, ' ') + "--><Session>"));
  ASSERT_TRUE(decoded.refused);
  EXPECT_EQ(decoded.refused->kind, ErrorKind::TooLarge);
}

TEST(CourtsHostile, RefusesTextThatIsNotUtf8) {
  expectRefused(replaced(example(), "Exampleton", "Exampl\xE9ton"), ErrorKind::Invalid);
}

TEST(CourtsHostile, RefusesANulByte) {
  expectRefused(replaced(example(), "Exampleton", std::string("Ex\0mple", 7)), ErrorKind::Invalid);
}

TEST(CourtsHostile, RefusesAnotherEncodingThanItHas) {
  const auto decoded =
      decode("<?xml version=\"1.0\" encoding=\"UTF-7\"?>" + example().substr(example().find("?>") + 2));
  EXPECT_TRUE(decoded.refused);
}

TEST(CourtsHostile, HoldsAValueThatCannotBeReadInsteadOfLosingIt) {
  const auto decoded =
      decode(replaced(example(), "<Birthdate>1990-04-12</Birthdate>", "<Birthdate>12 April</Birthdate>"));
  ASSERT_FALSE(decoded.refused);
  ASSERT_TRUE(hasFinding(decoded, "bad_value")) << findingsOf(decoded);
  EXPECT_EQ(findingsOf(decoded).find("12 April"), std::string::npos);
}

TEST(CourtsHostile, NamesAFieldThatNoRuleKnows) {
  const auto decoded = decode(replaced(example(), "</Session>", "<Novelty>1</Novelty></Session>"));
  ASSERT_FALSE(decoded.refused);
  EXPECT_TRUE(decoded.reading.unexplained.contains("Session/Novelty"));
}

}  // namespace
}  // namespace causeway::courts
