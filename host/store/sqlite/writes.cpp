#include "host/store/sqlite/writes.hpp"

namespace causeway::store {

Writes::Writes(Database& db)
    : reads(db),
      book(db),
      changes(db),
      sealed(db),
      clocks(db),
      begin(db, "BEGIN IMMEDIATE"),
      commit(db, "COMMIT"),
      roll_back(db, "ROLLBACK"),
      insert_admission(db, "INSERT INTO admissions VALUES(?, ?, ?, ?, ?, ?)"),
      insert_message(db,
                     "INSERT INTO messages(message_id, document_id, part, sender, type, state, test, case_id, digest,"
                     " subject_index, versions, reason, received_at) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      insert_body(db, "INSERT INTO message_bodies VALUES(?, ?, ?)"),
      message_state(db, "SELECT id, state FROM messages WHERE message_id = ?"),
      update_message(db, "UPDATE messages SET state = ?, case_id = ?, reason = ? WHERE id = ?"),
      rewrite_message(db, "UPDATE messages SET digest = ?, subject_index = ?, versions = ? WHERE id = ?"),
      rewrite_body(db, "UPDATE message_bodies SET canonical_sealed = ? WHERE id = ?"),
      count_ledger(db, "UPDATE ledger SET received = received + ?, done = done + ?, repeated = repeated + ?"),
      insert_paper(
          db, "INSERT INTO papers(paper_id, message_id, scope, digest, media_type, size) VALUES(?, ?, ?, ?, ?, ?)"),
      insert_paper_body(db, "INSERT INTO paper_bodies VALUES(?, ?)"),
      newest_digest(db, "SELECT digest FROM newest_digests WHERE subject_index = ?"),
      set_newest_digest(db, "INSERT OR REPLACE INTO newest_digests VALUES(?, ?)"),
      insert_case_key(db, "INSERT OR IGNORE INTO case_keys VALUES(?, ?, ?)"),
      insert_case(db, "INSERT INTO cases(case_id, seq, test, snapshot_sealed) VALUES(?, 1, ?, ?)"),
      save_case(db, "UPDATE cases SET seq = ?1, test = ?2, snapshot_sealed = ?3 WHERE case_id = ?4 AND seq = ?1 - 1"),
      insert_waiting(db, "INSERT OR IGNORE INTO waiting_keys VALUES(?, ?, ?)"),
      stop_waiting(db, "DELETE FROM waiting_keys WHERE message = ?"),
      insert_delivery(
          db,
          "INSERT INTO deliveries(delivery_id, message_id, case_id, recipient, type, purpose, route, subject,"
          " priority, state, receipt, reason, attempts, created_at, due_at, not_before)"
          " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      insert_payload(db, "INSERT INTO delivery_payloads VALUES(?, ?)"),
      update_delivery(db,
                      "UPDATE deliveries SET state = ?, receipt = ?, reason = ?, attempts = ?, not_before = ?"
                      " WHERE delivery_id = ?"),
      queued(db,
             "SELECT delivery_id FROM deliveries INDEXED BY deliveries_queued"
             " WHERE state = 1 AND case_id = ? AND recipient = ? AND subject = ? ORDER BY sequence"),
      newer(db,
            "SELECT d.delivery_id FROM messages m JOIN deliveries d ON d.message_id = m.message_id"
            " WHERE m.case_id = ? AND m.case_id <> '' AND d.case_id = m.case_id AND d.recipient = ? AND d.subject = ?"
            " AND d.sequence > ? AND d.state IN (1, 2, 3) ORDER BY d.sequence"),
      open_deliveries(db, "SELECT total(state IN (1, 2)), total(state = 4) FROM deliveries WHERE message_id = ?"),
      insert_follow_up(
          db,
          "INSERT INTO follow_ups(follow_up_id, partner, endpoint, scope, target_sealed, correlation,"
          " document_id, delivery_id, case_id, state, attempts, reason, created_at, not_before, give_up_at)"
          " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      update_follow_up(db,
                       "UPDATE follow_ups SET state = ?, attempts = ?, reason = ?, not_before = ?, give_up_at = ? "
                       "WHERE follow_up_id = ?"),
      insert_hold(db,
                  "INSERT INTO holds(hold_id, message_id, delivery_id, case_id, reason_code, text, rule, held_at,"
                  " released_at, released_by, follow_up_id) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      hold_released(db, "SELECT released_at IS NOT NULL FROM holds WHERE hold_id = ?"),
      release_hold(db, "UPDATE holds SET released_at = ?, released_by = ? WHERE hold_id = ?"),
      insert_audit(db, "INSERT INTO audit VALUES(?, ?, ?)"),
      insert_head(db, "INSERT INTO audit_heads VALUES(?, ?, ?, ?, ?)") {}

}  // namespace causeway::store
