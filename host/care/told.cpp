#include "host/care/told.hpp"

#include "host/care/awaited.hpp"
#include "host/care/element_ids.hpp"
#include "host/care/fixtures.hpp"
#include "host/care/hearing_states.hpp"
#include "host/care/placing.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace causeway::care {
namespace {

constexpr std::string_view kTold = "told";
constexpr std::string_view kKept = "1";  ///< of the record itself: it has marks

using Ids = std::set<std::string>;

bool hasRole(const canonical::Party& party, const auto& roles) {
  return std::ranges::any_of(party.roles(), [&](const auto& one) {
    return !one.role().unmapped() && std::ranges::find(roles, one.role().code()) != roles.end();
  });
}

bool isVictim(const canonical::Party& party) {
  return hasRole(party, std::array<std::string_view, 2>{"victim", "bereaved_relative"});
}

/// Somebody who is told of hearings by a care officer; police officers hear through their team.
bool isTold(const canonical::Party& party) {
  return isVictim(party) || (!party.has_officer() && hasRole(party, std::array<std::string_view, 1>{"witness"}));
}

bool keepsMarks(const canonical::CaseRecord& record) {
  return std::ranges::any_of(record.facts(), [](const auto& one) { return one.element().empty() && isToldMark(one); });
}

void add(canonical::CaseRecord& record, const std::string& fixture, std::string_view value, int said) {
  auto& mark = *record.add_facts();
  if (!fixture.empty()) mark.set_element(fixture);
  mark.set_field(std::string(kTold));
  mark.set_value(std::string(value));
  mark.set_said(said);
}

/// The marks of one record: people by fixture.
std::map<std::string, Ids> marksOf(const canonical::CaseRecord& record) {
  std::map<std::string, Ids> out;
  for (const auto& fact : record.facts())
    if (isToldMark(fact) && !fact.element().empty()) out[fact.element()].insert(fact.value());
  return out;
}

Ids toldOf(const std::map<std::string, Ids>& marks, const Ids& fixtures) {
  Ids out;
  for (const auto& fixture : fixtures)
    if (const auto found = marks.find(fixture); found != marks.end())
      out.insert(found->second.begin(), found->second.end());
  return out;
}

/// A hearing against somebody whose offences may concern this person; a witness is concerned by every one.
bool concerns(const canonical::Case& whole, const canonical::Hearing& hearing, const canonical::Party& party) {
  if (!isVictim(party) || hearing.defendant_ids().empty()) return true;
  return std::ranges::any_of(hearing.defendant_ids(), [&](const auto& id) {
    const auto* defendant = byId(whole.defendants(), id);
    if (defendant == nullptr || defendant->offences().empty()) return true;
    return std::ranges::any_of(defendant->offences(), [&](const auto& offence) {
      const auto& victims = offence.victim_ids();
      return victims.empty() || std::ranges::find(victims, party.id()) != victims.end();
    });
  });
}

/// What a record keeps of who was told, as one message leaves it.
class Marks {
 public:
  Marks(const canonical::CaseRecord& record, const canonical::CanonicalMessage& message)
      : whole_(record.case_()), message_(message), fixtures_(fixturesByHearing(record)), marks_(marksOf(record)) {}

  Ids people(const canonical::Hearing& hearing) const { return toldOf(marks_, fixtures_.at(hearing.id())); }

  /// The person is to come, or may, to another hearing of that day.
  bool staysFor(const canonical::Party& party, const canonical::Hearing& off) const {
    return std::ranges::any_of(whole_.hearings(), [&](const auto& other) {
      return other.id() != off.id() && other.starts_at().date() == off.starts_at().date() &&
             houseOf(other) == houseOf(off) && isToCome(other, message_) && isNeeded(whole_, other) &&
             people(other).contains(party.id()) && concerns(whole_, other, party);
    });
  }

