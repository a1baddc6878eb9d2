#include "host/plugin/manifest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace causeway::plugin {
namespace {

using testing::HasSubstr;

const std::string kSha(64, 'a');

std::string manifest(const std::string& more = {}) {
  return R"({"name": "courts", "version": "1.4.0", "abi_major": 1, "abi_minor": 0, "capabilities": ["convert"], "sha256": ")" +
         kSha + "\"" + more + "}";
}

std::string replaced(const std::string& what, const std::string& with) {
  auto text = manifest();
  return text.replace(text.find(what), what.size(), with);
}

TEST(Manifest, IsRefusedWhenItIsNotExactlyOne) {
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"", "not a JSON object"},
      {"[]", "not a JSON object"},
      {manifest() + "x", "not a JSON object"},
      {manifest(R"(, "name": "cps")"), "has a key twice"},
      {manifest(R"(, "shade": "blue")"), "has a key that is not known"},
      {replaced("\"courts\"", "7"), "needs 'name', a text"},
      {replaced("\"courts\"", "\"\""), "needs 'name', a text"},
      {replaced("\"version\"", "\"edition\""), "needs 'version', a text"},
      {replaced("\"abi_major\": 1", "\"abi_major\": \"1\""), "needs 'abi_major', a whole number"},
      {replaced("\"abi_major\": 1", "\"abi_major\": -1"), "needs 'abi_major', a whole number"},
      {replaced("\"abi_major\": 1", "\"abi_major\": 4294967297"), "needs 'abi_major', a whole number"},
      {replaced("[\"convert\"]", "\"convert\""), "needs 'capabilities', a list of texts"},
      {replaced("[\"convert\"]", "[1]"), "needs 'capabilities', a list of texts"},
      {replaced("aaaa", "AAAA"), "needs 'sha256', 64 lower-case"},
      {replaced("aaaa", ""), "needs 'sha256', 64 lower-case"},
  };
  for (const auto& [text, reason] : wrong) {
    const auto parsed = parseManifest(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().kind, ErrorKind::Invalid);
    EXPECT_THAT(parsed.error().what, HasSubstr(reason)) << text;
  }
}

TEST(Manifest, IsRead) {
  const auto parsed = parseManifest(manifest());
  ASSERT_TRUE(parsed) << parsed.error().text();
  EXPECT_EQ(parsed->name, "courts");
  EXPECT_EQ(parsed->version, "1.4.0");
  EXPECT_EQ(parsed->abi_major, 1U);
  EXPECT_EQ(parsed->abi_minor, 0U);
  EXPECT_EQ(parsed->capabilities, std::vector<std::string>{"convert"});
  EXPECT_EQ(parsed->sha256, kSha);
}

TEST(Versions, AreComparedByTheirNumbers) {
  EXPECT_EQ(compareVersions("1.10.0", "1.9.9"), 1);
  EXPECT_EQ(compareVersions("1.2", "1.2.0"), 0);
  EXPECT_EQ(compareVersions("1.2", "1.2.0.1"), -1);
  EXPECT_EQ(compareVersions("0.9", "1.0"), -1);
  EXPECT_EQ(compareVersions("1.0", ""), 1);
}

}  // namespace
}  // namespace causeway::plugin
