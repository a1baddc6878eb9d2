#include "host/store/sqlite/schema.hpp"

#include "host/store/sqlite/database.hpp"
#include "host/store/sqlite/statement.hpp"

#include <string>

namespace causeway::store {
namespace {

// Large sealed values stand in tables of their own: an update of a state must not write the content again.
// Times are microseconds since 1970 UTC; states are the numbers of host/pipeline/store.hpp.
constexpr const char* kStoreVersion1 = R"sql(
CREATE TABLE admissions(
  sender TEXT NOT NULL, source_id TEXT NOT NULL, document_id TEXT NOT NULL, digest BLOB NOT NULL,
  reply_sealed BLOB NOT NULL, received_at INTEGER NOT NULL,
  PRIMARY KEY(sender, source_id)) WITHOUT ROWID;

CREATE TABLE messages(
  id INTEGER PRIMARY KEY, message_id TEXT NOT NULL UNIQUE, document_id TEXT NOT NULL, part TEXT NOT NULL,
  sender TEXT NOT NULL, type TEXT NOT NULL, state INTEGER NOT NULL, test INTEGER NOT NULL, case_id TEXT NOT NULL,
  digest BLOB NOT NULL, subject_index BLOB NOT NULL, versions TEXT NOT NULL, reason TEXT NOT NULL,
  received_at INTEGER NOT NULL);
CREATE INDEX messages_document ON messages(document_id);
CREATE INDEX messages_case ON messages(case_id) WHERE case_id <> '';
CREATE INDEX messages_open ON messages(state) WHERE state NOT IN (2, 5);
CREATE TABLE message_bodies(id INTEGER PRIMARY KEY, raw_sealed BLOB NOT NULL, canonical_sealed BLOB NOT NULL);

CREATE TABLE ledger(id INTEGER PRIMARY KEY CHECK(id = 1), received INTEGER NOT NULL, done INTEGER NOT NULL,
  repeated INTEGER NOT NULL);
INSERT INTO ledger VALUES(1, 0, 0, 0);

CREATE TABLE newest_digests(subject_index BLOB PRIMARY KEY, digest BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE cases(id INTEGER PRIMARY KEY, case_id TEXT NOT NULL UNIQUE, seq INTEGER NOT NULL, test INTEGER NOT NULL,
  snapshot_sealed BLOB NOT NULL);
CREATE TABLE case_keys(kind TEXT NOT NULL, key_index BLOB NOT NULL, case_id TEXT NOT NULL,
  PRIMARY KEY(kind, key_index, case_id)) WITHOUT ROWID;

CREATE TABLE waiting_keys(kind TEXT NOT NULL, key_index BLOB NOT NULL,
  message INTEGER NOT NULL REFERENCES messages(id) ON DELETE CASCADE,
  PRIMARY KEY(kind, key_index, message)) WITHOUT ROWID;
CREATE INDEX waiting_keys_message ON waiting_keys(message);

CREATE TABLE deliveries(
  sequence INTEGER PRIMARY KEY, delivery_id TEXT NOT NULL UNIQUE, message_id TEXT NOT NULL, case_id TEXT NOT NULL,
  recipient TEXT NOT NULL, type TEXT NOT NULL, purpose TEXT NOT NULL, route TEXT NOT NULL, subject TEXT NOT NULL,
  priority INTEGER NOT NULL, state INTEGER NOT NULL, receipt TEXT NOT NULL, reason TEXT NOT NULL,
  attempts INTEGER NOT NULL, created_at INTEGER NOT NULL, due_at INTEGER NOT NULL, not_before INTEGER NOT NULL);
CREATE INDEX deliveries_message ON deliveries(message_id);
CREATE INDEX deliveries_pending ON deliveries(sequence) WHERE state <= 2;
CREATE INDEX deliveries_queued ON deliveries(case_id, recipient) WHERE state = 1;
CREATE TABLE delivery_payloads(sequence INTEGER PRIMARY KEY, payload_sealed BLOB NOT NULL);

CREATE TABLE holds(
  id INTEGER PRIMARY KEY, hold_id TEXT NOT NULL UNIQUE, message_id TEXT NOT NULL, delivery_id TEXT NOT NULL,
  case_id TEXT NOT NULL, reason_code TEXT NOT NULL, text TEXT NOT NULL, rule TEXT NOT NULL, held_at INTEGER NOT NULL,
  released_at INTEGER, released_by TEXT NOT NULL);
CREATE INDEX holds_open ON holds(held_at) WHERE released_at IS NULL;

CREATE TABLE audit(leaf_index INTEGER PRIMARY KEY, leaf TEXT NOT NULL, leaf_hash BLOB NOT NULL);
CREATE TABLE audit_heads(size INTEGER PRIMARY KEY, root_hash BLOB NOT NULL, signature BLOB NOT NULL,
  signed_at INTEGER NOT NULL, frontier BLOB NOT NULL);
)sql";

constexpr const char* kStoreVersion2 = R"sql(
CREATE INDEX deliveries_receipts ON deliveries(case_id, recipient, subject) WHERE state = 3 AND receipt <> '';

CREATE TABLE follow_ups(
  sequence INTEGER PRIMARY KEY, follow_up_id TEXT NOT NULL UNIQUE, partner TEXT NOT NULL, endpoint TEXT NOT NULL,
  scope TEXT NOT NULL, target_sealed BLOB NOT NULL, correlation TEXT NOT NULL, document_id TEXT NOT NULL,
  delivery_id TEXT NOT NULL, case_id TEXT NOT NULL, state INTEGER NOT NULL, attempts INTEGER NOT NULL,
  reason TEXT NOT NULL, created_at INTEGER NOT NULL, not_before INTEGER NOT NULL, give_up_at INTEGER NOT NULL);
CREATE INDEX follow_ups_pending ON follow_ups(sequence) WHERE state = 1;
)sql";

constexpr const char* kStoreVersion3 = R"sql(
CREATE INDEX holds_case ON holds(case_id) WHERE case_id <> '';
)sql";

