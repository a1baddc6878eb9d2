#include "host/pipeline/admission.hpp"
#include "host/pipeline/projection_text.hpp"

namespace causeway::pipeline {

Result<void> Admitter::deliver(Transaction& tx, const Passage& passage, Intended& intended, Admitted& out) {
  const auto& draft = intended.draft;
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
  row.priority = draft.priority;
  row.created_at = row.not_before = clock_.now();
  row.due_at = draft.due_at;
  const auto* partner = rulebook_->partner(draft.recipient);
  if (!decision.hold && draft.live && partner->endpoint.empty())
    decision.hold = protection::Hold{"no_endpoint", "A30", "the recipient has no endpoint to send to"};
  if (!decision.hold && !rulebook_->writerFor(*partner, draft.type))
    decision.hold = protection::Hold{"no_mapping", "A30", "no mapping writes this message for the recipient"};
  row.state = decision.hold ? DeliveryState::Held : draft.live ? DeliveryState::Queued : DeliveryState::Shadow;
  if (decision.hold) row.reason = decision.hold->code;
  CW_TRY(row.payload_sealed, vault_.seal(row.case_id, "draft:" + row.delivery_id, draft.message.SerializeAsString()));
  if (row.state == DeliveryState::Queued && !row.subject.empty()) CW_CHECK_OK(supersede(tx, row));
  CW_CHECK_OK(tx.insert(row));
  CW_CHECK_OK(audit(tx, {"decision", clock_.now(), "causeway", row.message_id, row.case_id, row.delivery_id, row.recipient, row.purpose,
                         row.route, decisionDetails(decision)}));
  if (decision.hold) return hold(tx, passage.row, &row, *decision.hold);
  if (row.state == DeliveryState::Queued) out.deliveries.push_back(std::move(row));
  return {};
}

Result<void> Admitter::supersede(Transaction& tx, const DeliveryRow& by) {
  CW_TRY(const auto overtaken, tx.supersede(by.case_id, by.recipient, by.subject, by.delivery_id));
  for (const auto& id : overtaken) {
    CW_CHECK_OK(audit(tx, {"superseded", clock_.now(), "causeway", by.message_id, by.case_id, id, by.recipient, by.purpose, by.route, {}}));
    CW_TRY(const auto row, tx.findDelivery(id));
    // The message under way is not in the store yet and counts its deliveries at its end.
    if (!row || row->message_id == by.message_id) continue;
    CW_TRY(const int open, tx.openDeliveries(row->message_id));
    if (open == 0) CW_CHECK_OK(tx.updateMessage(row->message_id, MessageState::Done, row->case_id, ""));
  }
  return {};
}

Result<void> Admitter::hold(Transaction& tx, const MessageRow& row, const DeliveryRow* delivery, const protection::Hold& why) {
  const std::string delivery_id = delivery ? delivery->delivery_id : "";
  CW_CHECK_OK(tx.insert(HoldRow{ids_.timeOrdered(), row.message_id, delivery_id, row.case_id, why.code, why.text, why.rule, clock_.now(), {}, {}}));
  return audit(tx, {"hold", clock_.now(), "causeway", row.message_id, row.case_id, delivery_id, delivery ? delivery->recipient : "",
                    delivery ? delivery->purpose : "", why.rule, {{"reason", why.code}}});
}

}  // namespace causeway::pipeline
