#include "host/care/awaited.hpp"

#include "host/care/element_ids.hpp"
#include "host/care/hearing_states.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace causeway::care {
namespace {

bool contains(const auto& words, std::string_view word) { return std::ranges::find(words, word) != words.end(); }

/// It has taken place, or its day is over when the message comes.
bool hasPassed(const canonical::Hearing& hearing, const canonical::CanonicalMessage& message) {
  const auto& now = message.has_received_at() ? message.received_at() : message.asserted_at();
  return hasHappened(hearing) || hearing.starts_at().date() < now.substr(0, 10);
}

/// Somebody who was to come, or was told so, and has not been.
bool isAwaited(const canonical::Attendance& one) {
  constexpr std::array<std::string_view, 3> over = {"stood_down", "attended", "released"};
  const auto& wanted = one.requirement().code();
  return wanted != "not_required" && wanted != "read" && !contains(over, one.state());
}

bool isWanted(const canonical::Attendance& one) {
  return isAwaited(one) && (one.requirement().code() == "required" || one.requirement().code() == "live_link");
}

bool goesOn(const canonical::Offence& offence) { return !offence.discontinued() && !offence.final(); }

bool isWhose(const canonical::Hearing& trial, const canonical::Defendant& defendant) {
  return trial.defendant_ids().empty() || contains(trial.defendant_ids(), defendant.id());
}

/// Every offence of its defendants was admitted, or is over: discontinued, withdrawn, decided. Of a defendant whose offences are not known
/// everything is still to be tried.
bool nothingToTry(const canonical::Case& whole, const canonical::Hearing& trial) {
  bool any = false;
  for (const auto& defendant : whole.defendants()) {
    if (!isWhose(trial, defendant)) continue;
    if (defendant.offences().empty()) return false;
    any = true;
    for (const auto& offence : defendant.offences())
      if (goesOn(offence) && (offence.plea().code() != "guilty" || offence.plea().unmapped())) return false;
  }
  return any;
}

/// The last day on which something was decided about the defendants of a trial of whom every offence is over; nothing when one goes on.
std::optional<std::string> decidedOn(const canonical::Case& whole, const canonical::Hearing& trial) {
  if (!nothingToTry(whole, trial)) return std::nullopt;
  std::string day;
  for (const auto& defendant : whole.defendants()) {
    if (!isWhose(trial, defendant)) continue;
    for (const auto& offence : defendant.offences()) {
      if (goesOn(offence)) return std::nullopt;
      day = std::max({day, offence.verdict_on(), offence.convicted_on()});
      for (const auto& result : offence.results())
        if (!result.deleted()) day = std::max(day, result.ordered_on());
    }
  }
  return day;
}

/// One case at one moment.
class State {
 public:
  State(const canonical::Case& whole, const canonical::CanonicalMessage& message) : whole_(whole), message_(message) {}

  const canonical::Attendance* attendance(std::string_view party, std::string_view hearing) const {
    const auto* who = byId(whole_.parties(), party);
    if (who == nullptr) return nullptr;
    const auto found = std::ranges::find(who->attendances(), hearing, [](const auto& one) { return one.hearing_id(); });
    return found == who->attendances().end() ? nullptr : &*found;
  }
  const canonical::Hearing* hearing(std::string_view id) const { return byId(whole_.hearings(), id); }

  bool isOn(std::string_view id) const {
    const auto* one = hearing(id);
    return one != nullptr && isToCome(*one, message_) && isNeeded(whole_, *one);
  }
  bool wants(std::string_view party, std::string_view hearing) const {
    const auto* one = attendance(party, hearing);
    return one != nullptr && isWanted(*one) && isOn(hearing);
  }
  /// The person is wanted at the same time under another number: the two turned out to be one.
  bool wantsAtTheSameTime(const canonical::Party& party, const canonical::Hearing& as) const {
    return std::ranges::any_of(whole_.hearings(), [&](const auto& other) {
      return other.id() != as.id() && other.starts_at().date() == as.starts_at().date() &&
             other.starts_at().time() == as.starts_at().time() && wants(party.id(), other.id());
    });
  }
  /// An attendance that names no requirement any more, where it named one, is what is left of one that was taken back.
  bool stillAwaits(std::string_view party, const canonical::Attendance& old, std::string_view hearing) const {
    const auto* now = attendance(party, hearing);
    if (now == nullptr || !isAwaited(*now)) return false;
    return now->has_requirement() || !old.has_requirement();
  }

