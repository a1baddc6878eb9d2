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
}

}  // namespace

bool View::isOn(const std::string& hearing, const std::string& today) const {
  const auto found = hearings.find(hearing);
  if (found == hearings.end() || found->second.off || found->second.over) return false;
  return dateOf(found->second.when) >= today && (hearing == "plea" || !admitted);
}

bool View::awaits(int person, const std::string& hearing, const std::string& today) const {
  const auto found = wanted.find({person, hearing});
  return found != wanted.end() && found->second && isOn(hearing, today);
}

std::string View::hearingOn(const std::vector<const Statement*>& known, const std::string& when) {
  const bool listed = std::ranges::any_of(known, [&](const Statement* one) {
    return isOfCourt(*one) && one->hearing == Hearing::Trial && dateOf(one->when) == dateOf(when);
  });
  return listed ? "trial" : "cps " + dateOf(when);
}

View viewOf(const Plot& plot, std::vector<const Statement*> known) {
  std::ranges::sort(known, {}, [](const Statement* one) { return one->at; });
  View out;
  for (const auto* one : known) take(plot, *one, known, out);
  return out;
}

}  // namespace causeway::simulation::cases
