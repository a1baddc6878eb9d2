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

TEST(SqliteKeyStore, RefusesAnotherKeyFile) {
  const TemporaryFolder folder;
  const auto keys = ok(SqliteKeyStore::open(folder.file("keys.db")));
  ok(keys->bindTo("id-1"));
  ok(keys->bindTo("id-1"));
  EXPECT_EQ(failure(keys->bindTo("id-2")), ErrorKind::Refused);
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
