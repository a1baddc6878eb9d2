#include "tests/contract/adapters/workshop.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace causeway::contract {
namespace {

const std::string kBegin = "<!-- systems: written by `causeway systems` -->\n", kEnd = "<!-- end of systems -->\n";

TEST(Systems, EveryMappingHasAnExampleThatAccountsForEveryField) {
  for (const auto& row : app::systemRows(Workshop::instance().library(), mappingFolders())) {
    SCOPED_TRACE(row.mapping + " " + row.direction);
    EXPECT_FALSE(row.system.empty());
    EXPECT_TRUE(row.direction == "answer" || row.examples > 0) << "no example beside it";
    EXPECT_EQ(row.failed, 0);
    EXPECT_EQ(row.unexplained, 0);
  }
}

TEST(Systems, TheReadmeShowsWhatThereIs) {
  const auto file = std::filesystem::path(CAUSEWAY_SOURCE_DIR) / "README.md";
  auto page = bytesOf(file);
  const size_t begin = page.find(kBegin), end = page.find(kEnd);
  ASSERT_TRUE(begin != std::string::npos && end != std::string::npos && begin < end);
  const auto table = app::systemTable(app::systemRows(Workshop::instance().library(), mappingFolders()));
  const size_t start = begin + kBegin.size();
  if (accepts()) std::ofstream(file, std::ios::binary) << page.replace(start, end - start, table);
  const auto shown = bytesOf(file);
  EXPECT_EQ(shown.substr(start, shown.find(kEnd) - start), table) << "run the tests once with CAUSEWAY_ACCEPT=1";
}

}  // namespace
}  // namespace causeway::contract
