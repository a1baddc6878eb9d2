#include "host/base/text.hpp"
#include "host/care/without_person.hpp"
#include "host/pipeline/admission.hpp"

#include <algorithm>

// One person leaves a case that goes on: what is kept of the case is sealed anew without them, under a key that takes the place of the old
// one, so that no backup of before can be read either.
namespace causeway::pipeline {
namespace {

using Part = SealedItem::Part;

const std::string kErased = "person_erased";

bool isOpen(const DeliveryRow& row) {
  return row.state == DeliveryState::Queued || row.state == DeliveryState::Sending || row.state == DeliveryState::Held;
}

/// The lines of the register without those of the person.
std::string withoutLinesOf(const std::string& text, const std::string& person) {
  std::string out;
  for (const auto line : split(text, '\n'))
    if (!line.empty() && !line.starts_with(person + "\t")) out.append(line).append(1, '\n');
  return out;
}

}  // namespace

/// What is known while a person is taken out.
struct Admitter::Leaving {
  std::string case_id, person;
  care::TakenOut taken;
  std::set<std::string> documents;  ///< of the messages concerned
  ErasedPerson out;
};

Result<ErasedPerson> Admitter::erasePerson(Transaction& tx, const Ruling& ruling, const std::string& person,
                                           Admitted& admitted) {
  Leaving leaving{ruling.about, person, {}, {}, {}};
  CW_TRY(const KnownCase* known, loadCase(tx, ruling.about));
  if (known->seq == 0) return fail(ErrorKind::NotFound, "no case has this number");
  auto record = known->record;
  const auto identity = personKeys(record.case_(), person);
  leaving.taken = care::takeOut(record, person);
  if (!leaving.taken.found)
    return fail(ErrorKind::NotFound,
                "nobody in the case has this number; 'causeway disclosures CASE' names its people");
  CW_TRY(auto telling, toldOfErased(tx, leaving.case_id, person));
  CW_TRY(const auto items, tx.sealedOf(leaving.case_id));
  CW_CHECK_OK(findMessages(items, leaving));
  for (const auto& item : items) CW_CHECK_OK(rewriteWithout(tx, item, leaving));

  CaseRow row{leaving.case_id, known->seq + 1, {}, false};
  CW_TRY(const auto stored, tx.loadCase(leaving.case_id));
  row.test = stored && stored->test;
  CW_TRY(row.snapshot_sealed, vault_.sealAnew(row.case_id, "snapshot", record.SerializeAsString()));
  CW_CHECK_OK(tx.saveCase(row));
  // Whoever sends the person again must not bring them back unseen.
  CW_CHECK_OK(tx.addCaseKeys(row.case_id, identity));
  cases_.erase(row.case_id);
  CW_CHECK_OK(clocks().forget(tx, leaving.case_id, person));
  const DecisionRow erasure{ids_.timeOrdered(), "erasure_of_person", leaving.case_id, person, "",
                            ruling.by,          ruling.because,      clock_.now(),    {}};
  CW_CHECK_OK(tx.insert(erasure));
  CW_CHECK_OK(audit(tx, {.op = "erasure",
                         .at = clock_.now(),
                         .actor = ruling.by,
                         .case_id = leaving.case_id,
                         .details = {{"person", person},
                                     {"because", ruling.because},
                                     {"through", ruling.through},
                                     {"messages", std::to_string(leaving.taken.messages.size())},
                                     {"deliveries", std::to_string(leaving.out.declined)}}}));
  CW_CHECK_OK(tellErased(tx, erasure, std::move(telling), admitted));
  return leaving.out;
}

// Beside those that the facts name: every message in which the person is called by name, number or address.
Result<void> Admitter::findMessages(const std::vector<SealedItem>& items, Leaving& leaving) {
  for (const auto& item : items) {
    if (item.part != Part::Canonical) continue;
    canonical::CanonicalMessage message;
    CW_TRY(const auto scope, scopeOf(item, leaving.case_id));
    if (scope.empty()) continue;
    const auto bytes = vault_.open(scope, contextOf(item), item.sealed);
    // One that cannot be read may speak of anybody: it goes.
    if (!bytes || !message.ParseFromString(*bytes) || care::speaksOf(message, leaving.person, leaving.taken.values))
      leaving.taken.messages.insert(item.message_id);
  }
  for (const auto& item : items)
    if (item.part == Part::Raw && leaving.taken.messages.contains(item.message_id)) leaving.documents.insert(item.id);
  return {};
}

// What waited for its case, or was held, is under a key of its own. Empty: the key is gone already.
Result<std::string> Admitter::scopeOf(const SealedItem& item, const std::string& case_id) {
  if (!item.scope.empty()) return item.scope;
  if (item.part != Part::Raw && item.part != Part::Canonical) return case_id;
  for (const auto& scope : {case_id, ownScope(item.message_id)})
    if (vault_.open(scope, contextOf(item), item.sealed)) return scope;
  return std::string();
}

Result<void> Admitter::rewriteWithout(Transaction& tx, const SealedItem& item, Leaving& leaving) {
  CW_TRY(const auto scope, scopeOf(item, leaving.case_id));
  const bool concerned =
      item.part == Part::Raw ? leaving.documents.contains(item.id) : leaving.taken.messages.contains(item.message_id);
  const bool goes = concerned && (item.part == Part::Raw || item.part == Part::Canonical || item.part == Part::Paper);
  if (goes) {
    if (scope == ownScope(item.message_id)) leaving.out.scopes.insert(scope);
    CW_CHECK_OK(tx.rewrite(item, {}));
    if (item.part == Part::Canonical) return closeWithout(tx, item.message_id);
    return {};
  }
  if (scope != leaving.case_id) return {};
  auto bytes = vault_.open(scope, contextOf(item), item.sealed);
  // What cannot be read now could not be read afterwards either.
  if (!bytes) return {};
  if (item.part == Part::Payload) {
    canonical::CanonicalMessage draft;
    if (!draft.ParseFromString(*bytes) || care::speaksOf(draft, leaving.person, leaving.taken.values))
      return declineAbout(tx, item, leaving);
  }
  if (item.part == Part::Disclosure) bytes = withoutLinesOf(*bytes, leaving.person);
  CW_TRY(const auto sealed, vault_.sealAnew(scope, contextOf(item), *bytes));
  return tx.rewrite(item, sealed);
}

// A message that waits or is held has nothing left to go on with.
Result<void> Admitter::closeWithout(Transaction& tx, const std::string& message_id) {
  CW_TRY(const auto row, tx.findMessage(message_id));
  if (!row || (row->state != MessageState::Held && row->state != MessageState::Waiting)) return {};
  CW_TRY(const auto open, tx.openDeliveries(message_id));
  if (open.held > 0 || open.under_way > 0) return {};
  if (row->state == MessageState::Waiting) CW_CHECK_OK(tx.stopWaiting(message_id));
  return tx.updateMessage(message_id, MessageState::Quarantined, row->case_id, kErased);
}

Result<void> Admitter::declineAbout(Transaction& tx, const SealedItem& item, Leaving& leaving) {
  CW_CHECK_OK(tx.rewrite(item, {}));
  CW_TRY(auto row, tx.findDelivery(item.id));
  if (!row || !isOpen(*row)) return {};
  ++leaving.out.declined;
  row->state = DeliveryState::Declined;
  row->reason = kErased;
  CW_CHECK_OK(tx.updateDelivery(*row));
  CW_TRY(const auto holds, tx.holdsOf(leaving.case_id));
  for (const auto& hold : holds)
    if (hold.delivery_id == item.id && !hold.released_at)
      CW_CHECK_OK(tx.releaseHold(hold.hold_id, "causeway", clock_.now()));
  CW_TRY(const auto open, tx.openDeliveries(row->message_id));
  if (stateBy(open) == MessageState::InFlight) return {};
  return tx.updateMessage(row->message_id, stateBy(open), row->case_id, reasonBy(open));
}

// Keyed, like every look-up: by each number that a system gave the person, and by name with date of birth.
std::vector<CaseKey> Admitter::personKeys(const canonical::Case& whole, const std::string& person) const {
  std::vector<CaseKey> out;
  for (const auto& party : whole.parties()) {
    if (!person.empty() && party.id() != person) continue;
    const auto add = [&](const std::string& kind, const std::string& value) {
      out.push_back({kErasedPerson, vault_.blindIndex(kErasedPerson, kind + "\n" + lowerCase(value))});
    };
    for (const auto& one : party.identifiers())
      if (!one.value().empty()) add(one.type(), one.value());
    for (const auto& one : party.person().identifiers())
      if (!one.value().empty()) add(one.type(), one.value());
    for (const auto& name : party.person().names())
      if (name.has_family() && !name.given().empty())
        add("name", name.given(0) + "\n" + name.family() + "\n" + party.person().born_on());
  }
  return out;
}

// Somebody was erased from this case and is named again: a person must say whether that was meant.
Result<bool> Admitter::namesErased(Transaction& tx, const canonical::Case& said, const std::string& case_id) {
  if (said.parties().empty()) return false;
  const auto keys = personKeys(said, {});
  if (keys.empty()) return false;
  CW_TRY(const auto cases, tx.findCases(keys));
  return std::ranges::find(cases, case_id) != cases.end();
}

Result<void> Admitter::personErased(Transaction& tx, const std::string& case_id) {
  return tx.insert(DecisionRow{ids_.timeOrdered(), "person_erased", case_id, {}, {}, "causeway", {}, clock_.now(), {}});
}

}  // namespace causeway::pipeline
