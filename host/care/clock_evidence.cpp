#include "host/care/clock_moves.hpp"
#include "host/care/element_ids.hpp"
#include "host/care/hearing_states.hpp"
#include "host/care/unsettled.hpp"

#include <algorithm>

// What a message says about the person of a clock, and what follows from it.
namespace causeway::care {
namespace {

using canonical::ContactMade;

Instant noLaterThan(const std::string& text, Instant received) {
  const auto at = parseInstant(text);
  return at ? std::min(*at, received) : received;
}

bool anyHolds(const std::vector<model::Condition>& conditions, const canonical::CanonicalMessage& said) {
  return std::ranges::any_of(conditions, [&](const auto& one) { return one.holds(said); });
}

const ReasonedCondition* firstThatHolds(const std::vector<ReasonedCondition>& conditions,
                                        const canonical::CanonicalMessage& said) {
  const auto found = std::ranges::find_if(conditions, [&](const auto& one) { return one.when.holds(said); });
  return found == conditions.end() ? nullptr : &*found;
}

/// One clock and one message.
class Testimony {
 public:
  Testimony(const ClockRow& row, const Heard& heard) : heard_(heard) {
    said_.set_type(heard.message.type());
    said_.set_source_system(heard.message.source_system());
    auto& whole = *said_.mutable_case_();
    for (const auto& task : heard.message.case_().tasks())
      if (!row.task_id.empty() && task.id() == row.task_id) *whole.add_tasks() = task;
    // A request of the prosecutor is known by the number that the prosecutor gave it.
    const bool named = row.element.empty() || heard.about.contains(row.element) ||
                       byId(heard.message.case_().action_requests(), row.element) != nullptr;
    if (named) addElement(row);
    concerns_ = named || whole.tasks_size() > 0;
  }

  bool concerns() const { return concerns_; }
  const canonical::CanonicalMessage& said() const { return said_; }

  /// When the duty was done, by this message; nothing when it does not say so. `named`: it names this very duty.
  std::optional<Instant> done(const ClockKind& kind, const ClockRow& row, bool& named) {
    named = said_.case_().tasks_size() > 0;
    for (const auto& contact : contacts_) {
      const bool ours = contact.answers_clock() == row.task_id || contact.answers_clock() == row.clock_id;
      if ((contact.has_answers_clock() && !ours) || isAhead(contact, heard_.received)) continue;
      const auto at = noLaterThan(contact.at(), heard_.received);
      if (!contact.has_answers_clock() && at < row.started_at) continue;
      *said_.mutable_case_()->mutable_parties(0)->add_contacts_made() = contact;
      const bool holds = anyHolds(kind.conduct.stops, said_);
      said_.mutable_case_()->mutable_parties(0)->clear_contacts_made();
      if (!holds) continue;
      named = named || contact.has_answers_clock();
      return at;
    }
    if (!anyHolds(kind.conduct.stops, said_)) return std::nullopt;
    const auto& tasks = said_.case_().tasks();
    return tasks.empty() ? heard_.received : noLaterThan(tasks[0].done_at(), heard_.received);
  }

 private:
  // The person as they stand now, with none of the contacts that were known before.
  void addElement(const ClockRow& row) {
    auto& whole = *said_.mutable_case_();
    if (const auto* complaint = byId(heard_.after.complaints(), row.element)) *whole.add_complaints() = *complaint;
    if (const auto* asked = byId(heard_.after.action_requests(), row.element)) *whole.add_action_requests() = *asked;
    if (const auto* check = byId(heard_.after.background_checks(), row.element))
      *whole.add_background_checks() = *check;
    const auto* now = byId(heard_.after.parties(), row.element);
    if (!now) return;
    auto& party = *whole.add_parties();
    party = *now;
    party.clear_contacts_made();
    const auto* old = byId(heard_.before.parties(), row.element);
    for (const auto& contact : now->contacts_made()) {
      const auto same = [&](const ContactMade& one) { return one.SerializeAsString() == contact.SerializeAsString(); };
      if (!old || std::none_of(old->contacts_made().begin(), old->contacts_made().end(), same))
        contacts_.push_back(contact);
    }
  }

