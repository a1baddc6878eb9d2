#include "host/pipeline/rule_change_checks.hpp"
#include "host/pipeline/rule_changes.hpp"

#include <algorithm>

// How an approved version comes to decide, and stops deciding.
namespace causeway::pipeline {

Result<RuleVersionRow> RuleChanges::schedule(const RuleOperator& by, std::int64_t number, Instant at) {
  CW_CHECK_OK(needs(by.approver || by.author, by.name, "approver"));
  CW_TRY(auto row, version(number));
  CW_CHECK_OK(
      mustBe(row, {RuleState::Approved, RuleState::Scheduled}, "scheduled: it needs another person's approval"));
  // Whoever mistypes a day would otherwise put rules live at once. A minute's difference between two clocks is none.
  if (at != Instant() && at < parts_.clock.now() - std::chrono::minutes(1))
    return fail(ErrorKind::Invalid, formatInstant(at) + " is over: give a moment to come, or none for now");
  if (at <= parts_.clock.now()) return goLive(by, std::move(row), parts_.clock.now());
  auto out = carryOut({"rules_schedule", by, number}, [&](Transaction&, RuleVersionRow& now) -> Result<void> {
    CW_CHECK_OK(mustBe(now, {RuleState::Approved, RuleState::Scheduled}, "scheduled"));
    now.state = RuleState::Scheduled;
    now.effective_at = at;
    return {};
  });
  const std::scoped_lock lock(mutex_);
  next_due_.reset();
  ++schedules_;
  return out;
}

Result<RuleVersionRow> RuleChanges::goLive(const RuleOperator& by, RuleVersionRow row, Instant at) {
  CW_TRY(auto rulebook, parts_.build(row.files));
  Change change{"rules_live", by, row.number, std::move(rulebook)};
  return carryOut(change, [&](Transaction& tx, RuleVersionRow& now) -> Result<void> {
    CW_CHECK_OK(mustBe(now, {RuleState::Approved, RuleState::Scheduled}, "live: it needs another person's approval"));
    if (now.digest != row.digest || now.approved_by.empty())
      return fail(ErrorKind::Conflict, "somebody wrote in this version meanwhile");
    CW_TRY(auto versions, tx.allRules());
    const auto* live = liveOf(versions);
    CW_CHECK_OK(mustFollow(now, live));
    if (live) {
      auto retired = *live;
      retired.state = RuleState::Retired;
      CW_CHECK_OK(tx.updateRules(retired));
    }
    now.state = RuleState::Live;
    now.effective_at = at;
    now.live_at = parts_.clock.now();
    return {};
  });
}

Result<RuleVersionRow> RuleChanges::rollBack(const RuleOperator& by, const std::string& because) {
  CW_CHECK_OK(needs(by.approver || by.author, by.name, "approver"));
  CW_CHECK_OK(checkReason(because));
  CW_TRY(const auto versions, parts_.store.ruleVersions());
  const auto* live = liveOf(versions);
  if (!live || live->parent == 0)
    return fail(ErrorKind::Refused, "there is no version before the live one to go back to");
  CW_TRY(const auto before, version(live->parent));
  CW_TRY(auto rulebook, parts_.build(before.files));
  const auto number = live->number;
  return carryOut({"rules_roll_back", by, before.number, std::move(rulebook)},
                  [&](Transaction& tx, RuleVersionRow& row) -> Result<void> {
                    CW_TRY(auto taken, tx.findRules(number));
                    if (!taken || taken->state != RuleState::Live)
                      return fail(ErrorKind::Conflict,
                                  "another version went live meanwhile: look at the history again");
                    taken->state = RuleState::RolledBack;
                    taken->because += " | taken back: " + because;
                    CW_CHECK_OK(tx.updateRules(*taken));
                    row.state = RuleState::Live;
                    row.live_at = parts_.clock.now();
                    return {};
                  });
}

// Asked every second, so the versions, which are large, are only read when one may be due.
std::optional<int> RuleChanges::mayBeDue() {
  const std::scoped_lock lock(mutex_);
  if (next_due_ && *next_due_ > parts_.clock.now()) return std::nullopt;
  return schedules_;
}

void RuleChanges::rememberDue(const std::vector<RuleVersionRow>& versions, int schedules) {
  Instant next = Instant::max();
  for (const auto& row : versions)
    if (row.state == RuleState::Scheduled && row.effective_at) next = std::min(next, *row.effective_at);
  const std::scoped_lock lock(mutex_);
  // One that was scheduled since they were read is not among them.
  if (schedules == schedules_) next_due_ = next;
}

Result<int> RuleChanges::fireDue() {
  const auto schedules = mayBeDue();
  if (!schedules) return 0;
  CW_TRY(const auto versions, parts_.store.ruleVersions());
  rememberDue(versions, *schedules);
  int fired = 0;
  for (const auto& row : versions) {
    if (row.state != RuleState::Scheduled || !row.effective_at || *row.effective_at > parts_.clock.now()) continue;
    auto live = goLive(kClockOperator, row, *row.effective_at);
    if (live) {
      ++fired;
      continue;
    }
    if (live.error().kind != ErrorKind::Conflict) return std::unexpected(std::move(live).error());
    // It was approved as a step from rules that do not decide any more.
    auto overtaken = carryOut({"rules_overtaken", kClockOperator, row.number},
                              [&](Transaction&, RuleVersionRow& now) -> Result<void> {
                                CW_CHECK_OK(mustBe(now, {RuleState::Scheduled}, "taken out of the schedule"));
                                now.state = RuleState::Draft;
                                now.simulation.clear();
                                now.submitted_by.clear();
                                now.approved_by.clear();
                                now.effective_at.reset();
                                return {};
                              });
    if (!overtaken) return std::unexpected(std::move(overtaken).error());
  }
  return fired;
}

}  // namespace causeway::pipeline
