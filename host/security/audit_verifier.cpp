#include "host/security/audit_verifier.hpp"

#include "host/security/audit_leaf.hpp"
#include "host/security/head_signatures.hpp"
#include "host/security/key_change.hpp"
#include "host/security/merkle.hpp"

#include <algorithm>
#include <deque>
#include <memory>
#include <utility>

namespace causeway::security {
namespace {

using namespace pipeline;

constexpr int kPage = 1000;

class Verifier {
 public:
  Verifier(AuditRecords& records, std::vector<PublicKey> trusted, std::vector<AuditHead> witnessed)
      : records_(records), trusted_(std::move(trusted)), witnessed_(std::move(witnessed)) {
    std::ranges::sort(witnessed_, {}, &AuditHead::size);
  }

  Result<AuditVerdict> run() {
    // A leaf is committed with a head over it. So after heads were read, one more look for leaves finds what they cover.
    for (int empty = 0; empty < 2 && !verdict_.fault;) {
      CW_TRY(const auto rows, records_.auditRows(tree_.size(), kPage));
      empty = rows.empty() ? empty + 1 : 0;
      if (heads_.empty() && empty < 2) CW_CHECK_OK(takeHeads());
      for (const AuditRow& row : rows) {
        if (verdict_.fault) break;
        CW_CHECK_OK(checkRow(row));
      }
    }
    if (!verdict_.fault) checkEnd();
    // Whatever else is wrong, a head that is not signed came before it.
    if (const auto& bad = signatures_.settle()) {
      blame(bad->after, bad->size - 1, "the head over these leaves is not signed by this key");
      verdict_.fault->head = bad->size;
      verdict_.heads = bad->place;
    }
    verdict_.leaves = verdict_.fault ? verdict_.fault->first : tree_.size();
    return std::move(verdict_);
  }

 private:
  Result<void> takeHeads() {
    CW_TRY(auto heads, records_.auditHeads(last_head_, kPage));
    for (AuditHead& head : heads) heads_.push_back(std::move(head));
    if (!heads_.empty()) last_head_ = heads_.back().size;
    return {};
  }

  void blame(std::int64_t first, std::int64_t last, const char* what) {
    verdict_.fault = AuditFault{.first = first, .last = last, .what = what};
  }

  void blameHead(const char* what) {
    blame(good_until_, tree_.size() - 1, what);
    verdict_.fault->head = tree_.size();
  }

  Result<void> checkRow(const AuditRow& row) {
    const std::int64_t index = tree_.size();
    const char* wrong = nullptr;
    if (row.index != index) wrong = "the leaf is missing";
    else if (merkleLeaf(row.leaf) != row.leaf_hash) wrong = "the leaf was changed";
    else if (!row.leaf.starts_with(auditLeafStart(index))) wrong = "the leaf stands out of its place";
    if (wrong != nullptr) {
      blame(index, index, wrong);
      return {};
    }
    tree_.append(row.leaf_hash);
    checkWitnesses();
    if (verdict_.fault || heads_.empty() || heads_.front().size != tree_.size()) return {};
    const AuditHead head = std::move(heads_.front());
    heads_.pop_front();
    if (heads_.empty()) CW_CHECK_OK(takeHeads());
    checkHead(head);
    if (!verdict_.fault) changeKey(row);
    return {};
  }

  // A head signs everything up to it: when it does not match, the fault lies behind the last one that did.
  void checkHead(const AuditHead& head) {
    if (head.root_hash != tree_.root())
      return blameHead("a leaf was changed together with its hash: the signed head over it does not match");
    if (!head.frontier.empty() && head.frontier != tree_.bytes())
      return blameHead("the edge of the tree that is saved with this head was changed");
    HeadSignatures::Head signed_head{good_until_, head.size, verdict_.heads, auditHeadText(head), head.signature};
    if (verdict_.heads == 0) findFirstKey(signed_head);
    if (key_) signatures_.add(std::move(signed_head), key_);
    else unkeyed_.push_back(std::move(signed_head));
    good_until_ = head.size;
    ++verdict_.heads;
  }

