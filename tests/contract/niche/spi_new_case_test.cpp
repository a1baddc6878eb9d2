#include "tests/contract/niche/niche_support.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

namespace causeway::niche_tests {
namespace {

namespace fs = std::filesystem;

class SpiNewCase : public testing::Test {
 protected:
  std::unique_ptr<mapping::Library> library_ = loadLibrary(
      {"spi-new-case", "courts/envelopes", "courts/tables", "courts/cjse-route-data-response.yaml",
       "courts/cjse-submit-response.yaml", "courts/darts-response.yaml", "courts/libra-acknowledgement.yaml"},
      "");
};

TEST_F(SpiNewCase, RefusesADocumentWithoutItsNamespace) {
  const auto decoded = decode(*library_, "<NewCaseMessage><Case/></NewCaseMessage>");
  ASSERT_TRUE(decoded.refused);
  EXPECT_EQ(decoded.refused->kind, ErrorKind::Conflict);
}

TEST_F(SpiNewCase, LinksEachVictimToTheOffence) {
  const auto decoded = decode(*library_, fileText("mappings/spi-new-case/examples/victim-of-two-offences.xml"));
  const auto& whole = decoded.reading.messages[0]->case_();
  const auto& offences = whole.defendants(0).offences();
  ASSERT_EQ(offences.size(), 2);
  for (const auto& offence : offences) {
    ASSERT_EQ(offence.victim_ids_size(), 1);
    const auto found = std::ranges::find(whole.parties(), offence.victim_ids(0), &canonical::Party::id);
    ASSERT_NE(found, whole.parties().end());
    EXPECT_EQ(found->roles(0).role().code(), "victim");
    EXPECT_FALSE(found->contact_points(0).has_safe());
  }
}

// Samples of the national exchange are not ours to ship. Whoever has them names their folder; each must be read without a leaf
// that nobody explains, or be refused for one of the reasons below.
const std::vector<std::pair<std::string, std::string>> kRefused{
    {"events--valid-newCaseMessage.xml",
     "an event of the courts' audio recording, which has the name of the message in its text"},
};

std::string codesOf(const mapping::Reading& reading) {
  std::set<std::string> codes;
  for (const auto& finding : reading.findings) codes.insert(finding.code + " " + finding.path);
  std::string out;
  for (const auto& code : codes) out += ", " + code;
  return out;
}

bool isNewCase(const std::string& text) { return text.find("NewCaseMessage") != std::string::npos; }

TEST_F(SpiNewCase, ReadsEverySampleOfTheExchange) {
  const char* said = std::getenv("CAUSEWAY_CORPUS");
  const fs::path folder = said ? fs::path(said) : fs::path(CAUSEWAY_SOURCE_DIR) / ".." / "shared" / "corpus";
  if (!fs::is_directory(folder)) GTEST_SKIP() << "set CAUSEWAY_CORPUS to a folder with samples of the exchange";
  int read = 0, refused = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".xml") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    if (!isNewCase(text.str())) continue;
    const auto decoded = decode(*library_, text.str());
    const auto name = entry.path().parent_path().filename().string() + "/" + entry.path().filename().string();
    if (decoded.refused) {
      ++refused;
      std::cout << name << ": refused, " << decoded.refused->what << "\n";
      const auto known =
          std::ranges::find(kRefused, entry.path().filename().string(), &std::pair<std::string, std::string>::first);
      EXPECT_NE(known, kRefused.end()) << name << ": " << decoded.refused->text();
      continue;
    }
    ++read;
    EXPECT_TRUE(decoded.reading.unexplained.empty()) << name << ":\n" << textOf(decoded.reading.unexplained);
    const auto& whole = decoded.reading.messages.at(0)->case_();
    std::cout << name << ": " << decoded.layers.size() << " wrappings, " << whole.defendants_size() << " defendants, "
              << whole.parties_size() << " others" << codesOf(decoded.reading) << "\n";
  }
  std::cout << read << " read, " << refused << " refused\n";
  EXPECT_GT(read, 0);
}

}  // namespace
}  // namespace causeway::niche_tests
