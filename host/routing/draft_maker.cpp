#include "host/routing/draft_maker.hpp"

#include "host/base/stable_id.hpp"
#include "host/base/text.hpp"
#include "host/model/consent.hpp"
#include "host/routing/items.hpp"
#include "host/routing/person_scope.hpp"

#include <algorithm>

namespace causeway::routing {
namespace {

constexpr const char* kAuthor = "causeway";
constexpr int kEndOfDay = 17;

// Whoever stands by the person: in the list after the person, so that the person stays first.
std::vector<canonical::Party> supportersOf(const canonical::Case& whole, const std::string& person,
                                           const std::string& service) {
  std::vector<canonical::Party> out;
  for (const auto& party : whole.parties()) {
    const auto& supporter = party.supporter();
    const bool serves = supporter.service().code() == service && !supporter.service().unmapped();
    if (serves && std::ranges::find(supporter.supports(), person) != supporter.supports().end()) out.push_back(party);
  }
  return out;
}

// "12:00", as London's clocks show it; the end of the day where it is none.
LondonTime timeOf(std::string_view text) {
  LondonTime out;
  const auto digits = [&](size_t from) -> int {
    const auto digit = [&](size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    return digit(from) && digit(from + 1) ? 10 * (text[from] - '0') + text[from + 1] - '0' : -1;
  };
  const bool timed = text.size() >= 5 && text[2] == ':';
  out.hour = timed ? digits(0) : -1;
  out.minute = timed ? digits(3) : -1;
  if (out.hour >= 0 && out.hour < 24 && out.minute >= 0 && out.minute < 60) return out;
  out.hour = kEndOfDay;
  out.minute = 0;
  return out;
}

void write(canonical::Text& text, std::string words, Instant as_of) {
  text.set_text(std::move(words));
  text.set_basis("fact");
  text.set_author(kAuthor);
  text.set_as_of(formatInstant(as_of));
}

bool isEnhanced(const Tell& tell, const canonical::CanonicalMessage& message) {
  return tell.over_people && message.case_().parties(0).enhanced().entitled();
}

std::string caseKey(const canonical::Case& whole) { return whole.has_case_id() ? whole.case_id() : whole.urn(); }

}  // namespace

void DraftMaker::make(const Rule& rule, std::vector<Draft>& out) const {
  for (size_t number = 0; number < rule.tells.size(); ++number) {
    const Tell& tell = rule.tells[number];
    const Place place{rule, tell, number};
    if (tell.for_each.empty()) {
      out.push_back(finish(place, event_, {}));
      continue;
    }
    for (const int element : elementsFor(tell)) {
      auto message = event_;
      if (!keepElement(tell, element, message)) continue;
      const auto& list = tell.for_each.front().leaf();
      const auto& kept = message.case_().GetReflection()->GetRepeatedMessage(message.case_(), &list, 0);
      const auto* id_field = kept.GetDescriptor()->FindFieldByName("id");
      const auto id = id_field ? model::textOf(kept, *id_field) : std::to_string(element);
      if (tell.each_of) makeEachOf(place, message, id, out);
      else out.push_back(finish(place, std::move(message), {id, {}}));
    }
  }
}

void DraftMaker::makeEachOf(const Place& place, const canonical::CanonicalMessage& message, const std::string& element,
                            std::vector<Draft>& out) const {
  const auto& each_of = *place.tell.each_of;
  const auto& parents = place.tell.for_each.front().leaf();
  const auto elementOf = [&](const canonical::CanonicalMessage& in) -> const model::ProtoMessage& {
    return in.case_().GetReflection()->GetRepeatedMessage(in.case_(), &parents, 0);
  };
  const auto& from = elementOf(message);
  const auto& reflection = *from.GetReflection();
  for (int i = 0; i < reflection.FieldSize(from, each_of.list); ++i) {
    const auto& item = reflection.GetRepeatedMessage(from, each_of.list, i);
    if (!each_of.when.holds(item, at_)) continue;
    auto own = message;
    auto& whole = *own.mutable_case_();
    auto& to = *whole.GetReflection()->MutableRepeatedMessage(&whole, &parents, 0);
    reflection.ClearField(&to, each_of.list);
    reflection.AddMessage(&to, each_of.list)->CopyFrom(item);
    out.push_back(finish(place, std::move(own), {element, numberOf(item)}));
  }
}

std::vector<int> DraftMaker::elementsFor(const Tell& tell) const {
  std::set<int> found;
  for (const auto& path : tell.for_each)
    path.visit(event_, [&](const model::ProtoMessage& parent, const model::ProtoField& field, int index) {
      const auto& element = parent.GetReflection()->GetRepeatedMessage(parent, &field, index);
      if (tell.only_named) {
        const auto& id = static_cast<const canonical::Party&>(element).id();
        if (std::ranges::find(event_.about(), id) == event_.about().end()) return true;
      }
      if (tell.each_when.holds(element, at_)) found.insert(index);
      return true;
    });
  return {found.begin(), found.end()};
}

bool DraftMaker::keepElement(const Tell& tell, int element, canonical::CanonicalMessage& message) const {
  const auto& list = tell.for_each.front().leaf();
  auto& whole = *message.mutable_case_();
  const auto& reflection = *whole.GetReflection();
  reflection.ClearField(&whole, &list);
  reflection.AddMessage(&whole, &list)->CopyFrom(reflection.GetRepeatedMessage(event_.case_(), &list, element));
  if (list.message_type() == canonical::InformationRequest::descriptor())
    keepOnlySubject(whole.information_requests(0).subject_id(), whole);
  return !tell.over_people || keepPerson(tell, message);
}

bool DraftMaker::keepPerson(const Tell& tell, canonical::CanonicalMessage& message) const {
  auto& whole = *message.mutable_case_();
  const canonical::Party person = whole.parties(0);
  const auto supporters = supportersOf(event_.case_(), person.id(), tell.supporter);
  if (!tell.supporter.empty()) {
    if (supporters.empty()) return false;
    for (const auto& supporter : supporters) *whole.add_parties() = supporter;
  }
  if (!tell.consent.empty()) {
    model::ConsentNeed need{tell.consent, {tell.recipient, tell.supporter}};
    for (const auto& supporter : supporters) need.names.push_back(supporter.id());
    if (!model::hasLiveConsent(person, need, received_)) return false;
  }
  if (tell.only_theirs && !keepOnlyWhatConcerns(person, whole)) return false;
  dropLinksToOthers(whole);
  return true;
}

std::optional<Instant> DraftMaker::dueOf(const Tell& tell, const canonical::CanonicalMessage& message) const {
  if (tell.due.kind == Due::Kind::None) return std::nullopt;
  if (tell.due.kind == Due::Kind::AtOnce) return received_;
  const bool enhanced = isEnhanced(tell, message);
  if (tell.due.kind == Due::Kind::Clock)
    return limits_ ? limits_->due(tell.due.clock, received_, enhanced) : std::nullopt;
  const auto due = at_.calendar->due(received_, enhanced ? tell.due.enhanced : tell.due.standard);
  return due ? std::optional(*due) : std::nullopt;
}

// The first of several days counts. What is counted back has no more time than there is.
std::optional<Instant> DraftMaker::dueByDay(const Due& due, const canonical::CanonicalMessage& message) const {
  const auto dayAt = [&](const std::optional<model::FieldPath>& path) {
    const auto days = path ? path->read(message) : std::vector<std::string>();
    return days.empty() ? std::nullopt : parseDate(*std::ranges::min_element(days));
  };
  if (const auto day = dayAt(due.by)) {
    const auto times = due.at ? due.at->read(message) : std::vector<std::string>();
    auto local = timeOf(times.empty() ? "" : times.front());
    local.date = *day;
    return fromLondon(local);
  }
  const auto day = dayAt(due.before);
  const auto back = day && limits_ ? limits_->before(due.clock, received_, *day) : std::nullopt;
  return back ? std::optional(std::max(*back, received_)) : std::nullopt;
}

Draft DraftMaker::finish(const Place& place, canonical::CanonicalMessage message, const Whose& whose) const {
  const Tell& tell = place.tell;
  const auto& element = whose.element;
  Draft draft;
  draft.recipient = tell.recipient;
  draft.type = tell.type;
  draft.purpose = tell.purpose;
  draft.rule = place.rule.name;
  draft.priority = tell.priority;
  draft.live = place.rule.live;
  draft.statutory = place.rule.statutory;
  draft.hold = tell.hold;
  const auto by_day = dueByDay(tell.due, message);
  const auto due = by_day ? by_day : dueOf(tell, message);
  draft.due_by_day = by_day.has_value();
  draft.due_at = due.value_or(received_);
  draft.clock = tell.due.clock;
  draft.element = element;
  draft.enhanced = isEnhanced(tell, message);
  if (!tell.subject.empty()) {
    draft.subject = caseKey(message.case_()) + " " + tell.subject.asKey(message);
    if (!element.empty()) draft.subject += " " + element;
    if (!whose.item.empty()) draft.subject += " " + whose.item;
  }
  message.set_type(tell.type);
  if (!element.empty() && std::ranges::find(message.about(), element) == message.about().end())
    message.add_about(element);
  if (tell.piece) addPiece(place, whose, due, message);
  draft.message = std::move(message);
  return draft;
}

void DraftMaker::addPiece(const Place& place, const Whose& whose, std::optional<Instant> due,
                          canonical::CanonicalMessage& message) const {
  const Piece& piece = *place.tell.piece;
  const auto words = piece.text.forPeople(message);
  const auto about = join({event_.about().begin(), event_.about().end()}, " ");
  const auto element = whose.item.empty() ? whose.element : whose.element + " " + whose.item;
  const auto id = stableId({event_.message_id(), about, place.rule.id, std::to_string(place.number), element});
  auto& whole = *message.mutable_case_();
  if (piece.is == Piece::Kind::Task) {
    auto& task = *whole.add_tasks();
    task.set_id("t-" + id);
    task.mutable_kind()->set_code(piece.kind);
    *task.mutable_about() = message.about();
    task.mutable_unit()->set_code(piece.unit);
    task.mutable_priority()->set_code(piece.priority);
    if (due) task.set_due_at(formatInstant(*due));
    task.set_state("open");
    write(*task.mutable_instructions(), words, received_);
    task.set_cause(event_.message_id());
  } else if (piece.is == Piece::Kind::LogEntry) {
    auto& entry = *whole.add_log_entries();
    entry.set_id("l-" + id);
    entry.mutable_kind()->set_code(piece.kind);
    entry.set_at(formatInstant(received_));
    write(*entry.mutable_text(), words, received_);
    *entry.mutable_about() = message.about();
    entry.set_cause(event_.message_id());
  } else {
    auto& notice = *whole.add_officer_notifications();
    notice.set_id("n-" + id);
    notice.mutable_kind()->set_code(piece.kind);
    const auto& parties = whole.parties();
    if (place.tell.over_people && !parties.empty()) {
      const auto& officer = parties.Get(parties.size() - 1).officer();
      if (officer.has_collar()) notice.set_to(officer.collar());
      if (officer.has_resource_team()) *notice.mutable_unit() = officer.resource_team();
    }
    if (!piece.unit.empty()) notice.mutable_unit()->set_code(piece.unit);
    write(*notice.mutable_text(), words, received_);
    if (!whole.hearings().empty()) notice.set_hearing_id(whole.hearings(0).id());
  }
}

}  // namespace causeway::routing
