#include "host/care/reconciliation.hpp"

#include "host/base/stable_id.hpp"
#include "host/base/text.hpp"
#include "host/care/at_odds.hpp"
#include "host/care/element_ids.hpp"
#include "host/care/fixtures.hpp"
#include "host/care/hearing_states.hpp"
#include "host/care/placing.hpp"
#include "host/care/sources.hpp"
#include "host/model/identifiers.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace causeway::care {
namespace {

/// What one kind of source last said of a fact.
struct Reading {
  std::string value;  ///< compared and shown
  std::string source, message_id, when;
};
using Readings = std::map<std::string, Reading, std::less<>>;     ///< by kind of source
using Place = std::tuple<std::string, std::string, std::string>;  ///< element, field, kind

/// "status: conditional | conditions: ..." -> "conditional"; the whole of it when no part is asked for.
std::string_view partOf(std::string_view value, std::string_view part) {
  if (part.empty()) return value;
  for (size_t at = 0; at < value.size();) {
    const size_t end = std::min(value.find(" | ", at), value.size());
    const auto one = value.substr(at, end - at);
    if (one.starts_with(part) && one.substr(part.size()).starts_with(": ")) return one.substr(part.size() + 2);
    at = end + 3;
  }
  return {};
}

bool isNameField(std::string_view field, std::string_view wanted) {
  return field.starts_with(wanted) && field.ends_with(']') && field.substr(wanted.size()).starts_with('[');
}

/// "REAL ADA|MARSH" -> "ADA|MARSH"; other kinds of names (former, alias) differ rightly.
std::string nameIn(std::string_view value) {
  constexpr std::string_view kReal = "REAL ";
  return value.starts_with(kReal) ? std::string(value.substr(kReal.size())) : std::string();
}

/// "2026-07-01T10:00[cp_utc]" -> "2026-07-01 10:00".
std::string plainTime(std::string_view value) {
  std::string out(value.substr(0, value.find('[')));
  std::ranges::replace(out, 'T', ' ');
  return out;
}

std::string valueOf(const SharedFact& fact, std::string_view said) {
  switch (fact.shape) {
    case SharedFact::Shape::Name: return nameIn(said);
    case SharedFact::Shape::Time: return plainTime(said);
    case SharedFact::Shape::Place: return std::string(model::courtHouse(said));
    case SharedFact::Shape::Number: return model::normaliseUrn(said).stem;
    default: return std::string(partOf(said, fact.part));
  }
}

bool isOver(const canonical::Fact& fact) { return fact.state() == "superseded" || fact.state() == "withdrawn"; }

/// Day, time and court house, each as far as it is said: "2026-07-01 10:00 B01EF", "2026-07-01".
bool sameTimeAndPlace(std::string_view a, std::string_view b) {
  const auto first = split(a, ' '), second = split(b, ' ');
  for (size_t i = 0; i < std::min(first.size(), second.size()); ++i)
    if (!first[i].empty() && !second[i].empty() && first[i] != second[i]) return false;
  return true;
}

bool meanTheSame(const SharedFact& fact, std::string_view a, std::string_view b) {
  if (a == b || (fact.shape == SharedFact::Shape::Time && sameTimeAndPlace(a, b)) ||
      (fact.shape == SharedFact::Shape::Name && sameName(a, b)))
    return true;
  return std::ranges::any_of(fact.same, [&](const auto& alike) {
    return std::ranges::find(alike, a) != alike.end() && std::ranges::find(alike, b) != alike.end();
  });
}

/// The later word of a source that makes the fact is news, which the others have not heard yet.
bool isNews(const SharedFact& fact, const Readings::value_type& a, const Readings::value_type& b) {
  const auto& later = a.second.when > b.second.when ? a : b;
  return fact.news_from.contains(later.first);
}

class Comparison {
 public:
  Comparison(const std::vector<SharedFact>& facts, const canonical::CaseRecord& record)
      : facts_(facts), record_(record) {}

  /// Of each place where sources disagree: the fact and what each says.
  std::map<Place, std::pair<const SharedFact*, Readings>> disagreements() {
    gather();
    for (const auto& fact : facts_)
      if (fact.shape == SharedFact::Shape::Time) gatherFixtures(fact);
      else if (fact.shape == SharedFact::Shape::Results) gatherResults(fact);
    std::erase_if(found_, [&](const auto& one) {
      const auto& [fact, readings] = one.second;
      return !disagree(*fact, readings, !no_news_.contains(one.first)) || isKnownByAll(*fact, readings);
    });
    return std::move(found_);
  }

