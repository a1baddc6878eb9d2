#include "host/store/sqlite/sqlite_store.hpp"

#include "host/store/sqlite/database.hpp"
#include "tests/contract/store/store_contract.hpp"
#include "tests/support/temporary_folder.hpp"

#include <sys/stat.h>

namespace causeway::store {
namespace {

using namespace pipeline;

class SqliteUnderTest final : public StoreUnderTest {
 public:
  Result<std::unique_ptr<Store>> open() override {
    CW_TRY(auto store, SqliteStore::open(folder_.file("store.db")));
    return std::unique_ptr<Store>(std::move(store));
  }

 private:
  TemporaryFolder folder_;
};

std::unique_ptr<StoreUnderTest> makeSqlite() { return std::make_unique<SqliteUnderTest>(); }

std::string nameOfStore(const testing::TestParamInfo<StoreMaker>& info) {
  return info.index == 0 ? "Sqlite" : std::to_string(info.index);
}

// Runs SQL on the file as somebody with an editor would.
void alter(const std::string& path, const char* sql) {
  const GuardedVfs vfs;
  auto database = ok(Database::open(path, vfs, {}));
  ok(database.execute(sql));
}

TEST(SqliteStore, RefusesAFileOfANewerProgram) {
  const TemporaryFolder folder;
  const std::string path = folder.file("store.db");
  ok(SqliteStore::open(path));
  alter(path, "PRAGMA user_version=99");
  const auto refused = SqliteStore::open(path);
  EXPECT_EQ(failure(refused), ErrorKind::Refused);
  EXPECT_NE(refused.error().what.find("version 99"), std::string::npos);
}

TEST(SqliteStore, RefusesAFileThatAnotherHostHolds) {
  const TemporaryFolder folder;
  const auto holder = ok(SqliteStore::open(folder.file("store.db")));
  EXPECT_EQ(failure(SqliteStore::open(folder.file("store.db"))), ErrorKind::Refused);
}

TEST(SqliteStore, RefusesAFolderThatIsNotThere) {
  const TemporaryFolder folder;
  EXPECT_EQ(failure(SqliteStore::open(folder.file("missing/store.db"))), ErrorKind::Broken);
}

TEST(SqliteStore, RefusesAFileThatIsNoDatabase) {
  const TemporaryFolder folder;
  const std::string path = folder.file("store.db");
  FILE* file = std::fopen(path.c_str(), "w");
  ASSERT_NE(file, nullptr);
  std::fputs(std::string(5000, 'x').c_str(), file);
  std::fclose(file);
  EXPECT_EQ(failure(SqliteStore::open(path)), ErrorKind::Broken);
}

TEST(SqliteStore, KeepsItsFilesForTheOwnerAlone) {
  const TemporaryFolder folder;
  const auto store = ok(SqliteStore::open(folder.file("store.db")));
  ok(ok(store->begin())->commit());
  for (const char* name : {"store.db", "store.db-wal", "store.db-shm", "store.db.lock"}) {
    struct stat status{};
    ASSERT_EQ(::stat(folder.file(name).c_str(), &status), 0) << name;
    EXPECT_EQ(status.st_mode & 0777U, 0600U) << name;
  }
}

TEST(SqliteStore, FindsALostMessageInItsLedger) {
  const TemporaryFolder folder;
  const std::string path = folder.file("store.db");
  {
    const auto store = ok(SqliteStore::open(path));
    const auto tx = ok(store->begin());
    ok(tx->insert(makeMessage("m1")));
    ok(tx->commit());
  }
  alter(path, "DELETE FROM messages");
  EXPECT_FALSE(ok(ok(SqliteStore::open(path))->balance()).balances());
}

}  // namespace
}  // namespace causeway::store

namespace causeway::pipeline {
INSTANTIATE_TEST_SUITE_P(Stores, StoreContract, testing::Values(&store::makeSqlite), store::nameOfStore);
}
