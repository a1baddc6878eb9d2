#pragma once

#include "host/pipeline/store.hpp"
#include "host/store/sqlite/writer.hpp"

namespace causeway::store {

class SqliteTransaction final : public pipeline::Transaction {
 public:
  /// Takes over a transaction that `writer.begin()` opened.
  explicit SqliteTransaction(Writer& writer)
      : writer_(writer), writes_(writer.writes), audit_size_(writer.audit_size) {}
  ~SqliteTransaction() override;
  SqliteTransaction(const SqliteTransaction&) = delete;
  SqliteTransaction& operator=(const SqliteTransaction&) = delete;

  Result<std::optional<pipeline::Admission>> findAdmission(std::string_view sender,
                                                           std::string_view source_id) override;
  Result<void> insert(const pipeline::Admission& admission) override;
  Result<void> insert(const pipeline::MessageRow& message) override;
  Result<std::optional<pipeline::MessageRow>> findMessage(std::string_view message_id) override;
  Result<void> updateMessage(std::string_view message_id, pipeline::MessageState state, std::string_view case_id,
                             std::string_view reason) override;
  Result<void> rewriteMessage(const pipeline::MessageRow& row) override;
  Result<void> insert(const pipeline::PaperRow& paper) override;
  Result<bool> hasPaper(std::string_view scope, std::string_view digest) override;
  Result<void> insert(const pipeline::DisclosureRow& row) override;
  Result<std::vector<pipeline::DisclosureRow>> disclosuresOf(std::string_view case_id) override;
  Result<void> confirm(std::string_view delivery_id, std::string_view message_id, Instant at) override;
  Result<void> insert(const pipeline::DecisionRow& row) override;
  Result<std::vector<pipeline::DecisionRow>> decisionsAbout(std::string_view kind, std::string_view about) override;
  Result<std::vector<pipeline::SealedItem>> sealedOf(std::string_view case_id) override;
  Result<std::vector<pipeline::SealedItem>> expired(pipeline::ShortLived what, Instant before, int limit) override;
  Result<void> rewrite(const pipeline::SealedItem& item, std::string_view sealed) override;
  Result<std::string> newestDigest(std::string_view subject_index) override;
  Result<void> setNewestDigest(std::string_view subject_index, std::string_view digest) override;
  Result<std::vector<std::string>> findCases(const std::vector<pipeline::CaseKey>& keys) override;
  Result<void> addCaseKeys(std::string_view case_id, const std::vector<pipeline::CaseKey>& keys) override;
  Result<std::optional<pipeline::CaseRow>> loadCase(std::string_view case_id) override;
  Result<void> saveCase(const pipeline::CaseRow& row) override;
  Result<std::vector<pipeline::MessageRow>> waitingFor(const std::vector<pipeline::CaseKey>& keys) override;
  Result<void> wait(std::string_view message_id, const std::vector<pipeline::CaseKey>& keys) override;
  Result<void> stopWaiting(std::string_view message_id) override;
  Result<void> insert(pipeline::DeliveryRow& row) override;
  Result<std::optional<pipeline::DeliveryRow>> findDelivery(std::string_view delivery_id) override;
  Result<void> updateDelivery(const pipeline::DeliveryRow& row) override;
  Result<std::vector<std::string>> queuedAbout(std::string_view case_id, std::string_view recipient,
                                               std::string_view subject) override;
  Result<std::vector<std::string>> newerAbout(const pipeline::DeliveryRow& row) override;
  Result<pipeline::OpenDeliveries> openDeliveries(std::string_view message_id) override;
  Result<std::vector<pipeline::DeliveryRow>> deliveriesOf(std::string_view message_id) override;
  Result<void> insert(pipeline::FollowUpRow& row) override;
  Result<std::optional<pipeline::FollowUpRow>> findFollowUp(std::string_view follow_up_id) override;
  Result<void> updateFollowUp(const pipeline::FollowUpRow& row) override;
  Result<void> insertRules(pipeline::RuleVersionRow& row) override;
  Result<void> updateRules(const pipeline::RuleVersionRow& row) override;
  Result<std::optional<pipeline::RuleVersionRow>> findRules(std::int64_t number) override;
  Result<std::vector<pipeline::RuleVersionRow>> allRules() override;
  Result<void> insert(const pipeline::HoldRow& hold) override;
  Result<std::optional<pipeline::HoldRow>> findHold(std::string_view hold_id) override;
  Result<std::vector<pipeline::HoldRow>> holdsOf(std::string_view case_id) override;
  Result<void> releaseHold(std::string_view hold_id, std::string_view by, Instant at) override;
  Result<void> insertClock(const care::ClockRow& row) override;
  Result<std::optional<care::ClockRow>> findClock(std::string_view clock_id) override;
  Result<void> updateClock(care::ClockRow& row) override;
  Result<std::vector<care::ClockRow>> openClocksOf(std::string_view case_id) override;
  Result<std::vector<care::ClockRow>> allClocksOf(std::string_view case_id) override;
  Result<std::vector<care::ClockRow>> openClocksOfDelivery(std::string_view delivery_id) override;
  Result<void> insert(const pipeline::AuditRow& row) override;
  Result<void> insert(const pipeline::AuditHead& head) override;
  Result<void> commit() override;

 private:
  struct Found {
    std::int64_t number = 0;
    pipeline::MessageState state{};
  };
  /// Broken once SQLite has given the transaction up: a later statement would then commit on its own.
  Result<void> usable() const;
  Result<Found> locate(std::string_view message_id);
  void count(pipeline::MessageState state, int by);

  Writer& writer_;
  Writes& writes_;
  std::int64_t audit_size_;
  int received_ = 0, done_ = 0, repeated_ = 0;  ///< changes to the ledger, written at commit
  bool ended_ = false;
};

}  // namespace causeway::store
