#pragma once

#include "host/pipeline/audit.hpp"
#include "host/security/merkle.hpp"
#include "host/security/signing.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace causeway::security {

/// The audit log as a Merkle tree with signed heads. Used by the single writer only.
class MerkleAuditLog final : public pipeline::AuditLog {
 public:
  /// Goes on from the newest head of the store. Broken when its signature, its tree or the number of leaves does not match:
  /// the host must not start on such a log. The store must outlive the log. `next` is a key that a change under way left: it is
  /// taken, and `usesNext` is true, when the log says that the change took place.
  static Result<std::unique_ptr<MerkleAuditLog>> open(pipeline::Store& store, SigningKey key,
                                                      std::optional<SigningKey> next = std::nullopt);

  /// Called with each event that is appended, from the writer's thread, before its transaction is committed.
  void onAppended(std::function<void(const pipeline::AuditEvent&)> told) { on_appended_ = std::move(told); }
  Result<void> append(pipeline::Transaction& tx, const pipeline::AuditEvent& event) override;
  /// Nothing when nothing was appended.
  Result<void> seal(pipeline::Transaction& tx, Instant now) override;
  /// Reads the newest committed head again; when even that fails, every later append does.
  Result<void> rollBack() override;

  /// Within a transaction: its last leaf announces `next`, its head is the last one that the present key signs. What is appended
  /// later is signed with the next key. The event says who and why; see key_change.hpp.
  Result<void> changeKey(const SigningKey& next, pipeline::AuditEvent event);
  /// Once after `open`: the key that signs is the one that was `next`.
  bool usesNext() const { return uses_next_; }
  /// Once after `open`: of the key that signs.
  const std::string& publicKeyPem() const { return key_.publicKeyPem(); }

 private:
  /// A change of the key, until a head of the next key is committed: a lost transaction may lead back to any step of it.
  struct Change {
    SigningKey next;
    pipeline::AuditEvent event;
    std::int64_t sealed_at = 0;  ///< leaves under the head that announces it; 0: not yet
    bool taken = false;          ///< the next key signs
  };

  MerkleAuditLog(pipeline::Store& store, SigningKey key, std::optional<SigningKey> next)
      : store_(store), key_(std::move(key)), next_(std::move(next)) {}
  Result<void> resume();
  Result<void> takeKeyOf(const pipeline::AuditHead& head);
  void takeNextKey();
  Result<void> appendRow(pipeline::Transaction& tx, const pipeline::AuditEvent& event);

  pipeline::Store& store_;
  SigningKey key_;
  std::optional<SigningKey> next_;  ///< one that the log may have changed to
  std::optional<Change> change_;
  MerkleFrontier tree_;
  std::function<void(const pipeline::AuditEvent&)> on_appended_;
  std::int64_t sealed_size_ = 0;
  bool uses_next_ = false;
  bool lost_ = false;
};

}  // namespace causeway::security
