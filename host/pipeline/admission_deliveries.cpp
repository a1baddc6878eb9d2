#include "host/base/text.hpp"
#include "host/pipeline/admission.hpp"
#include "host/pipeline/hold_notice.hpp"
#include "host/pipeline/judge.hpp"
#include "host/pipeline/overtaking.hpp"
#include "host/pipeline/projection_text.hpp"

namespace causeway::pipeline {
namespace {

/// What a draft about one hearing is about, whoever it is for and whichever number its hearing has: "hearing time" of
/// "case-1 hearing time h-1 p-2". Empty when it is about no hearing, or about several.
std::string matterOf(const routing::Draft& draft) {
  const auto& whole = draft.message.case_();
  if (draft.subject.empty() || whole.hearings_size() != 1 || whole.hearings(0).id().empty()) return {};
  std::vector<std::string> words;
  for (const auto word : split(draft.subject, ' '))
    if (word != whole.hearings(0).id() && word != draft.element && word != whole.case_id() && word != whole.urn())
      words.emplace_back(word);
  return join(words, " ");
}

}  // namespace

Result<void> Admitter::deliver(Transaction& tx, const Passage& passage, Intended& intended, Admitted& out) {
  auto& draft = intended.draft;
  auto& decision = intended.decision;
  DeliveryRow row;
  row.delivery_id = ids_.random();
  row.message_id = passage.row.message_id;
  row.case_id = passage.row.case_id;
  row.recipient = draft.recipient;
  row.type = draft.type;
  row.purpose = draft.purpose;
  row.route = draft.rule;
  row.subject = draft.subject.empty() ? "" : vault_.blindIndex("delivery subject", draft.subject);
  if (const auto matter = matterOf(draft); !matter.empty()) row.matter = vault_.blindIndex("duty matter", matter);
  row.priority = draft.priority;
  row.created_at = row.not_before = clock_.now();
  row.due_at = draft.due_at;
  if (!decision.hold) decision.hold = lacking(*rulebook_, row, draft.live);
  if (!decision.hold && !draft.hold.empty()) decision.hold = protection::Hold{"rule_hold", draft.rule, draft.hold};
  // It is decided again before it is sent: until the policy answers it keeps its place before what comes after it about the same.
  const bool undecided = decision.hold && decision.hold->code == kPolicyFailed && draft.live;
  // What a rule in shadow would send goes to nobody, so there is nothing that a person could release.
  const bool hold_it = decision.hold && !undecided && draft.live;
  row.state = hold_it ? DeliveryState::Held : draft.live ? DeliveryState::Queued : DeliveryState::Shadow;
  if (decision.hold) row.reason = decision.hold->code;
  if (row.state == DeliveryState::Queued && !row.subject.empty()) CW_CHECK_OK(supersede(tx, row, draft.message));
  // Also for one that is held: the time of the law runs whatever we wait for.
  CW_CHECK_OK(clocks().start(tx, passage.row, row, draft));
  row.due_at = draft.due_at;
  CW_TRY(row.payload_sealed, vault_.seal(row.case_id, "draft:" + row.delivery_id, draft.message.SerializeAsString()));
  CW_CHECK_OK(tx.insert(row));
  auto decided = ofDelivery("decision", clock_.now(), row);
  decided.details = decisionDetails(decision);
  CW_CHECK_OK(audit(tx, decided));
  if (hold_it) return hold(tx, passage.row, &row, *decision.hold, {});
  if (row.state == DeliveryState::Queued) out.deliveries.push_back(std::move(row));
  return {};
}

Result<void> Admitter::supersede(Transaction& tx, DeliveryRow& by, const canonical::CanonicalMessage& draft) {
  CW_TRY(const auto queued, tx.queuedAbout(by.case_id, by.recipient, by.subject));
  for (const auto& id : queued) {
    CW_TRY(auto row, tx.findDelivery(id));
    if (!row) continue;
    const auto bytes = vault_.open(row->case_id, "draft:" + id, row->payload_sealed);
    canonical::CanonicalMessage older;
    CW_TRY(const KnownCase* known, loadCase(tx, by.case_id));
    if (!bytes || !older.ParseFromString(*bytes) || !saysAllOf(draft.case_(), older.case_(), known->record.case_()))
      continue;
    row->state = DeliveryState::Superseded;
    row->reason = "superseded by " + by.delivery_id;
    CW_CHECK_OK(tx.updateDelivery(*row));
    by.overtakes.push_back(id);
    // Said of the newer one, about the delivery whose place it takes.
    auto superseded = ofDelivery("superseded", clock_.now(), by);
    superseded.delivery_id = id;
    CW_CHECK_OK(audit(tx, superseded));
    // The message under way is not in the store yet and counts its deliveries at its end.
    if (row->message_id == by.message_id) continue;
    CW_TRY(const auto open, tx.openDeliveries(row->message_id));
    if (stateBy(open) != MessageState::InFlight)
      CW_CHECK_OK(tx.updateMessage(row->message_id, stateBy(open), row->case_id, reasonBy(open)));
  }
  return {};
}

Result<void> Admitter::hold(Transaction& tx, const MessageRow& row, const DeliveryRow* delivery,
                            const protection::Hold& why, const std::string& about) {
  const std::string& case_id = row.case_id.empty() ? about : row.case_id;
  const std::string delivery_id = delivery ? delivery->delivery_id : "";
  const HoldRow held{ids_.timeOrdered(), row.message_id, delivery_id,  case_id, why.code,
                     why.text,           why.rule,       clock_.now(), {},      {}};
  // Of what was loaded from before the first day nobody is told.
  CW_CHECK_OK(isLoaded(row) ? tx.insert(held) : putHold(tx, held));
  return audit(tx, {.op = "hold",
                    .at = clock_.now(),
                    .actor = "causeway",
                    .message_id = row.message_id,
                    .case_id = case_id,
                    .delivery_id = delivery_id,
                    .recipient = delivery ? delivery->recipient : "",
                    .purpose = delivery ? delivery->purpose : "",
                    .rule = why.rule,
                    .details = {{"reason", why.code}}});
}

}  // namespace causeway::pipeline
