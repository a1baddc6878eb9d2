#pragma once

#include "host/base/ids.hpp"
#include "host/pipeline/audit.hpp"
#include "host/pipeline/rulebook.hpp"
#include "host/pipeline/store.hpp"
#include "host/pipeline/writer.hpp"

#include <chrono>
#include <string_view>

namespace causeway::pipeline {

/// Kinds of decision about the delivery of a correction: it was made (`code` is its case); nobody need look at it any more.
inline constexpr std::string_view kCorrectionMade = "correction_made", kCorrectionSettled = "correction_settled";

/// What the watch works with; all must outlive it.
struct CorrectionParts {
  const Rulebook& rulebook;
  Store& store;
  Writer& writer;
  AuditLog& audit;
  const Clock& clock;
  const Ids& ids;
};

/// Sees to it that somebody asks after a correction that was delivered and that its recipient has not confirmed (DPA 2018 s.48(7) and (9)).
/// Only recipients that can say so are asked after: those that may send `notice.confirmed`.
class CorrectionWatch {
 public:
  CorrectionWatch(const CorrectionParts& parts, std::chrono::milliseconds within) : parts_(parts), within_(within) {}

  /// Holds for a person, once, each correction that is older than the time and not confirmed; answers how many it held now. Unavailable when
  /// the store cannot take it: the next call does it.
  Result<int> escalate();

 private:
  enum class Stands : unsigned char { Waits, Confirmed, Silent };
  Result<Stands> find(const DecisionRow& made, DisclosureRow& line);
  Result<void> settle(const DecisionRow& made, const DisclosureRow& line, bool silent);

  CorrectionParts parts_;
  std::chrono::milliseconds within_;
};

}  // namespace causeway::pipeline
