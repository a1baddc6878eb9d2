#pragma once

#include "host/base/clock.hpp"
#include "host/base/result.hpp"
#include "host/pipeline/store.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace causeway::pipeline {

/// One event of the audit log. Ids, codes and names of fields only: never a personal value.
struct AuditEvent {
  std::string op{};  ///< admission, decision, disclosure, receipt, hold, release, refusal, view, load, ...
  Instant at{};
  std::string actor{};  ///< partner id, person or "causeway"
  std::string message_id{};
  std::string case_id{};
  std::string delivery_id{};
  std::string recipient{};
  std::string purpose{};
  std::string rule{};                                          ///< rule id with version
  std::vector<std::pair<std::string, std::string>> details{};  ///< further codes, in order
};

/// What became of a delivery, by the host itself unless `actor` is set after.
inline AuditEvent ofDelivery(std::string op, Instant at, const DeliveryRow& row) {
  return {.op = std::move(op),
          .at = at,
          .actor = "causeway",
          .message_id = row.message_id,
          .case_id = row.case_id,
          .delivery_id = row.delivery_id,
          .recipient = row.recipient,
          .purpose = row.purpose,
          .rule = row.route};
}

/// Append-only log shaped as a Merkle tree (RFC 9162). Used by the single writer inside its transaction.
class AuditLog {
 public:
  virtual ~AuditLog() = default;
  virtual Result<void> append(Transaction& tx, const AuditEvent& event) = 0;
  /// Signs the head over everything appended and writes it into the same transaction. Once per transaction, last.
  virtual Result<void> seal(Transaction& tx, Instant now) = 0;
  /// After the transaction was lost: forget what was appended since the last committed head. A failure is final for the process:
  /// where the log goes on is not known.
  virtual Result<void> rollBack() = 0;
};

}  // namespace causeway::pipeline
