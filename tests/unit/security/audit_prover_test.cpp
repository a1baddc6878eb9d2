#include "host/security/audit_prover.hpp"

#include "tests/unit/security/audit_fixture.hpp"

namespace causeway::security {
namespace {

class AuditProverTest : public AuditFixture {
 protected:
  /// Root of the first so many leaves, by the simplest way.
  std::string rootOf(std::int64_t size) {
    MerkleFrontier tree;
    for (const auto& row : ok(store_->auditRows(0, static_cast<int>(size)))) tree.append(row.leaf_hash);
    return tree.root();
  }
};

TEST_F(AuditProverTest, RefusesWhatTheLogDoesNotHave) {
  writeGroups({10});
  AuditProver prover(*store_);
  EXPECT_EQ(failure(prover.inclusion(10, 10)), ErrorKind::NotFound);
  EXPECT_EQ(failure(prover.inclusion(0, 11)), ErrorKind::NotFound);
  EXPECT_EQ(failure(prover.inclusion(-1, 10)), ErrorKind::NotFound);
  EXPECT_EQ(failure(prover.consistency(0, 10)), ErrorKind::NotFound);
  EXPECT_EQ(failure(prover.consistency(7, 6)), ErrorKind::NotFound);
  EXPECT_EQ(failure(prover.consistency(7, 11)), ErrorKind::NotFound);
  EXPECT_EQ(failure(prover.edge(11)), ErrorKind::NotFound);
}

TEST_F(AuditProverTest, RefusesALogThatLacksLeaves) {
  writeGroups({700});
  alter("DELETE FROM audit WHERE leaf_index = 300");
  AuditProver prover(*store_);
  EXPECT_EQ(failure(prover.inclusion(4, 700)), ErrorKind::Broken);
  EXPECT_EQ(failure(prover.consistency(4, 700)), ErrorKind::Broken);
}

TEST_F(AuditProverTest, ProvesEveryLeafInEverySize) {
  writeGroups({10});
  const auto rows = ok(store_->auditRows(0, 100));
  AuditProver prover(*store_);
  for (std::int64_t size = 1; size <= 10; ++size)
    for (std::int64_t index = 0; index < size; ++index) {
      const std::string& leaf = rows[static_cast<size_t>(index)].leaf_hash;
      auto proof = ok(prover.inclusion(index, size));
      EXPECT_EQ(rootFromInclusion(leaf, index, size, proof), rootOf(size));
      EXPECT_NE(rootFromInclusion(merkleLeaf("other"), index, size, proof), rootOf(size));
      EXPECT_NE(rootFromInclusion(leaf, index + 1, size, proof), rootOf(size));
      proof.push_back(rows[0].leaf_hash);
      EXPECT_EQ(rootFromInclusion(leaf, index, size, proof), "");
    }
}

TEST_F(AuditProverTest, ProvesThatEverySizeGrewOutOfEveryEarlierOne) {
  writeGroups({20});
  AuditProver prover(*store_);
  for (std::int64_t second = 1; second <= 20; ++second)
    for (std::int64_t first = 1; first <= second; ++first) {
      auto proof = ok(prover.consistency(first, second));
      const MerkleSpan span{first, second, rootOf(first), rootOf(second)};
      EXPECT_TRUE(isConsistent(span, proof)) << first << " to " << second;
      EXPECT_FALSE(isConsistent({first, second, merkleLeaf("other"), span.second_root}, proof));
      EXPECT_FALSE(isConsistent({first, second, span.first_root, merkleLeaf("other")}, proof));
      for (size_t i = 0; i < proof.size(); ++i) {
        auto changed = proof;
        changed[i][i] = static_cast<char>(changed[i][i] ^ 1);
        EXPECT_FALSE(isConsistent(span, changed)) << first << " to " << second << ", hash " << i;
      }
      proof.push_back(span.first_root);
      EXPECT_FALSE(isConsistent(span, proof));
    }
}

TEST_F(AuditProverTest, RemembersWholeBlocksAndGoesOnWhenTheLogGrows) {
  AuditProver prover(*store_);
  for (const int more : {200, 56, 1, 512, 300, 2100}) {
    writeGroups({more});
    const std::int64_t size = written_;
    const auto rows = ok(store_->auditRows(0, written_));
    for (const std::int64_t index : {std::int64_t{0}, size / 3, size / 2, size - 1}) {
      const auto proof = ok(prover.inclusion(index, size));
      EXPECT_EQ(rootFromInclusion(rows[static_cast<size_t>(index)].leaf_hash, index, size, proof), rootOf(size));
    }
    for (const std::int64_t first : {std::int64_t{1}, size / 3, size - 1, size})
      EXPECT_TRUE(isConsistent({first, size, rootOf(first), rootOf(size)}, ok(prover.consistency(first, size))));
    std::string edge;
    for (const auto& root : ok(prover.edge(size))) edge += root;
    EXPECT_EQ(ok(MerkleFrontier::fromBytes(size, edge)).root(), rootOf(size));
  }
  EXPECT_TRUE(ok(prover.edge(0)).empty());
}

}  // namespace
}  // namespace causeway::security
