#include "host/security/file_vault.hpp"
#include "host/store/sqlite/key_store.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/security/security_support.hpp"

#include <filesystem>
#include <fstream>

namespace causeway::security {
namespace {

// The vault over the key store that the host uses.
class StoredVaultTest : public testing::Test {
 protected:
  StoredVaultTest() { ok(createKeyFile(folder_.file("kek"))); }

  std::unique_ptr<FileVault> openVault() {
    return ok(FileVault::open({ok(KeyFile::load(folder_.file("kek")))},
                              ok(store::SqliteKeyStore::open(folder_.file("keys.db"))), clock_));
  }

  TemporaryFolder folder_;
  FixedClock clock_;
};

TEST_F(StoredVaultTest, LosesKeysThatWereNotFlushed) {
  const std::string sealed = ok(openVault()->seal("case-1", "snapshot", "content"));
  EXPECT_EQ(failure(openVault()->open("case-1", "snapshot", sealed)), ErrorKind::NotFound);
}

TEST_F(StoredVaultTest, RefusesTheKeyStoreOfAnotherKeyFile) {
  openVault();
  ok(createKeyFile(folder_.file("other")));
  EXPECT_EQ(failure(FileVault::open({ok(KeyFile::load(folder_.file("other")))},
                                    ok(store::SqliteKeyStore::open(folder_.file("keys.db"))), clock_)),
            ErrorKind::Refused);
}

TEST_F(StoredVaultTest, OpensAfterARestartUntilDestroyed) {
  std::string sealed;
  {
    const auto vault = openVault();
    sealed = ok(vault->seal("case-1", "snapshot", "content"));
    ok(vault->flush());
  }
  EXPECT_EQ(ok(openVault()->open("case-1", "snapshot", sealed)), "content");
  ok(openVault()->destroy("case-1"));
  const auto vault = openVault();
  EXPECT_EQ(failure(vault->open("case-1", "snapshot", sealed)), ErrorKind::Refused);
  EXPECT_EQ(failure(vault->seal("case-1", "snapshot", "content")), ErrorKind::Refused);
}

TEST_F(StoredVaultTest, OpensOnlyWhatWasSealedAnewOnceTheKeyIsRenewed) {
  std::string old, anew, later;
  {
    const auto vault = openVault();
    old = ok(vault->seal("case-1", "snapshot", "of before"));
    ok(vault->flush());
    anew = ok(vault->sealAnew("case-1", "snapshot", "anew"));
    later = ok(vault->seal("case-1", "snapshot", "later"));
    ok(vault->flush());
    EXPECT_EQ(ok(vault->open("case-1", "snapshot", old)), "of before") << "both are good until then";
    EXPECT_EQ(ok(vault->open("case-1", "snapshot", anew)), "anew");
  }
  // As after a stop before the new key took its place.
  EXPECT_EQ(ok(openVault()->open("case-1", "snapshot", anew)), "anew");
  {
    const auto vault = openVault();
    ok(vault->renew("case-1"));
    EXPECT_EQ(failure(vault->open("case-1", "snapshot", old)), ErrorKind::Broken);
    ok(vault->renew("case-1"));
  }
  const auto vault = openVault();
  EXPECT_EQ(failure(vault->open("case-1", "snapshot", old)), ErrorKind::Broken);
  EXPECT_EQ(ok(vault->open("case-1", "snapshot", anew)), "anew");
  EXPECT_EQ(ok(vault->open("case-1", "snapshot", later)), "later") << "what was sealed meanwhile is under the new key";
  ok(vault->destroy("case-1"));
  EXPECT_EQ(failure(vault->open("case-1", "snapshot", anew)), ErrorKind::Refused);
}

TEST_F(StoredVaultTest, DestroysWhatIsToComeWithItsScope) {
  std::string anew;
  {
    const auto vault = openVault();
    ok(vault->seal("case-1", "snapshot", "of before"));
    anew = ok(vault->sealAnew("case-1", "snapshot", "anew"));
    ok(vault->flush());
  }
  ok(openVault()->destroy("case-1"));
  EXPECT_EQ(failure(openVault()->open("case-1", "snapshot", anew)), ErrorKind::Refused);
}

// A backup of the keys, put back after something was erased or renewed.
class RestoredKeys : public StoredVaultTest {
 protected:
  std::unique_ptr<FileVault> openWithList() {
    auto vault = openVault();
    ok(vault->keepList(ok(ErasureList::open(folder_.file("erasures.list")))));
    return vault;
  }
  void copy(const std::string& from, const std::string& to) {
    std::filesystem::copy_file(folder_.file(from), folder_.file(to), std::filesystem::copy_options::overwrite_existing);
  }
};

TEST_F(RestoredKeys, AreRefusedWhenTheListCannotBeRead) {
  std::ofstream(folder_.file("erasures.list")) << "not a line of ours\n";
  EXPECT_EQ(failure(ErasureList::open(folder_.file("erasures.list"))), ErrorKind::Broken);
}

TEST_F(RestoredKeys, ForgetALineThatAStopCutOff) {
  std::ofstream(folder_.file("erasures.list")) << "2026-06-02T09:00:00Z case-9 -\n2026-06-02T09:00:0";
  EXPECT_EQ(ok(ErasureList::open(folder_.file("erasures.list"))).entries().size(), 1U);
  auto list = ok(ErasureList::open(folder_.file("erasures.list")));
  ok(list.add({"case-8", "00ff"}, clock_.now()));
  EXPECT_EQ(ok(ErasureList::open(folder_.file("erasures.list"))).entries().size(), 2U);
}

TEST_F(RestoredKeys, StayGoneWhenTheyWereDestroyedSince) {
  std::string erased, renewed, kept;
  {
    const auto vault = openWithList();
    erased = ok(vault->seal("case-1", "snapshot", "content"));
    renewed = ok(vault->seal("case-2", "snapshot", "content"));
    kept = ok(vault->seal("case-3", "snapshot", "content"));
    ok(vault->flush());
  }
  copy("keys.db", "backup.db");
  {
    const auto vault = openWithList();
    ok(vault->destroy("case-1"));
    ok(vault->sealAnew("case-2", "snapshot", "anew"));
    ok(vault->renew("case-2"));
  }
  copy("backup.db", "keys.db");
  const auto vault = openWithList();
  EXPECT_EQ(failure(vault->open("case-1", "snapshot", erased)), ErrorKind::Refused);
  EXPECT_EQ(failure(vault->open("case-2", "snapshot", renewed)), ErrorKind::Refused);
  EXPECT_EQ(ok(vault->open("case-3", "snapshot", kept)), "content");
}

}  // namespace
}  // namespace causeway::security
