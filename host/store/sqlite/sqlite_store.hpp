#pragma once

#include "host/pipeline/store.hpp"
#include "host/store/sqlite/vfs.hpp"

#include <memory>
#include <string>

namespace causeway::store {

/// The store of one host on one machine: one SQLite file in write-ahead mode, every commit synced. One connection writes,
/// one reads under a lock. The file is held for this process alone while the store lives.
class SqliteStore final : public pipeline::Store {
 public:
  /// Opens the file or makes it. `on_fatal` is called once when the disk fails (see GuardedVfs): stop the process there.
  /// Refused when another host holds the file or a newer program wrote it.
  static Result<std::unique_ptr<SqliteStore>> open(const std::string& path, GuardedVfs::OnFatal on_fatal = {});
  /// The same over a file layer that the caller made, so that a test can make it fail.
  static Result<std::unique_ptr<SqliteStore>> open(const std::string& path, std::unique_ptr<GuardedVfs> vfs);
  ~SqliteStore() override;

  /// The transaction must end before the store does. Refused while one is open; Unavailable when another process keeps the
  /// file busy; Broken for ever after the disk or a commit failed.
  Result<std::unique_ptr<pipeline::Transaction>> begin() override;

  Result<std::vector<pipeline::DeliveryRow>> pendingDeliveries(std::int64_t after_sequence, int limit) override;
  Result<std::vector<pipeline::DeliveryRow>> allDeliveries(std::int64_t after_sequence, int limit) override;
  Result<std::string> newestReceipt(std::string_view case_id, std::string_view recipient,
                                    std::string_view subject) override;
  Result<std::vector<pipeline::FollowUpRow>> pendingFollowUps(std::int64_t after_sequence, int limit) override;
  Result<std::optional<pipeline::FollowUpRow>> followUp(std::string_view follow_up_id) override;
  Result<std::vector<pipeline::MessageRow>> messagesOfDocument(std::string_view document_id) override;
  Result<std::vector<pipeline::MessageRow>> messagesOfCase(std::string_view case_id) override;
  Result<std::optional<pipeline::MessageRow>> message(std::string_view message_id) override;
  Result<std::vector<pipeline::PaperRow>> papersOfCase(std::string_view case_id) override;
  Result<std::optional<pipeline::PaperRow>> paper(std::string_view paper_id) override;
  Result<std::optional<pipeline::Admission>> admission(std::string_view sender, std::string_view source_id) override;
  Result<std::vector<pipeline::DeliveryRow>> deliveriesOf(std::string_view message_id) override;
  Result<std::vector<pipeline::DisclosureRow>> disclosuresOf(std::string_view case_id) override;
  Result<std::vector<pipeline::DecisionRow>> decisionsAbout(std::string_view kind, std::string_view about) override;
  Result<std::vector<std::pair<std::string, Instant>>> casesQuietSince(Instant moment) override;
  Result<std::optional<care::ClockRow>> clock(std::string_view clock_id) override;
  Result<std::vector<care::ClockRow>> clocksToFire(Instant now, int limit) override;
  Result<std::vector<care::ClockRow>> clocksOf(std::string_view case_id) override;
  Result<std::vector<care::ClockRow>> openClocks(Instant due_before, int limit) override;
  Result<std::vector<care::ClockRow>> clocksDueIn(Instant from, Instant to) override;
  Result<std::vector<pipeline::HoldRow>> openHolds(int limit) override;
  Result<std::optional<pipeline::HoldRow>> hold(std::string_view hold_id) override;
  Result<std::optional<pipeline::CaseRow>> findCase(std::string_view case_id) override;
  Result<std::vector<std::string>> casesByKey(const pipeline::CaseKey& key) override;
  Result<std::vector<pipeline::AuditRow>> auditRows(std::int64_t from, int limit) override;
  Result<std::int64_t> auditSize() override;
  Result<std::optional<pipeline::AuditHead>> newestAuditHead() override;
  Result<std::vector<pipeline::AuditHead>> auditHeads(std::int64_t after_size, int limit) override;
  Result<pipeline::LedgerBalance> balance() override;
  Result<std::vector<pipeline::RuleVersionRow>> ruleVersions() override;

 private:
  struct Impl;
  explicit SqliteStore(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace causeway::store
