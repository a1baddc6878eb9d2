#include "host/care/element_ids.hpp"
#include "host/care/fixtures.hpp"
#include "host/care/fold.hpp"
#include "host/care/placing.hpp"

namespace causeway::care {

/// What a message says of the hearing of several defendants it says of the hearing of each; only a number of the court's own
/// makes it one for good.
void Fold::placeHearings() {
  google::protobuf::RepeatedPtrField<std::string> nobodys;
  nobodys.Add({});
  const auto shown = hearingsOfFixtures(out_.record.case_().hearings());
  for (auto& said : *said_.mutable_hearings()) {
    canonical::Hearing waits;
    waits.mutable_offence_ids()->Swap(said.mutable_offence_ids());
    resolveIn(said);
    if (said.defendant_ids().empty()) said.mutable_defendant_ids()->Add(defendant_ids_.begin(), defendant_ids_.end());
    if (!said.has_state() && message_.type() == "hearing.resulted") said.set_state("resulted");
    auto& [given, of] = placed_hearings_.emplace_back(said.id(), std::map<std::string, std::string>());
    const bool of_each = hearingNumber(said).empty() && said.defendant_ids_size() > 1;
    for (const auto& defendant : of_each ? said.defendant_ids() : nobodys) {
      canonical::Hearing own = said;
      if (of_each) own.clear_defendant_ids();
      if (of_each) own.add_defendant_ids(defendant);
      const auto fixture = placeHearing(own);
      of[defendant] = fixture;
      for (const auto& whose : own.defendant_ids()) of[whose] = fixture;
      waits.set_id(fixture);
      waiting_hearings_.push_back(waits);
    }
    // A warning is for the hearing that is shown, whoever of its defendants the message names.
    const auto& fixture = of.begin()->second;
    const auto known = shown.find(fixture);
    of[""] = known == shown.end() ? fixture : known->second;
  }
  referFrom({});
}

std::string Fold::placeHearing(const canonical::Hearing& said) {
  auto& whole = *out_.record.mutable_case_();
  const int place = findHearing(whole, said, ledger_);
  auto* shown = place >= 0 ? whole.mutable_hearings(place) : whole.add_hearings();
  if (place < 0) shown->set_id(nextHearingId(out_.record));
  const std::string id = shown->id();
  mark(id, place < 0);
  mark(id, merger_.merge(*shown, said, id));
  if (said.starts_at().confidence() == "conflict")
    find("time_conflict", id, "The court gave two times for this hearing.");
  return id;
}

/// What follows is said of this defendant: its hearings are the defendant's own fixtures.
void Fold::referFrom(const std::string& defendant) {
  for (const auto& [given, of] : placed_hearings_) {
    const auto own = of.find(defendant);
    const std::string& fixture = own == of.end() ? of.at("") : own->second;
    rememberId(given, fixture);
    own_hearing_ = placed_hearings_.size() == 1 ? fixture : "";
  }
}

/// From here on hearings go by the ids that are shown.
void Fold::showHearings() {
  const auto shown = closeFixtures(out_.record, ledger_);
  const auto idOf = [&](const std::string& id) {
    const auto found = shown.find(id);
    return found == shown.end() ? id : found->second;
  };
  std::set<std::string> changed;
  for (const auto& id : changed_) changed.insert(idOf(id));
  changed_ = std::move(changed);
  for (auto& finding : out_.findings) finding.element = idOf(finding.element);
}

}  // namespace causeway::care
