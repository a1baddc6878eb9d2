#pragma once

#include "host/pipeline/admission.hpp"
#include "host/pipeline/audit.hpp"
#include "host/pipeline/rule_trial.hpp"
#include "host/pipeline/rulebook.hpp"
#include "host/pipeline/store.hpp"
#include "host/pipeline/writer.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace causeway::pipeline {

/// Somebody who may change rules, as the kernel or their certificate says.
struct RuleOperator {
  std::string name;
  bool author = false;    ///< may draft, simulate and submit
  bool approver = false;  ///< may approve what others wrote, schedule and roll back
  std::string through;    ///< "uid:1204" or "certificate:urn:..."
};

/// A change as its author writes it.
struct RuleDraft {
  std::string files;       ///< as RuleVersionRow::files
  std::string because;     ///< what for, without naming anybody: it stands in the history for ever
  std::int64_t edits = 0;  ///< number of the version that it is written into; 0: a new one
};

struct RuleChangeParts {
  Store& store;
  Writer& writer;
  Vault& vault;
  AuditLog& audit;
  const Clock& clock;
  Admitter& admitter;
  /// Makes the rulebook that these files would be, all else as it is; Invalid with every problem in file order.
  std::function<Result<std::shared_ptr<const Rulebook>>(const std::string& files)> build;
  /// Words of a trial, kept with the version.
  std::function<std::string(const RuleTrial& trial, int days)> describe;
};

/// Changes of the rules, from a draft to what decides and back. Every step is one transaction with its record in the audit log; what is
/// refused changes nothing. Thread-safe.
///
///   draft -> (simulate) -> submitted -> approved -> scheduled -> live -> retired | rolled back
///
/// Nobody approves what they wrote in or submitted: `approve` is the one place that writes an approval, and the store's table refuses
/// one that gets past it. Writing in a version takes its simulation, submission and approval away.
class RuleChanges {
 public:
  /// `in_force` decides at the start.
  RuleChanges(RuleChangeParts parts, std::shared_ptr<const Rulebook> in_force);

  /// Keeps these files as the first version when there is none; once, at the start.
  Result<void> begin(const std::string& files);

  /// Invalid: the files have mistakes (all of them are in the text), or no reason. Refused: not an author, or the version went live.
  Result<RuleVersionRow> draft(const RuleOperator& by, const RuleDraft& draft);
  /// Runs the version over the messages of the last `days` days beside the rules in force. Takes as long as there are messages.
  Result<RuleVersionRow> simulate(const RuleOperator& by, std::int64_t number, int days,
                                  const std::function<bool(size_t done, size_t all)>& progress);
  /// Refused: not simulated against the rules in force, or a statutory recipient would be lost.
  Result<RuleVersionRow> submit(const RuleOperator& by, std::int64_t number);
  Result<RuleVersionRow> approve(const RuleOperator& by, std::int64_t number);
  /// Live at once when `at` is now, or `Instant()`, which means that no moment was named. Invalid: it is over.
  Result<RuleVersionRow> schedule(const RuleOperator& by, std::int64_t number, Instant at);
  /// Takes the live version back: the one before it decides again.
  Result<RuleVersionRow> rollBack(const RuleOperator& by, const std::string& because);
  /// Whatever is due goes live. An overtaken one becomes a draft again. The answer is how many went live.
  Result<int> fireDue();

  Result<RuleVersionRow> version(std::int64_t number) const;
  std::shared_ptr<const Rulebook> inForce() const;

 private:
  /// Changes the row within the transaction; its error is the answer, and nothing is written.
  using Step = std::function<Result<void>(Transaction& tx, RuleVersionRow& row)>;
  struct Change {
    std::string op;  ///< of the audit log
    RuleOperator by;
    std::int64_t number = 0;
    std::shared_ptr<const Rulebook> becomes = {};  ///< in force from then on
  };

  Result<RuleVersionRow> carryOut(const Change& change, const Step& step);
  Result<RuleVersionRow> insertDraft(const RuleOperator& by, RuleVersionRow row);
  Result<RuleVersionRow> goLive(const RuleOperator& by, RuleVersionRow row, Instant at);
  Result<void> record(Transaction& tx, const Change& change, const RuleVersionRow& row);
  Result<void> checkReason(const std::string& because) const;
  std::optional<int> mayBeDue();
  void rememberDue(const std::vector<RuleVersionRow>& versions, int schedules);
  void decideBy(std::shared_ptr<const Rulebook> rulebook);

  RuleChangeParts parts_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Rulebook> in_force_;
  std::optional<Instant> next_due_;  ///< when the next scheduled one is; nothing: not known
  int schedules_ = 0;                ///< how often one was scheduled
};

/// The version that decides; nothing when there is none.
const RuleVersionRow* liveOf(const std::vector<RuleVersionRow>& versions);

}  // namespace causeway::pipeline
