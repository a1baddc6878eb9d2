#include "host/care/events.hpp"

#include "host/care/at_odds.hpp"
#include "host/care/awaited.hpp"
#include "host/care/background_checks.hpp"
#include "host/care/bail_changes.hpp"
#include "host/care/element_ids.hpp"
#include "host/care/fixtures.hpp"
#include "host/care/joined_hearings.hpp"
#include "host/care/late_results.hpp"
#include "host/care/merger.hpp"
#include "host/care/sources.hpp"
#include "host/care/told.hpp"
#include "host/care/told_starts.hpp"
#include "host/care/withdrawn.hpp"
#include "host/care/witness_news.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace causeway::care {
namespace {

using Ids = std::vector<std::string>;

void addOnce(Ids& ids, const std::string& id) {
  if (!id.empty() && std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
}

/// Everything that goes with a new result: its defendant, offence, the result and the hearing. `wanted` says which results count.
Ids aboutResults(const canonical::Case& whole, const auto& wanted) {
  Ids out;
  const auto take = [&](const auto& results, const std::string& defendant, const std::string& offence) {
    for (const auto& result : results) {
      if (!wanted(result)) continue;
      addOnce(out, defendant);
      addOnce(out, offence);
      addOnce(out, result.id());
      addOnce(out, result.hearing_id());
    }
  };
  for (const auto& defendant : whole.defendants()) {
    take(defendant.results(), defendant.id(), {});
    for (const auto& offence : defendant.offences()) take(offence.results(), defendant.id(), offence.id());
  }
  return out;
}

/// The elements in which something shown changed: what was put aside counts, and what was said only to be put aside does not.
std::set<std::string> shownChanges(const canonical::CaseRecord& before, const canonical::CaseRecord& after,
                                   std::set<std::string> changed) {
  auto aside = elementsWithdrawn(after);
  std::ranges::copy(elementsWithdrawn(before), std::back_inserter(aside));
  for (const auto& id : aside) {
    const auto *old = elementById(before.case_(), id), *now = elementById(after.case_(), id);
    if (old == nullptr || now == nullptr || id.empty()) continue;
    if (old->SerializeAsString() == now->SerializeAsString()) changed.erase(id);
    else changed.insert(id);
  }
  return changed;
}

class Events {
 public:
  Events(const canonical::CaseRecord& before, const canonical::CaseRecord& after, const Fold& fold,
         const canonical::CanonicalMessage& message)
      : before_record_(before),
        after_record_(after),
        before_(before.case_()),
        after_(after.case_()),
        fold_(fold),
        message_(message),
        changed_(shownChanges(before, after, fold.changed())),
        joined_(joinedFixtures(before, after)),
        told_(toldStarts(before)),
        again_(fold.registersNow() && before.message_ids_size() > 0) {}

  std::vector<Event> all() {
    ofMessage();
    if (again_) ofResultsAlreadyHeld();
    ofHearings();
    ofDefendants();
    if (message_.type() == "hearing.resulted" || message_.type() == "witness.in_custody" || again_)
      for (auto& event : witnessNews(again_ ? canonical::Case::default_instance() : before_, after_, message_))
        events_.push_back(std::move(event));
    for (auto& event :
         attendanceEvents(before_, after_, message_, joinedHearings(joined_, before_record_, after_record_)))
      events_.push_back(std::move(event));
    for (auto& event : calledOffEvents(after_record_, message_, events_)) events_.push_back(std::move(event));
    if (after_.has_finalised_on() && !before_.has_finalised_on()) add("case.finalised", {});
    return std::move(events_);
  }

 private:
  void add(std::string type, Ids about) { events_.push_back({std::move(type), std::move(about)}); }

  void ofMessage() {
    if (changed_.empty()) return;
    if (message_.type() == "hearing.listed") return;  // told hearing by hearing
    if (message_.type() == "hearing.resulted") return ofResulted();
    if (isAboutChecks(message_.type())) return ofChecks();
    std::string type = message_.type();
    // A case is registered once; the same said again with more in it is news of a known case.
    if (type == "case.registered" && !fold_.registersNow()) type = "case.updated";
    Ids about;
    for (const auto& id : changed_) addOnce(about, id);
    // What somebody else says of a person is also a proposal for the records, in their own words.
    if (type == "party.updated" && familyOf(message_.format()) != "niche") add("record.change_proposed", about);
    add(std::move(type), std::move(about));
  }

  /// Check by check: each has an asker and a subject of its own. One that is asked again is no news.
  void ofChecks() {
    for (const auto& said : message_.case_().background_checks()) {
      const auto* old = checkOf(before_, said.id());
      const bool again = message_.type() == "background_check.requested" && old != nullptr && old->has_asked_by();
      if (!again && checkOf(after_, said.id()) != nullptr) add(message_.type(), {said.id()});
    }
  }

  void ofResulted() {
    Ids about = aboutResults(after_, [&](const auto& one) {
      return changed_.contains(one.id()) && !one.deleted() && !isWitnessDirection(one);
    });
    const Ids gone = aboutResults(after_, [&](const auto& one) { return one.deleted() && !wasDeleted(one.id()); });
    if (!gone.empty()) add("result.withdrawn", gone);
    bool is_news = !about.empty();
    for (const auto& defendant : after_.defendants())
      for (const auto& offence : defendant.offences())
        if (changed_.contains(offence.id())) {
          addOnce(about, defendant.id());
          addOnce(about, offence.id());
          is_news = true;
        }
    for (const auto& id : changed_) {
      const auto *hearing = byId(after_.hearings(), id), *old = byId(before_.hearings(), id);
      if (hearing == nullptr || hearing->state() != "resulted") continue;
      addOnce(about, id);
      is_news = is_news || old == nullptr || old->state() != "resulted";
    }
    if (!is_news) return;  // taken back with nothing in its place, or something else about the people was said
    for (const auto& id : changed_)
      if (id.starts_with("d-")) addOnce(about, id);
    addResulted(std::move(about));
  }

  void addResulted(Ids about) {
    const char* type = isLateResult(after_, about) ? "hearing.resulted_late" : "hearing.resulted";
    if (!about.empty()) add(type, std::move(about));
  }

  bool wasDeleted(std::string_view id) const {
    for (const auto& defendant : before_.defendants()) {
      if (const auto* result = byId(defendant.results(), id)) return result->deleted();
      for (const auto& offence : defendant.offences())
        if (const auto* result = byId(offence.results(), id)) return result->deleted();
    }
    return true;  // one that was never told need not be taken back
  }

  /// Told when nobody could be reached, because the case was not known: told again, once, hearing by hearing.
  void ofResultsAlreadyHeld() {
    for (const auto& hearing : before_.hearings()) {
      addResulted(aboutResults(after_, [&](const auto& one) { return resultAt(before_, one.id(), hearing.id()); }));
    }
    addResulted(aboutResults(after_, [&](const auto& one) { return resultAt(before_, one.id(), {}); }));
  }

  static bool resultAt(const canonical::Case& whole, const std::string& id, std::string_view hearing) {
    for (const auto& defendant : whole.defendants()) {
      if (const auto* result = byId(defendant.results(), id))
        return !result->deleted() && result->hearing_id() == hearing;
      for (const auto& offence : defendant.offences())
        if (const auto* result = byId(offence.results(), id))
          return !result->deleted() && result->hearing_id() == hearing;
    }
    return false;
  }

  /// Told of the defendants for whom it is new. One who joins a hearing that everybody concerned was told of makes no news.
  void ofHearings() {
    const auto fixtures = fixturesByHearing(after_record_);
    const auto at_odds = hearingsAtOdds(after_record_);
    for (const auto& hearing : after_.hearings()) {
      if (!isToCome(hearing, message_) || !isNeeded(after_, hearing) || at_odds.contains(hearing.id())) continue;
      Ids news, known;
      bool any = false;
      for (const auto& id : fixtures.at(hearing.id())) {
        const auto& now = *byId(fixturesOf(after_record_), id);
        const auto* old = byId(fixturesOf(before_record_), id);
        const bool is_news = again_ || old == nullptr || toldStart(*old) != startOf(now);
        any = any || is_news;
        for (const auto& defendant : now.defendant_ids()) addOnce(is_news ? news : known, defendant);
      }
      if (!any || isToldAlready(news, known) || wasToldToAll(hearing) || wasToldOfAll(hearing, news, known)) continue;
      news.insert(news.begin(), hearing.id());
      add("hearing.listed", std::move(news));
    }
  }

  bool wasTold(const canonical::Hearing& old) const {
    const auto told = told_.find(old.id());
    return told == told_.end() || told->second != kNobodyTold;
  }

  /// What people were told last. Of the fixtures that have become this one, the one whose start was heard last.
  std::string toldStart(const canonical::Hearing& old) const {
    const auto* last = &old;
    for (const auto& [gone, kept] : joined_) {
      const auto* other = byId(fixturesOf(before_record_), gone);
      if (kept != old.id() || !isToCome(*other, message_) || !wasTold(*other)) continue;
      if (!wasTold(*last) || startHeardAt(before_record_, *other) > startHeardAt(before_record_, *last)) last = other;
    }
    const auto told = told_.find(last->id());
    return told == told_.end() ? startOf(*last) : told->second;
  }

  /// Whom an offence is against; an offence that does not say may be against anybody.
  std::set<std::string> victimsOf(const Ids& defendants, bool& anybody) const {
    std::set<std::string> out;
    for (const auto& id : defendants) {
      const auto* defendant = byId(after_.defendants(), id);
      if (defendant == nullptr) continue;
      anybody = anybody || defendant->offences().empty();
      for (const auto& offence : defendant->offences()) {
        anybody = anybody || offence.victim_ids().empty();
        out.insert(offence.victim_ids().begin(), offence.victim_ids().end());
      }
    }
    return out;
  }

  bool isToldAlready(const Ids& news, const Ids& known) const {
    if (news.empty() || known.empty()) return false;
    bool anybody_known = false, anybody_new = false;
    const auto told = victimsOf(known, anybody_known), to_tell = victimsOf(news, anybody_new);
    return anybody_known || (!anybody_new && std::ranges::includes(told, to_tell));
  }

  /// A hearing that named no defendant was told to everybody in the case; that it is now known whose it is, is no news.
  bool wasToldToAll(const canonical::Hearing& hearing) const {
    const auto* old = byId(before_.hearings(), hearing.id());
    return !again_ && old != nullptr && old->defendant_ids().empty() && isToCome(*old, message_) &&
           toldStart(*old) == startOf(hearing);
  }

  /// Told of every defendant of the case: that somebody else names the same start, and no defendant, is no news to anybody.
  bool wasToldOfAll(const canonical::Hearing& hearing, const Ids& news, const Ids& known) const {
    const auto* old = byId(before_.hearings(), hearing.id());
    return news.empty() && old != nullptr && isToCome(*old, message_) && toldStart(*old) == startOf(hearing) &&
           std::ranges::all_of(after_.defendants(),
                               [&](const auto& one) { return std::ranges::find(known, one.id()) != known.end(); });
  }

  void ofDefendants() {
    for (const auto& defendant : after_.defendants()) {
      const auto* old = byId(before_.defendants(), defendant.id());
      const bool other_bail = again_ || isOtherBail(old, defendant);
      if (other_bail && tellsOfBail(old, defendant)) add("bail.changed", {defendant.id()});
      if (auto about = nowUnprotected(old, defendant, after_); !about.empty()) {
        about.push_back(defendant.id());
        add("bail.protection_ended", std::move(about));
      }
      for (const auto& order : defendant.orders())
        if (again_ || old == nullptr || byId(old->orders(), order.id()) == nullptr)
          add("order.made", {order.id(), defendant.id()});
    }
  }

  const canonical::CaseRecord& before_record_;
  const canonical::CaseRecord& after_record_;
  const canonical::Case& before_;
  const canonical::Case& after_;
  const Fold& fold_;
  const canonical::CanonicalMessage& message_;
  const std::set<std::string> changed_;
  const std::map<std::string, std::string> joined_;  ///< fixtures that are gone, with what each has become
  const std::map<std::string, std::string> told_;    ///< starts, by fixture
  const bool again_;                                 ///< the records told of a case that already held something
  std::vector<Event> events_;
};

}  // namespace

std::vector<Event> eventsOf(const canonical::CaseRecord& before, const canonical::CaseRecord& after, const Fold& fold,
                            const canonical::CanonicalMessage& message) {
  return Events(before, after, fold, message).all();
}

}  // namespace causeway::care
