#include "host/store/sqlite/database.hpp"
#include "host/store/sqlite/schema.hpp"
#include "host/store/sqlite/sqlite_store.hpp"
#include "tests/contract/store/store_contract.hpp"
#include "tests/support/temporary_folder.hpp"

// A host that is updated opens the file that the earlier one wrote.
namespace causeway::store {
namespace {

using namespace pipeline;

constexpr const char* kMessage =
    "INSERT INTO messages VALUES(7, 'm-7', 'd-7', '1', 'courts', 'hearing.resulted', 2, 0, 'case-7', x'01', x'02', "
    "'{}', '', 5);"
    "INSERT INTO message_bodies VALUES(7, x'03', x'04'); UPDATE ledger SET received = 1, done = 1;";
constexpr int kFirstWithRegister = 6, kFirstWithClocks = 7;
constexpr const char* kDisclosure =
    "INSERT INTO disclosures(delivery_id, attempt, case_id, message_id, recipient, type, purpose, rule, policy, basis, "
    "rulebook, consents, "
    "people, at, sealed) VALUES('v-7', 1, 'case-7', 'm-7', 'cps', 'case.updated', 'p', 'r@1', 'g@1', 'b', 'k', '', '', "
    "5, x'05');";
constexpr const char* kClock =
    "INSERT INTO clocks(clock_id, case_id, element, clock, law, provision, team, subject, rule, message_id, "
    "delivery_id, task_id, enhanced, "
    "test, state, started_at, due_at, step, fired, evidence, reason, good_reason, revision) VALUES('c-7', 'case-7', "
    "'p-1', 'outcome-told', "
    "'2021-04-01', '8', 'care', x'06', 'r@1', 'm-7', 'v-7', 't-7', 0, 0, 0, 5, 6, 0, 0, '', '', '', 1);";

/// What a program wrote that knew only the first steps.
void writeAsVersion(int version, const std::string& path) {
  const GuardedVfs vfs;
  auto database = ok(Database::open(path, vfs, {}));
  Schema then = kStoreSchema;
  then.version = version;
  ok(applySchema(database, then));
  ok(database.execute(kMessage));
  if (version >= kFirstWithRegister) ok(database.execute(kDisclosure));
  if (version >= kFirstWithClocks) ok(database.execute(kClock));
}

TEST(SqliteUpgrade, TakesAFileOfEveryEarlierVersionAndKeepsWhatIsInIt) {
  for (int version = 1; version < kStoreSchema.version; ++version) {
    SCOPED_TRACE("a file of version " + std::to_string(version));
    const TemporaryFolder folder;
    const std::string path = folder.file("store.db");
    writeAsVersion(version, path);
    const auto store = ok(SqliteStore::open(path));
    const auto message = ok(store->message("m-7"));
    ASSERT_TRUE(message);
    EXPECT_EQ(message->case_id, "case-7");
    EXPECT_TRUE(ok(store->balance()).balances());
    EXPECT_EQ(ok(store->disclosuresOf("case-7")).size(), version >= kFirstWithRegister ? 1U : 0U);
    const auto clocks = ok(store->clocksOf("case-7"));
    ASSERT_EQ(clocks.size(), version >= kFirstWithClocks ? 1U : 0U);
    for (const auto& clock : clocks) EXPECT_EQ(clock.hearing, "") << "what an older program did not write is empty";
    // And it can be written in.
    const auto tx = ok(store->begin());
    ok(tx->insert(makeMessage("m-8")));
    ok(tx->commit());
    EXPECT_TRUE(ok(store->message("m-8")));
  }
}

}  // namespace
}  // namespace causeway::store
