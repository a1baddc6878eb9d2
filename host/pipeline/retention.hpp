#pragma once

#include "host/pipeline/audit.hpp"
#include "host/pipeline/holds.hpp"
#include "host/pipeline/retention_times.hpp"
#include "host/pipeline/store.hpp"
#include "host/pipeline/vault.hpp"
#include "host/pipeline/writer.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace causeway::pipeline {

/// What one pass threw away.
struct Purged {
  int documents = 0, payloads = 0, quarantined = 0;
};

/// A case whose keeping must be looked at by a person (DPA 2018 s.39(2)).
struct DueReview {
  std::string case_id;
  Instant last_word;  ///< the newest message about it
  Instant due;
  int kept_before = 0;  ///< times that somebody decided to keep it
};

/// Throws away what is kept for days only, and knows which cases are to be looked at. Nothing of a case is erased by the clock.
class Retention {
 public:
  Retention(RetentionTimes times, Store& store, Vault& vault, Writer& writer, AuditLog& audit, const Clock& clock,
            const Ids& ids)
      : times_(times), store_(store), vault_(vault), writer_(writer), audit_(audit), clock_(clock), ids_(ids) {}

  /// One pass, in small transactions; what it threw away stands in the audit log by number only. Unavailable when the store cannot.
  Result<Purged> purge();
  /// Cases whose review is due, the longest overdue first, at most `limit`. Erased ones are not among them.
  Result<std::vector<DueReview>> due(int limit);
  /// A person decided to keep a case until the next review. Invalid without who and why, NotFound when there is no such case.
  Result<DecisionRow> keep(const Ruling& ruling, Holds& holds);

 private:
  Result<int> purge(ShortLived what, std::chrono::days after, const std::string& name);

  RetentionTimes times_;
  Store& store_;
  Vault& vault_;
  Writer& writer_;
  AuditLog& audit_;
  const Clock& clock_;
  const Ids& ids_;
};

}  // namespace causeway::pipeline