constexpr const char* kStoreVersion4 = R"sql(
ALTER TABLE holds ADD COLUMN follow_up_id TEXT NOT NULL DEFAULT '';
)sql";

// The same paper may come again with another message of its case: its bytes are kept once under each key.
constexpr const char* kStoreVersion5 = R"sql(
CREATE TABLE papers(
  id INTEGER PRIMARY KEY, paper_id TEXT NOT NULL UNIQUE, message_id TEXT NOT NULL, scope TEXT NOT NULL,
  digest BLOB NOT NULL, media_type TEXT NOT NULL, size INTEGER NOT NULL);
CREATE UNIQUE INDEX papers_digest ON papers(scope, digest);
CREATE INDEX papers_message ON papers(message_id);
CREATE TABLE paper_bodies(id INTEGER PRIMARY KEY, sealed BLOB NOT NULL);
)sql";

// The disclosure register, what recipients confirmed, and what people decided: added to, never changed. An attempt is a row, because each
// is decided anew.
constexpr const char* kStoreVersion6 = R"sql(
CREATE TABLE disclosures(
  id INTEGER PRIMARY KEY, delivery_id TEXT NOT NULL, attempt INTEGER NOT NULL, case_id TEXT NOT NULL,
  message_id TEXT NOT NULL, recipient TEXT NOT NULL, type TEXT NOT NULL, purpose TEXT NOT NULL, rule TEXT NOT NULL,
  policy TEXT NOT NULL, basis TEXT NOT NULL, rulebook TEXT NOT NULL, consents TEXT NOT NULL, people TEXT NOT NULL,
  at INTEGER NOT NULL, sealed BLOB NOT NULL);
CREATE INDEX disclosures_case ON disclosures(case_id);
CREATE UNIQUE INDEX disclosures_attempt ON disclosures(delivery_id, attempt);
CREATE TABLE confirmations(delivery_id TEXT PRIMARY KEY, message_id TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE decisions(
  id INTEGER PRIMARY KEY, decision_id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, about TEXT NOT NULL, person TEXT NOT NULL,
  code TEXT NOT NULL, decided_by TEXT NOT NULL, because TEXT NOT NULL, at INTEGER NOT NULL, next_at INTEGER);
CREATE INDEX decisions_about ON decisions(kind, about);
)sql";

// Clocks. What somebody must be told of next, and what is open, are found without the rest, which is kept for statistics.
constexpr const char* kStoreVersion7 = R"sql(
CREATE TABLE clocks(
  id INTEGER PRIMARY KEY, clock_id TEXT NOT NULL UNIQUE, case_id TEXT NOT NULL, element TEXT NOT NULL,
  clock TEXT NOT NULL, law TEXT NOT NULL, provision TEXT NOT NULL, team TEXT NOT NULL, subject BLOB NOT NULL,
  rule TEXT NOT NULL, message_id TEXT NOT NULL, delivery_id TEXT NOT NULL, task_id TEXT NOT NULL,
  enhanced INTEGER NOT NULL, test INTEGER NOT NULL, state INTEGER NOT NULL, started_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL, next_fire_at INTEGER, step INTEGER NOT NULL, fired INTEGER NOT NULL, suspended_at INTEGER,
  stopped_at INTEGER, evidence TEXT NOT NULL, reason TEXT NOT NULL, good_reason TEXT NOT NULL,
  revision INTEGER NOT NULL);