 private:
  const canonical::Case& whole_;
  const canonical::CanonicalMessage& message_;
  std::map<std::string, std::set<std::string>> fixtures_;
  std::map<std::string, Ids> marks_;
};

bool isStoodDown(const std::vector<Event>& events, const std::string& party, const std::string& hearing) {
  return std::ranges::any_of(events, [&](const Event& one) {
    return one.type == "stand_down.due" && one.about.size() == 2 && one.about[0] == party && one.about[1] == hearing;
  });
}

/// A day that is over when the message comes is nobody's to keep free any more.
bool isOver(const canonical::Hearing& hearing, const canonical::CanonicalMessage& message) {
  const auto& now = message.has_received_at() ? message.received_at() : message.asserted_at();
  return hasHappened(hearing) || hearing.starts_at().date() < now.substr(0, 10);
}

void unmark(canonical::CaseRecord& record, const std::function<bool(const canonical::Fact&)>& wanted) {
  auto& facts = *record.mutable_facts();
  facts.erase(std::remove_if(facts.begin(), facts.end(),
                             [&](const auto& one) { return isToldMark(one) && !one.element().empty() && wanted(one); }),
              facts.end());
}

}  // namespace

bool isToldMark(const canonical::Fact& fact) { return fact.field() == kTold; }

void beginMarks(canonical::CaseRecord& record) {
  if (record.said().empty() || keepsMarks(record)) return;
  add(record, {}, kKept, 0);
  for (const auto& fixture : fixturesOf(record)) {
    if (isCalledOff(fixture) || hasHappened(fixture)) continue;
    for (const auto& party : record.case_().parties())
      if (isTold(party)) add(record, fixture.id(), party.id(), 0);
  }
}

std::vector<Event> calledOffEvents(const canonical::CaseRecord& after, const canonical::CanonicalMessage& message,
                                   const std::vector<Event>& events) {
  std::vector<Event> out;
  if (std::ranges::none_of(after.case_().hearings(), isCalledOff)) return out;
  const Marks marks(after, message);
  for (const auto& hearing : after.case_().hearings()) {
    if (!isCalledOff(hearing) || isOver(hearing, message)) continue;
    Event event{"hearing.called_off", {hearing.id()}};
    event.about.insert(event.about.end(), hearing.defendant_ids().begin(), hearing.defendant_ids().end());
    const auto named = event.about.size();
    for (const auto& id : marks.people(hearing)) {
      const auto* party = byId(after.case_().parties(), id);
      if (party != nullptr && !isStoodDown(events, id, hearing.id()) && !marks.staysFor(*party, hearing))
        event.about.push_back(id);
    }
    if (event.about.size() > named) out.push_back(std::move(event));
  }
  return out;
}

void markTold(canonical::CaseRecord& record, const canonical::CanonicalMessage& message,
              const std::vector<Event>& events) {
  const int said = record.said_size() - 1;
  if (!keepsMarks(record)) add(record, {}, kKept, said);
  const auto fixtures = fixturesByHearing(record);
  auto marks = marksOf(record);
  const auto mark = [&](const std::string& hearing, const std::string& person) {
    for (const auto& fixture : fixtures.at(hearing))
      if (marks[fixture].insert(person).second) add(record, fixture, person, said);
  };
  const auto& whole = record.case_();
  for (const auto& event : events) {
    if (event.type == "hearing.listed") {
      for (const auto& party : whole.parties())
        if (isTold(party) && fixtures.contains(event.about.front())) mark(event.about.front(), party.id());
    } else if (event.type == "warning.due") {
      const auto* party = byId(whole.parties(), event.about[0]);
      if (party != nullptr && isTold(*party)) mark(event.about[1], party->id());
    } else if (event.type == "stand_down.due" && event.about.size() == 2) {
      const auto* party = byId(whole.parties(), event.about[0]);
      const auto of = fixtures.find(event.about[1]);
      if (of == fixtures.end() || (party != nullptr && isVictim(*party))) continue;
      for (const auto& fixture : of->second) marks[fixture].erase(event.about[0]);
      unmark(record,
             [&](const auto& one) { return one.value() == event.about[0] && of->second.contains(one.element()); });
    }
  }
  // Whoever is not told again when somebody else joins a hearing knows that one's day as well.
  for (const auto& hearing : whole.hearings())
    for (const auto& person : toldOf(marks, fixtures.at(hearing.id())))
      if (isToCome(hearing, message)) mark(hearing.id(), person);
  unmark(record, [&](const auto& one) {
    const auto* fixture = byId(fixturesOf(record), one.element());
    return fixture == nullptr || isCalledOff(*fixture);
  });
}

}  // namespace causeway::care
