#include "tests/unit/security/kept_audit.hpp"

#include <random>

namespace causeway::security {
namespace {

void flip(char& byte, int mask) { byte = static_cast<char>(byte ^ mask); }

TEST_F(AuditTamperingTest, NamesTheLeafOfWhichAnyByteOfTextOrHashWasChanged) {
  keep({3, 1, 4});
  for (size_t i = 0; i < whole_.rows.size(); ++i)
    for (auto part : {&pipeline::AuditRow::leaf, &pipeline::AuditRow::leaf_hash})
      for (size_t byte = 0; byte < (whole_.rows[i].*part).size(); ++byte)
        for (const int mask : {0x01, 0x80}) {
          auto log = whole_;
          flip((log.rows[i].*part)[byte], mask);
          expectLeaf(log, static_cast<std::int64_t>(i), "byte " + std::to_string(byte));
        }
}

TEST_F(AuditTamperingTest, NamesTheHeadOverAnyByteThatWasChangedTogetherWithItsHash) {
  keep({3, 1, 4});
  for (size_t i = 0; i < whole_.rows.size(); ++i) {
    const auto index = static_cast<std::int64_t>(i);
    const size_t place = ("{\"n\":" + std::to_string(i) + ",").size();
    for (size_t byte = 0; byte < whole_.rows[i].leaf.size(); ++byte) {
      auto log = whole_;
      flip(log.rows[i].leaf[byte], 1);
      log.rows[i].leaf_hash = merkleLeaf(log.rows[i].leaf);
      if (byte < place) expectLeaf(log, index, "place, byte " + std::to_string(byte));
      else expectHead(log, whole_.headOver(index), "byte " + std::to_string(byte));
    }
  }
}

TEST_F(AuditTamperingTest, NamesTheHeadOverALeafAfterWhichEverythingWasComputedAnew) {
  keep({3, 1, 4, 2});
  for (size_t i = 0; i < whole_.rows.size(); ++i) {
    auto log = whole_;
    flip(log.rows[i].leaf.back(), 2);
    log.recompute(static_cast<std::int64_t>(i));
    expectHead(log, whole_.headOver(static_cast<std::int64_t>(i)), "leaf " + std::to_string(i));
  }
}

TEST_F(AuditTamperingTest, NamesTheHeadOfWhichAnyByteWasChanged) {
  keep({3, 1, 4});
  for (size_t i = 0; i < whole_.heads.size(); ++i) {
    const std::int64_t size = whole_.heads[i].size;
    for (auto part : {&pipeline::AuditHead::root_hash, &pipeline::AuditHead::signature, &pipeline::AuditHead::frontier})
      for (size_t byte = 0; byte < (whole_.heads[i].*part).size(); ++byte) {
        auto log = whole_;
        flip((log.heads[i].*part)[byte], 0x10);
        expectHead(log, size, "byte " + std::to_string(byte));
      }
    for (int bit = 0; bit < 50; ++bit) {
      auto log = whole_;
      log.heads[i].signed_at = Instant(
          std::chrono::microseconds(log.heads[i].signed_at.time_since_epoch().count() ^ (std::int64_t{1} << bit)));
      expectHead(log, size, "bit " + std::to_string(bit) + " of the time");
    }
    auto log = whole_;
    log.heads[i].size += 1;
    EXPECT_TRUE(verdictOn(log).fault) << "size of head " << i;
  }
}

TEST_F(AuditTamperingTest, NamesEveryLeafThatWasTakenOutOrMovedOrDoubled) {
  keep({3, 1, 4});
  const auto count = static_cast<std::int64_t>(whole_.rows.size());
  for (std::int64_t i = 0; i < count; ++i) {
    auto log = whole_;
    log.rows.erase(log.rows.begin() + i);
    if (i + 1 < count) expectLeaf(log, i, "taken out");
    else EXPECT_EQ(verdictOn(log).fault->first, i);
    for (auto& row : log.rows)
      if (row.index > i) --row.index;
    if (i + 1 < count) expectLeaf(log, i, "taken out and closed up");
    for (std::int64_t j = i + 1; j < count; ++j) {
      log = whole_;
      std::swap(log.rows[static_cast<size_t>(i)].leaf, log.rows[static_cast<size_t>(j)].leaf);
      std::swap(log.rows[static_cast<size_t>(i)].leaf_hash, log.rows[static_cast<size_t>(j)].leaf_hash);
      expectLeaf(log, i, "changed places with " + std::to_string(j));
    }
    log = whole_;
    log.rows.insert(log.rows.begin() + i, log.rows[static_cast<size_t>(i)]);
    for (std::int64_t j = i + 1; j <= count; ++j) ++log.rows[static_cast<size_t>(j)].index;
    expectLeaf(log, i + 1, "doubled");
  }
}

TEST_F(AuditTamperingTest, NamesTheFirstLeafThatWasCutOffByWhatItsHeadsPromise) {
  keep({3, 1, 4});
  for (size_t left = 0; left < whole_.rows.size(); ++left) {
    auto log = whole_;
    log.rows.resize(left);
    const auto verdict = verdictOn(log);
    ASSERT_TRUE(verdict.fault) << left;
    EXPECT_EQ(verdict.fault->first, static_cast<std::int64_t>(left));
    EXPECT_EQ(verdict.fault->head, whole_.headOver(static_cast<std::int64_t>(left)));
  }
}

TEST_F(AuditTamperingTest, NamesACutOffTailByAWitnessedHeadWhereverItWasRolledBackTo) {
  keep({3, 1, 4, 2});
  const std::vector<pipeline::AuditHead> witnessed(whole_.heads.begin() + 1, whole_.heads.end());
  for (size_t left = 0; left < whole_.heads.size(); ++left) {
    auto log = whole_;
    log.heads.resize(left);
    const std::int64_t size = left == 0 ? 0 : log.heads.back().size;
    log.rows.resize(static_cast<size_t>(size));
    EXPECT_FALSE(verdictOn(log).fault) << "by itself it looks whole";
    const auto verdict = verdictOn(log, witnessed);
    ASSERT_TRUE(verdict.fault) << left;
    EXPECT_EQ(verdict.fault->first, size);
    EXPECT_EQ(verdict.fault->head, left == 0 ? witnessed.front().size : whole_.heads[left].size);
  }
}

TEST_F(AuditTamperingTest, TellsAChangedWitnessFromAChangedLog) {
  keep({3, 1, 4});
  auto witness = whole_.heads[1];
  EXPECT_EQ(verdictOn(whole_, {witness, whole_.heads[2]}).witnessed, 2);
  flip(witness.root_hash[0], 1);
  auto verdict = verdictOn(whole_, {witness});
  ASSERT_TRUE(verdict.fault);
  EXPECT_NE(verdict.fault->what.find("the file it came from"), std::string::npos);
  witness = whole_.heads[2];
  witness.size += 5;
  verdict = verdictOn(whole_, {witness});
  ASSERT_TRUE(verdict.fault);
  EXPECT_NE(verdict.fault->what.find("the file it came from"), std::string::npos);
}

// Any shape of log and any way to change it: found, and never later than it happened.
TEST_F(AuditTamperingTest, FindsWhateverWasChangedInALogOfAnyShape) {
  std::mt19937 random(20260602);  // NOLINT(cert-msc51-cpp): the same logs every time
  const auto below = [&](size_t limit) { return random() % std::max<size_t>(limit, 1); };
  for (int round = 0; round < 60; ++round) {
    writeGroups({static_cast<int>(below(5) + 1)});
    whole_ = KeptAudit::of(*store_);
    EXPECT_FALSE(verdictOn(whole_, whole_.heads).fault);
    auto log = whole_;
    const size_t at = below(log.rows.size());
    auto& row = log.rows[at];
    switch (below(6)) {
      case 0: flip(row.leaf[below(row.leaf.size())], 1 << below(8)); break;
      case 1: flip(row.leaf_hash[below(32)], 1 << below(8)); break;
      case 2:
        row.leaf += " ";
        row.leaf_hash = merkleLeaf(row.leaf);
        break;
      case 3: log.rows.erase(log.rows.begin() + static_cast<std::ptrdiff_t>(at)); break;
      case 4:
        flip(row.leaf.back(), 1);
        log.recompute(row.index);
        break;
      default: log.rows.resize(at); break;
    }
    const auto verdict = verdictOn(log, whole_.heads);
    ASSERT_TRUE(verdict.fault) << "round " << round;
    EXPECT_LE(verdict.fault->first, static_cast<std::int64_t>(at));
    EXPECT_GE(verdict.fault->last, static_cast<std::int64_t>(at));
  }
}

}  // namespace
}  // namespace causeway::security
