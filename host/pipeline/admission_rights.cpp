#include "host/pipeline/admission.hpp"
#include "host/pipeline/own_message.hpp"
#include "host/pipeline/restrictions.hpp"

#include <algorithm>

// A restriction, its end and an erasure reach everybody who was told of the person: a message of our own for each of them.
namespace causeway::pipeline {
namespace {

const protection::Hold kByHand{
    "tell_by_hand", "A10",
    "This recipient was told of somebody whose data is now restricted, free again or erased, and no message to it can "
    "say so."};
const protection::Hold kUnclear{
    "tell_unclear", "A10",
    "The data of somebody is now restricted, free again or erased, and it cannot be said whether this recipient was "
    "told of them."};

bool covers(const std::vector<DecisionRow>& now, const std::string& person) { return holdsBack(now, {person}); }

}  // namespace

Result<void> Admitter::restrict(Transaction& tx, const Ruling& ruling, const Restriction& restriction, Admitted& out) {
  const auto& [person, code, notice_on] = restriction;
  CW_TRY(auto rows, tx.decisionsAbout(kRestriction, ruling.about));
  const auto before = restrictionsNow(rows);
  rows.push_back({ids_.timeOrdered(),
                  std::string(kRestriction),
                  ruling.about,
                  person,
                  code,
                  ruling.by,
                  ruling.because,
                  clock_.now(),
                  {}});
  const auto after = restrictionsNow(rows);
  CW_CHECK_OK(tx.insert(rows.back()));
  CW_CHECK_OK(audit(tx, {.op = "restriction",
                         .at = clock_.now(),
                         .actor = ruling.by,
                         .case_id = ruling.about,
                         .details = {{"person", person},
                                     {"code", code},
                                     {"subject_told_on", notice_on},
                                     {"because", ruling.because},
                                     {"through", ruling.through}}}));
  const bool ends = code.starts_with(kLifted);
  // One of several restrictions of the same person changes nothing for anybody else.
  CW_TRY(auto telling, toldOf(tx, ruling.about, [&](const std::string& who) {
           return ends ? covers(before, who) && !covers(after, who) : !covers(before, who) && covers(after, who);
         }));
  telling.type = ends ? kResumedNotice : kRestrictedNotice;
  telling.stands_under = ruling.about;
  return tellRights(tx, telling, out);
}

// Nothing when the case cannot be read any more: whoever was told of it was told of its erasure.
Result<Admitter::Telling> Admitter::toldOf(Transaction& tx, const std::string& case_id,
                                           const std::function<bool(const std::string&)>& concerns) {
  Telling out;
  auto loaded = loadCase(tx, case_id);
  if (!loaded && loaded.error().kind == ErrorKind::Refused) return out;
  if (!loaded) return std::unexpected(std::move(loaded).error());
  out.whole = (*loaded)->record.case_();
  CW_TRY(const auto stored, tx.loadCase(case_id));
  out.test = stored && stored->test;
  CW_TRY(const auto registers, registersOf(tx, case_id));
  out.notices = recipientsOf(registers, concerns);
  return out;
}

Result<Admitter::Telling> Admitter::toldOfErased(Transaction& tx, const std::string& case_id,
                                                 const std::string& person) {
  CW_TRY(const auto of_notices, tx.decisionsAbout(kErasureNotices, case_id));
  // A case of notices is erased: its recipients erased what they had long ago.
  if (!of_notices.empty()) return Telling{};
  return toldOf(tx, case_id, [&](const std::string& who) { return person.empty() || who == person; });
}

// The key of what is erased goes, and what is still to be said must not go with it. The case of the notices has no number by which anything
// joins it, and of a person only the part that they play.
Result<void> Admitter::tellErased(Transaction& tx, const DecisionRow& erasure, Telling telling, Admitted& out) {
  if (telling.notices.empty()) return {};
  telling.type = kErasureNotice;
  telling.stands_under = ids_.timeOrdered();
  canonical::CaseRecord record;
  auto& whole = *record.mutable_case_();
  whole.set_case_id(telling.stands_under);
  *whole.mutable_restricted_to() = telling.whole.restricted_to();
  for (const auto& party : telling.whole.parties()) {
    const bool named =
        std::ranges::any_of(telling.notices, [&](const auto& one) { return one.people.contains(party.id()); });
    if (!named) continue;
    auto& one = *whole.add_parties();
    one.set_id(party.id());
    *one.mutable_roles() = party.roles();
  }
  CaseRow row{telling.stands_under, 1, {}, telling.test};
  CW_TRY(row.snapshot_sealed, vault_.seal(row.case_id, "snapshot", record.SerializeAsString()));
  CW_CHECK_OK(tx.saveCase(row));
  const auto note = [&](std::string_view kind, const std::string& about, const std::string& code) {
    return tx.insert(DecisionRow{ids_.timeOrdered(),
                                 std::string(kind),
                                 about,
                                 erasure.person,
                                 code,
                                 erasure.by,
                                 erasure.because,
                                 clock_.now(),
                                 {}});
  };
  CW_CHECK_OK(note(kErasureTold, erasure.about, telling.stands_under));
  CW_CHECK_OK(note(kErasureNotices, telling.stands_under, erasure.about));
  return tellRights(tx, telling, out);
}

Result<void> Admitter::tellRights(Transaction& tx, const Telling& telling, Admitted& out) {
  if (telling.notices.empty()) return {};
  auto message = ownMessage(ids_.timeOrdered(), std::string(telling.type), "causeway.rights", clock_.now());
  if (telling.test) message.set_test(true);
  message.mutable_case_()->set_case_id(telling.stands_under);
  Document document;
  document.document_id = message.message_id();
  document.sender = kOurselves;
  document.received_at = clock_.now();
  Passage passage{.message = message, .document = nullptr, .row = rowOf(document, message)};
  passage.row.case_id = telling.stands_under;
  for (const auto& notice : telling.notices) {
    auto said = rightsMessage(telling.whole, notice.recipient, notice.people, message);
    const auto* held = notice.unclear ? &kUnclear : nullptr;
    if (!held && !canBeTold(said, notice)) held = &kByHand;
    CW_CHECK_OK(tell(tx, passage, {notice.recipient, notice.purpose, held}, std::move(said), out));
  }
  CW_TRY(const auto open, tx.openDeliveries(passage.row.message_id));
  passage.row.state = stateBy(open);
  passage.row.reason = reasonBy(open);
  return keep(tx, passage);
}

bool Admitter::canBeTold(const canonical::CanonicalMessage& said, const RightsNotice& notice) const {
  const auto decision = decide(*rulebook_, said, notice.recipient, notice.purpose, clock_.now());
  DeliveryRow row;
  row.recipient = notice.recipient;
  row.type = said.type();
  row.purpose = notice.purpose;
  return (!decision.hold || decision.hold->code == kPolicyFailed) && !lacking(*rulebook_, row, true);
}

}  // namespace causeway::pipeline
