#include "tests/unit/security/kept_audit.hpp"

namespace causeway::security {
namespace {

class KeyChangeTest : public AuditTamperingTest {
 protected:
  /// A log that three keys signed one after another: heads at 3, 4 (a change), 6, 7 (a change), 9.
  void keepWithThreeKeys() {
    writeGroups({3});
    change(second_);
    writeGroups({2});
    change(third_);
    writeGroups({2});
    whole_ = KeptAudit::of(*store_);
  }
  void change(const SigningKey& next) {
    const auto tx = ok(store_->begin());
    ok(log_->changeKey(next, event(written_++)));
    ok(log_->seal(*tx, atSecond(written_)));
    ok(tx->commit());
  }
  AuditVerdict verdictBy(KeptAudit log, const std::string& keys) { return ok(verifyAudit(log, keys)); }

  SigningKey second_ = ok(SigningKey::generate()), third_ = ok(SigningKey::generate());
};

TEST_F(KeyChangeTest, RefusesALogOfNoTrustedKey) {
  keepWithThreeKeys();
  const auto verdict = verdictBy(whole_, ok(SigningKey::generate()).publicKeyPem());
  ASSERT_TRUE(verdict.fault);
  EXPECT_EQ(verdict.fault->first, 0);
}

TEST_F(KeyChangeTest, FollowsTheKeysFromAnyOfThem) {
  keepWithThreeKeys();
  for (const SigningKey* key : {&key_, &second_, &third_}) {
    const auto verdict = verdictBy(whole_, key->publicKeyPem());
    EXPECT_FALSE(verdict.fault) << verdict.fault->what;
    EXPECT_EQ(verdict.keys, 3);
    EXPECT_EQ(verdict.heads, 5);
  }
  EXPECT_FALSE(verdictBy(whole_, ok(SigningKey::generate()).publicKeyPem() + second_.publicKeyPem()).fault);
}

TEST_F(KeyChangeTest, NamesAHeadOfTheKeyBeforeOrAfterIt) {
  keepWithThreeKeys();
  for (auto [head, key] : {std::pair{0U, &second_}, {1U, &second_}, {2U, &key_}, {3U, &third_}, {4U, &second_}}) {
    auto log = whole_;
    log.heads[head].signature = ok(key->sign(auditHeadText(log.heads[head])));
    for (const SigningKey* trusted : {&key_, &third_}) {
      const auto verdict = verdictBy(log, trusted->publicKeyPem());
      ASSERT_TRUE(verdict.fault) << head;
      EXPECT_EQ(verdict.fault->head, log.heads[head].size);
    }
  }
}

TEST_F(KeyChangeTest, BelievesNoChangeThatTheOldKeyDidNotSign) {
  keepWithThreeKeys();
  const SigningKey forger = ok(SigningKey::generate());
  auto log = whole_;
  log.rows[3].leaf = ok(auditLeaf(3, announcing(event(3), {ok(PublicKey::parse(key_.publicKeyPem())).der(),
                                                           ok(PublicKey::parse(forger.publicKeyPem())).der()})));
  log.recompute(3);
  for (auto& head : log.heads)
    if (head.size > 4) head.signature = ok(forger.sign(auditHeadText(head)));
  const auto verdict = verdictBy(log, key_.publicKeyPem());
  ASSERT_TRUE(verdict.fault);
  EXPECT_EQ(verdict.fault->head, 4);
  EXPECT_TRUE(verdictBy(log, third_.publicKeyPem()).fault);
}

TEST_F(KeyChangeTest, ChangesNothingWhenItsTransactionIsLost) {
  writeGroups({3});
  {
    const auto tx = ok(store_->begin());
    ok(log_->changeKey(second_, event(3)));
    ok(log_->seal(*tx, atSecond(4)));
  }
  ok(log_->rollBack());
  writeGroups({2});
  EXPECT_FALSE(verify().fault);
  EXPECT_EQ(verify().keys, 1);
}

TEST_F(KeyChangeTest, HoldsThoughTheTransactionAfterItIsLost) {
  writeGroups({3});
  change(second_);
  {
    const auto tx = ok(store_->begin());
    ok(log_->append(*tx, event(90)));
    ok(log_->seal(*tx, atSecond(90)));
  }
  ok(log_->rollBack());
  writeGroups({2});
  EXPECT_FALSE(verify().fault);
  EXPECT_EQ(verify().keys, 2);
}

TEST_F(KeyChangeTest, IsTakenUpAtTheNextStartWhereverTheLastOneEnded) {
  writeGroups({3});
  // Ended before the announcement: the next key is not in force.
  EXPECT_FALSE(ok(MerkleAuditLog::open(*store_, key_, second_))->usesNext());
  change(second_);
  // Ended after it, and before the next head.
  EXPECT_TRUE(ok(MerkleAuditLog::open(*store_, key_, second_))->usesNext());
  EXPECT_EQ(failure(MerkleAuditLog::open(*store_, third_, second_)), ErrorKind::Broken);
  writeGroups({1});
  EXPECT_TRUE(ok(MerkleAuditLog::open(*store_, key_, second_))->usesNext());
  EXPECT_FALSE(ok(MerkleAuditLog::open(*store_, second_, third_))->usesNext());
  EXPECT_EQ(failure(MerkleAuditLog::open(*store_, key_)), ErrorKind::Broken);
}

}  // namespace
}  // namespace causeway::security