CREATE INDEX clocks_to_fire ON clocks(next_fire_at) WHERE next_fire_at IS NOT NULL;
CREATE INDEX clocks_open ON clocks(due_at) WHERE stopped_at IS NULL;
CREATE INDEX clocks_due ON clocks(due_at);
CREATE INDEX clocks_case ON clocks(case_id) WHERE case_id <> '';
CREATE INDEX clocks_delivery ON clocks(delivery_id) WHERE delivery_id <> '';
)sql";

// Versions of the rules. Whoever wrote in one cannot have approved it, whatever program writes here: `authors` has a space around each
// name.
constexpr const char* kRuleVersions = R"sql(
CREATE TABLE rule_versions(
  number INTEGER PRIMARY KEY, parent INTEGER NOT NULL, state INTEGER NOT NULL, files TEXT NOT NULL, digest TEXT NOT NULL,
  authors TEXT NOT NULL, because TEXT NOT NULL, simulation TEXT NOT NULL, simulated_against INTEGER NOT NULL,
  loses_statutory INTEGER NOT NULL, submitted_by TEXT NOT NULL,
  approved_by TEXT NOT NULL, created_at INTEGER NOT NULL, effective_at INTEGER, live_at INTEGER,
  CHECK(approved_by = '' OR (approved_by <> submitted_by AND instr(authors, ' ' || approved_by || ' ') = 0)));
)sql";

// Of what quality the data was that went out, as the recipient was told.
constexpr const char* kQualityOfDisclosures = R"sql(
ALTER TABLE disclosures ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE disclosures ADD COLUMN as_of TEXT NOT NULL DEFAULT '';
ALTER TABLE disclosures ADD COLUMN missing TEXT NOT NULL DEFAULT '';
)sql";

// Which hearing a duty is about, apart from what it is about: the hearing may turn out to be another one.
constexpr const char* kHearingsOfClocks = R"sql(
ALTER TABLE clocks ADD COLUMN hearing TEXT NOT NULL DEFAULT '';
ALTER TABLE clocks ADD COLUMN matter BLOB NOT NULL DEFAULT x'';
)sql";

constexpr const char* kKeyVersion1 = R"sql(
CREATE TABLE binding(id INTEGER PRIMARY KEY CHECK(id = 1), key_id BLOB NOT NULL);
CREATE TABLE scope_keys(scope TEXT PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE erasures(scope TEXT PRIMARY KEY, erased_at INTEGER NOT NULL) WITHOUT ROWID;
)sql";

constexpr const char* kKeyVersion2 = R"sql(
CREATE TABLE root_keys(kek_id BLOB NOT NULL, generation INTEGER NOT NULL, wrapped BLOB NOT NULL,
  PRIMARY KEY(kek_id, generation)) WITHOUT ROWID;
)sql";

constexpr const char* kStoreSteps[] = {kStoreVersion1,        kStoreVersion2,   kStoreVersion3, kStoreVersion4,
                                       kStoreVersion5,        kStoreVersion6,   kStoreVersion7, kRuleVersions,
                                       kQualityOfDisclosures, kHearingsOfClocks};
constexpr const char* kKeySteps[] = {kKeyVersion1, kKeyVersion2};

}  // namespace

const Schema kStoreSchema{"the store", kStoreSteps, 10};
const Schema kKeySchema{"the key store", kKeySteps, 2};

Result<void> applySchema(Database& database, const Schema& schema) {
  Statement version_query(database, "PRAGMA user_version");
  std::int64_t version = 0;
  {
    Rows rows = version_query.run();
    CW_CHECK_OK(rows.next());
    version = rows.number(0);
  }
  if (version > schema.version)
    return fail(ErrorKind::Refused, std::string(schema.name) +
                                        " was written by a newer version of the program: version " +
                                        std::to_string(version) + ", known up to " + std::to_string(schema.version));
  for (; version < schema.version; ++version) {
    // One transaction a step, version and all: a stop in between leaves the file at the step before.
    const std::string sql = "BEGIN IMMEDIATE;" + std::string(schema.steps[version]) +
                            "PRAGMA user_version=" + std::to_string(version + 1) + "; COMMIT;";
    if (auto applied = database.execute(sql.c_str()); !applied) {
      if (database.inTransaction()) static_cast<void>(database.execute("ROLLBACK"));
      return applied;
    }
  }
  return {};
}

}  // namespace causeway::store
