#include "tests/simulation/cases/view.hpp"

#include <algorithm>

namespace causeway::simulation::cases {
namespace {

std::string nameOf(Hearing hearing) { return hearing == Hearing::Plea ? "plea" : "trial"; }
bool isOfCourt(const Statement& one) {
  return one.what == Says::Listed || one.what == Says::Vacated || one.what == Says::Resulted;
}

void take(const Plot& plot, const Statement& one, const std::vector<const Statement*>& known, View& view) {
  const auto name = nameOf(one.hearing);
  if (isOfCourt(one)) {
    auto& hearing = view.hearings[name];
    hearing.when = one.when;
    hearing.off = one.what == Says::Vacated;
    hearing.over = hearing.over || one.what == Says::Resulted;
    if (hearing.fixed == Instant{}) hearing.fixed = one.at;
  }
  if (one.what == Says::Resulted) {
    auto& results = view.results[name];
    results.clear();
    for (const auto& [code, wording] : one.ordered) results[resultKey(plot, code, wording)] = wording;
    if (!one.bail.empty()) view.bail = one.bail;
  }
  if (one.what == Says::Pleaded) view.admitted = one.yes;
  if (one.what != Says::Wanted) return;
  const auto meant = View::hearingOn(known, one.when);
  view.wanted[{one.person, meant}] = one.yes;
  if (!view.hearings.contains(meant)) view.hearings[meant].when = one.when;
  view.hearings[meant].asked = one.at;
}

}  // namespace

bool View::isOn(const std::string& hearing, const std::string& today) const {
  const auto found = hearings.find(hearing);
  if (found == hearings.end() || found->second.off || found->second.over) return false;
  return dateOf(found->second.when) >= today && (hearing == "plea" || !admitted);
}

bool View::isAtOdds(const std::string& hearing, const std::string& today) const {
  const auto theirs = hearings.find(hearing), courts = hearings.find("trial");
  return hearing.starts_with("cps ") && isOn(hearing, today) && courts != hearings.end() && isOn("trial", today) &&
         theirs->second.asked > courts->second.fixed;
}

bool View::awaits(int person, const std::string& hearing, const std::string& today) const {
  const auto found = wanted.find({person, hearing});
  return found != wanted.end() && found->second && isOn(hearing, today);
}

std::string View::hearingOn(const std::vector<const Statement*>& known, const std::string& when) {
  const auto isCourts = [&](const std::string& day) {
    return std::ranges::any_of(known, [&](const Statement* one) {
      return isOfCourt(*one) && one->hearing == Hearing::Trial && dateOf(one->when) == day;
    });
  };
  const auto day = dateOf(when);
  if (isCourts(day)) return "trial";
  // Whoever named a day that the court does not know, and has named the court's since, meant that one.
  Instant last{};
  for (const auto* one : known)
    if (one->what == Says::Wanted && dateOf(one->when) == day) last = std::max(last, one->at);
  const bool corrected = std::ranges::any_of(known, [&](const Statement* one) {
    return one->what == Says::Wanted && one->at > last && dateOf(formatInstant(one->at)) < day &&
           isCourts(dateOf(one->when));
  });
  return corrected ? "trial" : "cps " + day;
}

View viewOf(const Plot& plot, std::vector<const Statement*> known) {
  std::ranges::sort(known, {}, [](const Statement* one) { return one->at; });
  View out;
  for (const auto* one : known) take(plot, *one, known, out);
  return out;
}

}  // namespace causeway::simulation::cases
