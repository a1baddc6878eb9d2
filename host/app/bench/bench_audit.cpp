#include "host/app/bench/bench.hpp"
#include "host/app/bench/timing.hpp"
#include "host/security/audit_prover.hpp"
#include "host/security/audit_verifier.hpp"
#include "host/security/digest.hpp"
#include "host/security/merkle_audit_log.hpp"
#include "host/store/sqlite/sqlite_store.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <iostream>

namespace causeway::app {
namespace {

namespace fs = std::filesystem;
using SteadyClock = std::chrono::steady_clock;

constexpr int kLeavesOfAHead = 16;  // three or four messages in a group: a host that is neither idle nor at its limit
constexpr int kHeadsOfACommit = 256;
constexpr std::int64_t kLeaves = 1'000'000;
constexpr double kLimitSeconds = 10;  // for a million leaves

double since(SteadyClock::time_point start) {
  return std::chrono::duration<double>(SteadyClock::now() - start).count();
}

/// A log in a folder of its own, gone afterwards.
class Scene {
 public:
  Scene() : folder_(fs::temp_directory_path() / ("causeway-bench-audit-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }
  ~Scene() {
    log_.reset();
    store_.reset();
    std::error_code code;
    fs::remove_all(folder_, code);
  }
  Scene(const Scene&) = delete;
  Scene& operator=(const Scene&) = delete;

  Result<void> open() {
    CW_TRY(store_, store::SqliteStore::open((folder_ / "causeway.db").string()));
    CW_TRY(auto key, security::SigningKey::generate());
    CW_TRY(log_, security::MerkleAuditLog::open(*store_, std::move(key)));
    return {};
  }

  // Disclosures as the host records them. With more than one head in a transaction the disk is waited for less often.
  Result<void> write(std::int64_t leaves, int heads_of_a_commit) {
    pipeline::AuditEvent event;
    event.op = "disclosure";
    event.actor = "causeway";
    event.message_id = "018f6a2e-7d3c-7c11-9a52-4b1d5f0e7a10";
    event.case_id = "018f6a2e-7d3c-7c11-9a52-4b1d5f0e7a11";
    event.recipient = "witness-service";
    event.purpose = "witness-care";
    event.rule = "witness-service.hearing@3";
    event.details = {{"fields", "case.urn,case.hearings.starts_at,case.witnesses.name"}, {"attempt", "1"}};
    for (std::int64_t done = 0; done < leaves;) {
      CW_TRY(const auto tx, store_->begin());
      for (int i = 0; i < kLeavesOfAHead * heads_of_a_commit && done < leaves; ++i, ++done) {
        event.at = Instant(std::chrono::microseconds(1'780'000'000'000'000 + done));
        event.delivery_id = fmt::format("018f6a2e-7d3c-7c11-9a52-{:012}", done);
        CW_CHECK_OK(log_->append(*tx, event));
        if (i % kLeavesOfAHead == kLeavesOfAHead - 1) CW_CHECK_OK(log_->seal(*tx, event.at));
      }
      CW_CHECK_OK(log_->seal(*tx, event.at));
      CW_CHECK_OK(tx->commit());
    }
    return {};
  }

  pipeline::AuditRecords& records() { return *store_; }
  const std::string& key() const { return log_->publicKeyPem(); }

 private:
  fs::path folder_;
  std::unique_ptr<store::SqliteStore> store_;
  std::unique_ptr<security::MerkleAuditLog> log_;
};

// Seconds that SHA-256 of every leaf takes, and nothing else.
Result<double> plainHashing(pipeline::AuditRecords& records, std::int64_t leaves) {
  double seconds = 0;
  for (std::int64_t next = 0; next < leaves;) {
    CW_TRY(const auto rows, records.auditRows(next, 1000));
    if (rows.empty()) break;
    const auto start = SteadyClock::now();
    for (const auto& row : rows) static_cast<void>(security::sha256(row.leaf));
    seconds += since(start);
    next += static_cast<std::int64_t>(rows.size());
  }
  return seconds;
}

Result<bool> proofs(pipeline::AuditRecords& records, std::int64_t leaves) {
  security::AuditProver prover(records);
  auto start = SteadyClock::now();
  CW_CHECK_OK(prover.inclusion(0, leaves));
  const double first = since(start);
  std::vector<double> times;
  for (std::int64_t i = 0; i < 200; ++i) {
    start = SteadyClock::now();
    CW_CHECK_OK(prover.inclusion(i * 4999 % leaves, leaves));
    times.push_back(since(start) * 1e3);
  }
  const double usual = median(times);
  std::cout << fmt::format("inclusion proof      {:8.2f} ms, the first one {:.1f} s (it reads the log once)\n", usual,
                           first);
  return usual < 10;
}

Result<bool> measure() {
  Scene scene;
  CW_CHECK_OK(scene.open());
  auto start = SteadyClock::now();
  const double cpu = cpuSeconds();
  CW_CHECK_OK(scene.write(kLeaves, kHeadsOfACommit));
  std::cout << fmt::format("{} leaves, a signed head every {}\n", kLeaves, kLeavesOfAHead)
            << fmt::format("written              {:8.1f} s    {:.2f} us CPU a leaf, with head and rows\n", since(start),
                           (cpuSeconds() - cpu) / static_cast<double>(kLeaves) * 1e6);
  start = SteadyClock::now();
  CW_TRY(const auto verdict, security::verifyAudit(scene.records(), scene.key()));
  const double verified = since(start);
  CW_TRY(const double plain, plainHashing(scene.records(), kLeaves));
  std::cout << fmt::format("verified             {:8.1f} s    {} leaves, {} heads, {}\n", verified, verdict.leaves,
                           verdict.heads, verdict.fault ? verdict.fault->what : "as it was written")
            << fmt::format("SHA-256 of the same  {:8.1f} s    verifying takes {:.1f} times as long\n", plain,
                           verified / plain);
  CW_TRY(const bool quick, proofs(scene.records(), kLeaves));
  return quick && !verdict.fault && verified < kLimitSeconds;
}

}  // namespace

double auditMicrosOfALeaf() {
  constexpr std::int64_t enough = 20'000;
  Scene scene;
  if (!scene.open()) return 0;
  const double cpu = cpuSeconds();
  return scene.write(enough, 1) ? (cpuSeconds() - cpu) / static_cast<double>(enough) * 1e6 : 0;
}

int benchAudit() {
  const auto good = measure();
  if (!good) std::cerr << good.error().text() << "\n";
  return good && *good ? 0 : 1;
}

}  // namespace causeway::app
