#include "host/care/clock_moves.hpp"

#include "host/base/text.hpp"

#include <algorithm>

namespace causeway::care {
namespace {

using enum Escalation::When;

// When the next step falls due; a step that is not there any more makes no further firing.
void plan(const ClockBook& book, const ClockKind& kind, ClockRow& row) {
  const auto& steps = kind.conduct.escalate;
  const auto next = static_cast<size_t>(row.step);
  row.next_fire_at = next < steps.size() ? std::optional(book.moment(steps[next], row.due_at)) : std::nullopt;
}

const Escalation* atDue(const ClockKind& kind) {
  const auto found = std::ranges::find(kind.conduct.escalate, AtDue, &Escalation::when);
  return found == kind.conduct.escalate.end() ? nullptr : &*found;
}

// After the due time has moved, whoever is to be told before it is told anew.
void planAnew(const ClockBook& book, const ClockKind& kind, ClockRow& row) {
  row.step = 0;
  plan(book, kind, row);
}

}  // namespace

std::string_view nameOf(ClockState state) {
  switch (state) {
    case ClockState::Running: return "running";
    case ClockState::Suspended: return "suspended";
    case ClockState::Met: return "met";
    case ClockState::Breached: return "breached";
    case ClockState::Cancelled: return "cancelled";
    case ClockState::Superseded: return "superseded";
  }
  return "unknown";
}

bool isSameDuty(const ClockRow& a, const ClockRow& b) {
  if (a.clock != b.clock || a.element != b.element) return false;
  return (!a.subject.empty() && a.subject == b.subject) ||
         (!a.hearing.empty() && a.hearing == b.hearing && !a.matter.empty() && a.matter == b.matter);
}

void begin(const ClockBook& book, const ClockKind& kind, ClockRow& row) {
  row.clock = kind.id;
  row.right = kind.right;
  row.team = kind.team;
  row.state = ClockState::Running;
  row.due_at = row.started_at;
  if (const auto* law = ClockBook::lawAt(kind, row.started_at)) {
    row.law = formatDate(law->valid_from);
    row.due_at = book.due(*law, row.started_at, row.enhanced).value_or(row.started_at);
  }
  planAnew(book, kind, row);
}

void dueAt(const ClockBook& book, const ClockKind& kind, ClockRow& row, Instant due) {
  row.due_at = due;
  planAnew(book, kind, row);
}

void inherit(const ClockBook& book, const ClockKind& kind, const ClockRow& older, ClockRow& row) {
  if (older.due_at >= row.due_at) return;
  row.started_at = older.started_at;
  row.due_at = older.due_at;
  row.law = older.law;
  row.state = older.state;
  row.suspended_at = older.suspended_at;
  row.reason = older.reason;
  row.step = older.step;
  row.next_fire_at = older.next_fire_at;
  if (row.state == ClockState::Running) plan(book, kind, row);
}

void stop(ClockRow& row, Instant done_at, const std::string& evidence) {
  row.state = done_at <= row.due_at || row.state == ClockState::Suspended ? ClockState::Met : ClockState::Breached;
  row.stopped_at = done_at;
  row.evidence = evidence;
  row.next_fire_at.reset();
}

void close(ClockRow& row, ClockState as, const std::string& reason, Instant at) {
  if (row.state != ClockState::Breached) row.state = as;
  row.reason = reason;
  row.stopped_at = at;
  row.next_fire_at.reset();
}

bool suspend(const ClockBook& book, const ClockKind& kind, ClockRow& row, const std::string& reason, Instant at) {
  if (row.state != ClockState::Running || !isOpen(row)) return false;
  row.state = ClockState::Suspended;
  row.reason = reason;
  row.suspended_at = at;
  row.next_fire_at = book.afterWorkingDays(at, kind.conduct.ask_again);
  return true;
}

bool resume(const ClockBook& book, const ClockKind& kind, ClockRow& row, Instant at) {
  if (row.state != ClockState::Suspended || !isOpen(row)) return false;
  // A law that the configuration knows no more gives no time: the due time stays as it was.
  if (const auto* law = ClockBook::lawOf(kind, row.law); law && row.suspended_at)
    row.due_at = book.movedOn(*law, row.due_at, *row.suspended_at, at);
  row.state = ClockState::Running;
  row.suspended_at.reset();
  row.reason.clear();
  planAnew(book, kind, row);
  return true;
}

std::optional<Firing> fire(const ClockBook& book, const ClockKind& kind, ClockRow& row, Instant now) {
  const auto* due_step = atDue(kind);
  if (row.state == ClockState::Suspended) {
    row.next_fire_at = book.afterWorkingDays(now, kind.conduct.ask_again);
    ++row.fired;
    return Firing{"clock.suspended", due_step ? due_step->tell : row.team};
  }
  if (static_cast<size_t>(row.step) >= kind.conduct.escalate.size()) {
    row.next_fire_at.reset();
    return std::nullopt;
  }
  const auto& step = kind.conduct.escalate[static_cast<size_t>(row.step)];
  ++row.step;
  if (step.when != Before) row.state = ClockState::Breached;
  plan(book, kind, row);
  if (step.when == Before && now >= row.due_at) return std::nullopt;
  ++row.fired;
  return Firing{step.when == Before ? "clock.due_soon" : "clock.overdue", step.tell};
}

}  // namespace causeway::care
