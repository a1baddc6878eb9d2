#include "host/security/file_vault.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/security/security_support.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>

namespace causeway::security {
namespace {

class KekChangeTest : public testing::Test {
 protected:
  KekChangeTest() {
    for (const char* name : {"kek", "kek.next", "third"}) ok(createKeyFile(folder_.file(name)));
  }

  std::shared_ptr<KeyFile> kek(const std::string& name) { return ok(KeyFile::load(folder_.file(name))); }
  std::unique_ptr<FileVault> openVault(const KeyEncryptionKeys& keks) {
    return ok(FileVault::open(keks, std::make_unique<MemoryScopeKeys>(memory_), clock_));
  }
  Result<std::unique_ptr<FileVault>> tryVault(const KeyEncryptionKeys& keks) {
    return FileVault::open(keks, std::make_unique<MemoryScopeKeys>(memory_), clock_);
  }

  /// So many cases with something sealed.
  void fill(FileVault& vault, int cases) {
    for (int i = 0; i < cases; ++i)
      sealed_.push_back(ok(vault.seal("case-" + std::to_string(i), "snapshot", "content " + std::to_string(i))));
    ok(vault.flush());
  }
  void expectAllOpen(FileVault& vault, const std::string& about) {
    for (size_t i = 0; i < sealed_.size(); ++i)
      EXPECT_EQ(ok(vault.open("case-" + std::to_string(i), "snapshot", sealed_[i])), "content " + std::to_string(i))
          << about;
  }

