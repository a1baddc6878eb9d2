#include "host/pipeline/recheck.hpp"

#include <algorithm>
#include <set>
#include <string_view>

namespace causeway::pipeline {
namespace {

constexpr const char* kChangedSince =
    "Since this was written the court has changed something that it speaks of: look up what stands now before anybody "
    "is told.";

template <class List>
auto* elementOf(const List& list, const std::string& id) {
  const auto found = std::ranges::find_if(list, [&](const auto& one) { return one.id() == id; });
  return found == list.end() ? nullptr : &*found;
}

bool isOff(const canonical::Hearing& hearing) { return hearing.state() == "cancelled" || hearing.state() == "vacated"; }

bool isMoved(const canonical::Hearing& then, const canonical::Hearing& now) {
  return then.starts_at().date() != now.starts_at().date() || then.starts_at().time() != now.starts_at().time() ||
         then.court().code() != now.court().code();
}

void collectTakenBack(const canonical::Case& whole, std::set<std::string>& out) {
  const auto add = [&](const auto& results) {
    for (const auto& result : results)
      if (result.deleted()) out.insert(result.id());
  };
  for (const auto& defendant : whole.defendants()) {
    add(defendant.results());
    for (const auto& offence : defendant.offences()) add(offence.results());
  }
}

// A result that was taken back when the draft was made is what the draft tells.
bool courtChanged(const canonical::Case& then, const canonical::Case& now) {
  for (const auto& hearing : then.hearings())
    if (const auto* known = elementOf(now.hearings(), hearing.id()))
      if (isMoved(hearing, *known) || (isOff(*known) && !isOff(hearing))) return true;
  std::set<std::string> taken_back;
  collectTakenBack(now, taken_back);
  const auto toldAsStanding = [&](const auto& results) {
    return std::ranges::any_of(results,
                               [&](const auto& one) { return !one.deleted() && taken_back.contains(one.id()); });
  };
  return !taken_back.empty() && std::ranges::any_of(then.defendants(), [&](const auto& defendant) {
    return toldAsStanding(defendant.results()) ||
           std::ranges::any_of(defendant.offences(), [&](const auto& one) { return toldAsStanding(one.results()); });
  });
}

void add(std::string_view sentence, canonical::Text& to) {
  if (!to.text().ends_with(sentence)) to.set_text(to.text() + " " + std::string(sentence));
}

void sayWhatChanged(canonical::CanonicalMessage& draft, const canonical::Case& now) {
  auto& whole = *draft.mutable_case_();
  const bool task = draft.type() == "task.raised" && !whole.tasks().empty();
  const bool notice = draft.type() == "officer.notified" && !whole.officer_notifications().empty();
  if ((!task && !notice) || !courtChanged(whole, now)) return;
  // What the rule made stands behind what the case had.
  if (task) add(kChangedSince, *whole.mutable_tasks(whole.tasks_size() - 1)->mutable_instructions());
  else add(kChangedSince, *whole.mutable_officer_notifications(whole.officer_notifications_size() - 1)->mutable_text());
}

template <class Element>
void bringFacts(Element& old, const Element& now) {
  if (old.has_person() && now.has_person()) *old.mutable_person() = now.person();
  if (old.has_organisation() && now.has_organisation()) *old.mutable_organisation() = now.organisation();
}

}  // namespace

Result<WaitingDraft> openDraft(Store& store, Vault& vault, const DeliveryRow& row) {
  WaitingDraft out;
  CW_TRY(const auto bytes, vault.open(row.case_id, "draft:" + row.delivery_id, row.payload_sealed));
  if (!out.draft.ParseFromString(bytes)) return fail(ErrorKind::Broken, "the draft cannot be read back");
  CW_TRY(const auto stored, store.findCase(row.case_id));
  if (!stored) return fail(ErrorKind::Broken, "the case is not there");
  CW_TRY(const auto snapshot, vault.open(row.case_id, "snapshot", stored->snapshot_sealed));
  if (!out.now.ParseFromString(snapshot)) return fail(ErrorKind::Broken, "the case cannot be read back");
  return out;
}

void bringUpToDate(canonical::CanonicalMessage& draft, const canonical::Case& now) {
  auto& whole = *draft.mutable_case_();
  *whole.mutable_restricted_to() = now.restricted_to();
  if (now.has_restricted_reason()) *whole.mutable_restricted_reason() = now.restricted_reason();
  sayWhatChanged(draft, now);
  const bool proposed = draft.type() == "record.change_proposed";
  for (auto& party : *whole.mutable_parties()) {
    const auto* known = elementOf(now.parties(), party.id());
    party.clear_consents();
    if (known) *party.mutable_consents() = known->consents();
    if (proposed) continue;  // what somebody says is what is proposed; the records judge it
    if (known) {
      bringFacts(party, *known);
      if (!party.identifiers().empty()) *party.mutable_identifiers() = known->identifiers();
      if (!party.addresses().empty()) *party.mutable_addresses() = known->addresses();
    }
    if (party.contact_points().empty()) continue;
    party.clear_contact_points();
    if (known) *party.mutable_contact_points() = known->contact_points();
  }
  for (auto& defendant : *whole.mutable_defendants())
    if (const auto* known = elementOf(now.defendants(), defendant.id()); known && !proposed)
      bringFacts(defendant, *known);
}

}  // namespace causeway::pipeline
