#pragma once

#include "host/pipeline/store.hpp"
#include "host/store/sqlite/statement.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::store {

/// The queries, prepared on one connection: the writer has one of these inside its transaction, the readers another.
class Reads {
 public:
  explicit Reads(Database& database);

  Result<std::optional<pipeline::Admission>> admission(std::string_view sender, std::string_view source_id);
  Result<std::optional<pipeline::MessageRow>> message(std::string_view message_id);
  Result<std::vector<pipeline::MessageRow>> messagesOfDocument(std::string_view document_id);
  Result<std::vector<pipeline::MessageRow>> messagesOfCase(std::string_view case_id);
  Result<std::vector<pipeline::PaperRow>> papersOfCase(std::string_view case_id);
  Result<std::optional<pipeline::PaperRow>> paper(std::string_view paper_id);
  Result<bool> hasPaper(std::string_view scope, std::string_view digest);
  Result<std::vector<pipeline::MessageRow>> waitingFor(const std::vector<pipeline::CaseKey>& keys);
  Result<std::optional<pipeline::CaseRow>> findCase(std::string_view case_id);
  Result<std::vector<std::string>> casesByKey(const pipeline::CaseKey& key);
  Result<std::optional<pipeline::DeliveryRow>> delivery(std::string_view delivery_id);
  Result<std::vector<pipeline::DeliveryRow>> deliveriesOf(std::string_view message_id);
  Result<std::vector<pipeline::DeliveryRow>> pendingDeliveries(std::int64_t after_sequence, int limit);
  Result<std::vector<pipeline::DeliveryRow>> allDeliveries(std::int64_t after_sequence, int limit);
  Result<std::string> newestReceipt(std::string_view case_id, std::string_view recipient, std::string_view subject);
  Result<std::vector<pipeline::FollowUpRow>> pendingFollowUps(std::int64_t after_sequence, int limit);
  Result<std::optional<pipeline::FollowUpRow>> followUp(std::string_view follow_up_id);
  Result<std::vector<pipeline::HoldRow>> openHolds(int limit);
  Result<std::vector<pipeline::HoldRow>> holdsOf(std::string_view case_id);
  Result<std::optional<pipeline::HoldRow>> hold(std::string_view hold_id);
  Result<std::vector<pipeline::AuditRow>> auditRows(std::int64_t from, int limit);
  Result<std::int64_t> auditSize();
  Result<std::vector<pipeline::AuditHead>> auditHeads(std::int64_t after_size, int limit);
  Result<std::optional<pipeline::AuditHead>> newestAuditHead();
  Result<pipeline::LedgerBalance> balance();

 private:
  Statement admission_, message_, messages_of_document_, messages_of_case_, papers_of_case_, paper_, has_paper_,
      message_by_number_, waiting_for_, case_, cases_by_key_, delivery_, deliveries_of_, pending_, all_deliveries_,
      newest_receipt_, pending_follow_ups_, follow_up_, open_holds_, holds_of_, hold_, audit_rows_, audit_size_,
      audit_heads_, newest_head_, balance_;
};

}  // namespace causeway::store
