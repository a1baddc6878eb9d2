#include "host/security/file_vault.hpp"

#include "tests/support/temporary_folder.hpp"
#include "tests/unit/security/security_support.hpp"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

namespace causeway::security {
namespace {

class FileVaultTest : public testing::Test {
 protected:
  FileVaultTest() {
    ok(createKeyFile(folder_.file("kek")));
    vault_ = openVault();
  }

  std::unique_ptr<FileVault> openVault() {
    return ok(
        FileVault::open({ok(KeyFile::load(folder_.file("kek")))}, std::make_unique<MemoryScopeKeys>(memory_), clock_));
  }

  TemporaryFolder folder_;
  FixedClock clock_;
  KeyMemory memory_;
  std::unique_ptr<FileVault> vault_;
};

TEST_F(FileVaultTest, RefusesAnotherContext) {
  const std::string sealed = ok(vault_->seal("case-1", "snapshot", "content"));
  EXPECT_EQ(failure(vault_->open("case-1", "payload:d1", sealed)), ErrorKind::Broken);
  EXPECT_EQ(failure(vault_->open("case-1", "", sealed)), ErrorKind::Broken);
}

TEST_F(FileVaultTest, RefusesAnotherScope) {
  const std::string sealed = ok(vault_->seal("case-1", "snapshot", "content"));
  ok(vault_->seal("case-2", "snapshot", "content"));
  EXPECT_EQ(failure(vault_->open("case-2", "snapshot", sealed)), ErrorKind::Broken);
}

TEST_F(FileVaultTest, KeepsScopeAndContextApart) {
  // The same letters, cut elsewhere, under the same wrapped key.
  const std::string sealed = ok(vault_->seal("case-1", "1snapshot", "content"));
  ok(vault_->flush());
  memory_.wrapped["case-11"] = memory_.wrapped["case-1"];
  EXPECT_EQ(failure(vault_->open("case-11", "snapshot", sealed)), ErrorKind::Broken);
}

TEST_F(FileVaultTest, NoticesAFlippedBitInEveryByte) {
  const std::string sealed = ok(vault_->seal("case-1", "snapshot", "content"));
  ASSERT_EQ(sealed.size(), 7U + 89U);
  for (size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_EQ(failure(vault_->open("case-1", "snapshot", changed)), ErrorKind::Broken) << "byte " << i;
  }
}

TEST_F(FileVaultTest, NoticesMissingAndAddedBytes) {
  const std::string sealed = ok(vault_->seal("case-1", "snapshot", "content"));
  for (size_t size = 0; size < sealed.size(); ++size)
    EXPECT_EQ(failure(vault_->open("case-1", "snapshot", sealed.substr(0, size))), ErrorKind::Broken) << size;
  EXPECT_EQ(failure(vault_->open("case-1", "snapshot", sealed + "x")), ErrorKind::Broken);
}

TEST_F(FileVaultTest, NoticesDataKeysThatWereSwapped) {
  std::string one = ok(vault_->seal("case-1", "snapshot", "content"));
  const std::string two = ok(vault_->seal("case-1", "snapshot", "content"));
  one.replace(1, 60, two, 1, 60);
  EXPECT_EQ(failure(vault_->open("case-1", "snapshot", one)), ErrorKind::Broken);
}

TEST_F(FileVaultTest, DoesNotKnowAScopeThatNeverWas) {
  const std::string sealed = ok(vault_->seal("case-1", "snapshot", "content"));
  EXPECT_EQ(failure(vault_->open("case-9", "snapshot", sealed)), ErrorKind::NotFound);
}

TEST_F(FileVaultTest, RefusesADestroyedScope) {
  const std::string stored = ok(vault_->seal("case-1", "snapshot", "content"));
  ok(vault_->flush());
  const std::string fresh = ok(vault_->seal("case-2", "snapshot", "content"));
  ok(vault_->destroy("case-1"));
  ok(vault_->destroy("case-2"));
  ok(vault_->flush());
  vault_ = nullptr;
  for (const auto& vault : {openVault(), openVault()}) {
    EXPECT_EQ(failure(vault->open("case-1", "snapshot", stored)), ErrorKind::Refused);
    EXPECT_EQ(failure(vault->open("case-2", "snapshot", fresh)), ErrorKind::Refused);
    EXPECT_EQ(failure(vault->seal("case-1", "snapshot", "content")), ErrorKind::Refused);
  }
}

TEST_F(FileVaultTest, RefusesAtOnceAfterDestroying) {
  const std::string sealed = ok(vault_->seal("case-1", "snapshot", "content"));
  ok(vault_->destroy("case-1"));
  EXPECT_EQ(failure(vault_->open("case-1", "snapshot", sealed)), ErrorKind::Refused);
  EXPECT_EQ(failure(vault_->seal("case-1", "snapshot", "content")), ErrorKind::Refused);
}

TEST_F(FileVaultTest, NoticesAScopeKeyThatWasChangedOrMoved) {
  const std::string sealed = ok(vault_->seal("case-1", "snapshot", "content"));
  ok(vault_->flush());
  memory_.wrapped["case-2"] = memory_.wrapped["case-1"];
  memory_.wrapped["case-1"][20] ^= 1;
  const auto vault = openVault();
  EXPECT_EQ(failure(vault->open("case-1", "snapshot", sealed)), ErrorKind::Broken);
  EXPECT_EQ(failure(vault->seal("case-2", "snapshot", "content")), ErrorKind::Broken);
}

TEST_F(FileVaultTest, RefusesAnotherKeyFile) {
  ok(createKeyFile(folder_.file("other")));
  EXPECT_EQ(failure(FileVault::open({ok(KeyFile::load(folder_.file("other")))},
                                    std::make_unique<MemoryScopeKeys>(memory_), clock_)),
            ErrorKind::Refused);
}

TEST_F(FileVaultTest, KeepsUnstoredKeysWhenTheDiskFails) {
  const std::string sealed = ok(vault_->seal("case-1", "snapshot", "content"));
  memory_.disk_fails = true;
  EXPECT_EQ(failure(vault_->flush()), ErrorKind::Broken);
  EXPECT_EQ(ok(vault_->open("case-1", "snapshot", sealed)), "content");
  memory_.disk_fails = false;
  ok(vault_->flush());
  EXPECT_EQ(ok(openVault()->open("case-1", "snapshot", sealed)), "content");
}

TEST_F(FileVaultTest, StoresNewKeysInOneGoAndNothingWithoutAny) {
  ok(vault_->flush());
  EXPECT_EQ(memory_.inserts, 0);
  for (const char* scope : {"case-1", "case-2", "message:m1"}) ok(vault_->seal(scope, "snapshot", "content"));
  ok(vault_->flush());
  ok(vault_->flush());
  EXPECT_EQ(memory_.inserts, 1);
  EXPECT_EQ(memory_.wrapped.size(), 3U);
}

TEST_F(FileVaultTest, OpensWhatItSealedAlsoAfterARestart) {
  const std::string large(200'000, 'x');
  const std::string empty = ok(vault_->seal("case-1", "empty", ""));
  const std::string sealed = ok(vault_->seal("case-1", "raw", large));
  ok(vault_->flush());
  vault_ = openVault();
  EXPECT_EQ(ok(vault_->open("case-1", "empty", empty)), "");
  EXPECT_EQ(ok(vault_->open("case-1", "raw", sealed)), large);
}

TEST_F(FileVaultTest, NeverSealsTheSameWayTwice) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string sealed = ok(vault_->seal("case-1", "snapshot", "content"));
    EXPECT_EQ(sealed.find("content"), std::string::npos);
    EXPECT_TRUE(seen.insert(sealed.substr(1, 12)).second);
    EXPECT_TRUE(seen.insert(sealed.substr(61, 12)).second);
  }
}

TEST_F(FileVaultTest, MakesOneKeyForAScopeFromManyThreads) {
  std::vector<std::string> sealed(8);
  {
    std::vector<std::jthread> threads;
    for (size_t i = 0; i < sealed.size(); ++i)
      threads.emplace_back([&, i] {
        for (int round = 0; round < 200; ++round) {
          sealed[i] = ok(vault_->seal("case-" + std::to_string(round), "snapshot", "content"));
          ok(vault_->flush());
        }
      });
  }
  EXPECT_EQ(memory_.wrapped.size(), 200U);
  const auto reopened = openVault();
  for (const std::string& value : sealed) EXPECT_EQ(ok(reopened->open("case-199", "snapshot", value)), "content");
}

TEST_F(FileVaultTest, TellsFingerprintsApartByContentKindAndUse) {
  EXPECT_EQ(vault_->digest("content").size(), 32U);
  EXPECT_EQ(vault_->digest("content"), vault_->digest("content"));
  EXPECT_NE(vault_->digest("content"), vault_->digest("Content"));
  EXPECT_EQ(vault_->blindIndex("urn", "1"), openVault()->blindIndex("urn", "1"));
  EXPECT_NE(vault_->blindIndex("urn", "1"), vault_->blindIndex("asn", "1"));
  EXPECT_NE(vault_->blindIndex("urn", "1"), vault_->blindIndex("ur", "n1"));
  EXPECT_NE(vault_->blindIndex("", "content"), vault_->digest("content"));
}

TEST_F(FileVaultTest, TellsNothingOutsideTheInstallation) {
  ok(createKeyFile(folder_.file("other")));
  KeyMemory memory;
  const auto other = ok(
      FileVault::open({ok(KeyFile::load(folder_.file("other")))}, std::make_unique<MemoryScopeKeys>(memory), clock_));
  EXPECT_NE(vault_->digest("content"), other->digest("content"));
  EXPECT_NE(vault_->blindIndex("urn", "1"), other->blindIndex("urn", "1"));
}

}  // namespace
}  // namespace causeway::security