  const Heard& heard_;
  canonical::CanonicalMessage said_;
  std::vector<ContactMade> contacts_;
  bool concerns_ = false;
};

// Enhanced rights that come to be known while the clock runs shorten it, counted from when they came to be known.
bool shorten(const ClockBook& book, const ClockKind& kind, ClockRow& row, const Heard& heard) {
  const auto* party = byId(heard.after.parties(), row.element);
  if (row.enhanced || !party || !party->enhanced().entitled() || row.state != ClockState::Running) return false;
  const auto* law = ClockBook::lawOf(kind, row.law);
  const auto due = law ? book.due(*law, heard.received, true) : std::nullopt;
  row.enhanced = true;
  if (!due || *due >= row.due_at) return true;
  row.due_at = *due;
  row.step = 0;
  row.next_fire_at = book.moment(kind.conduct.escalate.front(), row.due_at);
  return true;
}

bool move(const ClockBook& book, const ClockKind& kind, ClockRow& row, const Testimony& testimony, const Heard& heard) {
  const auto& evidence = heard.message.message_id();
  bool moved = shorten(book, kind, row, heard);
  if (const auto* off = firstThatHolds(kind.conduct.cancels, testimony.said())) {
    close(row, ClockState::Cancelled, off->reason, heard.received);
    moved = true;
  } else if (row.state == ClockState::Suspended && anyHolds(kind.conduct.resumes, testimony.said())) {
    moved = resume(book, kind, row, heard.received) || moved;
  } else if (const auto* unsafe = firstThatHolds(kind.conduct.suspends, testimony.said())) {
    moved = suspend(book, kind, row, unsafe->reason, heard.received) || moved;
  }
  if (moved) row.evidence = evidence;
  return moved;
}

/// The hearing of a clock may be another one now.
bool follow(ClockRow& row, const Heard& heard) {
  const auto gone = heard.gone.find(row.hearing);
  if (row.hearing.empty() || gone == heard.gone.end()) return false;
  row.hearing = gone->second;
  row.evidence = heard.message.message_id();
  return true;
}

/// Nobody is to be told the day of a hearing that will not be held. Empty when it may be, else why.
std::string whyNoDay(const ClockKind& kind, const ClockRow& row, bool followed, const Heard& heard) {
  if (!kind.of_day) return {};
  const auto* hearing = byId(heard.after.hearings(), row.hearing);
  if (hearing == nullptr) return followed ? "hearing_gone" : "";
  return isCalledOff(*hearing) ? "hearing_called_off" : "";
}

/// Duties that were two while their hearings were: of those that a newer word ends, the newest goes on.
void endDoubles(const ClockBook& book, std::vector<ClockRow>& open, std::vector<bool>& moved, const Heard& heard) {
  for (size_t i = 0; i < open.size(); ++i) {
    auto& older = open[i];
    const auto* kind = book.find(older.clock);
    const bool ends =
        kind != nullptr && kind->restarts && isOpen(older) && std::ranges::any_of(open, [&](const ClockRow& newer) {
          return isOpen(newer) && newer.clock_id > older.clock_id && isSameDuty(newer, older);
        });
    if (!ends) continue;
    close(older, ClockState::Superseded, "told_anew", heard.received);
    older.evidence = heard.message.message_id();
    moved[i] = true;
  }
}

}  // namespace

std::vector<ClockRow> hear(const ClockBook& book, std::vector<ClockRow> open, const Heard& heard) {
  std::vector<bool> moved(open.size());
  // A contact that names no duty meets one of each kind: the one that is due first.
  std::ranges::stable_sort(open, {}, &ClockRow::due_at);
  std::set<std::pair<std::string, std::string>> met;
  for (size_t i = 0; i < open.size(); ++i) {
    auto& row = open[i];
    const auto* kind = book.find(row.clock);
    const bool followed = follow(row, heard);
    moved[i] = followed;
    if (!kind) continue;
    if (const auto reason = whyNoDay(*kind, row, followed, heard); !reason.empty()) {
      close(row, ClockState::Cancelled, reason, heard.received);
      row.evidence = heard.message.message_id();
      moved[i] = true;
      continue;
    }
    Testimony testimony(row, heard);
    if (!testimony.concerns()) continue;
    bool named = false;
    const auto done = testimony.done(*kind, row, named);
    if (done && (named || met.emplace(row.clock, row.element).second)) {
      stop(row, *done, heard.message.message_id());
      moved[i] = true;
    } else if (move(book, *kind, row, testimony, heard)) {
      moved[i] = true;
    }
  }
  if (!heard.gone.empty()) endDoubles(book, open, moved, heard);
  std::vector<ClockRow> out;
  for (size_t i = 0; i < open.size(); ++i)
    if (moved[i]) out.push_back(std::move(open[i]));
  return out;
}

}  // namespace causeway::care
