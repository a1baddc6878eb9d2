#include "host/pipeline/rule_changes.hpp"

#include "host/base/text.hpp"
#include "host/pipeline/personal_value.hpp"
#include "host/pipeline/rule_change_checks.hpp"

#include <algorithm>

namespace causeway::pipeline {
namespace {

constexpr size_t kLongestReason = 500;
constexpr int kMostDays = 3660;
constexpr int kThreads = 2;

}  // namespace

const RuleVersionRow* liveOf(const std::vector<RuleVersionRow>& versions) {
  const auto found = std::ranges::find(versions, RuleState::Live, &RuleVersionRow::state);
  return found == versions.end() ? nullptr : &*found;
}

RuleChanges::RuleChanges(RuleChangeParts parts, std::shared_ptr<const Rulebook> in_force)
    : parts_(std::move(parts)), in_force_(std::move(in_force)) {}

std::shared_ptr<const Rulebook> RuleChanges::inForce() const {
  const std::scoped_lock lock(mutex_);
  return in_force_;
}

void RuleChanges::decideBy(std::shared_ptr<const Rulebook> rulebook) {
  parts_.admitter.decideBy(rulebook);
  const std::scoped_lock lock(mutex_);
  in_force_ = std::move(rulebook);
}

Result<RuleVersionRow> RuleChanges::version(std::int64_t number) const {
  CW_TRY(const auto versions, parts_.store.ruleVersions());
  const auto found = std::ranges::find(versions, number, &RuleVersionRow::number);
  if (found == versions.end())
    return fail(ErrorKind::NotFound, "no version of the rules has number " + std::to_string(number) +
                                         "; 'causeway rules history' lists them");
  return *found;
}

Result<void> RuleChanges::checkReason(const std::string& because) const {
  if (because.empty() || because.size() > kLongestReason)
    return fail(ErrorKind::Invalid,
                "say what the change is for, in at most " + std::to_string(kLongestReason) + " characters");
  if (const auto found = personalValueIn(because, nullptr))
    return fail(ErrorKind::Invalid, "the reason holds " + *found + "; it is kept for ever, so say it without");
  return {};
}

Result<void> RuleChanges::record(Transaction& tx, const Change& change, const RuleVersionRow& row) {
  return parts_.audit.append(
      tx, {change.op,
           parts_.clock.now(),
           change.by.name,
           {},
           {},
           {},
           {},
           "administration",
           "rules@" + std::to_string(row.number),
           {{"state", std::string(nameOf(row.state))}, {"digest", row.digest}, {"through", change.by.through}}});
}

Result<RuleVersionRow> RuleChanges::carryOut(const Change& change, const Step& step) {
  Result<RuleVersionRow> out = fail(ErrorKind::Unavailable, "the store cannot take it now; nothing changed, try again");
  std::shared_ptr<const Rulebook> before;
  const auto apply = [&](Transaction& tx) -> Result<void> {
    before.reset();
    CW_TRY(auto row, tx.findRules(change.number));
    if (!row) {
      out = fail(ErrorKind::NotFound, "no version of the rules has this number; 'causeway rules history' lists them");
      return {};
    }
    if (auto done = step(tx, *row); !done) {
      const auto kind = done.error().kind;
      if (kind == ErrorKind::Broken || kind == ErrorKind::Unavailable) return done;
      out = std::unexpected(std::move(done).error());
      return {};
    }
    CW_CHECK_OK(tx.updateRules(*row));
    CW_CHECK_OK(record(tx, change, *row));
    // Whatever comes behind this in the group is decided by the new rules, as it will be when all of it is durable.
    if (change.becomes) {
      before = inForce();
      decideBy(change.becomes);
    }
    out = *std::move(row);
    return {};
  };
  const auto undone = [&] {
    if (before) decideBy(before);
  };
  if (!parts_.writer.perform(Writer::Operation{apply, {}, {}, undone}))
    return fail(ErrorKind::Unavailable, "the store cannot take it now; nothing changed, try again");
  return out;
}

Result<void> RuleChanges::begin(const std::string& files) {
  CW_TRY(const auto versions, parts_.store.ruleVersions());
  if (!versions.empty()) return {};
  RuleVersionRow row;
  row.state = RuleState::Live;
  row.files = files;
  row.digest = hex(parts_.vault.digest(files));
  row.authors = {"installation"};
  row.because = "the rules that were there when changes of them began to be controlled";
  row.created_at = parts_.clock.now();
  row.live_at = row.created_at;
  const bool stored = parts_.writer.perform([&](Transaction& tx) -> Result<void> {
    CW_CHECK_OK(tx.insertRules(row));
    return record(tx, {"rules_begin", kClockOperator, row.number}, row);
  });
  if (!stored) return fail(ErrorKind::Unavailable, "the first version of the rules cannot be kept");
  return {};
}

Result<RuleVersionRow> RuleChanges::insertDraft(const RuleOperator& by, RuleVersionRow row) {
  const bool stored = parts_.writer.perform([&](Transaction& tx) -> Result<void> {
    CW_TRY(const auto versions, tx.allRules());
    const auto* live = liveOf(versions);
    row.parent = live ? live->number : 0;
    CW_CHECK_OK(tx.insertRules(row));
    return record(tx, {"rules_draft", by, row.number}, row);
  });
  if (!stored) return fail(ErrorKind::Unavailable, "the store cannot take it now; nothing changed, try again");
  return row;
}

Result<RuleVersionRow> RuleChanges::draft(const RuleOperator& by, const RuleDraft& draft) {
  CW_CHECK_OK(needs(by.author, by.name, "author"));
  CW_CHECK_OK(checkReason(draft.because));
  CW_TRY(const auto rulebook, parts_.build(draft.files));
  const auto digest = hex(parts_.vault.digest(draft.files));
  if (draft.edits == 0) {
    RuleVersionRow row;
    row.files = draft.files;
    row.digest = digest;
    row.authors = {by.name};
    row.because = draft.because;
    row.created_at = parts_.clock.now();
    return insertDraft(by, std::move(row));
  }
  return carryOut({"rules_draft", by, draft.edits}, [&](Transaction& tx, RuleVersionRow& row) -> Result<void> {
    CW_CHECK_OK(mustBe(row, {RuleState::Draft, RuleState::Submitted, RuleState::Approved, RuleState::Scheduled},
                       "written in any more: draft a new one"));
    CW_TRY(const auto versions, tx.allRules());
    const auto* live = liveOf(versions);
    row.parent = live ? live->number : 0;
    row.state = RuleState::Draft;
    row.files = draft.files;
    row.digest = digest;
    if (!has(row.authors, by.name)) row.authors.push_back(by.name);
    row.because = draft.because;
    row.simulation.clear();
    row.submitted_by.clear();
    row.approved_by.clear();
    row.effective_at.reset();
    return {};
  });
}

Result<RuleVersionRow> RuleChanges::simulate(const RuleOperator& by, std::int64_t number, int days,
                                             const std::function<bool(size_t, size_t)>& progress) {
  CW_CHECK_OK(needs(by.author || by.approver, by.name, "author"));
  if (days < 1 || days > kMostDays) return fail(ErrorKind::Invalid, "days must be a number from 1 to 3660");
  CW_TRY(const auto tried, version(number));
  CW_TRY(const auto after, parts_.build(tried.files));
  CW_TRY(const auto versions, parts_.store.ruleVersions());
  const auto* live = liveOf(versions);
  const auto against = live ? live->number : 0;
  const auto before = inForce();
  const auto now = parts_.clock.now();
  TrialParts parts{*before,
                   *after,
                   parts_.store,
                   parts_.vault,
                   now - std::chrono::hours(24) * days,
                   kThreads,
                   progress,
                   {},
                   std::max(now, tried.effective_at.value_or(now))};
  CW_TRY(const auto trial, tryRuleChange(parts));
  return carryOut({"rules_simulate", by, number}, [&](Transaction&, RuleVersionRow& row) -> Result<void> {
    if (row.digest != tried.digest)
      return fail(ErrorKind::Conflict, "somebody wrote in this version meanwhile: simulate it again");
    row.simulation = parts_.describe(trial, days);
    row.simulated_against = against;
    row.loses_statutory = trial.losesStatutory();
    return {};
  });
}

Result<RuleVersionRow> RuleChanges::submit(const RuleOperator& by, std::int64_t number) {
  CW_CHECK_OK(needs(by.author, by.name, "author"));
  return carryOut({"rules_submit", by, number}, [&](Transaction& tx, RuleVersionRow& row) -> Result<void> {
    CW_CHECK_OK(mustBe(row, {RuleState::Draft}, "submitted"));
    CW_TRY(const auto versions, tx.allRules());
    const auto* live = liveOf(versions);
    CW_CHECK_OK(mustFollow(row, live));
    if (row.simulation.empty() || !live || row.simulated_against != live->number)
      return fail(ErrorKind::Refused, "simulate version " + std::to_string(number) +
                                          " first ('causeway rules simulate " + std::to_string(number) +
                                          "'): nobody can approve what nobody has tried");
    if (row.loses_statutory)
      return fail(ErrorKind::Refused,
                  "somebody whom a statute or code says must be told would not be told any more: the simulation says "
                  "who. Mend the rules; a rule may only say 'statutory: false' in a change of its own");
    row.state = RuleState::Submitted;
    row.submitted_by = by.name;
    return {};
  });
}

Result<RuleVersionRow> RuleChanges::approve(const RuleOperator& by, std::int64_t number) {
  CW_CHECK_OK(needs(by.approver, by.name, "approver"));
  return carryOut({"rules_approve", by, number}, [&](Transaction& tx, RuleVersionRow& row) -> Result<void> {
    CW_CHECK_OK(mustBe(row, {RuleState::Submitted}, "approved"));
    if (has(row.authors, by.name) || row.submitted_by == by.name)
      return fail(ErrorKind::Refused,
                  "'" + by.name + "' wrote or submitted this change: another person must approve it");
    CW_TRY(const auto versions, tx.allRules());
    CW_CHECK_OK(mustFollow(row, liveOf(versions)));
    row.state = RuleState::Approved;
    row.approved_by = by.name;
    return {};
  });
}

}  // namespace causeway::pipeline
