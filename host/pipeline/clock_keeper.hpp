#pragma once

#include "host/base/ids.hpp"
#include "host/care/clock_moves.hpp"
#include "host/pipeline/audit.hpp"
#include "host/pipeline/rulebook.hpp"
#include "host/pipeline/store.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace causeway::pipeline {

/// Starts and moves clocks inside the writer's transaction, each step with its leaf in the audit log.
class ClockKeeper {
 public:
  ClockKeeper(const Rulebook& rulebook, AuditLog& audit, const Clock& clock, const Ids& ids)
      : rulebook_(rulebook), audit_(audit), clock_(clock), ids_(ids) {}

  /// The clock that a live draft starts, if its rule names one, for the delivery that is made of it. `row.overtakes` says which unsent
  /// ones it takes the place of: the earliest unmet receipt counts, and the draft's due time, and that of its task, follow it. Open clocks
  /// of the same person and subject that a task of its kind ends are cancelled, whether it starts one or not.
  Result<void> start(Transaction& tx, const MessageRow& cause, const DeliveryRow& row, routing::Draft& draft);
  /// What a message moves among the open clocks of its case; nothing is written.
  std::vector<care::ClockRow> hear(std::vector<care::ClockRow> open, const care::Heard& heard) const;
  /// Writes rows that moved, for what is said in `op`: clock_moved, clock_forgotten.
  Result<void> write(Transaction& tx, std::vector<care::ClockRow> rows, const std::string& op);
  /// A delivery got its receipt, or a newer one took its place before it was sent.
  Result<void> settled(Transaction& tx, const DeliveryRow& row);
  /// A case, or one element of it, was erased: open clocks end and nothing of any leads to anybody any more.
  Result<void> forget(Transaction& tx, const std::string& case_id, const std::string& element);
  /// One leaf about a clock. `by`: who moved it.
  Result<void> record(Transaction& tx, const std::string& op, const care::ClockRow& row, const std::string& by,
                      std::vector<std::pair<std::string, std::string>> details = {});

 private:
  Result<void> endOlder(Transaction& tx, const MessageRow& cause, const DeliveryRow& row, const routing::Draft& draft);
  Result<void> takeOver(Transaction& tx, const care::ClockKind& kind, const DeliveryRow& delivery, care::ClockRow& row);
  Result<void> handOver(Transaction& tx, care::ClockRow older);

  const Rulebook& rulebook_;
  AuditLog& audit_;
  const Clock& clock_;
  const Ids& ids_;
};

/// Who a clock is, in the audit log: "outcome-told@2021-04-01".
std::string lawName(const care::ClockRow& row);

}  // namespace causeway::pipeline
