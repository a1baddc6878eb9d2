#pragma once

#include "host/pipeline/audit.hpp"
#include "host/pipeline/store.hpp"
#include "host/pipeline/vault.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

/// What the admission of messages needs of a store, a vault and an audit log, in memory: thousands of lives in seconds. Nothing is sealed, so
/// that the checks can read it. What a simulated case never asks for answers Broken.
namespace causeway::simulation::cases {

class OpenVault final : public pipeline::Vault {
 public:
  Result<std::string> seal(std::string_view, std::string_view, std::string_view plain) override {
    return std::string(plain);
  }
  Result<std::string> open(std::string_view, std::string_view, std::string_view sealed) override {
    return std::string(sealed);
  }
  Result<void> flush() override { return {}; }
  Result<void> destroy(std::string_view) override { return {}; }
  Result<std::string> sealAnew(std::string_view, std::string_view, std::string_view plain) override {
    return std::string(plain);
  }
  Result<void> renew(std::string_view) override { return {}; }
  std::string digest(std::string_view content) const override { return std::string(content); }
  std::string blindIndex(std::string_view kind, std::string_view value) const override {
    return std::string(kind) + "|" + std::string(value);
  }
};

class NoAudit final : public pipeline::AuditLog {
 public:
  Result<void> append(pipeline::Transaction&, const pipeline::AuditEvent&) override { return {}; }
  Result<void> seal(pipeline::Transaction&, Instant) override { return {}; }
  Result<void> rollBack() override { return {}; }
};

class DeskStore final : public pipeline::Transaction {
 public:
  // What the simulation asks.
  std::vector<pipeline::DeliveryRow> queued();  ///< of all cases, in order
  /// The clock of which somebody must be told first, with when; nothing when there is none.
  std::optional<std::pair<Instant, std::string>> nextToFire() const;
  const std::vector<pipeline::HoldRow>& holds() const { return holds_; }
  const std::map<std::string, pipeline::CaseRow, std::less<>>& cases() const { return cases_; }
  size_t waiting() const { return waiting_.size(); }
  const pipeline::MessageRow* messageRow(const std::string& id) const;
  // What a store may do wrong, for the tests of the checks.
  void forgetDuplicates() { forgets_duplicates_ = true; }
  void forgetWaiting() { forgets_waiting_ = true; }

  // Admissions, messages and cases.
  Result<std::optional<pipeline::Admission>> findAdmission(std::string_view sender,
                                                           std::string_view source_id) override;
  Result<void> insert(const pipeline::Admission& admission) override;
  Result<void> insert(const pipeline::MessageRow& message) override;
  Result<std::optional<pipeline::MessageRow>> findMessage(std::string_view message_id) override;
  Result<void> updateMessage(std::string_view message_id, pipeline::MessageState state, std::string_view case_id,
                             std::string_view reason) override;
  Result<std::string> newestDigest(std::string_view subject_index) override;
  Result<void> setNewestDigest(std::string_view subject_index, std::string_view digest) override;
  Result<std::vector<std::string>> findCases(const std::vector<pipeline::CaseKey>& keys) override;
  Result<void> addCaseKeys(std::string_view case_id, const std::vector<pipeline::CaseKey>& keys) override;
  Result<std::optional<pipeline::CaseRow>> loadCase(std::string_view case_id) override;
  Result<void> saveCase(const pipeline::CaseRow& row) override;
  Result<std::vector<pipeline::MessageRow>> waitingFor(const std::vector<pipeline::CaseKey>& keys) override;
  Result<void> wait(std::string_view message_id, const std::vector<pipeline::CaseKey>& keys) override;
  Result<void> stopWaiting(std::string_view message_id) override;

