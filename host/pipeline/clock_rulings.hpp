#pragma once

#include "host/pipeline/admission.hpp"
#include "host/pipeline/holds.hpp"
#include "host/pipeline/writer.hpp"

#include <string>

namespace causeway::pipeline {

/// What people decide about a clock: each decision is kept as a row and a leaf of the audit log, with who and why.
class ClockRulings {
 public:
  struct Parts {
    const Rulebook& rulebook;
    Store& store;
    Vault& vault;
    Writer& writer;
    AuditLog& audit;
    Admitter& admitter;
    Holds& holds;
    const Clock& clock;
    const Ids& ids;
  };
  explicit ClockRulings(const Parts& parts) : parts_(parts) {}

  /// Why a late one had to be late: one of the clock's own codes. Refused unless it is late.
  Result<care::ClockRow> goodReason(const Ruling& ruling, const std::string& code);
  /// Stands still, or goes on. Refused when it does not run, or is not suspended.
  Result<care::ClockRow> suspend(const Ruling& ruling, const std::string& code);
  Result<care::ClockRow> resume(const Ruling& ruling);
  /// It was done, as a person says who knows; `done_at` is not later than now. Refused when it is over.
  Result<care::ClockRow> done(const Ruling& ruling, Instant done_at);

 private:
  using Change = std::function<Result<void>(const care::ClockKind&, care::ClockRow&)>;
  Result<care::ClockRow> decide(const Ruling& ruling, const std::string& code, const Change& change);
  Result<void> check(const Ruling& ruling, const care::ClockRow& row);

  Parts parts_;
};

}  // namespace causeway::pipeline
