// Libraries that are wrong in themselves. Each is refused with a reason that a person can act on, and the host lives on.

#include "host/plugin/loader.hpp"
#include "tests/abi/installed.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace causeway::abi {
namespace {

using testing::HasSubstr;

Error refusal(const std::string& file, pipeline::Fields settings = {}) {
  const auto adapter = plugin::loadAdapter({.file = file, .settings = std::move(settings)}, development());
  if (!adapter) return adapter.error();
  ADD_FAILURE() << file << " was loaded";
  return {};
}

void expectRefusal(const std::string& library, ErrorKind kind, const std::string& reason) {
  const auto error = refusal(builtLibrary(library));
  EXPECT_EQ(error.kind, kind) << nameOf(error.kind);
  EXPECT_THAT(error.what, HasSubstr(reason));
  EXPECT_EQ(error.where, builtLibrary(library));
}

TEST(WrongLibrary, IsNotThere) { expectRefusal("no_such_library", ErrorKind::NotFound, "no such file"); }

TEST(WrongLibrary, IsAFolder) {
  TemporaryFolder folder;
  const auto error = refusal(folder.path().string());
  EXPECT_EQ(error.kind, ErrorKind::Refused);
  EXPECT_THAT(error.what, HasSubstr("not a regular file"));
}

TEST(WrongLibrary, IsALink) {
  TemporaryFolder folder;
  const auto link = folder.path() / "link.so";
  std::filesystem::create_symlink(builtLibrary("good"), link);
  const auto error = refusal(link.string());
  EXPECT_EQ(error.kind, ErrorKind::Refused);
  EXPECT_THAT(error.what, HasSubstr("symbolic link"));
}

TEST(WrongLibrary, IsEmpty) {
  Installed library("good");
  writeFile(library.file(), "");
  EXPECT_EQ(refusal(library.file()).kind, ErrorKind::Invalid);
}

TEST(WrongLibrary, IsGarbage) {
  Installed library("good");
  writeFile(library.file(), "this is no library at all, whatever its name says");
  const auto error = refusal(library.file());
  EXPECT_EQ(error.kind, ErrorKind::Invalid);
  EXPECT_THAT(error.what, HasSubstr("not a shared library"));
}

TEST(WrongLibrary, IsCutShortAnywhere) {
  Installed library("good");
  const auto whole = readFile(library.file());
  for (const size_t kept :
       {size_t{5}, size_t{63}, size_t{64}, size_t{200}, whole.size() / 8, whole.size() / 2, whole.size() - 1}) {
    writeFile(library.file(), std::string_view(whole).substr(0, kept));
    EXPECT_EQ(refusal(library.file()).kind, ErrorKind::Invalid) << kept;
  }
}

TEST(WrongLibrary, IsForAnotherMachine) {
  Installed library("good");
  auto bytes = readFile(library.file());
  bytes[18] = 8;  // e_machine: MIPS
  bytes[19] = 0;
  writeFile(library.file(), bytes);
  const auto error = refusal(library.file());
  EXPECT_EQ(error.kind, ErrorKind::Invalid);
  EXPECT_THAT(error.what, HasSubstr("another kind of machine"));
}

TEST(WrongLibrary, LacksAFunction) {
  expectRefusal("undefined", ErrorKind::Invalid, "cannot be loaded: undefined symbol: function_that_nobody_has");
}

TEST(WrongLibrary, IsNoAdapter) { expectRefusal("plain", ErrorKind::Invalid, "exports no causeway_adapter"); }

TEST(WrongLibrary, ExportsAFunctionForATable) {
  expectRefusal("function", ErrorKind::Invalid, "a function, not a table");
}

TEST(WrongLibrary, IsOfAnOlderMajor) {
  expectRefusal("older_major", ErrorKind::Refused, "was built for plugin ABI 0.9; this host speaks 1.0");
}

TEST(WrongLibrary, IsOfANewerMajor) {
  expectRefusal("newer_major", ErrorKind::Refused, "was built for plugin ABI 2.3; this host speaks 1.0");
}

TEST(WrongLibrary, HasAShortTable) { expectRefusal("short_table", ErrorKind::Invalid, "has a table of 64 bytes"); }

TEST(WrongLibrary, ClaimsALongerTableThanItHas) {
  expectRefusal("lying_table", ErrorKind::Invalid, "says that its table has 4096 bytes");
}

TEST(WrongLibrary, HasNoCreate) { expectRefusal("null_create", ErrorKind::Invalid, "create is null"); }

TEST(WrongLibrary, HidesACapability) {
  expectRefusal("hidden_capability", ErrorKind::Invalid, "convert is there but capabilities do not name it");
}

TEST(WrongLibrary, ClaimsAConverterOfAnotherAdapter) {
  expectRefusal("foreign_converter", ErrorKind::Invalid, "the name of a converter must be 'variant.' and a word");
}

TEST(WrongLibrary, LeavesItsFolderForMappings) {
  expectRefusal("wandering_mappings", ErrorKind::Invalid, "mappings must be the name of one folder");
}

TEST(WrongLibrary, LacksItsMappings) {
  expectRefusal("missing_mappings", ErrorKind::NotFound, "needs a folder 'no_such_folder'");
}

TEST(WrongLibrary, ReportsAllBreachesAtOnce) {
  const auto error = refusal(builtLibrary("many_breaches"));
  EXPECT_EQ(error.kind, ErrorKind::Invalid);
  EXPECT_THAT(error.what, HasSubstr("name must be"));
  EXPECT_THAT(error.what, HasSubstr("version must be"));
  EXPECT_THAT(error.what, HasSubstr("create is null"));
}

TEST(WrongLibrary, CannotStartNow) {
  expectRefusal("retrying_create", ErrorKind::Unavailable, "does not start: the service has no account");
}

TEST(WrongLibrary, RejectsItsSettings) {
  expectRefusal("rejecting_create", ErrorKind::Invalid, "does not start: the service has no account");
}

TEST(WrongLibrary, AnswersCreateWithAnUnknownStatus) {
  expectRefusal("odd_status", ErrorKind::Broken, "a status that the plugin contract does not know");
}

TEST(WrongLibrary, ThrowsInCreate) {
  const auto exception = refusal(builtLibrary("throws"), {{"where", "create"}});
  EXPECT_EQ(exception.kind, ErrorKind::Broken);
  EXPECT_THAT(exception.what, HasSubstr("threw an exception"));
  const auto number = refusal(builtLibrary("throws"), {{"where", "create_number"}});
  EXPECT_EQ(number.kind, ErrorKind::Broken);
  EXPECT_THAT(number.what, HasSubstr("not an exception"));
}

TEST(WrongLibrary, ThrowsInAHook) {
  auto adapter = plugin::loadAdapter({.file = builtLibrary("throws")}, development());
  ASSERT_TRUE(adapter) << adapter.error().text();
  const auto identified = (*adapter)->identify({{"root", "WitnessOfBristol"}});
  ASSERT_FALSE(identified);
  EXPECT_EQ(identified.error().kind, ErrorKind::Broken);
  EXPECT_EQ(identified.error().what.find("Bristol"), std::string::npos);
  const auto classified = (*adapter)->classifyReply({{"status", "200"}});
  ASSERT_FALSE(classified);
  EXPECT_EQ(classified.error().kind, ErrorKind::Broken);
  // Both broken instances are gone, and a new one answers.
  const auto wrapped = (*adapter)->wrap({});
  ASSERT_TRUE(wrapped) << wrapped.error().text();
  EXPECT_EQ(*wrapped, (pipeline::Fields{{"live_instances", "1"}}));
}

}  // namespace
}  // namespace causeway::abi
