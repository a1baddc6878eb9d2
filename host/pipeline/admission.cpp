#include "host/pipeline/admission.hpp"

#include "host/pipeline/projection_text.hpp"

#include <algorithm>

namespace causeway::pipeline {
namespace {

constexpr size_t kCasesRemembered = 2000;
constexpr std::string_view kReplies = "installation:replies";

// What a message says, without what only this sending of it says: two sendings of the same fact are equal.
std::string contentOf(const canonical::CanonicalMessage& message) {
  auto content = message;
  content.clear_message_id();
  content.clear_source_message_id();
  content.clear_correlation_id();
  content.clear_received_at();
  content.clear_part();
  return content.SerializeAsString();
}

bool opensCase(const canonical::CanonicalMessage& message) {
  return message.type() == "case.registered" || message.type() == "case.updated";
}

const mapping::Finding* unreadable(const Document& document, int part) {
  const auto found = std::ranges::find_if(document.findings, [&](const mapping::Finding& finding) {
    return finding.code == "bad_value" && (finding.part < 0 || finding.part == part);
  });
  return found == document.findings.end() ? nullptr : &*found;
}

std::string ownScope(const std::string& message_id) { return "message:" + message_id; }

}  // namespace

Admitter::Admitter(std::shared_ptr<const Rulebook> rulebook, Vault& vault, AuditLog& audit, const Clock& clock, const Ids& ids)
    : rulebook_(std::move(rulebook)), vault_(vault), audit_(audit), clock_(clock), ids_(ids) {}

Result<Admitted> Admitter::admit(Transaction& tx, Document& document) {
  Admitted out;
  if (!document.refused.empty()) {
    out.outcome = document.refused;
    CW_CHECK_OK(quarantine(tx, document, document.refused, document.why));
    return out;
  }
  CW_TRY(const auto known, tx.findAdmission(document.sender, document.source_id));
  if (known) {
    const bool same = known->digest == document.digest;
    out.outcome = same ? "duplicate" : "conflict";
    if (!same) {
      CW_CHECK_OK(quarantine(tx, document, "conflict", "the number was used before for other content"));
      return out;
    }
    CW_TRY(out.reply, vault_.open(kReplies, "reply:" + known->document_id, known->reply_sealed));
    CW_CHECK_OK(audit(tx, {"duplicate", clock_.now(), document.sender, known->document_id, {}, {}, {}, {}, {}, {}}));
    return out;
  }
  CW_TRY(const auto reply, vault_.seal(kReplies, "reply:" + document.document_id, document.reply));
  CW_CHECK_OK(tx.insert(Admission{document.sender, document.source_id, document.document_id, document.digest, reply, document.received_at}));
  CW_CHECK_OK(audit(tx, {"admission", clock_.now(), document.sender, document.document_id, {}, {}, {}, {}, {},
                         {{"messages", std::to_string(document.messages.size())}}}));
  for (size_t part = 0; part < document.messages.size(); ++part) CW_CHECK_OK(admitMessage(tx, document, part, out));
  out.outcome = "accepted";
  return out;
}

void Admitter::afterCommit(Admitted& admitted) {
  if (hand_over_ && !admitted.deliveries.empty()) hand_over_(std::move(admitted.deliveries));
}

Result<void> Admitter::admitMessage(Transaction& tx, const Document& document, size_t part, Admitted& out) {
  const auto& message = *document.messages[part];
  Passage passage{message, part == 0 ? &document : nullptr, {}, {}};
  MessageRow& row = passage.row;
  row.message_id = message.message_id();
  row.document_id = document.document_id;
  row.part = message.part();
  row.sender = document.sender;
  row.type = message.type();
  row.test = message.test();
  row.digest = vault_.digest(contentOf(message));
  row.subject_index = vault_.blindIndex("subject", document.sender + "|" + care::subjectOf(message));
  row.versions = R"({"mapping":")" + message.mapped_by() + R"(","rulebook":")" + rulebook_->version + R"("})";
  row.received_at = document.received_at;

  CW_TRY(const auto newest, tx.newestDigest(row.subject_index));
  if (newest == row.digest) {
    row.state = MessageState::Repeated;
    row.reason = "says what this source said last";
    return insertMessage(tx, passage, ownScope(row.message_id));
  }
  if (const auto* finding = unreadable(document, static_cast<int>(part)))
    return holdMessage(tx, passage, {"bad_value", finding->path, "a value cannot be read: " + finding->text});
  const auto keys = care::joinKeys(message);
  passage.keys = blind(keys);
  if (passage.keys.empty()) return holdMessage(tx, passage, {"no_join", "join", "the message has no case number that can be joined"});
  CW_TRY(const auto cases, tx.findCases(passage.keys));
  if (cases.size() > 1) return holdMessage(tx, passage, {"many_cases", "join", "the message fits more than one case"});
  if (cases.size() == 1) return enterCase(tx, passage, cases.front(), out);
  if (opensCase(message)) return enterCase(tx, passage, ids_.timeOrdered(), out);
  row.state = MessageState::Waiting;
  row.reason = "its case is not known yet";
  CW_CHECK_OK(insertMessage(tx, passage, ownScope(row.message_id)));
  CW_CHECK_OK(tx.wait(row.message_id, passage.keys));
  return audit(tx, {"waiting", clock_.now(), "causeway", row.message_id, {}, {}, {}, {}, "join", {}});
}

Result<void> Admitter::enterCase(Transaction& tx, Passage& passage, const std::string& case_id, Admitted& out) {
  CW_TRY(KnownCase * known, loadCase(tx, case_id));
  auto judged = judge(*rulebook_, known->record, passage.message, clock_.now());
  if (!judged) return holdMessage(tx, passage, {"not_placed", "join", judged.error().what});
  auto& record = judged->folded.record;
  record.mutable_case_()->set_case_id(case_id);
  const bool opens = known->seq == 0;
  CW_CHECK_OK(saveCase(tx, case_id, *known, std::move(record)));

  passage.row.case_id = case_id;
  const bool waited = passage.row.state == MessageState::Waiting;
  for (auto& happened : judged->happened)
    for (auto& intended : happened.deliveries) CW_CHECK_OK(deliver(tx, passage, intended, out));
  CW_TRY(const int open, tx.openDeliveries(passage.row.message_id));
  passage.row.state = open > 0 ? MessageState::InFlight : MessageState::Done;
  passage.row.reason.clear();
  if (waited) {
    CW_CHECK_OK(tx.updateMessage(passage.row.message_id, passage.row.state, case_id, ""));
    CW_CHECK_OK(tx.stopWaiting(passage.row.message_id));
  } else {
    CW_CHECK_OK(insertMessage(tx, passage, case_id));
  }
  CW_CHECK_OK(tx.setNewestDigest(passage.row.subject_index, passage.row.digest));
  // Whoever came before its case was known comes in now, in the order of receipt.
  return opens || opensCase(passage.message) ? joinWaiting(tx, passage.keys, case_id, out) : Result<void>();
}

Result<void> Admitter::joinWaiting(Transaction& tx, const std::vector<CaseKey>& keys, const std::string& case_id, Admitted& out) {
  CW_TRY(const auto waiting, tx.waitingFor(keys));
  for (const auto& row : waiting) {
    CW_TRY(const auto bytes, vault_.open(ownScope(row.message_id), "canonical:" + row.message_id, row.canonical_sealed));
    canonical::CanonicalMessage message;
    if (!message.ParseFromString(bytes)) return fail(ErrorKind::Broken, "a waiting message cannot be read back");
    Passage passage{message, nullptr, row, keys};
    CW_CHECK_OK(enterCase(tx, passage, case_id, out));
  }
  return {};
}

Result<Admitter::KnownCase*> Admitter::loadCase(Transaction& tx, const std::string& case_id) {
  if (cases_.size() > kCasesRemembered) cases_.clear();
  const auto found = cases_.find(case_id);
  if (found != cases_.end()) return &found->second;
  KnownCase known;
  CW_TRY(const auto row, tx.loadCase(case_id));
  if (row) {
    CW_TRY(const auto bytes, vault_.open(case_id, "snapshot", row->snapshot_sealed));
    if (!known.record.ParseFromString(bytes)) return fail(ErrorKind::Broken, "a case cannot be read back");
    known.seq = row->seq;
  }
  return &cases_.emplace(case_id, std::move(known)).first->second;
}

Result<void> Admitter::saveCase(Transaction& tx, const std::string& case_id, KnownCase& known, canonical::CaseRecord record) {
  CW_TRY(const auto sealed, vault_.seal(case_id, "snapshot", record.SerializeAsString()));
  CW_CHECK_OK(tx.saveCase({case_id, known.seq + 1, sealed, false}));
  canonical::CanonicalMessage whole;
  *whole.mutable_case_() = record.case_();
  CW_CHECK_OK(tx.addCaseKeys(case_id, blind(care::joinKeys(whole))));
  known.record = std::move(record);
  ++known.seq;
  return {};
}

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
  const bool unprojected = decision.hold.has_value();
  const auto payload = (unprojected ? draft.message : *decision.projection).SerializeAsString();
  CW_TRY(row.payload_sealed, vault_.seal(row.case_id, (unprojected ? "draft:" : "payload:") + row.delivery_id, payload));
  if (row.state == DeliveryState::Queued && !row.subject.empty()) {
    CW_TRY(const auto overtaken, tx.supersede(row.case_id, row.recipient, row.subject, row.delivery_id));
    for (const auto& id : overtaken)
      CW_CHECK_OK(audit(tx, {"superseded", clock_.now(), "causeway", row.message_id, row.case_id, id, row.recipient, row.purpose, row.route, {}}));
  }
  CW_CHECK_OK(tx.insert(row));
  CW_CHECK_OK(audit(tx, {"decision", clock_.now(), "causeway", row.message_id, row.case_id, row.delivery_id, row.recipient, row.purpose,
                         row.route, decisionDetails(decision)}));
  if (decision.hold) return hold(tx, passage.row, &row, *decision.hold);
  if (row.state == DeliveryState::Queued) out.deliveries.push_back(std::move(row));
  return {};
}

