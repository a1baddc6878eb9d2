#include "tests/simulation/cases/office.hpp"

#include "host/pipeline/clock_keeper.hpp"
#include "tests/simulation/cases/messages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace causeway::simulation::cases {
namespace {

// The office is a part of the test: what it cannot do is a mistake of the program that runs it.
[[noreturn]] void giveUp(const Error& error) {
  std::fprintf(stderr, "office: %s\n", error.text().c_str());
  std::abort();
}

template <class T>
T must(Result<T> result) {
  if (!result) giveUp(result.error());
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

int personOf(const Plot& plot, const canonical::Party& party) {
  for (int person = 0; person <= plot.witnesses; ++person)
    for (const auto& name : party.person().names())
      if (name.family() == familyOf(plot, person)) return person;
  return -1;
}

std::string startOf(const canonical::LocalTime& at) { return at.date() + (at.time().empty() ? "" : "T" + at.time()); }

/// The plea hearing by its number, and whatever is a trial of a case that has only one.
std::string nameOf(const Plot& plot, const canonical::Hearing& hearing) {
  for (const auto& number : hearing.identifiers())
    if (number.value() == numberOf(plot, Hearing::Plea)) return "the plea hearing";
  return "the trial";
}

std::string bailOf(const canonical::Case& whole) {
  std::string out;
  for (const auto& defendant : whole.defendants())
    for (const auto& condition : defendant.bail().conditions()) out += condition.text().text() + ". ";
  return out;
}

using Facts = std::map<std::string, std::string>;

void addResults(const Plot& plot, const canonical::Case& whole, Facts& facts) {
  for (const auto& defendant : whole.defendants())
    for (const auto& offence : defendant.offences())
      for (const auto& result : offence.results()) {
        std::string at = "no hearing";
        for (const auto& hearing : whole.hearings())
          if (hearing.id() == result.hearing_id()) at = nameOf(plot, hearing);
        const auto key = resultKey(plot, result.code().code(), result.text().text());
        facts[fmt::format("result of {}: {}", at, key)] = result.deleted() ? "withdrawn" : result.text().text();
      }
}

Facts factsOf(const Plot& plot, const std::string& what, const canonical::CanonicalMessage& draft) {
  Facts out;
  const auto& whole = draft.case_();
  const bool any = !whole.hearings().empty();
  const auto hearing = any ? nameOf(plot, whole.hearings(0)) : "no hearing";
  const auto start = any ? startOf(whole.hearings(0).starts_at()) : "";
  const auto was = any && whole.hearings(0).has_previous_starts_at()
                       ? ", was " + startOf(whole.hearings(0).previous_starts_at())
                       : "";
  if (what == "tell_hearing") out["time of " + hearing] = start;
  else if (what == "hearing.listed") out["court's time of " + hearing] = start + was;
  else if (what == "tell_called_off") out["time of " + hearing] = "off";
  else if (what == "warn_witness") out["wanted at " + hearing] = "yes";
  else if (what == "stand_down") {
    out["wanted at " + hearing] = "no";
    if (any && whole.hearings(0).state() == "vacated") out["time of " + hearing] = "off";
  } else if (what == "communicate_outcome") addResults(plot, whole, out);
  else if (what == "explain_bail") out["bail"] = bailOf(whole);
  for (const auto& duty : whole.duties()) out[what + " " + duty.id()] = duty.tell().code() + " " + duty.due_at();
  return out;
}

}  // namespace

Office::Office(std::shared_ptr<const pipeline::Rulebook> rulebook, const std::vector<Plot>& plots, unsigned seed,
               Wrong wrong)
    : rulebook_(std::move(rulebook)),
      random_(seed),
      wrong_(wrong),
      ids_(clock_,
           [this](std::span<unsigned char> out) {
             for (auto& byte : out) byte = static_cast<unsigned char>(random_());
           }),
      admitter_(rulebook_, vault_, audit_, clock_, ids_) {
  for (const auto& plot : plots) plots_.emplace(urnOf(plot), &plot);
  if (wrong_ == Wrong::ForgetsDuplicates) store_.forgetDuplicates();
  if (wrong_ == Wrong::ForgetsWaiting) store_.forgetWaiting();
}

const Plot* Office::plotOf(const std::string& urn) const {
  const auto found = plots_.find(urn);
  return found == plots_.end() ? nullptr : found->second;
}

std::string Office::receive(canonical::CanonicalMessage message, const std::string& number) {
  if (wrong_ == Wrong::LosesMessages && ++received_ % 100 == 0) return "";
  if (wrong_ == Wrong::ReadsAnotherHour)
    for (auto& hearing : *message.mutable_case_()->mutable_hearings()) hearing.mutable_starts_at()->set_time("09:00");
  pipeline::Document document;
  document.document_id = ids_.timeOrdered();
  document.sender = message.source_system();
  document.source_id = number;
  document.digest = message.SerializeAsString();
  if (wrong_ == Wrong::TakesArrivalOrder) message.set_asserted_at(formatInstant(clock_.now()));
  message.set_message_id(document.document_id);
  message.set_part("1");
  document.received_at = clock_.now();
  message.set_received_at(formatInstant(document.received_at));
  document.messages.push_back(std::make_unique<canonical::CanonicalMessage>(std::move(message)));
  const auto admitted = admitter_.admit(store_, document);
  if (!admitted) return admitted.error().text();
  const auto expected = numbers_.emplace(document.sender, number).second ? "accepted" : "duplicate";
  return admitted->outcome == expected ? "" : "answered " + admitted->outcome + " and not " + expected;
}

void Office::passTo(Instant moment) {
  for (auto next = store_.nextToFire(); next && next->first <= moment; next = store_.nextToFire()) {
    if (next->first > clock_.now()) clock_.advance(next->first - clock_.now());
    pipeline::Admitted out;
    must(admitter_.fireClock(store_, next->second, out));
  }
  if (moment > clock_.now()) clock_.advance(moment - clock_.now());
}

std::vector<Telling> Office::send() {
  std::vector<Telling> out;
  for (auto& row : store_.queued()) {
    google::protobuf::Arena arena;
    auto& draft = *google::protobuf::Arena::CreateMessage<canonical::CanonicalMessage>(&arena);
    if (!draft.ParseFromString(row.payload_sealed)) giveUp({ErrorKind::Broken, "a draft cannot be read", {}});
    out.push_back(tellingOf(row, draft));
    row.state = pipeline::DeliveryState::Delivered;
    must(store_.updateDelivery(row));
    must(pipeline::ClockKeeper(*rulebook_, audit_, clock_, ids_).settled(store_, row));
  }
  return out;
}

Telling Office::tellingOf(const pipeline::DeliveryRow& row, const canonical::CanonicalMessage& draft) {
  Telling out;
  out.at = clock_.now();
  out.urn = draft.case_().urn();
  out.recipient = row.recipient;
  out.what = row.type;
  out.due = row.due_at;
  const auto& whole = draft.case_();
  const auto& tasks = whole.tasks();
  if (row.type == "task.raised" && !tasks.empty()) {
    out.what = tasks.Get(tasks.size() - 1).kind().code();
    out.task_id = tasks.Get(tasks.size() - 1).id();
  }
  for (const auto& clock : must(store_.openClocksOfDelivery(row.delivery_id))) {
    out.clock = clock.clock;
    out.cause = clock.started_at;
  }
  const auto* plot = plotOf(out.urn);
  if (!plot) return out;
  // A rule that tells of one person keeps that person only.
  if (whole.parties_size() == 1) out.person = personOf(*plot, whole.parties(0));
  out.facts = factsOf(*plot, out.what, draft);
  // Of somebody who was never warned it takes back what they never heard.
  if (row.route.starts_with("f21-warning-taken-back")) out.facts.clear();
  out.unsure = !whole.hearings().empty() && whole.hearings(0).identifiers().empty();
  if (out.what == "reassess_risk" && row.route.starts_with("f04")) out.facts["risk of bail"] = bailOf(whole);
  return out;
}

std::string Office::caseIdOf(const Plot& plot) {
  canonical::CanonicalMessage message;
  message.mutable_case_()->set_urn(urnOf(plot));
  std::vector<pipeline::CaseKey> keys;
  for (const auto& key : care::joinKeys(message)) keys.push_back({key.kind, vault_.blindIndex(key.kind, key.value)});
  const auto found = must(store_.findCases(keys));
  return found.size() == 1 ? found.front() : "";
}

canonical::CaseRecord Office::caseOf(const Plot& plot) {
  canonical::CaseRecord out;
  if (const auto row = must(store_.loadCase(caseIdOf(plot))))
    if (!out.ParseFromString(row->snapshot_sealed)) giveUp({ErrorKind::Broken, "a case cannot be read", {}});
  return out;
}

std::vector<care::ClockRow> Office::clocksOf(const Plot& plot) { return must(store_.allClocksOf(caseIdOf(plot))); }

std::string Office::typeOfHeld(const pipeline::HoldRow& hold) const {
  const auto* row = store_.messageRow(hold.message_id);
  return row ? row->type : "";
}

}  // namespace causeway::simulation::cases
