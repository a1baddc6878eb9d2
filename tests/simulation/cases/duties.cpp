#include "tests/simulation/cases/duties.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace causeway::simulation::cases {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::sys_days;
using std::chrono::year;

const std::string kTakenBack = "taken back: ";

// Clocks change at 01:00 UTC on the last Sundays of March and October.
hours ahead(Instant moment) {
  const Instant spring = sys_days(year(2026) / 3 / 29) + hours(1), autumn = sys_days(year(2026) / 10 / 25) + hours(1);
  return moment >= spring && moment < autumn ? hours(1) : hours(0);
}

bool isWorked(sys_days day) {
  const std::array<sys_days, 4> holidays = {year(2026) / 8 / 31, year(2026) / 12 / 25, year(2026) / 12 / 28,
                                            year(2027) / 1 / 1};
  return std::chrono::weekday(day).c_encoding() % 6 != 0 && std::ranges::find(holidays, day) == holidays.end();
}

/// 17:00 in London, so many working days after the day of receipt.
Instant dueAfter(Instant received, int working_days) {
  auto day = std::chrono::floor<days>(received + ahead(received));
  while (working_days > 0) working_days -= isWorked(day += days(1)) ? 1 : 0;
  return day + hours(17) - ahead(day + hours(12));
}

bool answers(const std::string& purpose, const std::string& clock) {
  if (purpose == purposeOf(clock)) return true;
  return purpose == "warn" && purposeOf(clock) == "hearing";  // who hears that they are wanted hears when
}

}  // namespace

std::string londonDay(Instant moment) { return formatInstant(moment + ahead(moment)).substr(0, 10); }

std::string purposeOf(const std::string& clock) {
  if (clock == "witness-warned") return "warn";
  if (clock == "bail-told") return "bail";
  return clock.ends_with("hearing-told") ? "hearing" : "outcome";
}

// One that was late when it began, because its message waited for its case, is only late once time has passed.
void Duties::end(Duty& duty, const std::string& state, Instant at) const {
  duty.state = duty.due <= now_ && duty.made < now_ ? "breached" : state;
  duty.closed = at;
}

void Duties::begin(const std::string& clock, int person, const std::string& about, Instant received) {
  // A newer time is a duty of its own; of outcomes each is owed.
  if (purposeOf(clock) == "hearing" || purposeOf(clock) == "warn")
    for (auto& one : all_)
      if (!one.closed && one.clock == clock && one.person == person && one.about == about) end(one, "superseded", now_);
  const bool by_rights = clock == "outcome-told" || clock == "bail-told";
  all_.push_back({clock, person, about, received, dueAfter(received, by_rights && !plot_.enhanced ? 5 : 1), now_});
}

void Duties::hear(const View& before, const View& after, Instant received, Instant now) {
  now_ = now;
  waited_ = waiting_;
  const auto gone = rename(before, after);
  callOff(after, received);
  if (gone) endDoubles(received);
  tellTimes(after, received);
  tellWanted(before, after, received);
  warnWhoWaited(before, after, received);
  tellResults(before, after, received);
  if (after.bail != before.bail) begin("bail-told", 0, "bail", received);
}

// What the prosecutor alone spoke of turns out to be the trial: what was told last of either counts.
bool Duties::rename(const View& before, const View& after) {
  bool any = false;
  for (const auto& [name, hearing] : before.hearings) {
    if (after.hearings.contains(name)) continue;
    any = true;
    if (const auto told = times_.extract(name); told && told.mapped().order > times_["trial"].order)
      times_["trial"] = told.mapped();
    for (auto& one : all_)
      if (one.about == name) one.about = "trial";
    for (int person = 0; person <= plot_.witnesses; ++person)
      if (waiting_.erase({person, name}) > 0) waiting_.emplace(person, "trial");
  }
  return any;
}

// Of two duties to tell the day of what is one trial, or that somebody is wanted at it, the later one goes on.
void Duties::endDoubles(Instant received) {
  std::map<std::pair<std::string, int>, Duty*> last;
  for (auto& one : all_) {
    const auto purpose = purposeOf(one.clock);
    if (one.closed || one.about != "trial" || (purpose != "hearing" && purpose != "warn")) continue;
    auto& newest = last[{one.clock, one.person}];
    if (newest) end(*newest, "superseded", received);
    newest = &one;
  }
}