Result<void> Admitter::hold(Transaction& tx, const MessageRow& row, const DeliveryRow* delivery, const protection::Hold& why) {
  const std::string delivery_id = delivery ? delivery->delivery_id : "";
  CW_CHECK_OK(tx.insert(HoldRow{ids_.timeOrdered(), row.message_id, delivery_id, row.case_id, why.code, why.text, why.rule, clock_.now(), {}, {}}));
  return audit(tx, {"hold", clock_.now(), "causeway", row.message_id, row.case_id, delivery_id, delivery ? delivery->recipient : "",
                    delivery ? delivery->purpose : "", why.rule, {{"reason", why.code}}});
}

Result<void> Admitter::holdMessage(Transaction& tx, Passage& passage, const protection::Hold& why) {
  const bool waited = passage.row.state == MessageState::Waiting;
  passage.row.state = MessageState::Held;
  passage.row.reason = why.code;
  if (waited) {
    CW_CHECK_OK(tx.updateMessage(passage.row.message_id, MessageState::Held, "", why.code));
    CW_CHECK_OK(tx.stopWaiting(passage.row.message_id));
  } else {
    CW_CHECK_OK(insertMessage(tx, passage, ownScope(passage.row.message_id)));
  }
  return hold(tx, passage.row, nullptr, why);
}

