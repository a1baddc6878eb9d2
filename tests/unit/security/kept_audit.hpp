#pragma once

#include "host/security/audit_leaf.hpp"
#include "host/security/key_change.hpp"
#include "host/security/merkle.hpp"
#include "tests/unit/security/audit_fixture.hpp"

#include <algorithm>

namespace causeway::security {

/// An audit log as somebody holds it who can change every byte of it.
struct KeptAudit final : pipeline::AuditRecords {
  std::vector<pipeline::AuditRow> rows;
  std::vector<pipeline::AuditHead> heads;

  static KeptAudit of(pipeline::AuditRecords& records) {
    KeptAudit kept;
    kept.rows = ok(records.auditRows(0, 1'000'000));
    kept.heads = ok(records.auditHeads(0, 1'000'000));
    return kept;
  }

  Result<std::vector<pipeline::AuditRow>> auditRows(std::int64_t from, int limit) override {
    std::vector<pipeline::AuditRow> out;
    for (const auto& row : rows)
      if (row.index >= from && static_cast<int>(out.size()) < limit) out.push_back(row);
    return out;
  }
  Result<std::int64_t> auditSize() override { return rows.empty() ? 0 : rows.back().index + 1; }
  Result<std::optional<pipeline::AuditHead>> newestAuditHead() override {
    return heads.empty() ? std::nullopt : std::optional(heads.back());
  }
  Result<std::vector<pipeline::AuditHead>> auditHeads(std::int64_t after_size, int limit) override {
    std::vector<pipeline::AuditHead> out;
    for (const auto& head : heads)
      if (head.size > after_size && static_cast<int>(out.size()) < limit) out.push_back(head);
    return out;
  }

  /// What somebody can do who does not have the key: makes every hash, root and edge fit the leaves, from this leaf on.
  void recompute(std::int64_t from) {
    MerkleFrontier tree;
    for (auto& row : rows) {
      if (row.index >= from) row.leaf_hash = merkleLeaf(row.leaf);
      tree.append(row.leaf_hash);
      for (auto& head : heads)
        if (head.size == tree.size() && head.size > from) {
          head.root_hash = tree.root();
          head.frontier = tree.bytes();
        }
    }
  }

  /// The first head over this leaf, and the one before that (0 when there is none).
  std::int64_t headOver(std::int64_t index) const {
    return std::ranges::find_if(heads, [&](const auto& head) { return head.size > index; })->size;
  }
  std::int64_t headBefore(std::int64_t size) const {
    std::int64_t before = 0;
    for (const auto& head : heads)
      if (head.size < size) before = std::max(before, head.size);
    return before;
  }
};

class AuditTamperingTest : public AuditFixture {
 protected:
  void keep(const std::vector<int>& groups) {
    writeGroups(groups);
    whole_ = KeptAudit::of(*store_);
  }

  AuditVerdict verdictOn(KeptAudit& log, std::vector<pipeline::AuditHead> witnessed = {}) {
    return ok(verifyAudit(log, key_.publicKeyPem(), std::move(witnessed)));
  }

  /// This leaf is named and nothing else.
  void expectLeaf(KeptAudit& log, std::int64_t index, const std::string& about) {
    const auto verdict = verdictOn(log);
    ASSERT_TRUE(verdict.fault) << about;
    EXPECT_EQ(verdict.fault->first, index) << about << ": " << verdict.fault->what;
    EXPECT_EQ(verdict.fault->last, index) << about;
    EXPECT_EQ(verdict.fault->head, 0) << about;
  }

  /// This head is named as the first that fails, with the leaves since the one before.
  void expectHead(KeptAudit& log, std::int64_t size, const std::string& about) {
    const auto verdict = verdictOn(log);
    ASSERT_TRUE(verdict.fault) << about;
    EXPECT_EQ(verdict.fault->head, size) << about << ": " << verdict.fault->what;
    EXPECT_EQ(verdict.fault->first, whole_.headBefore(size)) << about;
    EXPECT_EQ(verdict.fault->last, size - 1) << about;
  }

  KeptAudit whole_;
};

}  // namespace causeway::security
