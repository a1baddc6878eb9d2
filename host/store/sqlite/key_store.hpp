#pragma once

#include "host/pipeline/scope_keys.hpp"
#include "host/store/sqlite/vfs.hpp"

#include <memory>
#include <string>

namespace causeway::store {

/// Scope keys in a SQLite file of their own ("keys.db"): deleted content is always overwritten, and an erasure empties the
/// write-ahead log too, so that no old page of it stays behind.
class SqliteKeyStore final : public pipeline::ScopeKeyStore {
 public:
  static Result<std::unique_ptr<SqliteKeyStore>> open(const std::string& path, GuardedVfs::OnFatal on_fatal = {});
  static Result<std::unique_ptr<SqliteKeyStore>> open(const std::string& path, std::unique_ptr<GuardedVfs> vfs);
  ~SqliteKeyStore() override;

  Result<std::string> boundTo() override;
  Result<std::vector<pipeline::RootKey>> rootKeys() override;
  Result<void> insertRoots(const std::vector<pipeline::RootKey>& keys) override;
  Result<void> keepOnly(std::string_view kek_id, std::int64_t below) override;
  Result<std::vector<pipeline::ScopeKey>> keysAfter(std::string_view scope, int limit) override;
  Result<void> rewrap(const std::vector<pipeline::Rewrapped>& keys) override;
  Result<pipeline::ScopeKeyRecord> find(std::string_view scope) override;
  Result<void> insert(const std::vector<pipeline::ScopeKey>& keys) override;
  Result<void> replace(const pipeline::ScopeKey& key, std::string_view spent) override;
  Result<void> erase(std::string_view scope, Instant at) override;

 private:
  struct Impl;
  explicit SqliteKeyStore(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace causeway::store
