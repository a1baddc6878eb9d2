#include "host/pipeline/clock_keeper.hpp"

#include "host/base/text.hpp"

#include <algorithm>

namespace causeway::pipeline {
namespace {

using care::ClockRow;
using care::ClockState;

// The task that the rule made is the last one of its message.
const canonical::Task* taskOf(const routing::Draft& draft) {
  const auto& tasks = draft.message.case_().tasks();
  return draft.type != "task.raised" || tasks.empty() ? nullptr : &tasks.Get(tasks.size() - 1);
}

// What a clock is about, as far as the delivery that starts it says.
ClockRow aboutOf(const DeliveryRow& row, const routing::Draft& draft) {
  ClockRow out;
  out.case_id = row.case_id;
  out.element = draft.element;
  out.subject = row.subject;
  out.matter = row.matter;
  if (!row.matter.empty()) out.hearing = draft.message.case_().hearings(0).id();
  return out;
}

// The law counts from the report of the crime. Where that day is not known, or its limit was over before anybody asked, from the request.
void countFromReport(const care::ClockBook& book, const care::ClockKind& kind, const canonical::Case& whole,
                     ClockRow& row) {
  row.reason = "from_request";
  const auto day = parseDate(whole.reported_on());
  if (!day) return;
  const Instant reported =
      std::chrono::sys_days(*day) + std::chrono::hours(12);  // some time of that day: days are counted
  const auto* law = care::ClockBook::lawAt(kind, reported);
  const auto due = law ? book.due(*law, reported, row.enhanced) : std::nullopt;
  if (!due || reported > row.started_at) return;
  if (*due < row.started_at) {
    row.reason = "from_request_long_after_report";
    return;
  }
  row.started_at = reported;
  row.reason = "from_report";
}

}  // namespace

std::string lawName(const ClockRow& row) { return row.clock + "@" + (row.law.empty() ? "none" : row.law); }

Result<void> ClockKeeper::start(Transaction& tx, const MessageRow& cause, const DeliveryRow& row,
                                routing::Draft& draft) {
  CW_CHECK_OK(endOlder(tx, cause, row, draft));
  const auto* kind = rulebook_.clocks && draft.live ? rulebook_.clocks->find(draft.clock) : nullptr;
  if (!kind) return {};
  if (kind->shared) {
    CW_TRY(const auto open, tx.openClocksOf(row.case_id));
    const auto same = std::ranges::find_if(
        open, [&](const ClockRow& one) { return one.clock == kind->id && one.element == draft.element; });
    if (same != open.end()) {
      draft.due_at = std::min(draft.due_at, same->due_at);
      return {};
    }
  }
  ClockRow clock = aboutOf(row, draft);
  clock.clock_id = ids_.timeOrdered();
  clock.rule = draft.rule;
  clock.message_id = cause.message_id;
  clock.delivery_id = row.delivery_id;
  if (const auto* task = taskOf(draft)) clock.task_id = task->id();
  clock.enhanced = draft.enhanced;
  clock.test = cause.test;
  clock.started_at = cause.received_at;
  if (kind->from_report) countFromReport(*rulebook_.clocks, *kind, draft.message.case_(), clock);
  care::begin(*rulebook_.clocks, *kind, clock);
  if (draft.due_by_day) care::dueAt(*rulebook_.clocks, *kind, clock, draft.due_at);
  CW_CHECK_OK(takeOver(tx, *kind, row, clock));
  draft.due_at = std::min(draft.due_at, clock.due_at);
  if (!clock.task_id.empty()) {
    auto& task = *draft.message.mutable_case_()->mutable_tasks(draft.message.case_().tasks_size() - 1);
    if (task.has_due_at()) task.set_due_at(formatInstant(draft.due_at));
  }
  CW_CHECK_OK(tx.insertClock(clock));
  return record(tx, "clock_started", clock, "causeway", {{"due", formatInstant(clock.due_at)}});
}

// Whoever was to be warned and is stood down need not be warned any more, though the task may have gone out.
Result<void> ClockKeeper::endOlder(Transaction& tx, const MessageRow& cause, const DeliveryRow& row,
                                   const routing::Draft& draft) {
  const auto* task = taskOf(draft);
  if (!rulebook_.clocks || !draft.live || task == nullptr || row.subject.empty()) return {};
  const auto& what = task->kind().code();
  const auto ends = [&](const care::ClockKind& kind) {
    return std::ranges::find(kind.conduct.ended_by, what) != kind.conduct.ended_by.end();
  };
  if (std::ranges::none_of(rulebook_.clocks->all(), ends)) return {};
  CW_TRY(auto open, tx.openClocksOf(row.case_id));
  for (auto& older : open) {
    const auto* kind = rulebook_.clocks->find(older.clock);
    auto same = aboutOf(row, draft);
    same.clock = older.clock;
    if (!kind || !ends(*kind) || !care::isSameDuty(older, same)) continue;
    care::close(older, ClockState::Cancelled, what, clock_.now());
    older.evidence = cause.message_id;
    CW_CHECK_OK(write(tx, {older}, "clock_moved"));
  }
  return {};
}

// Older open clocks of the same duty: where the newer word is a duty of its own they end; else those whose unsent delivery it takes the
// place of hand their receipt down.
Result<void> ClockKeeper::takeOver(Transaction& tx, const care::ClockKind& kind, const DeliveryRow& delivery,
                                   ClockRow& row) {
  CW_TRY(auto open, tx.openClocksOf(row.case_id));
  for (auto& older : open) {
    if (!care::isSameDuty(older, row)) continue;
    const bool overtaken = std::ranges::find(delivery.overtakes, older.delivery_id) != delivery.overtakes.end();
    if (!kind.restarts && !overtaken) continue;
    if (kind.restarts) {
      care::close(older, ClockState::Superseded, "told_anew", clock_.now());
    } else {
      care::inherit(*rulebook_.clocks, kind, older, row);
      care::close(older, ClockState::Superseded, "handed_over", clock_.now());
      older.state = ClockState::Superseded;
    }
    older.evidence = row.message_id;
    CW_CHECK_OK(write(tx, {older}, "clock_moved"));
  }
  return {};
}

std::vector<ClockRow> ClockKeeper::hear(std::vector<ClockRow> open, const care::Heard& heard) const {
  if (open.empty() || !rulebook_.clocks) return {};
  return care::hear(*rulebook_.clocks, std::move(open), heard);
}

Result<void> ClockKeeper::write(Transaction& tx, std::vector<ClockRow> rows, const std::string& op) {
  for (auto& row : rows) {
    CW_CHECK_OK(tx.updateClock(row));
    CW_CHECK_OK(record(tx, op, row, "causeway"));
  }
  return {};
}

Result<void> ClockKeeper::settled(Transaction& tx, const DeliveryRow& row) {
  CW_TRY(auto open, tx.openClocksOfDelivery(row.delivery_id));
  for (auto& clock : open) {
    const auto* kind = rulebook_.clocks ? rulebook_.clocks->find(clock.clock) : nullptr;
    if (row.state == DeliveryState::Delivered && kind && kind->settled) {
      care::stop(clock, clock_.now(), row.delivery_id);
      CW_CHECK_OK(write(tx, {clock}, "clock_moved"));
    } else if (row.state == DeliveryState::Superseded) {
      CW_CHECK_OK(handOver(tx, std::move(clock)));
    }
  }
  return {};
}

// To the newest clock of the same duty, or to nobody when that one is met already. Where there is none the duty is still owed.
Result<void> ClockKeeper::handOver(Transaction& tx, ClockRow older) {
  CW_TRY(auto all, tx.allClocksOf(older.case_id));
  const auto isNewer = [&](const ClockRow& one) {
    return care::isSameDuty(one, older) && one.clock_id > older.clock_id;
  };
  std::erase_if(all, [&](const ClockRow& one) { return !isNewer(one); });
  const auto* kind = rulebook_.clocks ? rulebook_.clocks->find(older.clock) : nullptr;
  if (all.empty() || !kind) return {};
  auto& newest = *std::ranges::max_element(all, {}, &ClockRow::clock_id);
  std::vector<ClockRow> moved;
  if (isOpen(newest)) {
    care::inherit(*rulebook_.clocks, *kind, older, newest);
    moved.push_back(newest);
  }
  older.evidence = newest.message_id;
  care::close(older, ClockState::Superseded, "handed_over", clock_.now());
  older.state = ClockState::Superseded;
  moved.push_back(std::move(older));
  return write(tx, std::move(moved), "clock_moved");
}

Result<void> ClockKeeper::forget(Transaction& tx, const std::string& case_id, const std::string& element) {
  CW_TRY(auto rows, tx.allClocksOf(case_id));
  for (auto& row : rows) {
    if (!element.empty() && row.element != element) continue;
    CW_CHECK_OK(record(tx, "clock_forgotten", row, "causeway"));
    if (isOpen(row)) care::close(row, ClockState::Cancelled, "erased", clock_.now());
    for (auto* link : {&row.case_id, &row.element, &row.subject, &row.hearing, &row.matter, &row.message_id,
                       &row.delivery_id, &row.task_id, &row.evidence})
      link->clear();
    CW_CHECK_OK(tx.updateClock(row));
  }
  return {};
}

Result<void> ClockKeeper::record(Transaction& tx, const std::string& op, const ClockRow& row, const std::string& by,
                                 std::vector<std::pair<std::string, std::string>> details) {
  details.insert(details.begin(), {{"clock", row.clock_id}, {"state", std::string(nameOf(row.state))}});
  if (!row.reason.empty()) details.emplace_back("reason", row.reason);
  return audit_.append(
      tx,
      {op, clock_.now(), by, row.message_id, row.case_id, row.delivery_id, {}, {}, lawName(row), std::move(details)});
}

}  // namespace causeway::pipeline
