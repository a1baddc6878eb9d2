#include "host/security/audit_verifier.hpp"

#include "host/security/audit_leaf.hpp"
#include "host/security/merkle.hpp"
#include "host/security/signing.hpp"

#include <algorithm>
#include <bit>
#include <deque>
#include <utility>

namespace causeway::security {
namespace {

using namespace pipeline;

constexpr int kPage = 1000;

class Verifier {
 public:
  Verifier(Store& store, PublicKey key, const std::optional<AuditHead>& witnessed)
      : store_(store), key_(std::move(key)), witnessed_(witnessed) {}

  Result<AuditVerdict> run() {
    CW_CHECK_OK(takeHeads());
    for (bool more = true; more && !verdict_.fault;) {
      CW_TRY(const auto rows, store_.auditRows(tree_.size(), kPage));
      for (const AuditRow& row : rows) {
        checkLeaf(row);
        if (verdict_.fault) break;
        tree_.append(row.leaf_hash);
        CW_CHECK_OK(checkHead());
        if (verdict_.fault) break;
      }
      more = !rows.empty();
    }
    if (!verdict_.fault) checkEnd();
    verdict_.leaves = verdict_.fault ? verdict_.fault->first : tree_.size();
    return std::move(verdict_);
  }

 private:
  Result<void> takeHeads() {
    CW_TRY(auto heads, store_.auditHeads(last_head_, kPage));
    for (AuditHead& head : heads) heads_.push_back(std::move(head));
    if (!heads_.empty()) last_head_ = heads_.back().size;
    return {};
  }

  void blame(std::int64_t first, std::int64_t last, const char* what) {
    verdict_.fault = AuditFault{first, last, what};
  }

  void checkLeaf(const AuditRow& row) {
    const std::int64_t index = tree_.size();
    if (row.index != index) return blame(index, index, "the leaf is missing");
    if (merkleLeaf(row.leaf) != row.leaf_hash) return blame(index, index, "the leaf was changed");
    if (!row.leaf.starts_with(auditLeafStart(index))) return blame(index, index, "the leaf stands out of its place");
  }

  // A head signs everything up to it: when it does not match, the fault lies behind the last one that did.
  Result<void> checkHead() {
    const std::int64_t last = tree_.size() - 1;
    if (witnessed_ && witnessed_->size == tree_.size() && witnessed_->root_hash != tree_.root())
      blame(good_until_, last, "the leaves up to here are not those of the head that was kept elsewhere");
    if (heads_.empty() || heads_.front().size != tree_.size()) return {};
    const AuditHead head = std::move(heads_.front());
    heads_.pop_front();
    if (heads_.empty()) CW_CHECK_OK(takeHeads());
    if (!key_.verifies(auditHeadText(head), head.signature))
      blame(good_until_, last, "the head over these leaves is not signed by this key");
    else if (head.root_hash != tree_.root())
      blame(good_until_, last, "a leaf was changed together with its hash: the signed head over it does not match");
    if (verdict_.fault) return {};
    good_until_ = head.size;
    ++verdict_.heads;
    return {};
  }

  void checkEnd() {
    const std::int64_t size = tree_.size();
    const std::int64_t promised = std::max(heads_.empty() ? 0 : heads_.back().size, witnessed_ ? witnessed_->size : 0);
    if (promised > size)
      return blame(size, promised - 1, "the leaves from here on are missing: a signed head covers them");
    if (good_until_ < size) blame(good_until_, size - 1, "no signed head covers these leaves");
  }

  Store& store_;
  PublicKey key_;
  const std::optional<AuditHead>& witnessed_;
  MerkleFrontier tree_;
  std::deque<AuditHead> heads_;
  std::int64_t last_head_ = 0;
  std::int64_t good_until_ = 0;
  AuditVerdict verdict_;
};

Result<std::string> rootOf(Store& store, std::int64_t from, std::int64_t to) {
  MerkleFrontier tree;
  while (from + tree.size() < to) {
    CW_TRY(const auto rows, store.auditRows(from + tree.size(), kPage));
    if (rows.empty() || rows.front().index != from + tree.size())
      return fail(ErrorKind::Broken, "the audit log lacks leaves; verify it");
    for (const AuditRow& row : rows)
      if (from + tree.size() < to) tree.append(row.leaf_hash);
  }
  return tree.root();
}

}  // namespace

Result<AuditVerdict> verifyAudit(Store& store, std::string_view public_key_pem,
                                 const std::optional<AuditHead>& witnessed) {
  CW_TRY(PublicKey key, PublicKey::parse(public_key_pem));
  return Verifier(store, std::move(key), witnessed).run();
}

Result<std::vector<std::string>> inclusionProof(Store& store, std::int64_t index, std::int64_t size) {
  CW_TRY(const std::int64_t leaves, store.auditSize());
  if (index < 0 || index >= size || size > leaves)
    return fail(ErrorKind::NotFound, "the audit log has no such leaf or size");
  std::vector<std::string> proof;
  for (std::int64_t from = 0, to = size; to - from > 1;) {
    // The left subtree is the largest complete one that is smaller than the whole.
    const auto left = static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(to - from - 1)));
    const bool in_left = index < from + left;
    CW_TRY(std::string sibling, in_left ? rootOf(store, from + left, to) : rootOf(store, from, from + left));
    proof.push_back(std::move(sibling));
    in_left ? to = from + left : from += left;
  }
  std::ranges::reverse(proof);
  return proof;
}

}  // namespace causeway::security
