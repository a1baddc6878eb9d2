#include "host/store/sqlite/key_store.hpp"
#include "tests/contract/store/store_contract.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fstream>
#include <iterator>

namespace causeway::store {
namespace {

using namespace pipeline;

using State = ScopeKeyRecord::State;

std::string contentOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(SqliteKeyStore, InsertsAllRootKeysOrNone) {
  const TemporaryFolder folder;
  const auto keys = ok(SqliteKeyStore::open(folder.file("keys.db")));
  ok(keys->insertRoots({{"kek-1", 0, "index"}, {"kek-1", 1, "one"}}));
  EXPECT_EQ(failure(keys->insertRoots({{"kek-2", 1, "other"}, {"kek-1", 1, "again"}})), ErrorKind::Conflict);
  const auto roots = ok(keys->rootKeys());
  ASSERT_EQ(roots.size(), 2U);
  EXPECT_EQ(roots[1].wrapped, "one");
  EXPECT_EQ(ok(keys->boundTo()), "");
}

TEST(SqliteKeyStore, LeavesNoTraceOfRootKeysThatWereReplaced) {
  const TemporaryFolder folder;
  const auto keys = ok(SqliteKeyStore::open(folder.file("keys.db")));
  const std::string gone = "root-key-that-must-not-stay-anywhere";
  ok(keys->insertRoots({{"kek-1", 0, gone}, {"kek-1", 1, gone + "1"}}));
  ok(keys->insertRoots({{"kek-2", 0, "index"}, {"kek-2", 1, gone + "2"}, {"kek-2", 2, "two"}}));
  const auto inFiles = [&] {
    return (contentOf(folder.file("keys.db")) + contentOf(folder.file("keys.db-wal"))).find(gone) != std::string::npos;
  };
  EXPECT_TRUE(inFiles());
  ok(keys->keepOnly("kek-2", 2));
  EXPECT_FALSE(inFiles());
  const auto roots = ok(keys->rootKeys());
  ASSERT_EQ(roots.size(), 2U);
  EXPECT_EQ(roots[0].wrapped, "index");
  EXPECT_EQ(roots[1].wrapped, "two");
}

TEST(SqliteKeyStore, WrapsAnewOnlyWhatIsStillAsItWas) {
  const TemporaryFolder folder;
  const auto keys = ok(SqliteKeyStore::open(folder.file("keys.db")));
  ok(keys->insert({{"case-1", "one"}, {"case-2", "two"}, {"case-3", "three"}}));
  ok(keys->erase("case-1", atSecond(1)));
  ok(keys->rewrap({{"case-1", "one", "new"}, {"case-2", "two", "new"}, {"case-3", "other", "new"}}));
  EXPECT_EQ(ok(keys->find("case-1")).state, State::Erased);
  EXPECT_EQ(ok(keys->find("case-2")).wrapped, "new");
  EXPECT_EQ(ok(keys->find("case-3")).wrapped, "three");
  EXPECT_EQ(ok(keys->keysAfter("", 1)).front().scope, "case-2");
  EXPECT_EQ(ok(keys->keysAfter("case-2", 9)).size(), 1U);
  EXPECT_TRUE(ok(keys->keysAfter("case-3", 9)).empty());
}

TEST(SqliteKeyStore, InsertsAllKeysOrNone) {
  const TemporaryFolder folder;
  const auto keys = ok(SqliteKeyStore::open(folder.file("keys.db")));
  ok(keys->insert({{"case-1", "one"}}));
  EXPECT_EQ(failure(keys->insert({{"case-2", "two"}, {"case-1", "other"}})), ErrorKind::Conflict);
  EXPECT_EQ(ok(keys->find("case-2")).state, State::Unknown);
  EXPECT_EQ(ok(keys->find("case-1")).wrapped, "one");
}

TEST(SqliteKeyStore, RefusesAKeyForAnErasedScope) {
  const TemporaryFolder folder;
  {
    const auto keys = ok(SqliteKeyStore::open(folder.file("keys.db")));
    ok(keys->insert({{"case-1", "one"}}));
    ok(keys->erase("case-1", atSecond(1)));
    ok(keys->erase("case-1", atSecond(2)));
    ok(keys->erase("never-seen", atSecond(3)));
  }
  const auto keys = ok(SqliteKeyStore::open(folder.file("keys.db")));
  for (const char* scope : {"case-1", "never-seen"}) {
    EXPECT_EQ(ok(keys->find(scope)).state, State::Erased);
    EXPECT_EQ(failure(keys->insert({{scope, "again"}})), ErrorKind::Refused);
  }
}

TEST(SqliteKeyStore, LeavesNoTraceOfAnErasedKeyInItsFiles) {
  const TemporaryFolder folder;
  const std::string wrapped = "wrapped-key-that-must-not-stay-anywhere";
  const auto keys = ok(SqliteKeyStore::open(folder.file("keys.db")));
  ok(keys->insert({{"case-1", wrapped}, {"case-2", "other"}}));
  const auto holdsKey = [&] {
    return (contentOf(folder.file("keys.db")) + contentOf(folder.file("keys.db-wal"))).find(wrapped) !=
           std::string::npos;
  };
  EXPECT_TRUE(holdsKey());
  ok(keys->erase("case-1", atSecond(1)));
  EXPECT_FALSE(holdsKey());
  EXPECT_EQ(ok(keys->find("case-2")).wrapped, "other");
}

}  // namespace
}  // namespace causeway::store
