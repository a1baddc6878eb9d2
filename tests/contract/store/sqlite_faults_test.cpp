#include "host/store/sqlite/free_space.hpp"
#include "host/store/sqlite/key_store.hpp"
#include "host/store/sqlite/sqlite_store.hpp"
#include "tests/contract/store/store_contract.hpp"
#include "tests/support/temporary_folder.hpp"

namespace causeway::store {
namespace {

using namespace pipeline;

using Fault = GuardedVfs::Fault;
using File = GuardedVfs::File;
using Operation = GuardedVfs::Operation;

// Fails the nth operation of one kind, and only that one: the next would succeed again, as a real disk does.
class FailingLayer {
 public:
  FailingLayer(Operation operation, Fault fault, int nth) : operation_(operation), fault_(fault), left_(nth) {}

  std::unique_ptr<GuardedVfs> make() {
    auto vfs = std::make_unique<GuardedVfs>([this](std::string_view) { ++fatal_calls; });
    vfs_ = vfs.get();
    return vfs;
  }

  void arm() {
    vfs_->setFaultHook([this](Operation operation, File) {
      if (operation != operation_ || left_ <= 0 || --left_ > 0) return Fault::None;
      happened = true;
      return fault_;
    });
  }

  bool happened = false;
  int fatal_calls = 0;

