#include "tests/simulation/cases/checks.hpp"

#include "tests/simulation/cases/messages.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace causeway::simulation::cases {
namespace {

const std::string kTime = "time of the ", kWanted = "wanted at the trial", kResult = "result of the ", kOff = "off";

/// Hearings of the model that go by this name in tellings: what the prosecutor alone speaks of is a trial.
std::vector<std::string> namesOf(const View& view, const std::string& told) {
  std::vector<std::string> out;
  for (const auto& [name, hearing] : view.hearings)
    if (told == "plea hearing" ? name == "plea" : name != "plea") out.push_back(name);
  return out;
}

bool holds(const std::string& fact, const std::string& value, const Telling& telling, const View& known,
           const std::string& today) {
  if (fact.starts_with(kTime)) {
    const auto names = namesOf(known, fact.substr(kTime.size()));
    if (value == kOff) return std::ranges::any_of(names, [&](const auto& name) { return known.hearings.at(name).off; });
    return std::ranges::any_of(names, [&](const auto& name) {
      return known.hearings.at(name).when == value && (telling.person < 0 || known.isOn(name, today));
    });
  }
  if (fact == kWanted) {
    const auto names = namesOf(known, "trial");
    const bool awaited =
        std::ranges::any_of(names, [&](const auto& name) { return known.awaits(telling.person, name, today); });
    // Of two days that the prosecutor has named and no court yet, one may be taken back while the other still stands.
    const bool of_another = value == "no" && std::ranges::any_of(names, [&](const auto& name) {
                              return known.isOn(name, today) && !known.awaits(telling.person, name, today);
                            });
    return of_another || awaited == (value == "yes");
  }
  if (fact.starts_with(kResult)) {
    const auto found = known.results.find(fact.starts_with(kResult + "trial") ? "trial" : "plea");
    const auto key = fact.substr(fact.find(": ") + 2);
    const bool stands = found != known.results.end() && found->second.contains(key);
    return stands ? found->second.at(key) == value : value == "withdrawn";
  }
  if (fact == "bail" || fact == "risk of bail") return value.starts_with(known.bail + " Cora");
  return true;
}

const canonical::Hearing* hearingOf(const Plot& plot, const canonical::Case& whole, Hearing wanted) {
  for (const auto& hearing : whole.hearings())
    for (const auto& number : hearing.identifiers())
      if (number.value() == numberOf(plot, wanted)) return &hearing;
  return nullptr;
}

const canonical::Party* partyOf(const Plot& plot, const canonical::Case& whole, int person) {
  for (const auto& party : whole.parties())
    for (const auto& name : party.person().names())
      if (name.family() == familyOf(plot, person)) return &party;
  return nullptr;
}

std::string resultsOf(const canonical::Case& whole, const std::string& hearing) {
  std::map<std::string, std::string> out;
  for (const auto& defendant : whole.defendants())
    for (const auto& offence : defendant.offences())
      for (const auto& result : offence.results())
        if (!result.deleted() && result.hearing_id() == hearing)
          out[result.code().code() + result.text().text()] = result.text().text();
  std::string text;
  for (const auto& [key, wording] : out) text += wording + "; ";
  return text;
}

std::string textOf(const std::map<std::string, std::string>& results) {
  std::string text;
  for (const auto& [key, wording] : results) text += wording + "; ";
  return text;
}

std::string wantedAt(const canonical::Party& party, const std::string& hearing) {
  for (const auto& attendance : party.attendances())
    if (attendance.hearing_id() == hearing) return attendance.requirement().code();
  return "";
}

void compareResults(const Plot& plot, const History& history, const View& end, std::vector<std::string>& out) {
  const auto urn = urnOf(plot);
  for (const auto& [name, results] : end.results) {
    const auto prefix = kResult + (name == "plea" ? "plea hearing" : name) + ": ";
    for (const auto& [key, wording] : results)
      if (const auto last = history.last(urn, 0, prefix + key); last != wording)
        out.push_back(fmt::format("person 0: '{}' stands and was told last as '{}'", prefix + key, last));
    for (const auto& [fact, last] : history.facts(urn, 0))
      if (fact.starts_with(prefix) && last != "withdrawn" && !results.contains(fact.substr(prefix.size())))
        out.push_back(fmt::format("person 0: '{}' does not stand and was told last as '{}'", fact, last));
  }
}

}  // namespace

std::vector<std::string> stale(const Telling& telling, const View& known, const std::string& today) {
  std::vector<std::string> out;
  for (const auto& [fact, value] : telling.facts)
    if (!holds(fact, value, telling, known, today))
      out.push_back(fmt::format("{} tells what is known to be superseded: {} = {}", telling.what, fact, value));
  return out;
}

