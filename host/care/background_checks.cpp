#include "host/care/background_checks.hpp"

#include "host/base/text.hpp"
#include "host/care/element_ids.hpp"

#include <algorithm>
#include <map>

namespace causeway::care {
namespace {

using canonical::BackgroundCheck;
using canonical::CheckAnswer;

constexpr std::string_view kRequested = "background_check.requested", kAnswered = "background_check.answered",
                           kCombined = "background_check.combined";
constexpr std::string_view kNoAnswer = "no_answer", kNotAsked = "not_asked", kRefused = "refused";

void keep(auto& list, const auto& wanted) {
  for (int i = list.size() - 1; i >= 0; --i)
    if (!wanted(list.Get(i))) list.DeleteSubrange(i, 1);
}

bool holds(const auto& list, std::string_view word) { return std::ranges::find(list, word) != list.end(); }

// A system that says that it has not answered has not.
bool isAnswer(const CheckAnswer& one) {
  return one.has_answer() && one.answer().code() != kNoAnswer && one.answer().code() != kNotAsked;
}

bool sameAnswer(const CheckAnswer& a, const CheckAnswer& b) {
  return a.system() == b.system() && a.on_behalf_of() == b.on_behalf_of() && a.answered_at() == b.answered_at();
}

bool hasAnswered(const BackgroundCheck& check, std::string_view system) {
  return std::ranges::any_of(check.answers(), [&](const auto& one) { return one.system() == system && isAnswer(one); });
}

/// The same question as the one that is known, or no question at all.
bool asksNothingElse(const BackgroundCheck& known, const BackgroundCheck& said) {
  const bool same_purpose = said.purpose().code() == known.purpose().code();
  return same_purpose &&
         std::ranges::all_of(said.wanted(), [&](const auto& one) { return holds(known.wanted(), one); });
}

Result<void> readRequest(const BackgroundCheck* known, const canonical::CanonicalMessage& message,
                         BackgroundCheck& said) {
  if (said.subject_id().empty())
    return fail(ErrorKind::Invalid, "a background check does not say about whom it is, so that nobody can be asked");
  if (message.source_system().empty())
    return fail(ErrorKind::Invalid,
                "nobody can be told the answers: it is not known who asks for this background check");
  const bool again = known != nullptr && known->has_asked_by();
  if (again && known->asked_by() != message.source_system())
    return fail(ErrorKind::Invalid,
                "another asker has a background check of this number in this case: ask under another number");
  if (again && !asksNothingElse(*known, said))
    return fail(ErrorKind::Invalid,
                "this background check was asked before in other words: ask anew under another number");
  BackgroundCheck own;
  own.set_id(said.id());
  own.set_subject_id(said.subject_id());
  if (!again) {
    *own.mutable_purpose() = said.purpose();
    *own.mutable_wanted() = said.wanted();
    own.set_asked_by(message.source_system());
    own.set_request(message.message_id());
  }
  said = std::move(own);
  return {};
}

void readAnswers(const BackgroundCheck* known, const canonical::CanonicalMessage& message, BackgroundCheck& said) {
  BackgroundCheck own;
  own.set_id(said.id());
  for (auto& one : *said.mutable_answers()) {
    if (!isAnswer(one)) continue;
    if (!one.system().empty() && one.system() != message.source_system()) one.set_on_behalf_of(one.system());
    else one.clear_on_behalf_of();
    one.set_system(message.source_system());
    if (!one.has_answered_at())
      one.set_answered_at(message.has_asserted_at() ? message.asserted_at() : message.received_at());
    one.set_received_at(message.received_at());
    one.clear_asked_at();  // ours to say
    one.clear_late();
    const bool told = known != nullptr && std::ranges::any_of(known->answers(), [&](const auto& other) {
                        return sameAnswer(one, other) && isAnswer(other);
                      });
    if (known != nullptr && known->has_combined_at() && !told) one.set_late(true);
    *own.add_answers() = one;
  }
  said = std::move(own);
}

std::string counted(size_t number, std::string_view one, std::string_view many) {
  return std::to_string(number) + " " + std::string(number == 1 ? one : many);
}

/// The names once each, in order.
struct Tally {
  std::vector<std::string> answered, silent, not_asked, refused;
  size_t traces = 0, none = 0;
};

void addOnce(std::vector<std::string>& list, const std::string& name) {
  if (std::ranges::find(list, name) == list.end()) list.push_back(name);
}

std::string inWords(const Tally& tally) {
  const size_t all = tally.answered.size() + tally.silent.size() + tally.not_asked.size();
  if (all == 0) return "No record system could be asked: nothing is known, which is not the same as nothing found.";
  std::string out = std::to_string(tally.answered.size()) + " of " + counted(all, "system", "systems") + " answered. ";
  out += counted(tally.traces, "answer holds something", "answers hold something") + ", " +
         counted(tally.none, "holds nothing", "hold nothing") + ".";
  if (tally.traces > 0 && tally.none > 0) out += " The answers differ: read each by itself.";
  if (!tally.refused.empty()) out += " Refused: " + join(tally.refused, ", ") + ".";
  if (!tally.silent.empty()) out += " No answer in time: " + join(tally.silent, ", ") + ".";
  if (!tally.not_asked.empty()) out += " Could not be asked: " + join(tally.not_asked, ", ") + ".";
  if (!tally.silent.empty() || !tally.not_asked.empty()) out += " No answer does not mean no trace.";
  return out;
}

}  // namespace

bool isAboutChecks(std::string_view type) { return type.starts_with("background_check."); }

const BackgroundCheck* checkOf(const canonical::Case& whole, std::string_view id) {
  return byId(whole.background_checks(), id);
}

Result<void> readChecks(const canonical::Case& whole, const canonical::CanonicalMessage& message,
                        canonical::Case& said) {
  if (message.type() == kCombined) return {};  // our own: nobody else can send it
  if (message.type() != kRequested && message.type() != kAnswered) {
    said.clear_background_checks();
    return {};
  }
  keep(*said.mutable_background_checks(), [](const auto& one) { return !one.id().empty(); });
  for (auto& one : *said.mutable_background_checks()) {
    const auto* known = checkOf(whole, one.id());
    if (message.type() == kAnswered) readAnswers(known, message, one);
    else CW_CHECK_OK(readRequest(known, message, one));
  }
  return {};
}

Result<void> checkSubjects(const canonical::Case& before, const canonical::Case& after,
                           const canonical::CanonicalMessage& message) {
  if (message.type() != kRequested) return {};
  for (const auto& said : message.case_().background_checks()) {
    const auto *old = checkOf(before, said.id()), *now = checkOf(after, said.id());
    const bool of_case = now != nullptr && std::ranges::any_of(after.defendants(), [&](const auto& one) {
                           return one.id() == now->subject_id();
                         });
    if (!of_case)
      return fail(ErrorKind::Invalid,
                  "the background check is about nobody of whom the case says that they are suspected");
    if (old != nullptr && old->has_subject_id() && old->subject_id() != now->subject_id())
      return fail(ErrorKind::Invalid, "this background check was about somebody else: ask anew under another number");
  }
  return {};
}

void keepChecks(const std::vector<std::string>& about, const canonical::CanonicalMessage& cause, std::string_view event,
                canonical::Case& whole) {
  if (!isAboutChecks(event)) return whole.clear_background_checks();
  auto& checks = *whole.mutable_background_checks();
  keep(checks, [&](const auto& one) { return holds(about, one.id()); });
  keep(*whole.mutable_defendants(), [&](const auto& defendant) {
    return std::ranges::any_of(checks, [&](const auto& one) { return one.subject_id() == defendant.id(); });
  });
  whole.clear_parties();
  whole.clear_hearings();
  for (auto& check : checks) {
    if (event != kCombined) check.clear_summary();
    if (event == kAnswered)
      keep(*check.mutable_answers(), [&](const auto& one) {
        return one.system() == cause.source_system() && one.received_at() == cause.received_at();
      });
    for (auto& one : *check.mutable_answers()) {
      if (one.answer().code() == kRefused) one.clear_detail();
      if (event != kRequested) continue;
      CheckAnswer named;  // so that a rule may know who need not be asked any more
      named.set_system(one.system());
      one = std::move(named);
    }
  }
}

bool isGathering(const BackgroundCheck& check) { return check.has_asked_by() && !check.has_combined_at(); }

bool isAwaited(const BackgroundCheck& check, const std::vector<CheckAsk>& asks) {
  return std::ranges::any_of(asks, [&](const auto& one) { return !hasAnswered(check, one.system); });
}

BackgroundCheck combine(const BackgroundCheck& check, const std::vector<CheckAsk>& asks, Instant now) {
  BackgroundCheck out;
  out.set_id(check.id());
  out.set_combined_at(formatInstant(now));
  std::map<std::string, CheckAsk> asked;
  for (const auto& one : asks) {
    auto& known = asked.try_emplace(one.system, one).first->second;
    known.reached = known.reached || one.reached;
  }
  for (const auto& system : check.wanted()) asked.try_emplace(system, CheckAsk{system, {}, false});
  Tally tally;
  for (const auto& one : check.answers()) {
    if (!isAnswer(one)) continue;
    addOnce(tally.answered, one.system());
    if (one.answer().code() == kRefused) addOnce(tally.refused, one.system());
    tally.traces += one.answer().code() == "trace" ? 1 : 0;
    tally.none += one.answer().code() == "no_trace" ? 1 : 0;
    const auto ask = asked.find(one.system());
    if (ask == asked.end() || !ask->second.reached) continue;
    auto& when = *out.add_answers();  // the same answer, with when we asked
    when.set_system(one.system());
    if (one.has_on_behalf_of()) when.set_on_behalf_of(one.on_behalf_of());
    when.set_answered_at(one.answered_at());
    when.set_asked_at(formatInstant(ask->second.asked_at));
  }
  for (const auto& [system, ask] : asked) {
    if (hasAnswered(check, system)) continue;
    auto& missing = *out.add_answers();
    missing.set_system(system);
    missing.mutable_answer()->set_code(std::string(ask.reached ? kNoAnswer : kNotAsked));
    if (ask.reached) missing.set_asked_at(formatInstant(ask.asked_at));
    addOnce(ask.reached ? tally.silent : tally.not_asked, system);
  }
  const bool whole = !tally.answered.empty() && tally.silent.empty() && tally.not_asked.empty();
  out.set_state(whole ? "complete" : "partial");
  auto& summary = *out.mutable_summary();
  summary.set_text(inWords(tally));
  summary.set_basis("fact");
  summary.set_author("causeway");
  summary.set_as_of(formatInstant(now));
  return out;
}

}  // namespace causeway::care
