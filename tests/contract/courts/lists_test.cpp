#include "tests/contract/courts/corpus.hpp"
#include "tests/contract/courts/courts_reader.hpp"
#include "tests/contract/courts/memory_mark.hpp"
#include "tests/support/want.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <set>

// Published lists of the courts. Every public sample is read with every field explained, held for what it lacks, or refused for a reason
// that is written down here; a list of the size of a whole region is mapped in little memory.
namespace causeway::courts {
namespace {

using support::fileText;

struct Row {
  int documents = 0, messages = 0, held = 0, refused = 0, unexplained = 0;
  std::map<std::string, int> why;
};

std::set<int> heldParts(const mapping::Decoded& decoded) {
  std::set<int> out;
  const int all = static_cast<int>(decoded.reading.messages.size());
  for (const auto& finding : decoded.reading.findings) {
    if (finding.code != "missing_part" && finding.code != "bad_value") continue;
    for (int part = 0; part < all; ++part)
      if (finding.part < 0 || finding.part == part) out.insert(part);
  }
  return out;
}

// Why a document is no list that can be read, in the words of this page.
std::string refusal(const std::string& file, const std::string& text) {
  const auto holds = [&](const char* word) { return text.find(word) != std::string::npos; };
  if (file.find("esponse") != std::string::npos) return "an answer to a sender";
  if (file.find("api") != std::string::npos || file.find("swagger") != std::string::npos)
    return "what the recording service says to itself";
  if (holds("DartsEvent") || holds("CaseMessage") || holds("addCase")) return "a case or an event of the court log";
  if (holds("soapui-project")) return "a project of a test tool";
  if (holds("DynamicContent") || holds("currentcourtstatus")) return "a page for the screens in a court";
  if (holds("single") || file.starts_with("sjp")) return "single justice procedure: nobody comes to court";
  if (file.find("PublicAdult") != std::string::npos) return "a list without day and case number";
  if (file.find("case") != std::string::npos && file.ends_with(".json"))
    return "one case as a matching service keeps it";
  return "";
}

void readFolder(const std::filesystem::path& folder, std::map<std::string, Row>& table) {
  for (const char* suffix : {".xml", ".json"})
    for (const auto& path : filesBelow(folder, suffix)) {
      const auto file = path.filename().string();
      if (path.string().find("/schema/") != std::string::npos) continue;
      auto& row = table[path.parent_path().lexically_relative(folder.parent_path()).string()];
      const auto text = fileText(path.string());
      const auto decoded = decode(text);
      ++row.documents;
      if (decoded.refused) {
        const auto why = refusal(file, text);
        EXPECT_NE(why, "") << file << ": " << decoded.refused->text();
        ++row.refused;
        ++row.why[why];
        continue;
      }
      row.messages += static_cast<int>(decoded.reading.messages.size());
      row.held += static_cast<int>(heldParts(decoded).size());
      row.unexplained += static_cast<int>(decoded.reading.unexplained.size());
      for (const auto& [where, times] : decoded.reading.unexplained)
        ADD_FAILURE() << file << ": " << where << " is neither mapped nor left out";
    }
}

TEST(CourtsLists, AreReadWithEveryFieldExplainedOrRefusedForAKnownReason) {
  NEED_CORPUS(folder);
  std::map<std::string, Row> table;
  for (const char* part : {"xhibit-darts", "libra-court-list", "pip-cath-lists"}) readFolder(folder / part, table);
  std::cout << "folder: documents, messages, of these held for a person, refused, unexplained fields\n";
  int messages = 0;
  for (const auto& [name, row] : table) {
    std::cout << "  " << name << ": " << row.documents << ", " << row.messages << ", " << row.held << ", "
              << row.refused << ", " << row.unexplained << "\n";
    for (const auto& [why, count] : row.why) std::cout << "      refused " << count << ": " << why << "\n";
    messages += row.messages;
  }
  EXPECT_GT(messages, 745);
}

std::string example(const std::string& name) {
  return fileText(std::string(CAUSEWAY_SOURCE_DIR) + "/mappings/courts/examples/" + name);
}

// One case of the example, many times, each with a number of its own.
std::string bigList(size_t bytes) {
  const auto text = example("libra-court-list.xml");
  const size_t from = text.find("<case>"), to = text.find("</case>") + 7;
  const auto one = text.substr(from, to - from);
  std::string out = text.substr(0, from);
  for (int number = 0; out.size() < bytes; ++number) {
    auto next = one;
    const auto urn = std::to_string(10000 + number % 90000);
    next.replace(next.find("52SB03020") + 4, 5, urn);
    out += next;
  }
  return out + text.substr(to);
}

void expectLittleMemory(const char* what, const std::string& document, size_t least) {
  (void)decode(example("libra-court-list.xml"));  // what stays for every document is there
  const MemoryMark mark;
  if (!mark.known()) GTEST_SKIP() << "this system does not tell a process's peak of memory";
  const auto decoded = decode(document);
  ASSERT_FALSE(decoded.refused) << decoded.refused->text();
  EXPECT_GE(decoded.reading.messages.size(), least);
  const auto peak = mark.peakKib();
  std::cout << what << ": " << document.size() / 1024 << " KiB, " << decoded.reading.messages.size()
            << " messages, peak " << peak << " KiB above what was there\n";
  EXPECT_LT(peak, 64 * 1024);
}

TEST(CourtsLists, AListOfThreeMegabytesNeedsLittleMemory) {
  SKIP_UNDER_SANITIZERS();
  expectLittleMemory("a list made of the example", bigList(2'700'000), 1000);
}

TEST(CourtsLists, ThePublicListOf745CasesNeedsLittleMemory) {
  SKIP_UNDER_SANITIZERS();
  NEED_CORPUS(folder);
  expectLittleMemory("the public list", fileText((folder / "libra-court-list/soap/massive-file.xml").string()), 745);
}

TEST(CourtsLists, AreAnsweredInTheWordsOfTheirSender) {
  const auto libra = decode(example("libra-court-list.xml"));
  EXPECT_EQ(libra.reading.reply, "courts.libra-acknowledgement");
  const auto taken = reply("courts.libra-acknowledgement", replyValues(libra, "accepted"));
  EXPECT_NE(
      taken.find("<Envelope xmlns=\"http://www.w3.org/2003/05/soap-envelope\"><Body><Acknowledgement xmlns=\"http://"
                 "www.justice.gov.uk/magistrates/ack\"><Ack xmlns=\"\"><MessageStatus>DELIVERED</MessageStatus>"),
      std::string::npos)
      << taken;
  const auto refused = reply("courts.darts-response", replyValues(decode("<x/>"), "malformed"));
  EXPECT_NE(
      refused.find("<addDocumentResponse xmlns=\"http://com.synapps.mojdarts.service.com\"><return xmlns=\"\"><code>400"
                   "</code><message>"),
      std::string::npos)
      << refused;
}

// One child that cannot be read takes none of the others with it.
TEST(CourtsLists, OneBadCaseHoldsUpNoOther) {
  auto text = example("libra-court-list.xml");
  const size_t at = text.find("52SB0302126");
  text.replace(at, 11, "");
  const auto decoded = decode(text);
  ASSERT_FALSE(decoded.refused);
  EXPECT_EQ(decoded.reading.messages.size(), 4U);
  EXPECT_EQ(heldParts(decoded), (std::set<int>{1}));
}

TEST(CourtsLists, ABadSittingHoldsUpItsOwnCasesAlone) {
  auto text = example("libra-court-list.xml");
  text.replace(text.find("<bstart>09:30"), 13, "<bstart>early");
  const auto decoded = decode(text);
  ASSERT_FALSE(decoded.refused);
  EXPECT_EQ(heldParts(decoded), (std::set<int>{0, 1}));
}

TEST(CourtsLists, ADraftIsHeldAsAWhole) {
  auto text = example("crown-daily-list.xml");
  for (size_t at = text.find("FINAL v1"); at != std::string::npos; at = text.find("FINAL v1"))
    text.replace(at, 8, "DRAFT v1");
  const auto decoded = decode(text);
  ASSERT_FALSE(decoded.refused);
  EXPECT_EQ(heldParts(decoded).size(), decoded.reading.messages.size());
}

TEST(CourtsLists, AMaskedNameIsNotTakenOver) {
  for (const char* name : {"crown-daily-list.xml", "pip-crown-daily-list.json"}) {
    const auto decoded = decode(example(name));
    ASSERT_FALSE(decoded.refused);
    int masked = 0;
    for (const auto& message : decoded.reading.messages) {
      const auto& whole = message->case_();
      EXPECT_EQ(message->DebugString().find("Thrale"), std::string::npos) << name;
      if (whole.reporting_restrictions().empty()) continue;
      ++masked;
      EXPECT_EQ(whole.reporting_restrictions(0).kind().code(), "name_masked");
      EXPECT_EQ(whole.defendants_size(), 0) << "nothing but the number of the case";
    }
    EXPECT_EQ(masked, 1) << name;
  }
}

}  // namespace
}  // namespace causeway::courts
