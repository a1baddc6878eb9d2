#include "host/care/fold.hpp"

#include "host/care/answers.hpp"
#include "host/care/background_checks.hpp"
#include "host/care/case_numbers.hpp"
#include "host/care/element_ids.hpp"
#include "host/care/fixtures.hpp"
#include "host/care/hearings.hpp"
#include "host/care/marks.hpp"
#include "host/care/orders.hpp"
#include "host/care/outcome.hpp"
#include "host/care/placing.hpp"
#include "host/care/protected_people.hpp"
#include "host/care/references.hpp"
#include "host/care/replaced_results.hpp"
#include "host/care/sources.hpp"
#include "host/care/wanted_again.hpp"
#include "host/care/withdrawn.hpp"

#include <algorithm>

namespace causeway::care {

bool isFromRecords(const canonical::CanonicalMessage& message) {
  return message.type() == "case.registered" || familyOf(message.format()) == "niche";
}

Fold::Fold(Folded& out, const canonical::CanonicalMessage& message)
    : out_(out), message_(message), said_(message.case_()), ledger_(out.record, message), merger_(ledger_) {}

Result<void> Fold::run() {
  registers_now_ = isFromRecords(message_) && !out_.record.registered();
  CW_CHECK_OK(checkAnswers(out_.record.case_(), message_));
  CW_CHECK_OK(readChecks(out_.record.case_(), message_, said_));
  CW_CHECK_OK(placeDefendants());
  if (registers_now_) out_.record.set_registered(true);
  out_.record.add_message_ids(message_.message_id());
  openFixtures(out_.record);
  openWithdrawn(out_.record);
  placeParties();
  placeHearings();
  canonical::Case waiting;
  takeWaiting(said_, waiting);
  mark({}, merger_.merge(*out_.record.mutable_case_(), said_, {}));
  mergeDefendants();
  referFrom({});
  mergeWaiting(waiting);
  Marks(out_, message_, ledger_, changed_).take(said_, placed_hearings_);
  joinParties();
  Hearings hearings(out_, ledger_, merger_, changed_);
  hearings.takeNext(said_, defendant_ids_);
  hearings.joinAll();
  hearings.countFixtures();
  closeWithdrawn(out_.record, ledger_, Lists::OfDefendants);
  for (const auto& id : replaceResults(out_.record)) changed_.insert(id);
  for (const auto& id : deriveOrders(out_.record)) changed_.insert(id);
  nameProtected(*out_.record.mutable_case_());
  collectNumbers(*out_.record.mutable_case_());
  deriveOutcome(out_.record, ledger_);
  showHearings();
  closeWithdrawn(out_.record, ledger_, Lists::OfPeople);
  showWantedAgain(out_.record, ledger_);
  return {};
}

void Fold::mark(const std::string& element, bool changed) {
  if (changed) changed_.insert(element);
}

void Fold::find(std::string code, std::string element, std::string text) {
  const bool known = std::ranges::any_of(
      out_.findings, [&](const Finding& one) { return one.code == code && one.element == element; });
  if (!known) out_.findings.push_back({std::move(code), std::move(element), std::move(text)});
}

void Fold::rememberId(const std::string& given, const std::string& own) {
  if (!given.empty()) ids_[given] = own;
}

/// References that lead nowhere are dropped: a temporary id means nothing outside its message.
void Fold::resolveIn(model::ProtoMessage& element, bool drop) const {
  changeReferences(element, [&](std::string reference) {
    if (const auto known = ids_.find(reference); known != ids_.end()) reference = known->second;
    return drop && isTemporary(reference) ? std::string() : reference;
  });
}

/// Every defendant finds a place before anything is written: a message that cannot be placed leaves no trace.
Result<void> Fold::placeDefendants() {
  auto& whole = *out_.record.mutable_case_();
  const bool may_add = isFromRecords(message_) || !out_.record.registered() || whole.defendants().empty();
  std::vector<int> places;
  for (const auto& said : said_.defendants()) {
    const int place = findDefendant(whole, said, ledger_);
    if (place == kSeveral)
      return fail(
          ErrorKind::Invalid,
          "the defendant cannot be placed: several defendants of the case answer to the numbers and names given");
    if (place == kNobody && !may_add)
      return fail(ErrorKind::Invalid,
                  "the defendant cannot be placed: no defendant of the case answers to the numbers and names given");
    places.push_back(place);
  }
  for (int i = 0; i < said_.defendants_size(); ++i) {
    auto& said = *said_.mutable_defendants(i);
    std::string id = places[static_cast<size_t>(i)] == kNobody ? nextDefendantId(out_.record)
                                                               : whole.defendants(places[static_cast<size_t>(i)]).id();
    if (places[static_cast<size_t>(i)] == kNobody) {
      whole.add_defendants()->set_id(id);
      new_defendants_.insert(id);
      changed_.insert(id);
    }
    rememberId(said.id(), id);
    defendant_ids_.push_back(std::move(id));
  }
  return {};
}

/// One after the other: a victim who is repeated under each offence becomes one party.
void Fold::placeParties() {
  auto& whole = *out_.record.mutable_case_();
  for (auto& said : *said_.mutable_parties()) {
    const int place = findParty(whole, said);
    const std::string id = place >= 0 ? whole.parties(place).id() : nextPartyId(out_.record);
    auto* shown = place >= 0 ? whole.mutable_parties(place) : whole.add_parties();
    shown->set_id(id);
    rememberId(said.id(), id);
    said.set_id(id);
    if (place == kSeveral)
      find("party_ambiguous", id,
           "Several people of the case answer to this name: a person must say whether this is one of them.");
    if (place < 0) changed_.insert(id);
    takeWaiting(said, waiting_[id].emplace_back());
    mark(id, merger_.merge(*shown, said, id));
    if (said.has_organisation() && shown->organisation().name().empty() && !shown->has_person())
      find("name_wanted", id, "The organisation has no name in what was sent.");
  }
}

void Fold::resolveResult(canonical::Result& result) {
  resolveIn(result);
  if (!result.has_hearing_id() && !own_hearing_.empty()) result.set_hearing_id(own_hearing_);
}

void Fold::mergeDefendants() {
  for (int i = 0; i < said_.defendants_size(); ++i) {
    auto& said = *said_.mutable_defendants(i);
    const std::string& id = defendant_ids_[static_cast<size_t>(i)];
    auto& shown = *std::ranges::find(*out_.record.mutable_case_()->mutable_defendants(), id,
                                     [](const auto& one) { return one.id(); });
    referFrom(id);
    resolveIn(said);
    said.set_id(id);
    for (auto& attendance : *said.mutable_attendances())
      if (!attendance.has_hearing_id() && !own_hearing_.empty()) attendance.set_hearing_id(own_hearing_);
    mark(id, merger_.merge(shown, said, id));
    mergeResults(*shown.mutable_results(), *said.mutable_results());
    mergeOffences(shown, said);
    for (auto& order : *said.mutable_orders()) {
      resolveIn(order);
      auto& known = orderLike(out_.record, shown, order);
      mark(known.id(), merger_.merge(known, order, known.id()));
    }
    findInDefendant(said, id);
  }
}

void Fold::mergeOffences(canonical::Defendant& defendant, canonical::Defendant& said) {
  std::set<std::string> used;
  std::vector<std::string> places(static_cast<size_t>(said.offences_size()));
  const std::string family(familyOf(message_.format()));
  for (const bool exact : {true, false})
    for (size_t i = 0; i < places.size(); ++i) {
      if (!places[i].empty()) continue;
      const int place = findOffence(defendant, said.offences(static_cast<int>(i)), {ledger_, family, used, exact});
      if (place < 0) continue;
      places[i] = defendant.offences(place).id();
      used.insert(places[i]);
    }
  const bool added_later =
      !new_defendants_.contains(defendant.id()) && !defendant.offences().empty() && !isFromRecords(message_);
  for (size_t i = 0; i < places.size(); ++i) {
    auto& one = *said.mutable_offences(static_cast<int>(i));
    if (places[i].empty()) {
      places[i] = nextOffenceId(out_.record);
      defendant.add_offences()->set_id(places[i]);
      changed_.insert(places[i]);
      if (added_later)
        find("offence_added", places[i], "The message speaks of an offence that was not known in this case.");
    }
    rememberId(one.id(), places[i]);
    one.set_id(places[i]);
    auto& shown =
        *std::ranges::find(*defendant.mutable_offences(), places[i], [](const auto& offence) { return offence.id(); });
    resolveIn(one);
    mark(places[i], merger_.merge(shown, one, places[i]));
    mergeResults(*shown.mutable_results(), *one.mutable_results());
    if (one.plea().unmapped())
      find("unknown_plea", places[i], "The plea is not in the list: no rule treats it as any known plea.");
  }
}

void Fold::mergeResults(google::protobuf::RepeatedPtrField<canonical::Result>& shown,
                        google::protobuf::RepeatedPtrField<canonical::Result>& said) {
  std::set<std::string> used;
  for (auto& one : said) {
    resolveResult(one);
    const int place = findResult(shown, one, used);
    auto& result = place >= 0 ? *shown.Mutable(place) : *shown.Add();
    // The element exists in the case before the next id is worked out.
    if (place < 0) result.set_id(nextResultId(out_.record));
    const std::string id = result.id();
    used.insert(id);
    rememberId(one.id(), id);
    mark(id, place < 0);
    mark(id, merger_.merge(result, one, id));
    if (one.next_hearing().starts_at().confidence() == "conflict")
      find("time_conflict", id, "The court gave two times for the next hearing.");
    if (one.has_next_hearing() && one.next_hearing().starts_at().date().empty())
      find("next_hearing_undated", id, "There is a next hearing, but what was sent has no date for it.");
  }
}

/// What refers from one element to another, once all have their ids.
void Fold::mergeWaiting(canonical::Case& waiting) {
  auto& whole = *out_.record.mutable_case_();
  const auto settle = [&](model::ProtoMessage& element) {
    resolveIn(element, false);
    giveLastingIds(element, [&](const std::string& given, const std::string& own) { rememberId(given, own); });
  };
  settle(waiting);
  for (auto& [id, all] : waiting_)
    for (auto& one : all) settle(one);
  resolveIn(waiting);
  mark({}, merger_.merge(whole, waiting, {}));
  for (auto& shown : *whole.mutable_hearings())
    for (auto& said : waiting_hearings_) {
      if (said.id() != shown.id()) continue;
      resolveIn(said);
      mark(shown.id(), merger_.merge(shown, said, shown.id()));
    }
  for (auto& shown : *whole.mutable_parties())
    for (auto& said : waiting_[shown.id()]) {
      auto& list = *said.mutable_relationships();
      const auto lost = [](const auto& one) { return isTemporary(one.to_id()); };
      list.erase(std::remove_if(list.begin(), list.end(), lost), list.end());
      resolveIn(said);
      mark(shown.id(), merger_.merge(shown, said, shown.id()));
    }
}

/// A message may say of two people what shows that they are one: a number beside a name.
void Fold::joinParties() {
  auto& parties = *out_.record.mutable_case_()->mutable_parties();
  for (int keep = 0; keep < parties.size(); ++keep)
    for (int gone = keep + 1; gone < parties.size(); ++gone) {
      if (!areOne(parties.Get(keep), parties.Get(gone))) continue;
      const canonical::Party other = parties.Get(gone);
      auto& kept = *parties.Mutable(keep);
      merger_.absorb(kept, other, kept.id(), other.id());
      ledger_.join(other.id(), kept.id());
      merger_.sortLists(kept, kept.id());
      renameReferences(*out_.record.mutable_case_(), other.id(), kept.id());
      merger_.joinItemsOf(*out_.record.mutable_case_());
      retire(out_.record, other.id());
      changed_.erase(other.id());
      changed_.insert(kept.id());
      find("parties_joined", kept.id(), "Two entries turned out to be the same person and are now one.");
      parties.DeleteSubrange(gone, 1);
      gone = keep;  // what is one now may answer to others
    }
}

void Fold::findInDefendant(const canonical::Defendant& said, const std::string& id) {
  if (said.asn().grade() == "warn")
    find("asn_doubtful", id, "The arrest summons number has an odd form or a wrong check letter.");
  const auto doubtful = [](const canonical::Code& status) {
    return status.code() == "undetermined_p" || (status.unmapped() && status.raw() == "P");
  };
  bool bail_p = doubtful(said.bail().status());
  for (const auto& offence : said.offences())
    for (const auto& result : offence.results()) bail_p = bail_p || doubtful(result.bail_status());
  if (bail_p)
    find("bail_p", id,
         "Bail status P means custody in one system and conditional bail in another: a person must find out before "
         "anybody is told.");
}

}  // namespace causeway::care
