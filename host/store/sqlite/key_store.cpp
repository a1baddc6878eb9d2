#include "host/store/sqlite/key_store.hpp"

#include "host/store/sqlite/database.hpp"
#include "host/store/sqlite/file_lock.hpp"
#include "host/store/sqlite/schema.hpp"
#include "host/store/sqlite/statement.hpp"

#include <mutex>
#include <utility>

namespace causeway::store {

using pipeline::Rewrapped;
using pipeline::RootKey;
using pipeline::ScopeKey;
using pipeline::ScopeKeyRecord;

struct SqliteKeyStore::Impl {
  Impl(FileLock held, std::unique_ptr<GuardedVfs> layer, Database connection)
      : lock(std::move(held)), vfs(std::move(layer)), database(std::move(connection)) {}

  /// Runs `work` in a transaction of its own; whatever it fails with undoes all of it.
  template <class Work>
  Result<void> transact(Work work) {
    if (vfs->broken()) return fail(ErrorKind::Broken, "key store: the disk failed earlier, nothing more is written");
    CW_CHECK_OK(database.execute("BEGIN IMMEDIATE"));
    Result<void> done = work();
    if (done) done = database.execute("COMMIT");
    if (!done && database.inTransaction()) static_cast<void>(database.execute("ROLLBACK"));
    if (vfs->broken()) return fail(ErrorKind::Broken, "key store: the disk failed");
    return done;
  }

  Result<bool> erased(std::string_view scope) { return erasure.run(scope).next(); }

