#include "host/pipeline/admission.hpp"
#include "host/pipeline/break_glass.hpp"
#include "host/pipeline/case_links.hpp"
#include "host/pipeline/hold_text.hpp"
#include "host/pipeline/overtaking.hpp"
#include "host/pipeline/recheck.hpp"

// What a person decides about what is held. Everything that can speak against it is found out before anything is written.
namespace causeway::pipeline {
namespace {

const std::string kErased = "case_erased";

Failure stands(const protection::Hold& why) {
  std::string text = "nothing was released, because the cause still stands: " + why.text;
  if (!text.ends_with('.')) text += '.';
  if (const auto advice = adviceFor(why.code); !advice.empty()) text += " " + std::string(advice);
  return fail(ErrorKind::Refused, std::move(text));
}

}  // namespace

Result<HoldRow> Admitter::openHold(Transaction& tx, const std::string& hold_id) {
  CW_TRY(auto hold, tx.findHold(hold_id));
  if (!hold) return fail(ErrorKind::NotFound, "no hold has this number; 'causeway held' lists those that wait");
  if (hold->released_at)
    return fail(ErrorKind::Conflict, "this hold was decided on before, at " + formatInstant(*hold->released_at) +
                                         " by " + hold->released_by + "; nothing was done");
  return *std::move(hold);
}

Result<Ruled> Admitter::release(Transaction& tx, const Ruling& ruling, const ReadAgain* read_again) {
  Ruled out;
  CW_TRY(out.hold, openHold(tx, ruling.about));
  if (!out.hold.follow_up_id.empty()) {
    CW_CHECK_OK(releaseQuestion(tx, out));
    CW_CHECK_OK(rule(tx, ruling, out, nullptr));
    return out;
  }
  if (out.hold.delivery_id.empty()) {
    CW_CHECK_OK(releaseMessage(tx, read_again, out));
    CW_CHECK_OK(rule(tx, ruling, out, nullptr));
    return out;
  }
  CW_TRY(auto row, tx.findDelivery(out.hold.delivery_id));
  if (!row || row->state != DeliveryState::Held)
    return fail(ErrorKind::Conflict, "the delivery of this hold is no longer held; nothing was done");
  CW_CHECK_OK(releaseDelivery(tx, ruling, *row, out));
  CW_CHECK_OK(rule(tx, ruling, out, &*row));
  return out;
}

Result<void> Admitter::releaseDelivery(Transaction& tx, const Ruling& ruling, DeliveryRow row, Ruled& out) {
  const auto bytes = vault_.open(row.case_id, "draft:" + row.delivery_id, row.payload_sealed);
  canonical::CanonicalMessage draft;
  auto known = loadCase(tx, row.case_id);
  if (!bytes || !draft.ParseFromString(*bytes) || !known)
    return stands({"payload_unreadable", row.route, textOf(Setback::CannotRead, row, clock_.now())});
  CW_TRY(const bool overtaken, isOvertaken(tx, row, draft));
  if (overtaken) {
    out.outcome = "superseded";
    row.state = DeliveryState::Superseded;
    row.reason = "superseded while it was held";
  } else {
    bringUpToDate(draft, (*known)->record.case_());
    CW_TRY(const auto openings, tx.decisionsAbout(kBreakGlass, row.case_id));
    nameWhileOpen(draft, openings, row.recipient, clock_.now());
    const Deciding deciding{draft, row, clock_.now(), (*known)->record.case_()};
    auto decision = decideDelivery(*rulebook_, deciding);
    const bool redact = ruling.redact && decision.hold && decision.hold->code == kTextNames;
    if (redact) decision = decideDelivery(*rulebook_, deciding, Texts::Redacted);
    if (decision.hold) return stands(*decision.hold);
    if (redact)
      CW_CHECK_OK(tx.insert(DecisionRow{ids_.timeOrdered(),
                                        std::string(kTextRedaction),
                                        row.delivery_id,
                                        {},
                                        {},
                                        ruling.by,
                                        ruling.because,
                                        clock_.now(),
                                        {}}));
    out.outcome = "released";
    row.state = DeliveryState::Queued;
    row.reason.clear();
    row.not_before = clock_.now();
  }
  CW_CHECK_OK(tx.updateDelivery(row));
  if (overtaken) CW_CHECK_OK(clocks().settled(tx, row));
  CW_TRY(const auto open, tx.openDeliveries(row.message_id));
  CW_CHECK_OK(tx.updateMessage(row.message_id, stateBy(open), row.case_id, reasonBy(open)));
  if (!overtaken) out.admitted.deliveries.push_back(std::move(row));
  return {};
}

// A newer word that says all of it went out, or is about to, while this one was held: told now, it would undo that.
Result<bool> Admitter::isOvertaken(Transaction& tx, const DeliveryRow& row, const canonical::CanonicalMessage& draft) {
  CW_TRY(const auto newer, tx.newerAbout(row));
  for (const auto& id : newer) {
    CW_TRY(const auto other, tx.findDelivery(id));
    if (other && other->payload_sealed.empty())
      return fail(
          ErrorKind::Refused,
          "nothing was released: a newer message about the same went out, and its content is no longer kept, "
          "so it cannot be told whether this one would undo it. Tell the recipient yourself and close this one.");
    const auto bytes = vault_.open(row.case_id, "draft:" + id, other ? other->payload_sealed : "");
    canonical::CanonicalMessage said;
    CW_TRY(const KnownCase* known, loadCase(tx, row.case_id));
    if (bytes && said.ParseFromString(*bytes) && saysAllOf(said.case_(), draft.case_(), known->record.case_()))
      return true;
  }
  return false;
}

Result<void> Admitter::releaseMessage(Transaction& tx, const ReadAgain* read_again, Ruled& out) {
  CW_TRY(auto row, tx.findMessage(out.hold.message_id));
  if (!row || row->state != MessageState::Held)
    return fail(ErrorKind::Conflict, "the message of this hold is no longer held; nothing was done");
  if (row->type.starts_with("clock.")) return stands({row->reason, "clock", "a duty is not told of a second time"});
  canonical::CanonicalMessage stored;
  if (!read_again) {
    const auto bytes = vault_.open(ownScope(row->message_id), "canonical:" + row->message_id, row->canonical_sealed);
    if (!bytes || !stored.ParseFromString(*bytes))
      return stands({"message_unreadable", "join", "the message cannot be read back"});
  }
  const auto& message = read_again ? read_again->message : stored;
  Document document;
  document.document_id = row->document_id;
  document.sender = row->sender;
  document.received_at = row->received_at;
  document.loaded = isLoaded(*row);
  auto fresh = rowOf(document, message);
  fresh.message_id = row->message_id;
  Passage passage{.message = message, .document = nullptr, .row = std::move(fresh), .origin = Origin::Released};
  if (read_again) passage.papers = &read_again->papers;
  CW_TRY(const auto newest, tx.newestDigest(passage.row.subject_index));
  if (newest == passage.row.digest) CW_CHECK_OK(repeat(tx, passage));
  else CW_CHECK_OK(place(tx, passage, out.admitted));
  if (passage.still) return stands(*passage.still);
  out.outcome = passage.row.state == MessageState::Repeated  ? "repeated"
                : passage.row.state == MessageState::Waiting ? "waiting"
                                                             : "released";
  return {};
}

// Asked again at once, and for as long as it was asked before.
Result<void> Admitter::releaseQuestion(Transaction& tx, Ruled& out) {
  CW_TRY(auto row, tx.findFollowUp(out.hold.follow_up_id));
  if (!row)
    return fail(ErrorKind::Conflict,
                "what should be asked was never recorded; have the partner send its notice again, and close this one");
  if (row->state != FollowUpState::Held)
    return fail(ErrorKind::Conflict, "the question of this hold is no longer held; nothing was done");
  if (row->target_sealed.empty())
    return stands({row->reason, out.hold.rule, "the partner gave an address at which it may not be asked"});
  const auto span = row->give_up_at - row->created_at;
  row->state = FollowUpState::Waiting;
  row->attempts = 0;
  row->reason.clear();
  row->not_before = clock_.now();
  row->give_up_at = clock_.now() + span;
  out.outcome = "asked_again";
  return tx.updateFollowUp(*row);
}

Result<Ruled> Admitter::close(Transaction& tx, const Ruling& ruling) {
  Ruled out;
  CW_TRY(out.hold, openHold(tx, ruling.about));
  out.outcome = "closed";
  const std::string reason = "closed_by_a_person";
  if (out.hold.delivery_id.empty()) {
    CW_TRY(const auto row, tx.findMessage(out.hold.message_id));
    if (row && row->state == MessageState::Held)
      CW_CHECK_OK(tx.updateMessage(row->message_id, MessageState::Quarantined, row->case_id, reason));
    CW_CHECK_OK(rule(tx, ruling, out, nullptr));
    return out;
  }
  CW_TRY(auto row, tx.findDelivery(out.hold.delivery_id));
  if (row && row->state == DeliveryState::Held) {
    row->state = DeliveryState::Declined;
    row->reason = reason;
    CW_CHECK_OK(tx.updateDelivery(*row));
    CW_TRY(const auto open, tx.openDeliveries(row->message_id));
    CW_CHECK_OK(tx.updateMessage(row->message_id, stateBy(open), row->case_id, reasonBy(open)));
  }
  CW_CHECK_OK(rule(tx, ruling, out, row ? &*row : nullptr));
  return out;
}

Result<std::vector<std::string>> Admitter::erase(Transaction& tx, const Ruling& ruling, Store& store, Admitted& out) {
  CW_TRY(auto telling, toldOfErased(tx, ruling.about, {}));
  CW_TRY(auto scopes, eraseOne(tx, ruling, store));
  const DecisionRow erasure{ids_.timeOrdered(), "erasure",      ruling.about, {}, {},
                            ruling.by,          ruling.because, clock_.now(), {}};
  CW_CHECK_OK(tellErased(tx, erasure, std::move(telling), out));
  return scopes;
}

Result<std::vector<std::string>> Admitter::eraseOne(Transaction& tx, const Ruling& ruling, Store& store) {
  std::vector<std::string> scopes{ruling.about};
  CW_TRY(const auto messages, store.messagesOfCase(ruling.about));
  for (const auto& message : messages) {
    // Whoever came before the case, or was held, is sealed under a key of its own.
    if (isUnderOwnKey(message)) scopes.push_back(ownScope(message.message_id));
    CW_CHECK_OK(declineAll(tx, message, store));
  }
  // What was joined into it is in it: the keys of both open it.
  CW_TRY(const auto members, membersOf(tx, ruling.about));
  for (const auto& member : members) {
    CW_TRY(const auto more, eraseOne(tx, {member, ruling.by, ruling.because, ruling.through}, store));
    scopes.insert(scopes.end(), more.begin(), more.end());
  }
  CW_CHECK_OK(clocks().forget(tx, ruling.about, {}));
  CW_TRY(const auto holds, tx.holdsOf(ruling.about));
  for (const auto& hold : holds) {
    if (!hold.released_at) CW_CHECK_OK(tx.releaseHold(hold.hold_id, ruling.by, clock_.now()));
    if (!hold.delivery_id.empty()) continue;
    CW_TRY(const auto message, tx.findMessage(hold.message_id));
    if (!message || !message->case_id.empty()) continue;
    if (isUnderOwnKey(*message)) scopes.push_back(ownScope(hold.message_id));
    if (message->state == MessageState::Held)
      CW_CHECK_OK(tx.updateMessage(hold.message_id, MessageState::Quarantined, "", kErased));
  }
  CW_CHECK_OK(tx.insert(
      DecisionRow{ids_.timeOrdered(), "erasure", ruling.about, {}, {}, ruling.by, ruling.because, clock_.now(), {}}));
  CW_CHECK_OK(audit(tx, {.op = "erasure",
                         .at = clock_.now(),
                         .actor = ruling.by,
                         .case_id = ruling.about,
                         .details = {{"because", ruling.because},
                                     {"through", ruling.through},
                                     {"messages", std::to_string(messages.size())},
                                     {"keys", std::to_string(scopes.size())}}}));
  return scopes;
}

// A key that never was, or is gone already, need not be destroyed: each one costs the disk two syncs.
bool Admitter::isUnderOwnKey(const MessageRow& message) {
  const auto opened =
      vault_.open(ownScope(message.message_id), "canonical:" + message.message_id, message.canonical_sealed);
  return opened || (opened.error().kind != ErrorKind::NotFound && opened.error().kind != ErrorKind::Refused);
}

Result<void> Admitter::declineAll(Transaction& tx, const MessageRow& message, Store& store) {
  CW_TRY(const auto deliveries, store.deliveriesOf(message.message_id));
  bool any = false;
  for (const auto& delivery : deliveries) {
    CW_TRY(auto row, tx.findDelivery(delivery.delivery_id));
    const bool open = row && (row->state == DeliveryState::Queued || row->state == DeliveryState::Sending ||
                              row->state == DeliveryState::Held);
    if (!open) continue;
    row->state = DeliveryState::Declined;
    row->reason = kErased;
    CW_CHECK_OK(tx.updateDelivery(*row));
    any = true;
  }
  if (!any) return {};
  CW_TRY(const auto open, tx.openDeliveries(message.message_id));
  return tx.updateMessage(message.message_id, stateBy(open), message.case_id, reasonBy(open));
}

Result<void> Admitter::rule(Transaction& tx, const Ruling& ruling, const Ruled& ruled, const DeliveryRow* delivery) {
  const HoldRow& hold = ruled.hold;
  CW_CHECK_OK(tx.releaseHold(hold.hold_id, ruling.by, clock_.now()));
  return audit(tx, {.op = ruled.outcome == "closed" ? "close" : "release",
                    .at = clock_.now(),
                    .actor = ruling.by,
                    .message_id = hold.message_id,
                    .case_id = hold.case_id,
                    .delivery_id = hold.delivery_id,
                    .recipient = delivery ? delivery->recipient : "",
                    .purpose = delivery ? delivery->purpose : "",
                    .rule = hold.rule,
                    .details = {{"hold", hold.hold_id},
                                {"reason", hold.reason_code},
                                {"because", ruling.because},
                                {"through", ruling.through},
                                {"outcome", ruled.outcome},
                                {"redacted", ruling.redact ? "yes" : "no"}}});
}

}  // namespace causeway::pipeline
