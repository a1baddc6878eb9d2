#include "host/security/head_witness.hpp"

#include "host/security/head_line.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/unit/security/kept_audit.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

namespace causeway::security {
namespace {

TEST(HeadLine, RefusesWhatIsNone) {
  const std::string hash(64, 'a');
  for (const std::string& line :
       {std::string("head"), "leaf 1 " + hash + " 2026-06-02T09:00:00Z 00",
        "head x " + hash + " 2026-06-02T09:00:00Z 00", "head 0 " + hash + " 2026-06-02T09:00:00Z 00",
        "head 1 " + hash + "aa 2026-06-02T09:00:00Z 00", "head 1 " + hash + " yesterday 00",
        "head 1 " + hash + " 2026-06-02T09:00:00Z 0", "head 1 " + hash + " 2026-06-02T09:00:00Z 00 more",
        "head 1 " + hash + " 2026-06-02T09:00:00Z 0G"})
    EXPECT_EQ(failure(parseHeadLine(line)), ErrorKind::Invalid) << line;
  const auto heads = parseHeadLines("head 1 " + hash + " 2026-06-02T09:00:00Z 00\nno head\n");
  ASSERT_FALSE(heads);
  EXPECT_EQ(heads.error().where, "line 2");
}

TEST(HeadLine, SaysAllThatIsSigned) {
  const pipeline::AuditHead head{.size = 7,
                                 .root_hash = std::string(32, 'r'),
                                 .signature = "der",
                                 .signed_at = atSecond(1) + std::chrono::microseconds(17),
                                 .frontier = {}};
  const auto again = ok(parseHeadLine(headLine(head)));
  EXPECT_EQ(auditHeadText(again), auditHeadText(head));
  EXPECT_EQ(again.signature, "der");
  EXPECT_EQ(ok(parseHeadLines(headLine(head) + "\n" + headLine(head) + "\nhead 8")).size(), 2U);
}

class HeadWitnessTest : public AuditFixture {
 protected:
  HeadWitness witness() { return {*store_, {file_, std::chrono::hours(1)}, clock_}; }
  std::string text() const {
    std::ifstream in(file_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::vector<pipeline::AuditHead> kept() const { return ok(parseHeadLines(text())); }

  std::string file_ = folder_.file("heads");
  FakeClock clock_;
};

TEST_F(HeadWitnessTest, SaysWhenItsPlaceCannotBeUsed) {
  writeGroups({2});
  file_ = folder_.file("missing/heads");
  auto heads = witness();
  EXPECT_EQ(failure(heads.check()), ErrorKind::Unavailable);
  EXPECT_EQ(failure(heads.turn()), ErrorKind::Unavailable);
  ASSERT_EQ(::mkdir(folder_.file("missing").c_str(), 0700), 0);
  ok(heads.turn());
  EXPECT_EQ(kept().size(), 1U);
}

TEST_F(HeadWitnessTest, RefusesALogThatWasCutBackOrReplaced) {
  writeGroups({2, 3});
  ok(witness().turn());
  alter("DELETE FROM audit WHERE leaf_index >= 2; DELETE FROM audit_heads WHERE size > 2");
  const auto cut = witness().check();
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().kind, ErrorKind::Broken);
  EXPECT_NE(cut.error().what.find("5 leaves"), std::string::npos);
  log_ = ok(MerkleAuditLog::open(*store_, key_));
  writeGroups({3});
  EXPECT_EQ(failure(witness().check()), ErrorKind::Broken);
}

TEST_F(HeadWitnessTest, RefusesAFileThatSomebodyElseWrote) {
  writeGroups({2});
  std::ofstream(file_) << "a letter\n";
  EXPECT_EQ(failure(witness().check()), ErrorKind::Broken);
}

TEST_F(HeadWitnessTest, KeepsTheNewestHeadWhenItIsTime) {
  auto heads = witness();
  ok(heads.check());
  ok(heads.turn());
  EXPECT_TRUE(kept().empty());
  writeGroups({2, 1});
  ok(heads.turn());
  writeGroups({1});
  clock_.advance(std::chrono::minutes(59));
  ok(heads.turn());
  ASSERT_EQ(kept().size(), 1U);
  clock_.advance(std::chrono::minutes(1));
  ok(heads.turn());
  ok(heads.turn());
  ASSERT_EQ(kept().size(), 2U);
  EXPECT_EQ(kept()[0].size, 3);
  EXPECT_EQ(kept()[1].size, 4);
  clock_.advance(std::chrono::hours(2));
  ok(heads.turn());
  EXPECT_EQ(kept().size(), 2U) << "nothing new";
  EXPECT_EQ(ok(verifyAudit(*store_, key_.publicKeyPem(), kept())).witnessed, 2);
}

TEST_F(HeadWitnessTest, GoesOnAfterARestartAndATornLine) {
  writeGroups({2});
  ok(witness().turn());
  std::ofstream(file_, std::ios::app) << "head 3 00aa";
  writeGroups({2});
  clock_.advance(std::chrono::hours(2));
  auto heads = witness();
  ok(heads.check());
  ok(heads.turn());
  ASSERT_EQ(kept().size(), 2U);
  EXPECT_EQ(kept()[1].size, 4);
  for (int i = 0; i < 40; ++i) {
    writeGroups({1});
    clock_.advance(std::chrono::hours(2));
    ok(heads.turn());
  }
  ok(witness().check());
  EXPECT_EQ(kept().size(), 42U);
}

}  // namespace
}  // namespace causeway::security