 private:
  void gather() {
    for (const auto& said : record_.facts()) {
      if (isOver(said)) continue;
      const auto kind = std::string_view(said.element()).substr(0, said.element().find('-'));
      for (const auto& fact : facts_) {
        if (fact.element != kind) continue;
        const bool name = fact.shape == SharedFact::Shape::Name;
        if (name ? !isNameField(said.field(), fact.field) : said.field() != fact.field) continue;
        const auto claim = claimOf(record_, said);
        std::string value = valueOf(fact, claim.value);
        if (value.empty() || fact.nothing.contains(value)) continue;
        take(fact, said.element(), claim, std::move(value));
      }
    }
  }

  void take(const SharedFact& fact, const std::string& element, const Claim& claim, std::string value,
            const std::string& item = {}) {
    if (std::ranges::find(fact.between, claim.family) == fact.between.end()) return;
    auto& [rule, readings] = found_[{element, fact.field + item, fact.kind}];
    rule = &fact;
    auto& reading = readings[std::string(claim.family)];
    if (std::tie(reading.when, reading.message_id) > std::tie(claim.when, claim.message_id)) return;
    reading = {std::move(value), std::string(claim.source), std::string(claim.message_id), std::string(claim.when)};
  }

  /// Two fixtures of one defendant on one day, each known from other sources, are one hearing of which each says another time or place.
  void gatherFixtures(const SharedFact& fact) {
    const auto& fixtures = fixturesOf(record_);
    const auto others = otherTrials(record_);
    const auto parts = others.empty() ? std::map<std::string, std::set<std::string>>() : fixturesByHearing(record_);
    for (const auto& [courts, theirs] : others)
      for (const auto& hearing : {courts, theirs})
        for (const auto& id : parts.at(hearing))
          takeAll(fact, *byId(fixtures, id), numberOf(courts) < numberOf(theirs) ? courts : theirs);
    for (const auto& [courts, theirs] : others)
      no_news_.insert({numberOf(courts) < numberOf(theirs) ? courts : theirs, fact.field, fact.kind});
    for (int i = 0; i < fixtures.size(); ++i)
      for (int j = i + 1; j < fixtures.size(); ++j) {
        const auto &a = fixtures.Get(i), &b = fixtures.Get(j);
        if (!isToCome(a) || !isToCome(b) || a.starts_at().date().empty() ||
            a.starts_at().date() != b.starts_at().date() || !shareDefendant(a, b))
          continue;
        const auto of_a = saidOf(a), of_b = saidOf(b);
        if (std::ranges::any_of(of_a, [&](const auto& one) { return of_b.contains(one.first); })) continue;
        takeAll(fact, a, a.id());
        takeAll(fact, b, a.id());
      }
  }

  /// What each kind of source says was ordered for one offence on one day. Nothing is compared with somebody who says nothing of that day.
  void gatherResults(const SharedFact& fact) {
    std::map<std::string, std::pair<std::string, std::string>> of;  // offence and day, by result
    for (const auto& defendant : record_.case_().defendants())
      for (const auto& offence : defendant.offences())
        for (const auto& result : offence.results())
          if (!result.deleted()) of[result.id()] = {offence.id(), result.ordered_on()};
    std::map<std::pair<std::string, std::string>, std::map<std::string, std::set<std::string>>> codes;
    std::map<std::pair<std::string, std::string>, std::map<std::string, Claim>> last;
    for (const auto& said : record_.facts()) {
      const auto result = of.find(said.element());
      if (said.field() != "code" || isOver(said) || result == of.end()) continue;
      const auto claim = claimOf(record_, said);
      const std::string family(claim.family);
      codes[result->second][family].insert(std::string(claim.value));
      auto& newest = last[result->second].try_emplace(family, claim).first->second;
      if (newest.when < claim.when) newest = claim;
    }
    for (const auto& [place, by_family] : codes)
      for (const auto& [family, all] : by_family)
        take(fact, place.first, last.at(place).at(family), join({all.begin(), all.end()}, ", "),
             "[" + place.second + "]");
  }

  void takeAll(const SharedFact& fact, const canonical::Hearing& fixture, const std::string& element) {
    for (const auto& [family, claim] : saidOf(fixture)) take(fact, element, claim, timeAndPlace(fixture));
  }

