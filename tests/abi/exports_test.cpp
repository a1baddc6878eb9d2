// What an adapter built with causeway_add_adapter shows to the process it is loaded into, and the signing script.

#include "host/plugin/loader.hpp"
#include "tests/abi/installed.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <memory>

namespace causeway::abi {
namespace {

struct Ran {
  int status = -1;
  std::string output;
};

Ran run(const std::string& command) {
  Ran out;
  FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  if (!pipe) return out;
  std::array<char, 4096> buffer;
  while (const size_t got = std::fread(buffer.data(), 1, buffer.size(), pipe)) out.output.append(buffer.data(), got);
  out.status = ::pclose(pipe);
  return out;
}

Ran runSignScript(const std::string& key, const std::string& library) {
  return run("'" CAUSEWAY_SOURCE_DIR "/plugins/sign.sh' '" + key + "' '" + library + "' '" CAUSEWAY_MANIFEST_TOOL "'");
}

TEST(BuiltAdapter, ExportsOneSymbolOnly) {
  const auto symbols = run("nm -D --defined-only --format=posix '" CAUSEWAY_HARBOUR "'");
  ASSERT_EQ(symbols.status, 0) << symbols.output;
  EXPECT_THAT(symbols.output, testing::MatchesRegex("causeway_adapter [DR] [^\n]*\n"));
}

TEST(SignScript, RefusesAKeyThatIsNotOne) {
  Installed library("good");
  writeFile(library.folder() / "key.pem", "no key");
  const auto ran = runSignScript(library.folder() / "key.pem", library.file());
  EXPECT_NE(ran.status, 0);
  EXPECT_FALSE(std::filesystem::exists(library.signature()));
}

TEST(SignScript, SignsNothingThatAHostWouldRefuse) {
  for (const auto* wrong : {"null_create", "plain", "newer_major"}) {
    Installed library(wrong);
    writeFile(library.folder() / "key.pem", SigningKey().pem());
    EXPECT_NE(runSignScript(library.folder() / "key.pem", library.file()).status, 0) << wrong;
    EXPECT_FALSE(std::filesystem::exists(library.manifest())) << wrong;
    EXPECT_FALSE(std::filesystem::exists(library.signature())) << wrong;
  }
}

TEST(SignScript, SignsWhatAHostThenLoads) {
  Installed library("variant");
  const SigningKey key;
  writeFile(library.folder() / "key.pem", key.pem());
  const auto ran = runSignScript(library.folder() / "key.pem", library.file());
  ASSERT_EQ(ran.status, 0) << ran.output;
  auto adapter = plugin::loadAdapter({.file = library.file()}, key.trust());
  ASSERT_TRUE(adapter) << adapter.error().text();
  EXPECT_EQ((*adapter)->version(), "1.2.0");
}

}  // namespace
}  // namespace causeway::abi