  // With a newer key only, the first one is learnt where it announces its successor.
  void findFirstKey(const HeadSignatures::Head& head) {
    for (const PublicKey& key : trusted_)
      if (key.verifies(head.text, head.signature)) {
        key_ = std::make_shared<PublicKey>(key);
        anchored_ = true;
      }
    verdict_.keys = 1;
  }

  // The key changes behind the head whose last leaf says so.
  void changeKey(const AuditRow& row) {
    const auto change = keyChangeIn(row);
    if (!change) return;
    const auto previous = PublicKey::fromDer(change->previous);
    auto next = PublicKey::fromDer(change->next);
    if (!previous || !next || (key_ && key_->der() != change->previous))
      return blame(row.index, row.index, "the key is changed from another one than the one that signs");
    if (!key_) {
      key_ = std::make_shared<PublicKey>(*previous);
      for (auto& head : unkeyed_) signatures_.add(std::move(head), key_);
      unkeyed_.clear();
    }
    key_ = std::make_shared<PublicKey>(*std::move(next));
    ++verdict_.keys;
    if (std::ranges::any_of(trusted_, [&](const PublicKey& key) { return key.der() == change->next; }))
      anchored_ = true;
  }

  bool signedByUs(const AuditHead& head) const {
    const std::string text = auditHeadText(head);
    return (key_ && key_->verifies(text, head.signature)) ||
           std::ranges::any_of(trusted_, [&](const PublicKey& key) { return key.verifies(text, head.signature); });
  }

  void checkWitnesses() {
    for (; next_witness_ < witnessed_.size() && witnessed_[next_witness_].size <= tree_.size(); ++next_witness_) {
      const AuditHead& head = witnessed_[next_witness_];
      if (head.size == tree_.size() && head.root_hash == tree_.root()) {
        ++verdict_.witnessed;
        continue;
      }
      blameHead(signedByUs(head) ? "the leaves up to here are not those of the head that was kept elsewhere"
                                 : "a head that was kept elsewhere is not of this log, and no key of ours signed it: "
                                   "look first at the file it came from");
      return;
    }
  }

  void checkEnd() {
    const std::int64_t size = tree_.size();
    if (!key_ && !unkeyed_.empty()) signatures_.add(unkeyed_.front(), std::make_shared<PublicKey>(trusted_.front()));
    else if (key_ && !anchored_) blame(0, size - 1, "no key that signed this log is one of those that you trust");
    const std::int64_t kept_here = heads_.empty() ? 0 : heads_.back().size;
    const std::int64_t kept_elsewhere = next_witness_ < witnessed_.size() ? witnessed_.back().size : 0;
    if (verdict_.fault) return;
    if (std::max(kept_here, kept_elsewhere) > size) {
      const bool ours = kept_elsewhere <= size || signedByUs(witnessed_.back());
      blame(size, std::max(kept_here, kept_elsewhere) - 1,
            ours ? "the leaves from here on are missing: a signed head covers them"
                 : "a head that was kept elsewhere covers more leaves, but no key of ours signed it: look first at the "
                   "file it came from");
      verdict_.fault->head = kept_here > size ? heads_.front().size : witnessed_[next_witness_].size;
      return;
    }
    if (good_until_ < size) blame(good_until_, size - 1, "no signed head covers these leaves");
  }

  AuditRecords& records_;
  std::vector<PublicKey> trusted_;
  std::vector<AuditHead> witnessed_;
  size_t next_witness_ = 0;
  std::shared_ptr<const PublicKey> key_;  ///< the one in force, once it is known
  bool anchored_ = false;                 ///< a key that signed this log is trusted
  std::vector<HeadSignatures::Head> unkeyed_;
  HeadSignatures signatures_;
  MerkleFrontier tree_;
  std::deque<AuditHead> heads_;
  std::int64_t last_head_ = 0;
  std::int64_t good_until_ = 0;
  AuditVerdict verdict_;
};

}  // namespace

Result<AuditVerdict> verifyAudit(AuditRecords& records, std::string_view trusted_keys_pem,
                                 std::vector<AuditHead> witnessed) {
  CW_TRY(auto keys, PublicKey::parseAll(trusted_keys_pem));
  return Verifier(records, std::move(keys), std::move(witnessed)).run();
}

}  // namespace causeway::security