 private:
  const canonical::Case& whole_;
  const canonical::CanonicalMessage& message_;
};

/// Of a hearing that is to come: the day on which it was to be before it moved.
bool wasOn(const canonical::Hearing& hearing, const canonical::Hearing& said) {
  const auto& was = hearing.previous_starts_at();
  return !was.date().empty() && was.date() == said.starts_at().date() && hearing.starts_at().date() != was.date();
}

/// The message names this person, by an attendance at the day that it gives, or names nobody because it means everybody.
bool isMeant(const canonical::Case& whole, const canonical::Party& party, const canonical::CanonicalMessage& message,
             std::string_view day) {
  return message.case_().parties().empty() || std::ranges::any_of(party.attendances(), [&](const auto& one) {
           const auto* at = byId(whole.hearings(), one.hearing_id());
           return at != nullptr && at->starts_at().date() == day;
         });
}

}  // namespace

Result<void> checkStandDown(const canonical::Case& after, const canonical::CanonicalMessage& message,
                            const std::vector<Event>& events) {
  const auto tells = [](const Event& event) { return event.type == "stand_down.due"; };
  if (message.type() != "witness.dewarn_requested" || std::ranges::any_of(events, tells)) return {};
  for (const auto& said : message.case_().hearings())
    for (const auto& hearing : after.hearings()) {
      if (!wasOn(hearing, said) || !isToCome(hearing, message) || !isNeeded(after, hearing)) continue;
      for (const auto& party : after.parties())
        for (const auto& one : party.attendances())
          if (one.hearing_id() == hearing.id() && isAwaited(one) &&
              isMeant(after, party, message, said.starts_at().date()))
            return fail(ErrorKind::Invalid,
                        "the stand-down is for a day from which the hearing has moved, and people are awaited on the "
                        "new day: ask the prosecutor whether they need not come on that day either");
    }
  return {};
}

Result<void> checkTrial(const canonical::Case& before, const canonical::Case& after,
                        const canonical::CanonicalMessage& message) {
  const auto said = std::string_view(message.asserted_at()).substr(0, 10);
  for (const auto& trial : after.hearings()) {
    if (trial.purpose().code() != "trial" || !isToCome(trial, message) || byId(before.hearings(), trial.id())) continue;
    const auto decided = decidedOn(before, trial);
    if (decided && (said.empty() || said > *decided))
      return fail(ErrorKind::Invalid,
                  "a trial is fixed in a case in which everything against its defendants was decided or discontinued: "
                  "ask the court whether it is to be tried again, before anybody is told to come");
  }
  return {};
}

bool isNeeded(const canonical::Case& whole, const canonical::Hearing& hearing) {
  const bool cracked = hearing.trial_outcome().kind().code() == "cracked";
  return !isCalledOff(hearing) && !cracked && !(hearing.purpose().code() == "trial" && nothingToTry(whole, hearing));
}

bool isToCome(const canonical::Hearing& hearing, const canonical::CanonicalMessage& message) {
  return !hasPassed(hearing, message) && !isCalledOff(hearing);
}

bool isWantedAt(const canonical::Case& whole, const canonical::CanonicalMessage& message, std::string_view party,
                std::string_view hearing) {
  return State(whole, message).wants(party, hearing);
}

std::vector<Event> attendanceEvents(const canonical::Case& before, const canonical::Case& after,
                                    const canonical::CanonicalMessage& message,
                                    const std::map<std::string, std::string>& joined) {
  const State was(before, message), is(after, message);
  std::vector<Event> out;
  for (const auto& party : before.parties()) {
    if (byId(after.parties(), party.id()) == nullptr) continue;  // turned out to be somebody else of the case
    for (const auto& old : party.attendances()) {
      if (!isAwaited(old) || (was.hearing(old.hearing_id()) != nullptr && !was.isOn(old.hearing_id()))) continue;
      const auto become = joined.find(old.hearing_id());
      const auto& id = become == joined.end() ? old.hearing_id() : become->second;
      const auto* now = is.hearing(id);
      if (now != nullptr && hasPassed(*now, message)) continue;
      const bool needed = now == nullptr || isNeeded(after, *now);
      if (needed && is.stillAwaits(party.id(), old, id)) continue;
      if (now == nullptr && was.hearing(id) != nullptr && is.wantsAtTheSameTime(party, *was.hearing(id))) continue;
      Event event{"stand_down.due", {party.id()}};
      if (!id.empty()) event.about.push_back(id);
      out.push_back(std::move(event));
    }
  }
  for (const auto& party : after.parties())
    for (const auto& now : party.attendances()) {
      const auto& id = now.hearing_id();
      if (!is.wants(party.id(), id) || was.wants(party.id(), id) || was.wantsAtTheSameTime(party, *is.hearing(id)))
        continue;
      const auto wanted_there = [&](const auto& one) { return one.second == id && was.wants(party.id(), one.first); };
      if (std::ranges::any_of(joined, wanted_there)) continue;
      out.push_back({"warning.due", {party.id(), id}});
    }
  return out;
}

}  // namespace causeway::care