  // Deliveries, holds and clocks.
  Result<void> insert(pipeline::DeliveryRow& row) override;
  Result<std::optional<pipeline::DeliveryRow>> findDelivery(std::string_view delivery_id) override;
  Result<void> updateDelivery(const pipeline::DeliveryRow& row) override;
  Result<std::vector<std::string>> queuedAbout(std::string_view case_id, std::string_view recipient,
                                               std::string_view subject) override;
  Result<std::vector<std::string>> newerAbout(const pipeline::DeliveryRow& row) override;
  Result<pipeline::OpenDeliveries> openDeliveries(std::string_view message_id) override;
  Result<std::vector<pipeline::DeliveryRow>> deliveriesOf(std::string_view message_id) override;
  Result<void> insert(const pipeline::HoldRow& hold) override;
  Result<std::optional<pipeline::HoldRow>> findHold(std::string_view hold_id) override;
  Result<void> insertClock(const care::ClockRow& row) override;
  Result<std::optional<care::ClockRow>> findClock(std::string_view clock_id) override;
  Result<void> updateClock(care::ClockRow& row) override;
  Result<std::vector<care::ClockRow>> openClocksOf(std::string_view case_id) override;
  Result<std::vector<care::ClockRow>> allClocksOf(std::string_view case_id) override;
  Result<std::vector<care::ClockRow>> openClocksOfDelivery(std::string_view delivery_id) override;
  Result<std::vector<pipeline::DisclosureRow>> disclosuresOf(std::string_view) override {
    return std::vector<pipeline::DisclosureRow>();
  }
  Result<void> insert(const pipeline::DecisionRow&) override { return {}; }
  Result<std::vector<pipeline::DecisionRow>> decisionsAbout(std::string_view, std::string_view) override {
    return std::vector<pipeline::DecisionRow>();
  }
  Result<void> insert(const pipeline::AuditRow&) override { return {}; }
  Result<void> insert(const pipeline::AuditHead&) override { return {}; }
  Result<void> commit() override { return {}; }

  // Never asked for by these cases.
  Result<void> rewriteMessage(const pipeline::MessageRow&) override { return never(); }
  Result<void> insert(const pipeline::PaperRow&) override { return never(); }
  Result<bool> hasPaper(std::string_view, std::string_view) override { return never(); }
  Result<void> insert(const pipeline::DisclosureRow&) override { return never(); }
  Result<void> confirm(std::string_view, std::string_view, Instant) override { return never(); }
  Result<std::vector<pipeline::SealedItem>> sealedOf(std::string_view) override { return never(); }
  Result<std::vector<pipeline::SealedItem>> expired(pipeline::ShortLived, Instant, int) override { return never(); }
  Result<void> rewrite(const pipeline::SealedItem&, std::string_view) override { return never(); }
  Result<void> insert(pipeline::FollowUpRow&) override { return never(); }
  Result<std::optional<pipeline::FollowUpRow>> findFollowUp(std::string_view) override { return never(); }
  Result<void> updateFollowUp(const pipeline::FollowUpRow&) override { return never(); }
  Result<std::vector<pipeline::HoldRow>> holdsOf(std::string_view) override { return never(); }
  Result<void> releaseHold(std::string_view, std::string_view, Instant) override { return never(); }
  Result<void> insertRules(pipeline::RuleVersionRow&) override { return never(); }
  Result<void> updateRules(const pipeline::RuleVersionRow&) override { return never(); }
  Result<std::optional<pipeline::RuleVersionRow>> findRules(std::int64_t) override { return never(); }
  Result<std::vector<pipeline::RuleVersionRow>> allRules() override { return never(); }

 private:
  static std::unexpected<Error> never() { return fail(ErrorKind::Broken, "the simulated store was asked for more"); }
  void planFiring(const care::ClockRow* before, const care::ClockRow& row);
  template <class Wanted>
  std::vector<care::ClockRow> clocksThat(std::string_view case_id, const Wanted& wanted) const;

  bool forgets_duplicates_ = false, forgets_waiting_ = false;
  std::map<std::pair<std::string, std::string>, pipeline::Admission> admissions_;
  std::map<std::string, pipeline::MessageRow, std::less<>> messages_;
  std::map<std::string, std::string, std::less<>> newest_;
  std::map<std::pair<std::string, std::string>, std::string> case_keys_;
  std::map<std::string, pipeline::CaseRow, std::less<>> cases_;
  std::vector<std::pair<std::string, std::vector<pipeline::CaseKey>>> waiting_;
  std::map<std::string, pipeline::DeliveryRow, std::less<>> deliveries_;
  std::map<std::int64_t, std::string> queue_;
  std::int64_t sequence_ = 0;
  std::vector<pipeline::HoldRow> holds_;
  std::map<std::string, care::ClockRow> clocks_;
  std::set<std::pair<Instant, std::string>> firings_;
  std::map<std::string, std::vector<std::string>, std::less<>> clocks_of_case_;
};

}  // namespace causeway::simulation::cases
