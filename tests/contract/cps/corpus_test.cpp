#include "tests/contract/cps/cps_support.hpp"

#include <gtest/gtest.h>

#include <set>

namespace causeway::cps_tests {
namespace {

namespace fs = std::filesystem;

std::string unexplainedOf(const mapping::Decoded& decoded) {
  std::string out = decoded.refused ? "refused: " + decoded.refused->text() + "\n" : "";
  for (const auto& [path, times] : decoded.reading.unexplained) out += path + "\n";
  return out;
}

// The samples hold no real case number and no real date of some fields; what counts here is that nothing in them is passed over.
void readsWhole(const fs::path& path, const std::string& mapping, int& read) {
  SCOPED_TRACE(path.filename().string());
  const auto decoded = decode(fileText(path));
  EXPECT_EQ(unexplainedOf(decoded), "");
  EXPECT_EQ(decoded.reading.mapping, mapping + "@1");
  ++read;
}

TEST(CpsSamples, EveryFormThatTheCpsServesIsExplained) {
  NEED_CORPUS(samples);
  int read = 0;
  std::set<std::string> kinds;
  for (const auto& entry : fs::recursive_directory_iterator(samples / "cps-common-platform")) {
    const std::string name = entry.path().filename().string(), folder = entry.path().string();
    if (entry.path().extension() != ".json" || folder.find("/schema/") != std::string::npos) continue;
    for (const auto& [part, mapping] :
         {std::pair{"cps-serve-pet", "cps.pet"}, std::pair{"cps-serve-ptph", "cps.ptph"},
          std::pair{"cps-serve-cotr", "cps.cotr"}, std::pair{"cps-update-cotr", "cps.cotr-update"}})
      if (name.find(part) != std::string::npos) {
        readsWhole(entry.path(), mapping, read);
        kinds.insert(mapping);
      }
  }
  EXPECT_GE(read, 16);
  EXPECT_EQ(kinds.size(), 4U);
}

TEST(CpsSamples, EveryNoticeOfMaterialIsExplained) {
  NEED_CORPUS(samples);
  int read = 0;
  for (const auto& entry : fs::directory_iterator(samples / "spi-cjse" / "cps-notification"))
    if (entry.path().extension() == ".json") readsWhole(entry.path(), "cps.material-event", read);
  EXPECT_GE(read, 6);
}

// One of the samples lacks what its notice is about: it is held and not half taken.
TEST(CpsSamples, ANoticeOfNoMaterialIsHeld) {
  NEED_CORPUS(samples);
  const auto decoded =
      decode(fileText(samples / "spi-cjse" / "cps-notification" / "NotificationFailureInputPayload.json"));
  EXPECT_TRUE(hasFinding(decoded, "missing_part")) << complaintsOf(decoded);
}

TEST(CpsSamples, TheTwifStyleSampleIsExplained) {
  NEED_CORPUS(samples);
  int read = 0;
  readsWhole(samples / "twif" / "samples" / "causeway-twif-style-sample.xml", "cps.twif-update", read);
  EXPECT_EQ(read, 1);
}

}  // namespace
}  // namespace causeway::cps_tests
