#include "host/care/at_odds.hpp"

#include "host/care/awaited.hpp"
#include "host/care/fixtures.hpp"
#include "host/care/hearing_states.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace causeway::care {
namespace {

constexpr std::string_view kUnwarned = "unwarned";

/// When the court first, and anybody else last, spoke of the start of a hearing; empty when nobody did.
struct Words {
  std::string_view courts, others;
};

/// By hearing as it is shown.
std::map<std::string, Words> wordsOf(const canonical::CaseRecord& record) {
  std::map<std::string, Words> out;
  const auto shown = hearingsOfFixtures(fixturesOf(record));
  for (const auto& fact : record.facts()) {
    if (fact.field() != "starts_at" || fact.state() == "withdrawn") continue;
    const auto hearing = shown.find(fact.element());
    if (hearing == shown.end()) continue;
    const auto claim = claimOf(record, fact);
    auto& words = out[hearing->second];
    if (!fixesTrials(claim.family)) words.others = std::max(words.others, claim.when);
    else if (words.courts.empty() || claim.when < words.courts) words.courts = claim.when;
  }
  return out;
}

/// The day of the last message, as far as it says one.
std::string_view today(const canonical::CaseRecord& record) {
  if (record.said().empty()) return {};
  const auto& last = record.said(record.said_size() - 1);
  return std::string_view(last.has_received_at() ? last.received_at() : last.asserted_at()).substr(0, 10);
}

/// A trial that nobody named a defendant of may be anybody's.
bool mayBeOfOne(const canonical::Hearing& a, const canonical::Hearing& b) {
  return a.defendant_ids().empty() || b.defendant_ids().empty() ||
         std::ranges::any_of(a.defendant_ids(), [&](const auto& id) {
           return std::ranges::find(b.defendant_ids(), id) != b.defendant_ids().end();
         });
}

std::vector<const canonical::Hearing*> trialsToCome(const canonical::CaseRecord& record) {
  const auto day = today(record);
  std::vector<const canonical::Hearing*> out;
  for (const auto& one : record.case_().hearings())
    if (one.purpose().code() == "trial" && !hasHappened(one) && !isCalledOff(one) && one.starts_at().date() >= day)
      out.push_back(&one);
  return out;
}

using Waiting = std::set<std::pair<std::string, std::string>>;  ///< person, hearing as it is shown

Waiting waitingIn(const canonical::CaseRecord& record) {
  Waiting out;
  if (std::ranges::none_of(record.facts(), isUnwarnedMark)) return out;
  const auto shown = hearingsOfFixtures(fixturesOf(record));
  for (const auto& fact : record.facts())
    if (const auto hearing = shown.find(fact.element()); isUnwarnedMark(fact) && hearing != shown.end())
      out.emplace(fact.value(), hearing->second);
  return out;
}

void keep(canonical::CaseRecord& record, const Waiting& waiting) {
  auto& facts = *record.mutable_facts();
  facts.erase(std::remove_if(facts.begin(), facts.end(), isUnwarnedMark), facts.end());
  if (waiting.empty()) return;
  const auto fixtures = fixturesByHearing(record);
  for (const auto& [person, hearing] : waiting) {
    auto& mark = *facts.Add();
    mark.set_element(*fixtures.at(hearing).begin());
    mark.set_field(std::string(kUnwarned));
    mark.set_value(person);
    mark.set_said(record.said_size() - 1);
  }
}

bool isOf(const Event& event, std::string_view type, const std::pair<std::string, std::string>& who) {
  return event.type == type && event.about.size() == 2 && event.about[0] == who.first && event.about[1] == who.second;
}

}  // namespace

bool isUnwarnedMark(const canonical::Fact& fact) { return fact.field() == kUnwarned; }

std::vector<OtherTrial> otherTrials(const canonical::CaseRecord& record) {
  std::vector<OtherTrial> out;
  const auto trials = trialsToCome(record);
  if (trials.size() < 2) return out;
  auto words = wordsOf(record);
  for (const auto* theirs : trials) {
    const auto& other = words[theirs->id()];
    if (!other.courts.empty() || other.others.empty()) continue;
    for (const auto* courts : trials) {
      const auto fixed = words[courts->id()].courts;
      if (fixed.empty() || other.others <= fixed || !mayBeOfOne(*courts, *theirs)) continue;
      if (isNeeded(record.case_(), *courts)) out.push_back({courts->id(), theirs->id()});
    }
  }
  return out;
}

std::set<std::string> hearingsAtOdds(const canonical::CaseRecord& record) {
  std::set<std::string> out;
  for (auto& one : otherTrials(record)) out.insert(std::move(one.theirs));
  return out;
}

void holdWarnings(const canonical::CaseRecord& before, canonical::CaseRecord& after,
                  const canonical::CanonicalMessage& message, std::vector<Event>& events) {
  const auto at_odds = hearingsAtOdds(after);
  const auto was = waitingIn(before);
  auto waiting = waitingIn(after);  // under the hearing that theirs has become
  if (at_odds.empty() && was.empty() && waiting.empty()) return;
  for (auto& one : events)
    if (one.type == "stand_down.due" && one.about.size() == 2 && was.contains({one.about[0], one.about[1]})) {
      one.type = "warning.taken_back";
    } else if (one.type == "warning.due" && at_odds.contains(one.about[1])) {
      one.type = "warning.at_odds";
      waiting.emplace(one.about[0], one.about[1]);
    }
  Waiting still;
  for (const auto& who : waiting) {
    if (!isWantedAt(after.case_(), message, who.first, who.second)) continue;
    if (at_odds.contains(who.second)) {
      still.insert(who);
      continue;
    }
    const bool warned = isWantedAt(before.case_(), message, who.first, who.second) && !was.contains(who);
    const bool told = std::ranges::any_of(events, [&](const Event& one) { return isOf(one, "warning.due", who); });
    if (!warned && !told) events.push_back({"warning.due", {who.first, who.second}});
  }
  keep(after, still);
}

}  // namespace causeway::care
