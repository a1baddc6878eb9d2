#include "host/store/sqlite/sqlite_transaction.hpp"

#include <algorithm>
#include <utility>

namespace causeway::store {

using namespace pipeline;

SqliteTransaction::~SqliteTransaction() {
  if (!ended_) writer_.rollBack();
}

Result<void> SqliteTransaction::usable() const {
  if (ended_) return fail(ErrorKind::Broken, "store: the transaction has ended");
  if (!writer_.database.inTransaction()) return fail(ErrorKind::Broken, "store: the database gave the transaction up");
  return {};
}

void SqliteTransaction::count(MessageState state, int by) {
  if (state == MessageState::Done) done_ += by;
  if (state == MessageState::Repeated) repeated_ += by;
}

Result<SqliteTransaction::Found> SqliteTransaction::locate(std::string_view message_id) {
  Rows rows = writes_.message_state.run(message_id);
  CW_TRY(const bool found, rows.next());
  if (!found) return fail(ErrorKind::NotFound, "store: no message of that id");
  return Found{rows.number(0), static_cast<MessageState>(rows.number(1))};
}

Result<std::optional<Admission>> SqliteTransaction::findAdmission(std::string_view sender, std::string_view source_id) {
  return writes_.reads.admission(sender, source_id);
}

Result<void> SqliteTransaction::insert(const Admission& a) {
  CW_CHECK_OK(usable());
  return writes_.insert_admission.execute(a.sender, a.source_id, a.document_id, Blob{a.digest}, Blob{a.reply_sealed},
                                          a.received_at);
}

Result<void> SqliteTransaction::insert(const MessageRow& m) {
  CW_CHECK_OK(usable());
  CW_CHECK_OK(writes_.insert_message.execute(m.message_id, m.document_id, m.part, m.sender, m.type,
                                             static_cast<int>(m.state), m.test, m.case_id, Blob{m.digest},
                                             Blob{m.subject_index}, m.versions, m.reason, m.received_at));
  ++received_;
  count(m.state, 1);
  if (m.raw_sealed.empty() && m.canonical_sealed.empty()) return {};
  return writes_.insert_body.execute(writer_.database.lastRowId(), Blob{m.raw_sealed}, Blob{m.canonical_sealed});
}

Result<std::optional<MessageRow>> SqliteTransaction::findMessage(std::string_view message_id) {
  return writes_.reads.message(message_id);
}

Result<void> SqliteTransaction::updateMessage(std::string_view message_id, MessageState state, std::string_view case_id,
                                              std::string_view reason) {
  CW_CHECK_OK(usable());
  CW_TRY(const Found found, locate(message_id));
  CW_CHECK_OK(writes_.update_message.execute(static_cast<int>(state), case_id, reason, found.number));
  count(found.state, -1);
  count(state, 1);
  return {};
}

Result<void> SqliteTransaction::rewriteMessage(const MessageRow& m) {
  CW_CHECK_OK(usable());
  CW_TRY(const Found found, locate(m.message_id));
  CW_CHECK_OK(writes_.rewrite_message.execute(Blob{m.digest}, Blob{m.subject_index}, m.versions, found.number));
  CW_TRY(const int changed, writes_.rewrite_body.change(Blob{m.canonical_sealed}, found.number));
  if (changed == 0) return writes_.insert_body.execute(found.number, Blob{}, Blob{m.canonical_sealed});
  return {};
}

Result<void> SqliteTransaction::insert(const PaperRow& p) {
  CW_CHECK_OK(usable());
  CW_CHECK_OK(writes_.insert_paper.execute(p.paper_id, p.message_id, p.scope, Blob{p.digest}, p.media_type, p.size));
  return writes_.insert_paper_body.execute(writer_.database.lastRowId(), Blob{p.sealed});
}

Result<bool> SqliteTransaction::hasPaper(std::string_view scope, std::string_view digest) {
  return writes_.reads.hasPaper(scope, digest);
}

Result<void> SqliteTransaction::insert(const DisclosureRow& row) {
  CW_CHECK_OK(usable());
  return writes_.book.insert(row);
}

Result<std::vector<DisclosureRow>> SqliteTransaction::disclosuresOf(std::string_view case_id) {
  return writes_.book.disclosuresOf(case_id);
}

Result<void> SqliteTransaction::confirm(std::string_view delivery_id, std::string_view message_id, Instant at) {
  CW_CHECK_OK(usable());
  return writes_.book.confirm(delivery_id, message_id, at);
}

Result<void> SqliteTransaction::insert(const DecisionRow& row) {
  CW_CHECK_OK(usable());
  return writes_.book.insert(row);
}

Result<std::vector<DecisionRow>> SqliteTransaction::decisionsAbout(std::string_view kind, std::string_view about) {
  return writes_.book.decisionsAbout(kind, about);
}

Result<std::vector<SealedItem>> SqliteTransaction::sealedOf(std::string_view case_id) {
  return writes_.sealed.of(case_id);
}

Result<std::vector<SealedItem>> SqliteTransaction::expired(ShortLived what, Instant before, int limit) {
  return writes_.sealed.expired(what, before, limit);
}

Result<void> SqliteTransaction::rewrite(const SealedItem& item, std::string_view sealed) {
  CW_CHECK_OK(usable());
  return writes_.sealed.rewrite(item, sealed);
}

Result<std::string> SqliteTransaction::newestDigest(std::string_view subject_index) {
  Rows rows = writes_.newest_digest.run(Blob{subject_index});
  CW_TRY(const bool found, rows.next());
  return found ? rows.text(0) : std::string();
}

Result<void> SqliteTransaction::setNewestDigest(std::string_view subject_index, std::string_view digest) {
  CW_CHECK_OK(usable());
  return writes_.set_newest_digest.execute(Blob{subject_index}, Blob{digest});
}

Result<std::vector<std::string>> SqliteTransaction::findCases(const std::vector<CaseKey>& keys) {
  std::vector<std::string> out;
  for (const CaseKey& key : keys) {
    CW_TRY(auto found, writes_.reads.casesByKey(key));
    for (auto& id : found)
      if (std::ranges::find(out, id) == out.end()) out.push_back(std::move(id));
  }
  return out;
}

Result<void> SqliteTransaction::addCaseKeys(std::string_view case_id, const std::vector<CaseKey>& keys) {
  CW_CHECK_OK(usable());
  for (const CaseKey& key : keys) CW_CHECK_OK(writes_.insert_case_key.execute(key.kind, Blob{key.index}, case_id));
  return {};
}

Result<std::optional<CaseRow>> SqliteTransaction::loadCase(std::string_view case_id) {
  return writes_.reads.findCase(case_id);
}

Result<void> SqliteTransaction::saveCase(const CaseRow& row) {
  CW_CHECK_OK(usable());
  if (row.seq < 1) return fail(ErrorKind::Invalid, "store: a case that is saved holds at least one message");
  if (row.seq == 1) return writes_.insert_case.execute(row.case_id, row.test, Blob{row.snapshot_sealed});
  CW_TRY(const int changed, writes_.save_case.change(row.seq, row.test, Blob{row.snapshot_sealed}, row.case_id));
  if (changed == 0) return fail(ErrorKind::Conflict, "store: the case is not at the sequence number that was read");
  return {};
}

Result<std::vector<MessageRow>> SqliteTransaction::waitingFor(const std::vector<CaseKey>& keys) {
  return writes_.reads.waitingFor(keys);
}

Result<void> SqliteTransaction::wait(std::string_view message_id, const std::vector<CaseKey>& keys) {
  CW_CHECK_OK(usable());
  CW_TRY(const Found found, locate(message_id));
  for (const CaseKey& key : keys) CW_CHECK_OK(writes_.insert_waiting.execute(key.kind, Blob{key.index}, found.number));
  return {};
}

Result<void> SqliteTransaction::stopWaiting(std::string_view message_id) {
  CW_CHECK_OK(usable());
  CW_TRY(const Found found, locate(message_id));
  return writes_.stop_waiting.execute(found.number);
}

Result<void> SqliteTransaction::insert(DeliveryRow& d) {
  CW_CHECK_OK(usable());
  CW_CHECK_OK(writes_.insert_delivery.execute(d.delivery_id, d.message_id, d.case_id, d.recipient, d.type, d.purpose,
                                              d.route, d.subject, d.priority, static_cast<int>(d.state), d.receipt,
                                              d.reason, d.attempts, d.created_at, d.due_at, d.not_before));
  d.sequence = writer_.database.lastRowId();
  return writes_.insert_payload.execute(d.sequence, Blob{d.payload_sealed});
}

Result<std::optional<DeliveryRow>> SqliteTransaction::findDelivery(std::string_view delivery_id) {
  return writes_.reads.delivery(delivery_id);
}

Result<void> SqliteTransaction::updateDelivery(const DeliveryRow& d) {
  CW_CHECK_OK(usable());
  CW_TRY(const int changed, writes_.update_delivery.change(static_cast<int>(d.state), d.receipt, d.reason, d.attempts,
                                                           d.not_before, d.delivery_id));
  if (changed == 0) return fail(ErrorKind::NotFound, "store: no delivery of that id");
  return {};
}

Result<std::vector<std::string>> SqliteTransaction::queuedAbout(std::string_view case_id, std::string_view recipient,
                                                                std::string_view subject) {
  // Deliveries about nothing in particular have nothing in common.
  if (subject.empty()) return std::vector<std::string>();
  return texts(writes_.queued.run(case_id, recipient, subject));
}

Result<std::vector<std::string>> SqliteTransaction::newerAbout(const DeliveryRow& d) {
  if (d.subject.empty()) return std::vector<std::string>();
  return texts(writes_.newer.run(d.case_id, d.recipient, d.subject, d.sequence));
}

Result<OpenDeliveries> SqliteTransaction::openDeliveries(std::string_view message_id) {
  Rows rows = writes_.open_deliveries.run(message_id);
  CW_CHECK_OK(rows.next());
  return OpenDeliveries{static_cast<int>(rows.number(0)), static_cast<int>(rows.number(1))};
}

Result<std::vector<DeliveryRow>> SqliteTransaction::deliveriesOf(std::string_view message_id) {
  return writes_.reads.deliveriesOf(message_id);
}

Result<void> SqliteTransaction::insert(FollowUpRow& f) {
  CW_CHECK_OK(usable());
  CW_CHECK_OK(writes_.insert_follow_up.execute(f.follow_up_id, f.partner, f.endpoint, f.scope, Blob{f.target_sealed},
                                               f.correlation, f.document_id, f.delivery_id, f.case_id,
                                               static_cast<int>(f.state), f.attempts, f.reason, f.created_at,
                                               f.not_before, f.give_up_at));
  f.sequence = writer_.database.lastRowId();
  return {};
}

Result<std::optional<FollowUpRow>> SqliteTransaction::findFollowUp(std::string_view follow_up_id) {
  return writes_.reads.followUp(follow_up_id);
}

Result<void> SqliteTransaction::updateFollowUp(const FollowUpRow& f) {
  CW_CHECK_OK(usable());
  CW_TRY(const int changed, writes_.update_follow_up.change(static_cast<int>(f.state), f.attempts, f.reason,
                                                            f.not_before, f.give_up_at, f.follow_up_id));
  if (changed == 0) return fail(ErrorKind::NotFound, "store: no follow-up of that id");
  return {};
}

Result<void> SqliteTransaction::insert(const HoldRow& h) {
  CW_CHECK_OK(usable());
  return writes_.insert_hold.execute(h.hold_id, h.message_id, h.delivery_id, h.case_id, h.reason_code, h.text, h.rule,
                                     h.held_at, h.released_at, h.released_by, h.follow_up_id);
}

Result<std::optional<HoldRow>> SqliteTransaction::findHold(std::string_view hold_id) {
  return writes_.reads.hold(hold_id);
}

Result<std::vector<HoldRow>> SqliteTransaction::holdsOf(std::string_view case_id) {
  return writes_.reads.holdsOf(case_id);
}

Result<void> SqliteTransaction::releaseHold(std::string_view hold_id, std::string_view by, Instant at) {
  CW_CHECK_OK(usable());
  {
    Rows rows = writes_.hold_released.run(hold_id);
    CW_TRY(const bool found, rows.next());
    if (!found) return fail(ErrorKind::NotFound, "store: no hold of that id");
    if (rows.flag(0)) return fail(ErrorKind::Conflict, "store: the hold was released before");
  }
  return writes_.release_hold.execute(at, by, hold_id);
}

Result<void> SqliteTransaction::insert(const AuditRow& row) {
  CW_CHECK_OK(usable());
  if (row.index != audit_size_)
    return fail(ErrorKind::Conflict, "store: the audit log goes on at " + std::to_string(audit_size_));
  CW_CHECK_OK(writes_.insert_audit.execute(row.index, row.leaf, Blob{row.leaf_hash}));
  ++audit_size_;
  return {};
}

Result<void> SqliteTransaction::insert(const AuditHead& head) {
  CW_CHECK_OK(usable());
  return writes_.insert_head.execute(head.size, Blob{head.root_hash}, Blob{head.signature}, head.signed_at,
                                     Blob{head.frontier});
}

Result<void> SqliteTransaction::commit() {
  if (ended_) return fail(ErrorKind::Broken, "store: the transaction has ended");
  if (received_ != 0 || done_ != 0 || repeated_ != 0) {
    if (auto counted = writes_.count_ledger.execute(received_, done_, repeated_); !counted) {
      if (counted.error().kind == ErrorKind::Unavailable) return counted;
      writer_.failed = true;
      counted.error().kind = ErrorKind::Broken;
      return counted;
    }
  }
  CW_CHECK_OK(writer_.commit());
  ended_ = true;
  writer_.audit_size = audit_size_;
  return {};
}

}  // namespace causeway::store
