#include "tests/contract/niche/niche_support.hpp"

#include <gtest/gtest.h>

#include <iostream>

namespace causeway::niche_tests {
namespace {

TEST(NicheExport, Golden) {
  const auto library = loadLibrary({"niche", "common"}, "52=5226999999");
  const auto decoded = decode(*library, fileText("mappings/niche/examples/occurrence.xml"));
  ASSERT_FALSE(decoded.refused) << decoded.refused->text();
  std::cout << textOf(decoded.reading.unexplained) << textOf(decoded.reading.findings) << jsonOf(*decoded.reading.messages[0]);
}

}  // namespace
}  // namespace causeway::niche_tests