Result<void> Admitter::insertMessage(Transaction& tx, Passage& passage, std::string_view scope) {
  MessageRow& row = passage.row;
  CW_TRY(row.canonical_sealed, vault_.seal(scope, "canonical:" + row.message_id, passage.message.SerializeAsString()));
  if (passage.document) {
    CW_TRY(row.raw_sealed, vault_.seal(scope, "raw:" + row.document_id, passage.document->raw));
  }
  return tx.insert(row);
}

Result<void> Admitter::quarantine(Transaction& tx, const Document& document, std::string_view outcome, std::string_view why) {
  MessageRow row;
  row.message_id = ids_.timeOrdered();
  row.document_id = document.document_id;
  row.sender = document.sender;
  row.state = MessageState::Quarantined;
  row.reason = std::string(outcome) + ": " + std::string(why);
  row.received_at = document.received_at;
  CW_TRY(row.raw_sealed, vault_.seal(ownScope(row.message_id), "raw:" + row.document_id, document.raw));
  CW_CHECK_OK(tx.insert(row));
  return audit(tx, {"refusal", clock_.now(), document.sender, row.message_id, {}, {}, {}, {}, {}, {{"outcome", std::string(outcome)}}});
}

Result<void> Admitter::audit(Transaction& tx, AuditEvent event) { return audit_.append(tx, event); }

std::vector<CaseKey> Admitter::blind(const std::vector<care::JoinKey>& keys) const {
  std::vector<CaseKey> out;
  for (const auto& key : keys) out.push_back({key.kind, vault_.blindIndex(key.kind, key.value)});
  return out;
}

}  // namespace causeway::pipeline