std::vector<std::string> disagreements(const Plot& plot, const History& history, const View& end) {
  std::vector<std::string> out;
  const auto urn = urnOf(plot);
  for (int person = 0; person <= plot.witnesses; ++person) {
    for (const auto& [name, hearing] : end.hearings) {
      const bool counts = !hearing.off && (name == "plea" || !end.admitted);
      const auto last = history.last(urn, person, kTime + (name == "plea" ? "plea hearing" : "trial"));
      const bool late = name == "plea" && last.empty();  // it may have become known after its day
      // A witness who was stood down since keeps no day free.
      const bool stood_down = person > 0 && history.last(urn, person, kWanted) == "no" &&
                              history.isNewer(urn, person, kWanted, kTime + name);
      if (hearing.off && !last.empty() && last != kOff && !stood_down)
        out.push_back(fmt::format("person {}: the {} is off and was told last as '{}'", person, name, last));
      if (counts && !late && last != hearing.when)
        out.push_back(
            fmt::format("person {}: the {} is at {} and was told last as '{}'", person, name, hearing.when, last));
    }
    const auto trial = end.hearings.find("trial");
    const auto wish = end.wanted.find({person, "trial"});
    const bool wanted =
        wish != end.wanted.end() && wish->second && trial != end.hearings.end() && !trial->second.off && !end.admitted;
    const auto last = history.last(urn, person, kWanted);
    if (wanted ? last != "yes" : last == "yes")
      out.push_back(
          fmt::format("person {}: wanted at the trial: {}, told last '{}'", person, wanted ? "yes" : "no", last));
  }
  compareResults(plot, history, end, out);
  const auto bail = history.last(urn, 0, "bail");
  if (!end.bail.empty() && !bail.starts_with(end.bail + " Cora"))
    out.push_back(fmt::format("person 0: bail is '{}' and was told last as '{}'", end.bail, bail));
  return out;
}

std::vector<std::string> differences(const Plot& plot, const canonical::Case& whole, const View& end) {
  std::vector<std::string> out;
  const auto expect = [&](const std::string& what, const std::string& model, const std::string& product) {
    if (model != product) out.push_back(what + ": the model says '" + model + "', the case '" + product + "'");
  };
  if (whole.hearings_size() != static_cast<int>(end.hearings.size()))
    out.push_back(fmt::format("{} hearings in the model, {} in the case", end.hearings.size(), whole.hearings_size()));
  for (const auto& [name, model] : end.hearings) {
    const auto* hearing = hearingOf(plot, whole, name == "plea" ? Hearing::Plea : Hearing::Trial);
    if (!hearing) {
      out.push_back("the " + name + " is not in the case");
      continue;
    }
    expect("start of the " + name, model.when, hearing->starts_at().date() + "T" + hearing->starts_at().time());
    expect("the " + name + " is vacated", model.off ? "yes" : "no", hearing->state() == "vacated" ? "yes" : "no");
    expect("the " + name + " is over", model.over ? "yes" : "no", hearing->state() == "resulted" ? "yes" : "no");
    const auto results = end.results.find(name);
    expect("results of the " + name, results == end.results.end() ? "" : textOf(results->second),
           resultsOf(whole, hearing->id()));
    for (int person = 0; person <= plot.witnesses; ++person) {
      const auto* party = partyOf(plot, whole, person);
      const auto wish = end.wanted.find({person, name});
      expect(fmt::format("person {} at the {}", person, name),
             wish == end.wanted.end() ? ""
             : wish->second           ? "required"
                                      : "not_required",
             party ? wantedAt(*party, hearing->id()) : "nobody");
    }
  }
  return out;
}

std::vector<std::string> dutyLines(const Plot& plot, const canonical::Case& whole,
                                   const std::vector<care::ClockRow>& clocks) {
  std::map<std::string, int> people;
  for (int person = 0; person <= plot.witnesses; ++person)
    if (const auto* party = partyOf(plot, whole, person)) people[party->id()] = person;
  std::vector<std::string> out;
  for (const auto& row : clocks) {
    if (!row.clock.ends_with("-told") && row.clock != "witness-warned") continue;
    const auto person = people.find(row.element);
    out.push_back(fmt::format("{} person {} from {} due {} {} {}", row.clock,
                              person == people.end() ? -1 : person->second, formatInstant(row.started_at),
                              formatInstant(row.due_at), nameOf(row.state),
                              row.stopped_at ? formatInstant(*row.stopped_at) : "open"));
  }
  std::ranges::sort(out);
  return out;
}

}  // namespace causeway::simulation::cases