  static bool isToCome(const canonical::Hearing& hearing) { return !hasHappened(hearing) && !isCalledOff(hearing); }
  static bool shareDefendant(const canonical::Hearing& a, const canonical::Hearing& b) {
    return std::ranges::any_of(a.defendant_ids(), [&](const auto& id) {
      return std::ranges::find(b.defendant_ids(), id) != b.defendant_ids().end();
    });
  }
  static std::string timeAndPlace(const canonical::Hearing& hearing) {
    return hearing.starts_at().date() + " " + hearing.starts_at().time() + " " + houseOf(hearing);
  }

  std::map<std::string, Claim> saidOf(const canonical::Hearing& fixture) const {
    std::map<std::string, Claim> out;
    for (const auto& said : record_.facts()) {
      if (said.element() != fixture.id() || said.field() != "starts_at" || isOver(said)) continue;
      const auto claim = claimOf(record_, said);
      out.insert_or_assign(std::string(claim.family), claim);
    }
    return out;
  }

  /// A case that was joined or split goes by several numbers: somebody has said each of them of it.
  bool isKnownByAll(const SharedFact& fact, const Readings& readings) const {
    if (fact.shape != SharedFact::Shape::Number) return false;
    std::map<std::string, std::set<std::string>> said;  // by kind of source, also what it has replaced since
    for (const auto& one : record_.facts())
      if (one.element() == fact.element && one.field() == fact.field && one.state() != "withdrawn")
        said[std::string(claimOf(record_, one).family)].insert(valueOf(fact, one.value()));
    return std::ranges::any_of(said, [&](const auto& family) {
      return std::ranges::all_of(readings, [&](const auto& one) { return family.second.contains(one.second.value); });
    });
  }

  static bool disagree(const SharedFact& fact, const Readings& readings, bool may_be_news) {
    for (auto a = readings.begin(); a != readings.end(); ++a)
      for (auto b = std::next(a); b != readings.end(); ++b)
        if (!meanTheSame(fact, a->second.value, b->second.value) && !(may_be_news && isNews(fact, *a, *b))) return true;
    return false;
  }

  const std::vector<SharedFact>& facts_;
  const canonical::CaseRecord& record_;
  std::map<Place, std::pair<const SharedFact*, Readings>> found_;
  std::set<Place>
      no_news_;  ///< where somebody named a trial that the court never did: no later word of the court explains it
};

std::string kindOf(const SharedFact& fact, const Readings& readings) {
  for (auto a = readings.begin(); a != readings.end(); ++a)
    for (auto b = std::next(a); b != readings.end(); ++b)
      if (const auto cause = likelyCause(fact.shape, a->second.value, b->second.value); !cause.empty())
        return fact.kind + "_" + std::string(cause);
  return fact.kind;
}

void write(const Readings& readings, canonical::Discrepancy& to) {
  to.clear_readings();
  for (const auto& [family, reading] : readings) {
    auto& one = *to.add_readings();
    std::string value = reading.value;
    std::ranges::replace(value, '|', ' ');
    one.set_value(std::move(value));
    one.set_source(reading.source);
    one.set_message_id(reading.message_id);
    one.set_at(reading.when + "Z");
  }
}

}  // namespace

void Reconciliation::compare(Folded& folded) const {
  const auto open = Comparison(facts_, folded.record).disagreements();
  auto& list = *folded.record.mutable_case_()->mutable_discrepancies();
  std::vector<std::string> about;
  std::set<std::string> still;
  for (const auto& [place, found] : open) {
    const auto& [element, field, kind] = place;
    const std::string id = "dis-" + stableId({element, field, kind}).substr(0, 12);
    still.insert(id);
    canonical::Discrepancy now;
    now.set_id(id);
    now.mutable_kind()->set_code(kindOf(*found.first, found.second));
    if (!element.empty()) now.set_entity_id(element);
    now.set_field(field);
    now.set_state("open");
    write(found.second, now);
    const auto known = std::ranges::find(list, id, [](const auto& one) { return one.id(); });
    auto& shown = known != list.end() ? *known : *list.Add();
    const auto values = [](const canonical::Discrepancy& one) {
      std::string out = one.state();
      for (const auto& reading : one.readings()) out += "|" + reading.source() + "=" + reading.value();
      return out;
    };
    if (values(shown) != values(now)) about.push_back(id);
    shown = std::move(now);
  }
  for (auto& one : list) {
    if (still.contains(one.id()) || one.state() != "open" || !one.id().starts_with("dis-")) continue;
    one.set_state("corrected");
    one.clear_readings();
    about.push_back(one.id());
  }
  if (!about.empty()) folded.events.push_back({"discrepancy.found", std::move(about)});
}

}  // namespace causeway::care
