#include "host/security/merkle_audit_log.hpp"

#include "host/security/audit_leaf.hpp"
#include "host/security/key_change.hpp"

#include <utility>

namespace causeway::security {
namespace {

using namespace pipeline;

Failure mismatch(const std::string& what) {
  return fail(ErrorKind::Broken, "the audit log " + what + "; verify it before the host starts again");
}

// For a store that keeps no frontier: the whole tree again.
Result<MerkleFrontier> rebuilt(Store& store, std::int64_t size) {
  constexpr int page = 1000;
  MerkleFrontier tree;
  while (tree.size() < size) {
    CW_TRY(const auto rows, store.auditRows(tree.size(), page));
    if (rows.empty()) return mismatch("lacks leaves");
    for (const AuditRow& row : rows)
      if (tree.size() < size) tree.append(row.leaf_hash);
  }
  return tree;
}

}  // namespace

Result<std::unique_ptr<MerkleAuditLog>> MerkleAuditLog::open(Store& store, SigningKey key,
                                                             std::optional<SigningKey> next) {
  auto log = std::unique_ptr<MerkleAuditLog>(new MerkleAuditLog(store, std::move(key), std::move(next)));
  CW_CHECK_OK(log->resume());
  return log;
}

Result<void> MerkleAuditLog::resume() {
  CW_TRY(const auto head, store_.newestAuditHead());
  CW_TRY(const std::int64_t leaves, store_.auditSize());
  tree_ = MerkleFrontier();
  sealed_size_ = head ? head->size : 0;
  if (leaves != sealed_size_) return mismatch("does not have as many leaves as its newest signed head");
  if (!head) return {};
  CW_CHECK_OK(takeKeyOf(*head));
  const bool saved = !head->frontier.empty();
  CW_TRY(tree_, saved ? MerkleFrontier::fromBytes(head->size, head->frontier) : rebuilt(store_, head->size));
  if (tree_.root() != head->root_hash) return mismatch("does not lead to the root of its newest signed head");
  return {};
}

// Of two keys the log knows which one is in force: the next one from the head behind the leaf that announces it.
Result<void> MerkleAuditLog::takeKeyOf(const AuditHead& head) {
  const std::string text = auditHeadText(head);
  CW_TRY(const PublicKey present, PublicKey::parse(key_.publicKeyPem()));
  const bool by_present = present.verifies(text, head.signature);
  if (!by_present && !next_) return mismatch("has a head that this key did not sign");
  if (!next_) return {};
  CW_TRY(const PublicKey next, PublicKey::parse(next_->publicKeyPem()));
  if (!by_present && !next.verifies(text, head.signature)) return mismatch("has a head that neither key signed");
  if (by_present) {
    CW_TRY(const auto last, store_.auditRows(head.size - 1, 1));
    const auto change = last.empty() ? std::nullopt : keyChangeIn(last.front());
    if (!change || change->next != next.der()) return {};
  }
  key_ = *std::exchange(next_, std::nullopt);
  uses_next_ = true;
  return {};
}

Result<void> MerkleAuditLog::appendRow(Transaction& tx, const AuditEvent& event) {
  AuditRow row{.index = tree_.size(), .leaf = {}, .leaf_hash = {}};
  CW_TRY(row.leaf, auditLeaf(row.index, event));
  row.leaf_hash = merkleLeaf(row.leaf);
  CW_CHECK_OK(tx.insert(row));
  tree_.append(row.leaf_hash);
  return {};
}

Result<void> MerkleAuditLog::append(Transaction& tx, const AuditEvent& event) {
  if (lost_) return mismatch("could not be read again after a lost transaction");
  if (change_ && change_->sealed_at > 0 && tree_.size() == sealed_size_) takeNextKey();
  CW_CHECK_OK(appendRow(tx, event));
  if (on_appended_) on_appended_(event);
  return {};
}

// At the first leaf of a transaction: those before it are committed, for a lost one would have been rolled back.
void MerkleAuditLog::takeNextKey() {
  if (sealed_size_ == change_->sealed_at) {
    change_->taken = true;
    return;
  }
  key_ = std::move(change_->next);
  change_.reset();
}

Result<void> MerkleAuditLog::changeKey(const SigningKey& next, AuditEvent event) {
  if (change_ && change_->sealed_at > 0 && tree_.size() == sealed_size_) takeNextKey();
  if (change_ && change_->sealed_at > 0)
    return fail(ErrorKind::Conflict, "the key was changed just now and has signed nothing yet");
  CW_TRY(const PublicKey old_key, PublicKey::parse(key_.publicKeyPem()));
  CW_TRY(const PublicKey new_key, PublicKey::parse(next.publicKeyPem()));
  change_ = Change{next, announcing(std::move(event), {old_key.der(), new_key.der()}), 0, false};
  return {};
}

Result<void> MerkleAuditLog::seal(Transaction& tx, Instant now) {
  if (lost_) return mismatch("could not be read again after a lost transaction");
  const bool announces = change_ && change_->sealed_at == 0;
  if (announces) CW_CHECK_OK(appendRow(tx, change_->event));
  if (tree_.size() == sealed_size_) return {};
  AuditHead head{
      .size = tree_.size(), .root_hash = tree_.root(), .signature = {}, .signed_at = now, .frontier = tree_.bytes()};
  const SigningKey& key = change_ && change_->taken ? change_->next : key_;
  CW_TRY(head.signature, key.sign(auditHeadText(head)));
  CW_CHECK_OK(tx.insert(head));
  sealed_size_ = head.size;
  if (announces) change_->sealed_at = head.size;
  return {};
}

Result<void> MerkleAuditLog::rollBack() {
  // What the lost transaction announced is forgotten; what an earlier one did stays in force.
  if (change_ && change_->sealed_at > 0) next_ = change_->next;
  change_.reset();
  auto read = resume();
  uses_next_ = false;
  next_.reset();
  lost_ = !read.has_value();
  return read;
}

}  // namespace causeway::security
