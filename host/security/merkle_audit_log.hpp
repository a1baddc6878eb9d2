#pragma once

#include "host/pipeline/audit.hpp"
#include "host/security/merkle.hpp"
#include "host/security/signing.hpp"

#include <memory>

namespace causeway::security {

/// The audit log as a Merkle tree with signed heads. Used by the single writer only.
class MerkleAuditLog final : public pipeline::AuditLog {
 public:
  /// Goes on from the newest head of the store. Broken when its signature, its tree or the number of leaves does not match:
  /// the host must not start on such a log. The store must outlive the log.
  static Result<std::unique_ptr<MerkleAuditLog>> open(pipeline::Store& store, SigningKey key);

  Result<void> append(pipeline::Transaction& tx, const pipeline::AuditEvent& event) override;
  /// Nothing when nothing was appended.
  Result<void> seal(pipeline::Transaction& tx, Instant now) override;
  /// Reads the newest committed head again; when even that fails, every later append does.
  Result<void> rollBack() override;

 private:
  MerkleAuditLog(pipeline::Store& store, SigningKey key, PublicKey public_key)
      : store_(store), key_(std::move(key)), public_key_(std::move(public_key)) {}
  Result<void> resume();

  pipeline::Store& store_;
  SigningKey key_;
  PublicKey public_key_;
  MerkleFrontier tree_;
  std::int64_t sealed_size_ = 0;
  bool lost_ = false;
};

}  // namespace causeway::security
