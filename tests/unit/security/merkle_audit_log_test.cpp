#include "tests/unit/security/audit_fixture.hpp"

namespace causeway::security {
namespace {

using MerkleAuditLogTest = AuditFixture;

TEST_F(MerkleAuditLogTest, RefusesToStartWithAnotherKey) {
  writeGroups({2});
  EXPECT_EQ(failure(MerkleAuditLog::open(*store_, ok(SigningKey::generate()))), ErrorKind::Broken);
}

TEST_F(MerkleAuditLogTest, RefusesToStartOnACutOrGrownLog) {
  writeGroups({2, 3});
  alter("DELETE FROM audit WHERE leaf_index = 4");
  EXPECT_EQ(failure(MerkleAuditLog::open(*store_, key_)), ErrorKind::Broken);
  alter("INSERT INTO audit VALUES(4, '{}', x'00'), (5, '{}', x'00')");
  EXPECT_EQ(failure(MerkleAuditLog::open(*store_, key_)), ErrorKind::Broken);
}

TEST_F(MerkleAuditLogTest, RefusesToStartOnAChangedHead) {
  writeGroups({2, 3});
  for (const char* change : {"root_hash = zeroblob(32)", "signed_at = signed_at + 1",
                             "frontier = zeroblob(length(frontier))", "frontier = zeroblob(31)", "signature = x'00'"}) {
    alter("CREATE TABLE kept AS SELECT * FROM audit_heads; UPDATE audit_heads SET " + std::string(change) +
          " WHERE size = 5");
    EXPECT_EQ(failure(MerkleAuditLog::open(*store_, key_)), ErrorKind::Broken) << change;
    alter("DELETE FROM audit_heads; INSERT INTO audit_heads SELECT * FROM kept; DROP TABLE kept");
  }
  ok(MerkleAuditLog::open(*store_, key_));
}

TEST_F(MerkleAuditLogTest, RefusesToStartOnUnsignedLeaves) {
  const auto tx = ok(store_->begin());
  ok(log_->append(*tx, event(0)));
  ok(tx->commit());
  EXPECT_EQ(failure(MerkleAuditLog::open(*store_, key_)), ErrorKind::Broken);
}

TEST_F(MerkleAuditLogTest, ForgetsWhatWasLostWithItsTransaction) {
  writeGroups({2});
  {
    const auto tx = ok(store_->begin());
    ok(log_->append(*tx, event(90)));
    ok(log_->seal(*tx, atSecond(90)));
  }
  log_->rollBack();
  writeGroups({1});
  { const auto empty = ok(store_->begin()); }
  log_->rollBack();  // nothing was appended since the last commit
  writeGroups({2});
  EXPECT_EQ(verify().leaves, 5);
  EXPECT_FALSE(verify().fault);
}

TEST_F(MerkleAuditLogTest, SignsNothingWhenNothingWasAppended) {
  writeGroups({1, 0, 0, 1});
  EXPECT_EQ(verify().heads, 2);
}

TEST_F(MerkleAuditLogTest, GoesOnAfterRestarts) {
  for (int round = 0; round < 12; ++round) {
    writeGroups({round % 3 + 1});
    open();
  }
  EXPECT_EQ(verify().leaves, written_);
  EXPECT_EQ(verify().heads, 12);
  EXPECT_FALSE(verify().fault);
}

TEST_F(MerkleAuditLogTest, GoesOnFromAStoreWithoutFrontiers) {
  writeGroups({3, 4});
  alter("UPDATE audit_heads SET frontier = x''");
  log_ = ok(MerkleAuditLog::open(*store_, key_));
  writeGroups({4});
  EXPECT_FALSE(verify().fault);
  EXPECT_EQ(verify().leaves, 11);
}

}  // namespace
}  // namespace causeway::security