 private:
  GuardedVfs* vfs_ = nullptr;
  Operation operation_;
  Fault fault_;
  int left_;
};

Result<void> commitOne(Store& store, int number) {
  CW_TRY(const auto tx, store.begin());
  MessageRow m = makeMessage("m" + std::to_string(number));
  m.raw_sealed = std::string(300'000, 'r');
  CW_CHECK_OK(tx->insert(m));
  return tx->commit();
}

struct Outcome {
  bool happened = false;
  bool stored_all = true;
};

/// Commits 20 times over a layer that fails at its nth operation, long enough for checkpoints to run; then starts again.
Outcome runWithFault(Operation operation, Fault fault, int nth) {
  const TemporaryFolder folder;
  FailingLayer layer(operation, fault, nth);
  std::vector<int> acknowledged;
  {
    const auto store = ok(SqliteStore::open(folder.file("store.db"), layer.make()));
    layer.arm();
    for (int number = 0; number < 20; ++number) {
      const auto committed = commitOne(*store, number);
      if (committed) acknowledged.push_back(number);
      EXPECT_EQ(committed.has_value(), !layer.happened) << "commit " << number << ", fault at " << nth;
      EXPECT_EQ(failure(committed).value_or(ErrorKind::Broken), ErrorKind::Broken);
    }
    EXPECT_EQ(layer.fatal_calls, layer.happened ? 1 : 0);
    EXPECT_EQ(failure(store->begin()).has_value(), layer.happened);
  }
  Outcome outcome{.happened = layer.happened};
  const auto store = ok(SqliteStore::open(folder.file("store.db")));
  for (const int number : acknowledged)
    outcome.stored_all = outcome.stored_all && ok(store->message("m" + std::to_string(number))).has_value();
  EXPECT_TRUE(ok(store->balance()).balances());
  return outcome;
}

TEST(SqliteFaults, StopsForGoodAtTheFirstFailedSync) {
  int nth = 1;
  for (Outcome outcome{.happened = true}; outcome.happened; ++nth) {
    outcome = runWithFault(Operation::Sync, Fault::InputOutput, nth);
    EXPECT_TRUE(outcome.stored_all) << "fault at " << nth;
  }
  EXPECT_GT(nth, 20);  // each commit syncs at least once
}

TEST(SqliteFaults, StopsForGoodAtAFailedWrite) {
  int nth = 1;
  // Every write of the first commits, then larger steps through checkpoints.
  for (Outcome outcome{.happened = true}; outcome.happened; nth += nth < 40 ? 7 : 211) {
    outcome = runWithFault(Operation::Write, Fault::InputOutput, nth);
    EXPECT_TRUE(outcome.stored_all) << "fault at " << nth;
  }
  EXPECT_GT(nth, 1000);
}

// 20 commits over a disk without room for its nth write. One commit at most is refused, and nothing that was acknowledged is lost.
bool runWithoutRoom(int nth) {
  const TemporaryFolder folder;
  FailingLayer layer(Operation::Write, Fault::NoSpace, nth);
  std::vector<int> acknowledged;
  int refused = 0;
  {
    const auto store = ok(SqliteStore::open(folder.file("store.db"), layer.make()));
    layer.arm();
    for (int number = 0; number < 20; ++number) {
      const auto committed = commitOne(*store, number);
      if (committed) acknowledged.push_back(number);
      else ++refused;
      EXPECT_EQ(failure(committed).value_or(ErrorKind::Unavailable), ErrorKind::Unavailable) << "no room at " << nth;
    }
    EXPECT_EQ(layer.fatal_calls, 0);
    EXPECT_TRUE(ok(store->balance()).balances());
    EXPECT_EQ(ok(store->balance()).received, static_cast<std::int64_t>(acknowledged.size()));
  }
  EXPECT_LE(refused, layer.happened ? 1 : 0) << "no room at " << nth;
  const auto store = ok(SqliteStore::open(folder.file("store.db")));
  for (const int number : acknowledged)
    EXPECT_TRUE(ok(store->message("m" + std::to_string(number)))) << number << ", no room at " << nth;
  EXPECT_EQ(ok(store->balance()).received, static_cast<std::int64_t>(acknowledged.size()));
  return layer.happened;
}

TEST(SqliteFaults, RefusesOneCommitForWantOfRoomAndGoesOn) {
  int nth = 1;
  while (runWithoutRoom(nth)) nth += nth < 40 ? 7 : 211;
  EXPECT_GT(nth, 1000);
}

TEST(SqliteFaults, RefusesKeysForWantOfRoomAndGoesOn) {
  const TemporaryFolder folder;
  FailingLayer layer(Operation::Write, Fault::NoSpace, 1);
  const auto keys = ok(SqliteKeyStore::open(folder.file("keys.db"), layer.make()));
  layer.arm();
  EXPECT_EQ(failure(keys->insert({{"case-1", "wrapped"}})), ErrorKind::Unavailable);
  EXPECT_EQ(ok(keys->find("case-1")).state, ScopeKeyRecord::State::Unknown);
  ok(keys->insert({{"case-1", "wrapped"}}));
  EXPECT_EQ(ok(keys->find("case-1")).state, ScopeKeyRecord::State::Known);
  EXPECT_EQ(layer.fatal_calls, 0);
}

TEST(FreeSpace, CountsAFolderThatCannotSayAsFull) {
  const TemporaryFolder folder;
  EXPECT_FALSE(freeSpace(folder.file("not there")));
  EXPECT_FALSE(RoomFor(folder.file("not there"), 0).more());
  const auto here = folder.file(".");
  ASSERT_TRUE(freeSpace(here));
  EXPECT_TRUE(RoomFor(here, 1).more());
  EXPECT_FALSE(RoomFor(here, std::uint64_t{1} << 62U).more());
}

TEST(SqliteFaults, NoticesASyncThatOnlyACheckpointNeeded) {
  const TemporaryFolder folder;
  bool database_failed = false;
  auto vfs = std::make_unique<GuardedVfs>();
  GuardedVfs& layer = *vfs;
  const auto store = ok(SqliteStore::open(folder.file("store.db"), std::move(vfs)));
  layer.setFaultHook([&](Operation operation, File file) {
    if (operation != Operation::Sync || file != File::Database || database_failed) return Fault::None;
    database_failed = true;
    return Fault::InputOutput;
  });
  bool acknowledged_after_it = false;
  for (int number = 0; number < 50 && !database_failed; ++number)
    acknowledged_after_it = commitOne(*store, number).has_value() && database_failed;
  EXPECT_TRUE(database_failed);
  EXPECT_FALSE(acknowledged_after_it);
}

TEST(SqliteFaults, StopsTheKeyStoreToo) {
  const TemporaryFolder folder;
  FailingLayer layer(Operation::Sync, Fault::InputOutput, 1);
  {
    const auto keys = ok(SqliteKeyStore::open(folder.file("keys.db"), layer.make()));
    ok(keys->insert({{"case-1", "wrapped"}}));
    layer.arm();
    EXPECT_EQ(failure(keys->insert({{"case-2", "wrapped"}})), ErrorKind::Broken);
    EXPECT_EQ(failure(keys->insert({{"case-3", "wrapped"}})), ErrorKind::Broken);
    EXPECT_EQ(failure(keys->erase("case-1", atSecond(1))), ErrorKind::Broken);
    EXPECT_EQ(layer.fatal_calls, 1);
  }
  const auto keys = ok(SqliteKeyStore::open(folder.file("keys.db")));
  EXPECT_EQ(ok(keys->find("case-1")).state, ScopeKeyRecord::State::Known);
}

}  // namespace
}  // namespace causeway::store
