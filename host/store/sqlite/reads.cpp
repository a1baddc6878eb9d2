#include "host/store/sqlite/reads.hpp"

#include <algorithm>
#include <utility>

namespace causeway::store {
namespace {

using namespace pipeline;

const std::string kMessage =
    "SELECT m.message_id, m.document_id, m.part, m.sender, m.type, m.state, m.test, m.case_id, m.digest, "
    "m.subject_index,"
    " b.raw_sealed, b.canonical_sealed, m.versions, m.reason, m.received_at"
    " FROM messages m LEFT JOIN message_bodies b ON b.id = m.id ";

const std::string kDelivery =
    "SELECT d.delivery_id, d.message_id, d.case_id, d.recipient, d.type, d.purpose, d.route, d.subject, d.priority,"
    " d.sequence, d.state, p.payload_sealed, d.receipt, d.reason, d.attempts, d.created_at, d.due_at, d.not_before"
    " FROM deliveries d ";
const std::string kPayload = " LEFT JOIN delivery_payloads p ON p.sequence = d.sequence ";

const std::string kFollowUp =
    "SELECT follow_up_id, partner, endpoint, scope, target_sealed, correlation, document_id, delivery_id, case_id,"
    " sequence, state, attempts, reason, created_at, not_before, give_up_at FROM follow_ups ";

const std::string kHold =
    "SELECT hold_id, message_id, delivery_id, case_id, reason_code, text, rule, held_at, released_at, released_by,"
    " follow_up_id FROM holds ";

const std::string kPaper = "p.paper_id, p.message_id, p.scope, p.digest, p.media_type, p.size, ";
const std::string kHead = "SELECT size, root_hash, signature, signed_at, frontier FROM audit_heads ";

FollowUpRow followUpOf(const Rows& r) {
  return {r.text(0),
          r.text(1),
          r.text(2),
          r.text(3),
          r.text(4),
          r.text(5),
          r.text(6),
          r.text(7),
          r.text(8),
          r.number(9),
          static_cast<FollowUpState>(r.number(10)),
          static_cast<int>(r.number(11)),
          r.text(12),
          r.time(13),
          r.time(14),
          r.time(15)};
}

Admission admissionOf(const Rows& r) { return {r.text(0), r.text(1), r.text(2), r.text(3), r.text(4), r.time(5)}; }

MessageRow messageOf(const Rows& r) {
  MessageRow m;
  m.message_id = r.text(0);
  m.document_id = r.text(1);
  m.part = r.text(2);
  m.sender = r.text(3);
  m.type = r.text(4);
  m.state = static_cast<MessageState>(r.number(5));
  m.test = r.flag(6);
  m.case_id = r.text(7);
  m.digest = r.text(8);
  m.subject_index = r.text(9);
  m.raw_sealed = r.text(10);
  m.canonical_sealed = r.text(11);
  m.versions = r.text(12);
  m.reason = r.text(13);
  m.received_at = r.time(14);
  return m;
}

PaperRow paperOf(const Rows& r) {
  return {r.text(0), r.text(1), r.text(2), r.text(3), r.text(4), r.number(5), r.text(6)};
}

DeliveryRow deliveryOf(const Rows& r) {
  DeliveryRow d;
  d.delivery_id = r.text(0);
  d.message_id = r.text(1);
  d.case_id = r.text(2);
  d.recipient = r.text(3);
  d.type = r.text(4);
  d.purpose = r.text(5);
  d.route = r.text(6);
  d.subject = r.text(7);
  d.priority = static_cast<int>(r.number(8));
  d.sequence = r.number(9);
  d.state = static_cast<DeliveryState>(r.number(10));
  d.payload_sealed = r.text(11);
  d.receipt = r.text(12);
  d.reason = r.text(13);
  d.attempts = static_cast<int>(r.number(14));
  d.created_at = r.time(15);
  d.due_at = r.time(16);
  d.not_before = r.time(17);
  return d;
}

CaseRow caseOf(const Rows& r) { return {r.text(0), r.number(1), r.text(2), r.flag(3)}; }

HoldRow holdOf(const Rows& r) {
  HoldRow h{r.text(0), r.text(1), r.text(2),    r.text(3), r.text(4), r.text(5),
            r.text(6), r.time(7), std::nullopt, r.text(9), r.text(10)};
  if (!r.isNull(8)) h.released_at = r.time(8);
  return h;
}

AuditRow auditRowOf(const Rows& r) { return {r.number(0), r.text(1), r.text(2)}; }
AuditHead headOf(const Rows& r) { return {r.number(0), r.text(1), r.text(2), r.time(3), r.text(4)}; }

template <class Read>
auto all(Rows rows, Read read) -> Result<std::vector<decltype(read(rows))>> {
  std::vector<decltype(read(rows))> out;
  for (;;) {
    CW_TRY(const bool more, rows.next());
    if (!more) return out;
    out.push_back(read(rows));
  }
}

template <class Read>
auto first(Rows rows, Read read) -> Result<std::optional<decltype(read(rows))>> {
  CW_TRY(const bool found, rows.next());
  if (!found) return std::nullopt;
  return read(rows);
}

}  // namespace

Reads::Reads(Database& db)
    : admission_(db,
                 "SELECT sender, source_id, document_id, digest, reply_sealed, received_at FROM admissions"
                 " WHERE sender = ? AND source_id = ?"),
      message_(db, kMessage + "WHERE m.message_id = ?"),
      messages_of_document_(db, kMessage + "WHERE m.document_id = ? ORDER BY m.id"),
      messages_of_case_(db, kMessage + "WHERE m.case_id = ? AND m.case_id <> '' ORDER BY m.id"),
      papers_of_case_(db, "SELECT " + kPaper +
                              "'' FROM messages m JOIN papers p ON p.message_id = m.message_id"
                              " WHERE m.case_id = ? AND m.case_id <> '' ORDER BY p.id"),
      paper_(db, "SELECT " + kPaper + "b.sealed FROM papers p JOIN paper_bodies b ON b.id = p.id WHERE p.paper_id = ?"),
      has_paper_(db, "SELECT 1 FROM papers WHERE scope = ? AND digest = ?"),
      message_by_number_(db, kMessage + "WHERE m.id = ?"),
      waiting_for_(db,
                   "SELECT m.id FROM waiting_keys w JOIN messages m ON m.id = w.message"
                   " WHERE w.kind = ? AND w.key_index = ? AND m.state = 6"),
      case_(db, "SELECT case_id, seq, snapshot_sealed, test FROM cases WHERE case_id = ?"),
      cases_by_key_(db, "SELECT case_id FROM case_keys WHERE kind = ? AND key_index = ? ORDER BY case_id"),
      delivery_(db, kDelivery + kPayload + "WHERE d.delivery_id = ?"),
      deliveries_of_(db, kDelivery + kPayload + "WHERE d.message_id = ? ORDER BY d.sequence"),
      pending_(db, kDelivery + "INDEXED BY deliveries_pending" + kPayload +
                       "WHERE d.state <= 2 AND d.sequence > ? ORDER BY d.sequence LIMIT ?"),
      all_deliveries_(db, kDelivery + kPayload + "WHERE d.sequence > ? ORDER BY d.sequence LIMIT ?"),
      newest_receipt_(
          db,
          "SELECT receipt FROM deliveries INDEXED BY deliveries_receipts WHERE state = 3 AND receipt <> ''"
          " AND case_id = ? AND recipient = ? AND subject = ? AND subject <> '' ORDER BY sequence DESC LIMIT 1"),
      pending_follow_ups_(db, kFollowUp +
                                  "INDEXED BY follow_ups_pending"
                                  " WHERE state = 1 AND sequence > ? ORDER BY sequence LIMIT ?"),
      follow_up_(db, kFollowUp + "WHERE follow_up_id = ?"),
      open_holds_(db, kHold + "WHERE released_at IS NULL ORDER BY held_at, id LIMIT ?"),
      holds_of_(db, kHold + "WHERE case_id = ? AND case_id <> '' ORDER BY held_at, id"),
      hold_(db, kHold + "WHERE hold_id = ?"),
      audit_rows_(db,
                  "SELECT leaf_index, leaf, leaf_hash FROM audit WHERE leaf_index >= ? ORDER BY leaf_index LIMIT ?"),
      audit_size_(db, "SELECT coalesce(max(leaf_index) + 1, 0) FROM audit"),
      audit_heads_(db, kHead + "WHERE size > ? ORDER BY size LIMIT ?"),
      newest_head_(db, kHead + "ORDER BY size DESC LIMIT 1"),
      balance_(db,
               "SELECT l.received, l.done, l.repeated, m.state, m.count FROM ledger l LEFT JOIN"
               " (SELECT state, count(*) AS count FROM messages WHERE state NOT IN (2, 5) GROUP BY state) m") {}

Result<std::optional<Admission>> Reads::admission(std::string_view sender, std::string_view source_id) {
  return first(admission_.run(sender, source_id), admissionOf);
}

Result<std::optional<MessageRow>> Reads::message(std::string_view message_id) {
  return first(message_.run(message_id), messageOf);
}

Result<std::vector<MessageRow>> Reads::messagesOfDocument(std::string_view document_id) {
  return all(messages_of_document_.run(document_id), messageOf);
}

Result<std::vector<MessageRow>> Reads::messagesOfCase(std::string_view case_id) {
  return all(messages_of_case_.run(case_id), messageOf);
}

Result<std::vector<PaperRow>> Reads::papersOfCase(std::string_view case_id) {
  return all(papers_of_case_.run(case_id), paperOf);
}

Result<std::optional<PaperRow>> Reads::paper(std::string_view paper_id) { return first(paper_.run(paper_id), paperOf); }

Result<bool> Reads::hasPaper(std::string_view scope, std::string_view digest) {
  return has_paper_.run(scope, Blob{digest}).next();
}

Result<std::vector<MessageRow>> Reads::waitingFor(const std::vector<CaseKey>& keys) {
  std::vector<std::int64_t> ids;
  for (const CaseKey& key : keys) {
    CW_TRY(const auto found,
           all(waiting_for_.run(key.kind, Blob{key.index}), [](const Rows& r) { return r.number(0); }));
    ids.insert(ids.end(), found.begin(), found.end());
  }
  std::ranges::sort(ids);
  const auto repeats = std::ranges::unique(ids);
  ids.erase(repeats.begin(), repeats.end());
  std::vector<MessageRow> out;
  for (const std::int64_t id : ids) {
    CW_TRY(auto message, first(message_by_number_.run(id), messageOf));
    if (message) out.push_back(std::move(*message));
  }
  std::ranges::stable_sort(out, {}, &MessageRow::received_at);
  return out;
}

Result<std::optional<CaseRow>> Reads::findCase(std::string_view case_id) { return first(case_.run(case_id), caseOf); }

Result<std::vector<std::string>> Reads::casesByKey(const CaseKey& key) {
  return texts(cases_by_key_.run(key.kind, Blob{key.index}));
}

Result<std::optional<DeliveryRow>> Reads::delivery(std::string_view delivery_id) {
  return first(delivery_.run(delivery_id), deliveryOf);
}

Result<std::vector<DeliveryRow>> Reads::deliveriesOf(std::string_view message_id) {
  return all(deliveries_of_.run(message_id), deliveryOf);
}

Result<std::vector<DeliveryRow>> Reads::pendingDeliveries(std::int64_t after_sequence, int limit) {
  return all(pending_.run(after_sequence, std::max(limit, 0)), deliveryOf);
}

Result<std::vector<DeliveryRow>> Reads::allDeliveries(std::int64_t after_sequence, int limit) {
  return all(all_deliveries_.run(after_sequence, std::max(limit, 0)), deliveryOf);
}

Result<std::string> Reads::newestReceipt(std::string_view case_id, std::string_view recipient,
                                         std::string_view subject) {
  CW_TRY(auto receipt,
         first(newest_receipt_.run(case_id, recipient, subject), [](const Rows& r) { return r.text(0); }));
  return receipt.value_or("");
}

Result<std::vector<FollowUpRow>> Reads::pendingFollowUps(std::int64_t after_sequence, int limit) {
  return all(pending_follow_ups_.run(after_sequence, std::max(limit, 0)), followUpOf);
}

Result<std::optional<FollowUpRow>> Reads::followUp(std::string_view follow_up_id) {
  return first(follow_up_.run(follow_up_id), followUpOf);
}

Result<std::vector<HoldRow>> Reads::openHolds(int limit) { return all(open_holds_.run(std::max(limit, 0)), holdOf); }

Result<std::vector<HoldRow>> Reads::holdsOf(std::string_view case_id) { return all(holds_of_.run(case_id), holdOf); }

Result<std::optional<HoldRow>> Reads::hold(std::string_view hold_id) { return first(hold_.run(hold_id), holdOf); }

Result<std::vector<AuditRow>> Reads::auditRows(std::int64_t from, int limit) {
  return all(audit_rows_.run(from, std::max(limit, 0)), auditRowOf);
}

Result<std::int64_t> Reads::auditSize() {
  CW_TRY(const auto size, first(audit_size_.run(), [](const Rows& r) { return r.number(0); }));
  return size.value_or(0);
}

Result<std::vector<AuditHead>> Reads::auditHeads(std::int64_t after_size, int limit) {
  return all(audit_heads_.run(after_size, std::max(limit, 0)), headOf);
}

Result<std::optional<AuditHead>> Reads::newestAuditHead() { return first(newest_head_.run(), headOf); }

Result<LedgerBalance> Reads::balance() {
  LedgerBalance balance;
  Rows rows = balance_.run();
  for (;;) {
    CW_TRY(const bool more, rows.next());
    if (!more) return balance;
    balance.received = rows.number(0);
    balance.done = rows.number(1);
    balance.repeated = rows.number(2);
    const std::int64_t count = rows.number(4);
    switch (static_cast<MessageState>(rows.number(3))) {
      case MessageState::InFlight: balance.in_flight = count; break;
      case MessageState::Held: balance.held = count; break;
      case MessageState::Quarantined: balance.quarantined = count; break;
      case MessageState::Waiting: balance.waiting = count; break;
      case MessageState::Done:
      case MessageState::Repeated: break;  // counted in the ledger's row
    }
  }
}

}  // namespace causeway::store
