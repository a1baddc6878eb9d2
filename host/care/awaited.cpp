#include "host/care/awaited.hpp"

#include "host/care/element_ids.hpp"
#include "host/care/hearing_states.hpp"

#include <algorithm>
#include <array>
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

/// Everything that is still to be decided at this trial was admitted.
bool allAdmitted(const canonical::Case& whole, const canonical::Hearing& trial) {
  bool any = false;
  for (const auto& defendant : whole.defendants()) {
    if (!trial.defendant_ids().empty() && !contains(trial.defendant_ids(), defendant.id())) continue;
    for (const auto& offence : defendant.offences()) {
      if (!goesOn(offence)) continue;
      any = true;
      if (offence.plea().code() != "guilty" || offence.plea().unmapped()) return false;
    }
  }
  return any;
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

}  // namespace

bool isNeeded(const canonical::Case& whole, const canonical::Hearing& hearing) {
  const bool cracked = hearing.trial_outcome().kind().code() == "cracked";
  return !isCalledOff(hearing) && !cracked && !(hearing.purpose().code() == "trial" && allAdmitted(whole, hearing));
}

bool isToCome(const canonical::Hearing& hearing, const canonical::CanonicalMessage& message) {
  return !hasPassed(hearing, message) && !isCalledOff(hearing);
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
