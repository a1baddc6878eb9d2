#include "host/care/witness_news.hpp"

#include "host/care/awaited.hpp"
#include "host/care/element_ids.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace causeway::care {
namespace {

/// The event that a decision makes; nothing for what nobody need be told: what is asked for, assessed, or served.
std::string_view eventOf(const canonical::SpecialMeasure& one) {
  const auto& state = one.state();
  const bool decided = state == "granted" || state == "refused" || state == "varied" || state == "discharged";
  return decided ? "special_measures.decided" : "";
}

std::string_view eventOf(const canonical::Summons& one) {
  return one.state() == "issued" ? "summons.issued" : one.state() == "withdrawn" ? "summons.withdrawn" : "";
}

/// Somebody has authorised that a prison brings the person, or no longer wants it. What a prison answers is no news of ours.
std::string_view eventOf(const canonical::ProductionRequest& one) {
  if (one.state() == "cancelled") return "production.cancelled";
  return one.state() == "proposed" && !one.authorised_by().empty() ? "production.requested" : "";
}

bool isSame(const canonical::SpecialMeasure& a, const canonical::SpecialMeasure& b) {
  return a.measure().code() == b.measure().code() && a.state() == b.state() && a.hearing_id() == b.hearing_id();
}

/// Each result has a number of its own, so a summons that is resulted again is known by its day.
bool isSame(const canonical::Summons& a, const canonical::Summons& b) {
  return a.kind().code() == b.kind().code() && a.state() == b.state() && a.hearing_id() == b.hearing_id() &&
         a.needed_at().date() == b.needed_at().date() && a.needed_at().time() == b.needed_at().time();
}

/// A request is made once under its number, whatever became of it since, and taken back once.
bool isSame(const canonical::ProductionRequest& a, const canonical::ProductionRequest& b) {
  return a.id() == b.id() && (a.state() != "cancelled" || b.state() == "cancelled");
}

class News {
 public:
  News(const canonical::Case& before, const canonical::Case& after, const canonical::CanonicalMessage& message)
      : before_(before) {
    for (const auto& hearing : after.hearings())
      if (isToCome(hearing, message) && isNeeded(after, hearing)) to_come_.push_back(&hearing);
    std::ranges::stable_sort(to_come_, {}, [](const auto* one) { return start(*one); });
  }

  void ofDirections(const canonical::Party& party) {
    const auto& old = before(party);
    collect(party, party.special_measures(), old.special_measures());
    collect(party, party.summonses(), old.summonses());
  }

  /// One event for each: they go to the prison under the number of the request.
  void ofProductions(const canonical::Party& party) {
    for (const auto& one : party.productions()) {
      const auto type = eventOf(one);
      const auto isOld = [&](const auto& other) { return isSame(one, other); };
      if (type.empty() || std::ranges::any_of(before(party).productions(), isOld)) continue;
      events_.push_back({std::string(type), {party.id(), one.id()}});
      if (const auto hearing = onTheDay(one.needed_at()); !hearing.empty()) events_.back().about.push_back(hearing);
    }
  }

  std::vector<Event> take() { return std::move(events_); }

 private:
  static std::pair<std::string_view, std::string_view> start(const canonical::Hearing& one) {
    return {one.starts_at().date(), one.starts_at().time()};
  }

  const canonical::Party& before(const canonical::Party& party) const {
    const auto* old = byId(before_.parties(), party.id());
    return old == nullptr ? canonical::Party::default_instance() : *old;
  }

  template <class List>
  void collect(const canonical::Party& party, const List& now, const List& old) {
    for (const auto& one : now) {
      const auto type = eventOf(one);
      const auto isOld = [&](const auto& other) { return isSame(one, other); };
      if (type.empty() || std::ranges::any_of(old, isOld)) continue;
      add(type, hearingOf(party, one), party.id());
    }
  }

  std::string hearingOf(const canonical::Party& party, const canonical::SpecialMeasure& one) const {
    return one.has_hearing_id() ? one.hearing_id() : nextOf(party);
  }

  std::string hearingOf(const canonical::Party& party, const canonical::Summons& one) const {
    if (one.has_hearing_id()) return one.hearing_id();
    return one.has_needed_at() ? onTheDay(one.needed_at()) : nextOf(party);
  }

  std::string onTheDay(const canonical::LocalTime& at) const {
    const auto fits = [&](const auto* hearing) { return hearing->starts_at().date() == at.date(); };
    const auto found = std::ranges::find_if(to_come_, fits);
    return found == to_come_.end() ? std::string() : (*found)->id();
  }

  std::string nextOf(const canonical::Party& party) const {
    const auto awaits = [&](const auto* hearing) {
      return std::ranges::any_of(party.attendances(),
                                 [&](const auto& one) { return one.hearing_id() == hearing->id(); });
    };
    const auto found = std::ranges::find_if(to_come_, awaits);
    if (found != to_come_.end()) return (*found)->id();
    return to_come_.empty() ? std::string() : to_come_.front()->id();
  }

  /// One event tells all the people of whom a hearing brings the same kind of news.
  void add(std::string_view type, const std::string& hearing, const std::string& party) {
    const auto same = [&](const Event& one) {
      return one.type == type && (hearing.empty() ? one.about.front().starts_with("p-") : one.about.front() == hearing);
    };
    auto event = std::ranges::find_if(events_, same);
    if (event == events_.end()) {
      events_.push_back({std::string(type), {}});
      event = events_.end() - 1;
      if (!hearing.empty()) event->about.push_back(hearing);
    }
    if (std::ranges::find(event->about, party) == event->about.end()) event->about.push_back(party);
  }

  const canonical::Case& before_;
  std::vector<const canonical::Hearing*> to_come_;  ///< the first one first
  std::vector<Event> events_;
};

}  // namespace

std::vector<Event> witnessNews(const canonical::Case& before, const canonical::Case& after,
                               const canonical::CanonicalMessage& message) {
  News news(before, after, message);
  const auto& type = message.type();
  for (const auto& party : after.parties()) {
    if (type != "witness.in_custody") news.ofDirections(party);
    if (type != "hearing.resulted") news.ofProductions(party);
  }
  return news.take();
}

bool isWitnessDirection(const canonical::Result& result) {
  constexpr std::array<std::string_view, 3> directions = {"special_measures_direction", "witness_summons",
                                                          "witness_summons_withdrawn"};
  const auto directs = [&](const canonical::Code& one) {
    return std::ranges::find(directions, one.code()) != directions.end() && !one.unmapped();
  };
  return !result.party_ids().empty() && !result.meanings().empty() && std::ranges::all_of(result.meanings(), directs);
}

}  // namespace causeway::care
