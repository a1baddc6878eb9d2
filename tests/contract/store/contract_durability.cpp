#include "tests/contract/store/store_contract.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <thread>

namespace causeway::pipeline {
namespace {

constexpr int kGroup = 5;

std::string groupDocument(int group) { return "document-" + std::to_string(group); }

void insertGroup(Transaction& tx, int group) {
  for (int i = 0; i < kGroup; ++i) {
    MessageRow m = makeMessage("m-" + std::to_string(group) + "-" + std::to_string(i));
    m.document_id = groupDocument(group);
    m.raw_sealed = std::string(20'000, 'r');
    ok(tx.insert(m));
  }
}

/// Runs `work` in a child process that reports by single bytes; kills it with SIGKILL after `reports` of them.
template <class Work>
void runAndKill(int reports, Work work) {
  std::array<int, 2> pipe_ends{};
  ASSERT_EQ(::pipe(pipe_ends.data()), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    ::close(pipe_ends[0]);
    try {
      work([&] {
        if (::write(pipe_ends[1], ".", 1) != 1) ::_exit(2);
      });
    } catch (...) {
      ::_exit(3);
    }
    ::_exit(0);
  }
  ::close(pipe_ends[1]);
  int seen = 0;
  char byte = 0;
  while (seen < reports && ::read(pipe_ends[0], &byte, 1) == 1) ++seen;
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(pipe_ends[0]);
  EXPECT_EQ(seen, reports);
  EXPECT_TRUE(WIFSIGNALED(status));
}

TEST_P(StoreContract, LosesAnOpenTransactionWithItsProcess) {
  close();
  runAndKill(2, [&](auto report) {
    const auto child = ok(underTest().open());
    auto tx = ok(child->begin());
    insertGroup(*tx, 1);
    ok(tx->commit());
    tx.reset();
    report();
    tx = ok(child->begin());
    insertGroup(*tx, 2);
    report();
    for (;;) ::pause();
  });
  reopen();
  EXPECT_EQ(ok(store().messagesOfDocument(groupDocument(1))).size(), 5U);
  EXPECT_TRUE(ok(store().messagesOfDocument(groupDocument(2))).empty());
  EXPECT_EQ(ok(store().balance()).received, kGroup);
  EXPECT_TRUE(ok(store().balance()).balances());
}

TEST_P(StoreContract, KeepsEveryCommittedGroupWholeWhenKilled) {
  for (const int acknowledged : {1, 4, 13}) {
    close();
    runAndKill(acknowledged, [&](auto report) {
      const auto child = ok(underTest().open());
      for (int group = acknowledged * 1000;; ++group) {
        const auto tx = ok(child->begin());
        insertGroup(*tx, group);
        ok(tx->commit());
        report();
      }
    });
    reopen();
    int group = acknowledged * 1000;
    for (; group < acknowledged * 1000 + acknowledged; ++group)
      EXPECT_EQ(ok(store().messagesOfDocument(groupDocument(group))).size(), 5U);
    for (; !ok(store().messagesOfDocument(groupDocument(group))).empty(); ++group)
      EXPECT_EQ(ok(store().messagesOfDocument(groupDocument(group))).size(), 5U);
    EXPECT_TRUE(ok(store().balance()).balances());
  }
}

TEST_P(StoreContract, KeepsEverythingOverARestart) {
  write([](Transaction& tx) {
    ok(tx.insert(makeAdmission("a1")));
    ok(tx.insert(makeMessage("m1")));
    DeliveryRow delivery = makeDelivery("d1");
    ok(tx.insert(delivery));
    ok(tx.insert(AuditRow{0, "{}", "hash"}));
  });
  reopen();
  EXPECT_TRUE(ok(store().admission("courts", "a1")));
  EXPECT_TRUE(ok(store().message("m1")));
  EXPECT_EQ(ok(store().pendingDeliveries(0, 10)).size(), 1U);
  write([](Transaction& tx) { ok(tx.insert(AuditRow{1, "{}", "hash"})); });
}

TEST_P(StoreContract, LetsReadersReadWholeGroupsBesideTheWriter) {
  std::atomic<bool> done = false;
  std::atomic<int> torn = 0;
  std::atomic<int> reads = 0;
  std::jthread reader([&] {
    for (int group = 0; !done || reads == 0; group = (group + 1) % 40) {
      const auto found = store().messagesOfDocument(groupDocument(group));
      if (!found || (!found->empty() && found->size() != kGroup)) ++torn;
      ++reads;
    }
  });
  for (int group = 0; group < 40; ++group) write([&](Transaction& tx) { insertGroup(tx, group); });
  done = true;
  reader.join();
  EXPECT_EQ(torn, 0);
}

TEST_P(StoreContract, BalancesInEveryState) {
  write([](Transaction& tx) {
    for (const int number : {1, 2, 3, 4, 5, 6})
      for (int copy = 0; copy < number; ++copy)
        ok(tx.insert(
            makeMessage("m" + std::to_string(number) + "-" + std::to_string(copy), static_cast<MessageState>(number))));
  });
  LedgerBalance balance = ok(store().balance());
  EXPECT_EQ(balance.received, 21);
  EXPECT_EQ(balance.in_flight, 1);
  EXPECT_EQ(balance.done, 2);
  EXPECT_EQ(balance.held, 3);
  EXPECT_EQ(balance.quarantined, 4);
  EXPECT_EQ(balance.repeated, 5);
  EXPECT_EQ(balance.waiting, 6);
  EXPECT_TRUE(balance.balances());
  write([](Transaction& tx) {
    ok(tx.updateMessage("m1-0", MessageState::Done, "case", ""));
    ok(tx.updateMessage("m6-0", MessageState::InFlight, "case", ""));
    ok(tx.updateMessage("m2-0", MessageState::Held, "case", "complaint"));
    ok(tx.updateMessage("m2-1", MessageState::Done, "case", ""));
  });
  { ok(begin()->updateMessage("m1-0", MessageState::Held, "case", "lost")); }
  reopen();
  balance = ok(store().balance());
  EXPECT_EQ(balance.received, 21);
  EXPECT_EQ(balance.in_flight, 1);
  EXPECT_EQ(balance.done, 2);
  EXPECT_EQ(balance.held, 4);
  EXPECT_EQ(balance.waiting, 5);
  EXPECT_TRUE(balance.balances());
}

}  // namespace
}  // namespace causeway::pipeline