// Nobody is to be told the day of a hearing that is off, and whoever is told that it is on again is told its day.
void Duties::callOff(const View& after, Instant received) {
  for (const auto& [name, hearing] : after.hearings) {
    if (!hearing.off) continue;
    times_.erase(name);
    for (auto& one : all_)
      if (!one.closed && one.about == name && purposeOf(one.clock) == "hearing") end(one, "cancelled", received);
  }
}

void Duties::tellTimes(const View& after, Instant received) {
  for (const auto& [name, hearing] : after.hearings) {
    if (!after.isOn(name, londonDay(received)) || after.isAtOdds(name, londonDay(received))) continue;
    auto& told = times_[name];
    if (told.when == hearing.when) continue;
    told = {hearing.when, ++tellings_};
    for (int person = 0; person <= plot_.witnesses; ++person)
      begin(person == 0 ? "hearing-told" : "witness-hearing-told", person, name, received);
  }
}

void Duties::tellWanted(const View& before, const View& after, Instant received) {
  const auto today = londonDay(received);
  for (int person = 0; person <= plot_.witnesses; ++person)
    for (const auto& [name, hearing] : after.hearings) {
      const bool is = after.awaits(person, name, today);
      const bool was = std::ranges::any_of(before.hearings, [&, at = &name](const auto& old) {
        return (old.first == *at || !after.hearings.contains(old.first)) && before.awaits(person, old.first, today);
      });
      if (is && !was) {
        begin("witness-warned", person, name, received);
        if (after.isAtOdds(name, today) && waiting_.emplace(person, name).second) ++held_;
      }
      if (is || !was || hearing.over || dateOf(hearing.when) < today) continue;
      for (auto& one : all_)
        if (!one.closed && one.clock == "witness-warned" && one.person == person && one.about == name)
          end(one, "cancelled", now_);
    }
}

// The time of the law ran from the first word; it runs anew from the one by which they may be warned.
void Duties::warnWhoWaited(const View& before, const View& after, Instant received) {
  const auto today = londonDay(received);
  Waiting still;
  for (const auto& one : waiting_) {
    const auto& [person, name] = one;
    if (!after.awaits(person, name, today)) continue;
    if (after.isAtOdds(name, today)) still.insert(one);
    else if (!before.awaits(person, name, today) || waited_.contains(one))
      begin("witness-warned", person, name, received);
  }
  waiting_ = std::move(still);
}

void Duties::tellResults(const View& before, const View& after, Instant received) {
  for (const auto& [name, results] : after.results) {
    const auto known = before.results.find(name);
    const std::map<std::string, std::string> none;
    const auto& old = known == before.results.end() ? none : known->second;
    const bool news = std::ranges::any_of(results, [&](const auto& one) {
      const auto same = old.find(one.first);
      return same == old.end() || same->second != one.second;
    });
    const bool gone = std::ranges::any_of(old, [&](const auto& one) { return !results.contains(one.first); });
    if (gone) begin("verdict-told", 0, kTakenBack + name, received);
    if (news) begin(name == "trial" ? "verdict-told" : "outcome-told", 0, name, received);
  }
}

void Duties::answer(const Answer& answer, Instant received) {
  const auto at = std::min(answer.at, received);
  const auto done = [&](Duty& duty) {
    duty.state = at <= duty.due ? "met" : "breached";
    duty.closed = at;
  };
  if (answer.how != Answer::How::Unnamed) {
    const auto it = std::ranges::find_if(all_, [&](const Duty& one) {
      return !one.closed && one.clock == answer.clock && one.person == answer.person && one.start == answer.cause &&
             one.about.starts_with(kTakenBack) == answer.taken_back;
    });
    if (it != all_.end()) done(*it);
    return;
  }
  // It names none: it meets one of each kind, the first that is due of those that had begun.
  std::map<std::string, Duty*> first;
  for (auto& one : all_) {
    if (one.closed || one.person != answer.person || one.start > at || !answers(purposeOf(answer.clock), one.clock))
      continue;
    auto& best = first[one.clock];
    if (!best || one.due < best->due) best = &one;
  }
  for (const auto& [clock, duty] : first) done(*duty);
}

std::vector<std::string> Duties::linesAt(Instant moment) const {
  std::vector<std::string> out;
  for (const auto& one : all_) {
    const auto state = !one.closed && one.due <= moment ? "breached" : one.state;
    out.push_back(fmt::format("{} person {} from {} due {} {} {}", one.clock, one.person, formatInstant(one.start),
                              formatInstant(one.due), state, one.closed ? formatInstant(*one.closed) : "open"));
  }
  std::ranges::sort(out);
  return out;
}

}  // namespace causeway::simulation::cases
