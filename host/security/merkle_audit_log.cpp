#include "host/security/merkle_audit_log.hpp"

#include "host/security/audit_leaf.hpp"

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

Result<std::unique_ptr<MerkleAuditLog>> MerkleAuditLog::open(Store& store, SigningKey key) {
  CW_TRY(PublicKey public_key, PublicKey::parse(key.publicKeyPem()));
  auto log = std::unique_ptr<MerkleAuditLog>(new MerkleAuditLog(store, std::move(key), std::move(public_key)));
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
  if (!public_key_.verifies(auditHeadText(*head), head->signature))
    return mismatch("has a head that this key did not sign");
  const bool saved = !head->frontier.empty();
  CW_TRY(tree_, saved ? MerkleFrontier::fromBytes(head->size, head->frontier) : rebuilt(store_, head->size));
  if (tree_.root() != head->root_hash) return mismatch("does not lead to the root of its newest signed head");
  return {};
}

Result<void> MerkleAuditLog::append(Transaction& tx, const AuditEvent& event) {
  if (lost_) return mismatch("could not be read again after a lost transaction");
  AuditRow row{.index = tree_.size(), .leaf = {}, .leaf_hash = {}};
  CW_TRY(row.leaf, auditLeaf(row.index, event));
  row.leaf_hash = merkleLeaf(row.leaf);
  CW_CHECK_OK(tx.insert(row));
  tree_.append(row.leaf_hash);
  return {};
}

Result<void> MerkleAuditLog::seal(Transaction& tx, Instant now) {
  if (tree_.size() == sealed_size_) return {};
  AuditHead head{
      .size = tree_.size(), .root_hash = tree_.root(), .signature = {}, .signed_at = now, .frontier = tree_.bytes()};
  CW_TRY(head.signature, key_.sign(auditHeadText(head)));
  CW_CHECK_OK(tx.insert(head));
  sealed_size_ = head.size;
  return {};
}

Result<void> MerkleAuditLog::rollBack() {
  auto read = resume();
  lost_ = !read.has_value();
  return read;
}

}  // namespace causeway::security
