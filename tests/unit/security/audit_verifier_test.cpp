#include "host/base/text.hpp"
#include "host/security/audit_leaf.hpp"
#include "tests/unit/security/audit_fixture.hpp"

namespace causeway::security {
namespace {

class AuditVerifierTest : public AuditFixture {
 protected:
  AuditVerifierTest() { writeGroups({3, 1, 4, 2}); }  // heads at 3, 4, 8 and 10

  /// The verdict after a change names these leaves.
  void expectFault(std::int64_t first, std::int64_t last) {
    const AuditVerdict verdict = verify();
    ASSERT_TRUE(verdict.fault);
    EXPECT_EQ(verdict.fault->first, first) << verdict.fault->what;
    EXPECT_EQ(verdict.fault->last, last) << verdict.fault->what;
    EXPECT_EQ(verdict.leaves, first);
  }

  /// SQL that gives a leaf other content and the hash that belongs to it.
  static std::string forge(std::int64_t index, std::int64_t claimed) {
    const std::string leaf = auditLeafStart(claimed) + "\"op\":\"nothing\"}";
    return "UPDATE audit SET leaf = '" + leaf + "', leaf_hash = x'" + hex(merkleLeaf(leaf)) +
           "' WHERE leaf_index = " + std::to_string(index) + ";";
  }
};

TEST_F(AuditVerifierTest, NamesAChangedLeaf) {
  for (const int index : {0, 3, 9}) {
    const std::string where = " WHERE leaf_index = " + std::to_string(index);
    alter("UPDATE audit SET leaf = replace(leaf, 'decision', 'refusal')" + where);
    expectFault(index, index);
    alter("UPDATE audit SET leaf = replace(leaf, 'refusal', 'decision')" + where);
  }
  EXPECT_FALSE(verify().fault);
}

TEST_F(AuditVerifierTest, NamesAChangedHash) {
  alter("UPDATE audit SET leaf_hash = zeroblob(32) WHERE leaf_index = 5");
  expectFault(5, 5);
}

TEST_F(AuditVerifierTest, NamesTheGroupOfALeafForgedWithItsHash) {
  alter(forge(5, 5));
  expectFault(4, 7);
}

TEST_F(AuditVerifierTest, NamesTheExactLeafWhenItWasAloneInItsGroup) {
  alter(forge(3, 3));
  expectFault(3, 3);
}

TEST_F(AuditVerifierTest, NamesAMissingLeaf) {
  alter("DELETE FROM audit WHERE leaf_index = 5");
  expectFault(5, 5);
}

TEST_F(AuditVerifierTest, NamesALeafThatWasClosedUp) {
  alter("DELETE FROM audit WHERE leaf_index = 5; UPDATE audit SET leaf_index = leaf_index - 1 WHERE leaf_index > 5");
  expectFault(5, 5);
}

TEST_F(AuditVerifierTest, NamesLeavesThatChangedPlaces) {
  alter(
      "UPDATE audit SET leaf_index = -1 WHERE leaf_index = 4; UPDATE audit SET leaf_index = 4 WHERE leaf_index = 6;"
      "UPDATE audit SET leaf_index = 6 WHERE leaf_index = -1");
  expectFault(4, 4);
}

TEST_F(AuditVerifierTest, NamesTheFirstLeafThatWasCutOff) {
  alter("DELETE FROM audit WHERE leaf_index >= 7");
  expectFault(7, 9);
  alter("DELETE FROM audit WHERE leaf_index >= 4");
  expectFault(4, 9);
  alter("DELETE FROM audit");
  expectFault(0, 9);
}

TEST_F(AuditVerifierTest, NamesLeavesThatNoHeadCovers) {
  alter("DELETE FROM audit_heads WHERE size = 10");
  expectFault(8, 9);
  alter("DELETE FROM audit_heads");
  expectFault(0, 9);
}

TEST_F(AuditVerifierTest, NamesTheGroupOfAChangedHead) {
  alter("UPDATE audit_heads SET signed_at = signed_at + 1000000 WHERE size = 8");
  expectFault(4, 7);
}

TEST_F(AuditVerifierTest, RefusesHeadsOfAnotherKey) {
  const auto verdict = ok(verifyAudit(*store_, ok(SigningKey::generate()).publicKeyPem()));
  ASSERT_TRUE(verdict.fault);
  EXPECT_EQ(verdict.fault->first, 0);
  EXPECT_EQ(failure(verifyAudit(*store_, "no key")), ErrorKind::Invalid);
}

TEST_F(AuditVerifierTest, NoticesAWholeLogThatWasRolledBackByAWitnessedHead) {
  const auto witnessed = ok(store_->newestAuditHead());
  alter("DELETE FROM audit WHERE leaf_index >= 8; DELETE FROM audit_heads WHERE size > 8");
  EXPECT_FALSE(verify().fault);  // by itself it looks whole
  const auto verdict = ok(verifyAudit(*store_, key_.publicKeyPem(), {*witnessed}));
  ASSERT_TRUE(verdict.fault);
  EXPECT_EQ(verdict.fault->first, 8);
}

TEST_F(AuditVerifierTest, NoticesALogWrittenAnewByAWitnessedHead) {
  const auto witnessed = ok(store_->newestAuditHead());
  alter("DELETE FROM audit; DELETE FROM audit_heads");
  log_ = ok(MerkleAuditLog::open(*store_, key_));
  written_ = 100;
  writeGroups({10, 2});
  EXPECT_FALSE(verify().fault);
  EXPECT_TRUE(ok(verifyAudit(*store_, key_.publicKeyPem(), {*witnessed})).fault);
}

TEST_F(AuditVerifierTest, FindsNothingWrongWithAWholeLog) {
  const AuditVerdict verdict = ok(verifyAudit(*store_, key_.publicKeyPem(), {*ok(store_->newestAuditHead())}));
  EXPECT_FALSE(verdict.fault);
  EXPECT_EQ(verdict.leaves, 10);
  EXPECT_EQ(verdict.heads, 4);
}

TEST_F(AuditVerifierTest, ReadsLogsOfManyPages) {
  writeGroups({2500});
  for (int i = 0; i < 1100; ++i) writeGroups({1});
  EXPECT_FALSE(verify().fault);
  EXPECT_EQ(verify().heads, 1105);
  alter("DELETE FROM audit WHERE leaf_index = 3456");
  expectFault(3456, 3456);
}

}  // namespace
}  // namespace causeway::security
