#pragma once

#include "host/security/audit_verifier.hpp"
#include "host/security/merkle_audit_log.hpp"
#include "host/store/sqlite/database.hpp"
#include "host/store/sqlite/sqlite_store.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/security/security_support.hpp"

#include <memory>
#include <string>
#include <vector>

namespace causeway::security {

/// A log over a real database file that somebody with an editor can reach.
class AuditFixture : public testing::Test {
 protected:
  AuditFixture() { open(); }

  void open() {
    log_.reset();
    store_.reset();
    store_ = ok(store::SqliteStore::open(path_));
    log_ = ok(MerkleAuditLog::open(*store_, key_));
  }

  static pipeline::AuditEvent event(int number) {
    return {.op = "decision",
            .at = atSecond(number),
            .actor = "causeway",
            .message_id = "m" + std::to_string(number),
            .case_id = {},
            .delivery_id = {},
            .recipient = {},
            .purpose = {},
            .rule = "rule@1",
            .details = {}};
  }

  /// One transaction for each group, with that many events.
  void writeGroups(const std::vector<int>& groups) {
    for (const int events : groups) {
      const auto tx = ok(store_->begin());
      for (int i = 0; i < events; ++i) ok(log_->append(*tx, event(written_++)));
      ok(log_->seal(*tx, atSecond(written_)));
      ok(tx->commit());
    }
  }

  void alter(const std::string& sql) {
    log_.reset();
    store_.reset();
    {
      const store::GuardedVfs vfs;
      ok(ok(store::Database::open(path_, vfs, {})).execute(sql.c_str()));
    }
    store_ = ok(store::SqliteStore::open(path_));
  }

  AuditVerdict verify() { return ok(verifyAudit(*store_, key_.publicKeyPem())); }

  TemporaryFolder folder_;
  std::string path_ = folder_.file("store.db");
  SigningKey key_ = ok(SigningKey::generate());
  std::unique_ptr<store::SqliteStore> store_;
  std::unique_ptr<MerkleAuditLog> log_;
  int written_ = 0;
};

}  // namespace causeway::security
