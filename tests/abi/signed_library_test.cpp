// Which libraries an installation trusts. Good libraries in wrong hands.

#include "host/plugin/library.hpp"
#include "host/plugin/loader.hpp"
#include "tests/abi/installed.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace causeway::abi {
namespace {

using testing::HasSubstr;

void expectRefused(const Installed& library, const plugin::Trust& trust, const std::string& reason,
                   const std::string& minimum_version = {}) {
  const auto adapter = plugin::loadAdapter({.file = library.file(), .minimum_version = minimum_version}, trust);
  ASSERT_FALSE(adapter);
  EXPECT_EQ(adapter.error().kind, ErrorKind::Refused) << adapter.error().text();
  EXPECT_THAT(adapter.error().what, HasSubstr(reason));
}

TEST(SignedLibrary, IsRefusedWithoutSignature) {
  Installed library("variant");
  const SigningKey key;
  expectRefused(library, key.trust(), "is not signed");
  expectRefused(library, nothing(), "is not signed");
  library.sign(key);
  std::filesystem::remove(library.signature());
  expectRefused(library, key.trust(), "is not signed");
  library.sign(key);
  std::filesystem::remove(library.manifest());
  expectRefused(library, key.trust(), "is not signed");
}

TEST(SignedLibrary, IsRefusedWhereNoKeyIsConfigured) {
  Installed library("variant");
  library.sign(SigningKey());
  expectRefused(library, nothing(), "no plugin-signing key is configured");
}

TEST(SignedLibrary, IsRefusedWhenAnotherKeySignedIt) {
  Installed library("variant");
  library.sign(SigningKey());
  const SigningKey ours;
  expectRefused(library, ours.trust(), "does not carry a signature of the configured plugin-signing key");
  auto trust = ours.trust();
  trust.development = true;
  expectRefused(library, trust, "does not carry a signature of the configured plugin-signing key");
}

TEST(SignedLibrary, IsRefusedWhenTheSignatureIsGarbage) {
  Installed library("variant");
  const SigningKey key;
  library.sign(key);
  writeFile(library.signature(), "");
  expectRefused(library, key.trust(), "does not carry a signature");
  writeFile(library.signature(), std::string(70, 'x'));
  expectRefused(library, key.trust(), "does not carry a signature");
}

TEST(SignedLibrary, IsRefusedWhenTheManifestWasChanged) {
  Installed library("variant");
  const SigningKey key;
  library.sign(key);
  writeFile(library.manifest(), readFile(library.manifest()) + " ");
  expectRefused(library, key.trust(), "does not carry a signature");
}

TEST(SignedLibrary, IsRefusedWhenItWasChangedAfterSigning) {
  Installed library("variant");
  const SigningKey key;
  library.sign(key);
  auto bytes = readFile(library.file());
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  writeFile(library.file(), bytes);
  expectRefused(library, key.trust(), "its bytes differ from those of the manifest");
}

TEST(SignedLibrary, IsRefusedWithTheManifestOfAnotherLibrary) {
  Installed library("variant"), other("good");
  const SigningKey key;
  other.sign(key, {.name = "tiny", .version = "1.0.0", .capabilities = ""});
  std::filesystem::copy_file(other.manifest(), library.manifest());
  std::filesystem::copy_file(other.signature(), library.signature());
  expectRefused(library, key.trust(), "its bytes differ from those of the manifest");
}

TEST(SignedLibrary, IsRefusedWhenItIsNotWhatItsManifestSays) {
  Installed library("variant");
  const SigningKey key;
  library.sign(key, {.name = "courts"});
  expectRefused(library, key.trust(), "name variant, signed as courts");
  library.sign(key, {.version = "9.0.0"});
  expectRefused(library, key.trust(), "version 1.2.0, signed as 9.0.0");
  library.sign(key, {.abi_minor = 4});
  expectRefused(library, key.trust(), "plugin ABI 1.0, signed as 1.4");
  library.sign(key, {.capabilities = "\"identify\""});
  expectRefused(library, key.trust(), "capabilities (convert), signed as (identify)");
}

TEST(SignedLibrary, IsRefusedWhenItIsOlderThanAskedFor) {
  Installed library("variant");
  const SigningKey key;
  library.sign(key);
  expectRefused(library, key.trust(), "is version 1.2.0, older than the 1.10.0", "1.10.0");
}

TEST(SignedLibrary, IsRefusedByItsManifestBeforeAnyOfItRuns) {
  Installed library("ends_process");
  const SigningKey key;
  library.sign(key, {.abi_major = 2});
  expectRefused(library, key.trust(), "was built for plugin ABI 2.0; this host speaks 1.0");
}

TEST(SignedLibrary, IsRefusedWhereEveryoneMayWrite) {
  Installed library("variant");
  const SigningKey key;
  library.sign(key);
  ASSERT_EQ(::chmod(library.file().c_str(), 0666), 0);
  expectRefused(library, key.trust(), "everyone may write to it");
  ASSERT_EQ(::chmod(library.file().c_str(), 0644), 0);
  ASSERT_EQ(::chmod(library.folder().c_str(), 0777), 0);
  expectRefused(library, key.trust(), "everyone may write to its folder");
}

TEST(SignedLibrary, RunsTheBytesThatWereCheckedHoweverTheFileChanges) {
  Installed library("variant");
  const SigningKey key;
  library.sign(key);
  auto trust = key.trust();
  // The moment an attacker waits for: checked, not yet loaded.
  trust.sha256 = [&](std::string_view bytes) {
    std::filesystem::copy_file(builtLibrary("swapped_in"), library.file(),
                               std::filesystem::copy_options::overwrite_existing);
    return sha256Hex(bytes);
  };
  auto adapter = plugin::loadAdapter({.file = library.file()}, trust);
  ASSERT_TRUE(adapter) << adapter.error().text();
  ASSERT_EQ(readFile(library.file()), readFile(builtLibrary("swapped_in")));
  const auto answer = (*adapter)->convert("variant.echo", {});
  ASSERT_TRUE(answer);
  EXPECT_EQ(*answer, (pipeline::Fields{{"value", "1.2.0"}}));
}

TEST(SignedLibrary, LoadsWhenEverythingAgrees) {
  Installed library("variant");
  const SigningKey key;
  library.sign(key);
  const auto opened = plugin::AdapterLibrary::open(library.file(), key.trust(), {.minimum_version = "1.2"});
  ASSERT_TRUE(opened) << opened.error().text();
  EXPECT_TRUE((*opened)->description().is_signed);
  EXPECT_EQ((*opened)->description().capabilities, std::vector<std::string>{"convert"});
}

TEST(SignedLibrary, LoadsUnsignedInDevelopmentModeOnly) {
  Installed library("variant");
  auto trust = SigningKey().trust();
  trust.development = true;
  const auto opened = plugin::AdapterLibrary::open(library.file(), trust);
  ASSERT_TRUE(opened) << opened.error().text();
  EXPECT_FALSE((*opened)->description().is_signed);
}

TEST(SignedLibrary, OfALaterMinorLoads) {
  Installed library("later");
  const SigningKey key;
  library.sign(key, {.name = "later", .version = "3.1", .abi_minor = 7, .capabilities = "\"poll\", \"drain\""});
  const auto opened = plugin::AdapterLibrary::open(library.file(), key.trust());
  ASSERT_TRUE(opened) << opened.error().text();
  EXPECT_EQ((*opened)->description().abi_minor, 7U);
  EXPECT_TRUE((*opened)->description().capabilities.empty());
}

TEST(SignedLibrary, InTwelveLinesOfCLoads) {
  Installed library("good");
  const SigningKey key;
  library.sign(key, {.name = "tiny", .version = "1.0.0", .capabilities = ""});
  auto adapter = plugin::loadAdapter({.file = library.file()}, key.trust());
  ASSERT_TRUE(adapter) << adapter.error().text();
  EXPECT_EQ((*adapter)->name(), "tiny");
  EXPECT_TRUE((*adapter)->converters().empty());
  EXPECT_EQ((*adapter)->identify({{"root", "X"}}).value(), "");
}

// The dynamic loader tells libraries apart by path, and ours is the number of a descriptor: a number that is used again
// would give back the library that had it first.
TEST(SignedLibrary, IsNeverMistakenForOneThatWasLoadedBefore) {
  const SigningKey key;
  for (int round = 0; round < 3; ++round) {
    for (const auto& [name, version] : {std::pair("variant", "1.2.0"), std::pair("swapped_in", "6.6.6")}) {
      Installed plain("plain");
      EXPECT_FALSE(plugin::AdapterLibrary::open(plain.file(), development()));
      Installed library(name);
      library.sign(key, {.version = version});
      auto adapter = plugin::loadAdapter({.file = library.file()}, key.trust());
      ASSERT_TRUE(adapter) << adapter.error().text();
      EXPECT_EQ((*adapter)->convert("variant.echo", {}).value(), (pipeline::Fields{{"value", version}}));
    }
  }
}

}  // namespace
}  // namespace causeway::abi