  TemporaryFolder folder_;
  KeyMemory memory_;
  FixedClock clock_;
  std::vector<std::string> sealed_;
};

TEST_F(KekChangeTest, LeavesNothingThatTheFormerKeyOpens) {
  {
    const auto vault = openVault({kek("kek")});
    fill(*vault, 3);
    ok(vault->changeKek(kek("kek.next")));
    EXPECT_EQ(vault->kekId(), kek("kek.next")->id());
    expectAllOpen(*vault, "in the same process");
  }
  EXPECT_EQ(failure(tryVault({kek("kek")})), ErrorKind::Refused);
  const auto vault = openVault({kek("kek.next")});
  expectAllOpen(*vault, "after a restart");
  ASSERT_EQ(memory_.roots.size(), 2U);
  EXPECT_EQ(memory_.roots[1].generation, 2);
  for (const auto& [scope, wrapped] : memory_.wrapped) EXPECT_EQ(wrapped[4], 2) << scope;
}

TEST_F(KekChangeTest, ChangesNoFingerprint) {
  const auto vault = openVault({kek("kek")});
  const std::string digest = vault->digest("content"), index = vault->blindIndex("urn", "1");
  ok(vault->changeKek(kek("kek.next")));
  EXPECT_EQ(vault->digest("content"), digest);
  EXPECT_EQ(openVault({kek("kek.next")})->blindIndex("urn", "1"), index);
}

TEST_F(KekChangeTest, MayBeDoneAgainInTheSameProcess) {
  const auto vault = openVault({kek("kek")});
  fill(*vault, 2);
  ok(vault->changeKek(kek("kek.next")));
  ok(vault->changeKek(kek("third")));
  ok(vault->changeKek(kek("kek")));
  expectAllOpen(*vault, "three changes");
  expectAllOpen(*openVault({kek("kek")}), "and a restart");
  EXPECT_EQ(failure(tryVault({kek("third")})), ErrorKind::Refused);
}

// Ended after any number of steps, both keys together open everything, and the next start brings the change to its end.
TEST_F(KekChangeTest, OpensEverythingWhereverItWasStopped) {
  for (int steps = 0;; ++steps) {
    memory_ = {};
    sealed_.clear();
    fill(*openVault({kek("kek")}), 1200);  // three pages
    memory_.steps_left = steps;
    const bool done = openVault({kek("kek")})->changeKek(kek("kek.next")).has_value();
    memory_.steps_left = 1'000;
    const auto vault = openVault({kek("kek"), kek("kek.next")});
    expectAllOpen(*vault, "stopped after " + std::to_string(steps));
    const bool begun = steps > 0;
    EXPECT_EQ(vault->kekId(), kek(begun ? "kek.next" : "kek")->id());
    EXPECT_EQ(memory_.roots.size(), 2U);
    EXPECT_EQ(failure(tryVault({kek(begun ? "kek" : "kek.next")})), ErrorKind::Refused);
    if (done) {
      EXPECT_EQ(steps, 5) << "the root keys, three pages, the former root keys";
      return;
    }
  }
}

TEST_F(KekChangeTest, MissesNoKeyThatIsMadeMeanwhile) {
  const auto vault = openVault({kek("kek")});
  fill(*vault, 1200);
  std::vector<std::string> made;
  std::atomic<bool> changed = false;
  std::thread worker([&] {
    while (!changed || made.size() < 50) {
      made.push_back(ok(vault->seal("new-" + std::to_string(made.size()), "snapshot", "made meanwhile")));
      ok(vault->flush());
    }
  });
  ok(vault->changeKek(kek("kek.next")));
  changed = true;
  worker.join();
  const auto again = openVault({kek("kek.next")});
  for (size_t i = 0; i < made.size(); ++i)
    EXPECT_EQ(ok(again->open("new-" + std::to_string(i), "snapshot", made[i])), "made meanwhile");
  expectAllOpen(*again, "old ones");
}

TEST_F(KekChangeTest, DoesNotBringBackWhatIsErased) {
  const auto vault = openVault({kek("kek")});
  fill(*vault, 3);
  ok(vault->destroy("case-1"));
  ok(vault->changeKek(kek("kek.next")));
  EXPECT_EQ(failure(openVault({kek("kek.next")})->open("case-1", "snapshot", sealed_[1])), ErrorKind::Refused);
}

TEST_F(KekChangeTest, GoesOnWithAStoreOfTheFirstVersion) {
  // There the file itself was the root of every key.
  memory_.bound = kek("kek")->id();
  EXPECT_EQ(failure(tryVault({kek("third")})), ErrorKind::Refused);
  const auto vault = openVault({kek("kek")});
  EXPECT_EQ(vault->digest("content"), Hmac(deriveKey(*kek("kek")->master(), "causeway digest v1"))("content"));
  fill(*vault, 2);
  ok(vault->changeKek(kek("kek.next")));
  expectAllOpen(*openVault({kek("kek.next")}), "after its first change");
}

TEST_F(KekChangeTest, RefusesRootKeysThatWereTamperedWith) {
  openVault({kek("kek")});
  const auto whole = memory_.roots;
  for (size_t i = 0; i < whole.size(); ++i) {
    memory_.roots = whole;
    memory_.roots[i].wrapped.back() = static_cast<char>(memory_.roots[i].wrapped.back() ^ 1);
    EXPECT_EQ(failure(tryVault({kek("kek")})), ErrorKind::Broken);
    memory_.roots = whole;
    memory_.roots.erase(memory_.roots.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_EQ(failure(tryVault({kek("kek")})), ErrorKind::Broken);
  }
  memory_.roots = whole;
  std::swap(memory_.roots[0].generation, memory_.roots[1].generation);
  EXPECT_EQ(failure(tryVault({kek("kek")})), ErrorKind::Broken);
}

TEST_F(KekChangeTest, AlwaysHasAFileAtThePath) {
  const std::string next_id = kek("kek.next")->id(), id = kek("kek")->id();
  const std::string retired = ok(swapInNextFile(folder_.file("kek"), "abcd1234"));
  EXPECT_EQ(kek("kek")->id(), next_id);
  EXPECT_EQ(ok(KeyFile::load(retired))->id(), id);
  EXPECT_EQ(ok(swapInNextFile(folder_.file("kek"), "abcd1234")), retired) << "done before";
  EXPECT_EQ(kek("kek")->id(), next_id);
  EXPECT_EQ(ok(KeyFile::loadAll(folder_.file("kek"))).size(), 1U);
  std::ofstream(folder_.file("kek.next")) << "not a key";
  ASSERT_EQ(::chmod(folder_.file("kek.next").c_str(), 0600), 0);
  EXPECT_EQ(failure(KeyFile::loadAll(folder_.file("kek"))), ErrorKind::Invalid)
      << "a broken next file is not passed over";
}

}  // namespace
}  // namespace causeway::security