  FileLock lock;
  std::unique_ptr<GuardedVfs> vfs;
  Database database;
  Statement bound{database, "SELECT key_id FROM binding"};
  Statement roots{database, "SELECT kek_id, generation, wrapped FROM root_keys ORDER BY kek_id, generation"};
  Statement insert_root{database, "INSERT INTO root_keys VALUES(?, ?, ?)"};
  Statement delete_roots{database, "DELETE FROM root_keys WHERE kek_id <> ? OR (generation > 0 AND generation < ?)"};
  Statement keys_after{database, "SELECT scope, wrapped FROM scope_keys WHERE scope > ? ORDER BY scope LIMIT ?"};
  Statement rewrap_key{database, "UPDATE scope_keys SET wrapped = ? WHERE scope = ? AND wrapped = ?"};
  Statement find_key{database, "SELECT wrapped FROM scope_keys WHERE scope = ?"};
  Statement insert_key{database, "INSERT INTO scope_keys VALUES(?, ?)"};
  Statement update_key{database, "UPDATE scope_keys SET wrapped = ? WHERE scope = ?"};
  Statement delete_key{database, "DELETE FROM scope_keys WHERE scope = ?"};
  Statement erasure{database, "SELECT 1 FROM erasures WHERE scope = ?"};
  Statement insert_erasure{database, "INSERT OR IGNORE INTO erasures VALUES(?, ?)"};
  std::mutex mutex;
};

SqliteKeyStore::SqliteKeyStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SqliteKeyStore::~SqliteKeyStore() = default;

Result<std::unique_ptr<SqliteKeyStore>> SqliteKeyStore::open(const std::string& path, GuardedVfs::OnFatal on_fatal) {
  return open(path, std::make_unique<GuardedVfs>(std::move(on_fatal)));
}

Result<std::unique_ptr<SqliteKeyStore>> SqliteKeyStore::open(const std::string& path, std::unique_ptr<GuardedVfs> vfs) {
  CW_TRY(FileLock lock, FileLock::take(path));
  CW_TRY(Database database, Database::open(path, *vfs, {.erasure = Database::Erasure::Full}));
  CW_CHECK_OK(applySchema(database, kKeySchema));
  CW_CHECK_OK(database.checkpoint());
  return std::unique_ptr<SqliteKeyStore>(
      new SqliteKeyStore(std::make_unique<Impl>(std::move(lock), std::move(vfs), std::move(database))));
}

Result<std::string> SqliteKeyStore::boundTo() {
  const std::scoped_lock guard(impl_->mutex);
  Rows rows = impl_->bound.run();
  CW_TRY(const bool found, rows.next());
  return found ? rows.text(0) : std::string();
}

Result<std::vector<RootKey>> SqliteKeyStore::rootKeys() {
  const std::scoped_lock guard(impl_->mutex);
  std::vector<RootKey> out;
  Rows rows = impl_->roots.run();
  for (;;) {
    CW_TRY(const bool more, rows.next());
    if (!more) return out;
    out.push_back({rows.text(0), rows.number(1), rows.text(2)});
  }
}

Result<void> SqliteKeyStore::insertRoots(const std::vector<RootKey>& keys) {
  const std::scoped_lock guard(impl_->mutex);
  return impl_->transact([&]() -> Result<void> {
    for (const RootKey& key : keys)
      CW_CHECK_OK(impl_->insert_root.execute(Blob{key.kek_id}, key.generation, Blob{key.wrapped}));
    return {};
  });
}

Result<void> SqliteKeyStore::keepOnly(std::string_view kek_id, std::int64_t below) {
  const std::scoped_lock guard(impl_->mutex);
  CW_CHECK_OK(impl_->transact([&] { return impl_->delete_roots.execute(Blob{kek_id}, below); }));
  return impl_->database.checkpoint();
}

Result<std::vector<ScopeKey>> SqliteKeyStore::keysAfter(std::string_view scope, int limit) {
  const std::scoped_lock guard(impl_->mutex);
  std::vector<ScopeKey> out;
  Rows rows = impl_->keys_after.run(scope, limit);
  for (;;) {
    CW_TRY(const bool more, rows.next());
    if (!more) return out;
    out.push_back({rows.text(0), rows.text(1)});
  }
}

Result<void> SqliteKeyStore::rewrap(const std::vector<Rewrapped>& keys) {
  const std::scoped_lock guard(impl_->mutex);
  return impl_->transact([&]() -> Result<void> {
    for (const Rewrapped& key : keys)
      CW_CHECK_OK(impl_->rewrap_key.execute(Blob{key.after}, key.scope, Blob{key.before}));
    return {};
  });
}

Result<ScopeKeyRecord> SqliteKeyStore::find(std::string_view scope) {
  const std::scoped_lock guard(impl_->mutex);
  Rows rows = impl_->find_key.run(scope);
  CW_TRY(const bool found, rows.next());
  if (found) return ScopeKeyRecord{ScopeKeyRecord::State::Known, rows.text(0)};
  CW_TRY(const bool erased, impl_->erased(scope));
  return ScopeKeyRecord{erased ? ScopeKeyRecord::State::Erased : ScopeKeyRecord::State::Unknown, {}};
}

Result<void> SqliteKeyStore::insert(const std::vector<ScopeKey>& keys) {
  if (keys.empty()) return {};
  const std::scoped_lock guard(impl_->mutex);
  return impl_->transact([&]() -> Result<void> {
    for (const ScopeKey& key : keys) {
      CW_TRY(const bool erased, impl_->erased(key.scope));
      if (erased) return fail(ErrorKind::Refused, "the key of this scope was destroyed");
      CW_CHECK_OK(impl_->insert_key.execute(key.scope, Blob{key.wrapped}));
    }
    return {};
  });
}

Result<void> SqliteKeyStore::replace(const ScopeKey& key, std::string_view spent) {
  const std::scoped_lock guard(impl_->mutex);
  CW_CHECK_OK(impl_->transact([&]() -> Result<void> {
    CW_TRY(const int changed, impl_->update_key.change(Blob{key.wrapped}, key.scope));
    if (changed == 0) return fail(ErrorKind::NotFound, "key store: the scope has no key to be replaced");
    return impl_->delete_key.execute(spent);
  }));
  return impl_->database.checkpoint();
}

Result<void> SqliteKeyStore::erase(std::string_view scope, Instant at) {
  const std::scoped_lock guard(impl_->mutex);
  const auto forget = [&]() -> Result<void> {
    CW_CHECK_OK(impl_->insert_erasure.execute(scope, at));
    return impl_->delete_key.execute(scope);
  };
  CW_CHECK_OK(impl_->transact(forget));
  return impl_->database.checkpoint();
}

}  // namespace causeway::store
