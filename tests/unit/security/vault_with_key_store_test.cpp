#include "host/security/file_vault.hpp"
#include "host/store/sqlite/key_store.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/security/security_support.hpp"

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

}  // namespace
}  // namespace causeway::security
