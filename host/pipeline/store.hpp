#pragma once

#include "host/base/clock.hpp"
#include "host/base/result.hpp"
#include "host/pipeline/clock_store.hpp"
#include "host/pipeline/decision_row.hpp"
#include "host/pipeline/disclosure_row.hpp"
#include "host/pipeline/follow_up_row.hpp"
#include "host/pipeline/paper_row.hpp"
#include "host/pipeline/rule_version_row.hpp"
#include "host/pipeline/sealed_item.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The durable store as the pipeline needs it. Every `sealed` value is already encrypted and every `*_index` is already a
/// keyed blind index: a store never sees a personal value and knows no key. Two stores implement this (SQLite for one
/// machine, PostgreSQL for several) and one contract suite holds both to it.
namespace causeway::pipeline {

/// What became of a received message. The ledger must balance: received = the sum over all of these.
enum class MessageState {
  InFlight = 1,     ///< committed, at least one delivery queued or being sent
  Done = 2,         ///< every delivery delivered, superseded or declined by policy; also: nothing to deliver
  Held = 3,         ///< waits for a person: the whole message, or all of its deliveries that are not settled
  Quarantined = 4,  ///< refused by the host or by a person, kept for inspection, never used
  Repeated = 5,     ///< says what its source said last: recorded, without effect
  Waiting = 6,      ///< names a case that is not known yet; joins when the case comes
};

enum class DeliveryState {
  Queued = 1,      ///< to be sent when its turn in the lane comes
  Sending = 2,     ///< the disclosure is on record; bytes may have left
  Delivered = 3,   ///< the recipient gave its receipt
  Held = 4,        ///< waits for a person
  Declined = 5,    ///< the recipient refused it for good, or policy forbids it
  Superseded = 6,  ///< overtaken by a newer one before it was sent
  Shadow = 7,      ///< its route is not live yet: decided, recorded, never sent
};

std::string_view nameOf(MessageState state);   ///< "in_flight", ...
std::string_view nameOf(DeliveryState state);  ///< "queued", ...

/// One document from a sender, admitted once. Key: (sender, source_id).
struct Admission {
  std::string sender;        ///< partner id, from the certificate
  std::string source_id;     ///< the sender's own message number
  std::string document_id;   ///< ours, UUIDv7
  std::string digest;        ///< HMAC-SHA-256 of the business content
  std::string reply_sealed;  ///< the acknowledgement as sent, to be sent again for a duplicate
  Instant received_at{};
};

/// One canonical message (a document may hold several: `part` is stable for the same content). Key: message_id.
struct MessageRow {
  std::string message_id;
  std::string document_id;
  std::string part;
  std::string sender;
  std::string type;  ///< message-type code, empty while quarantined
  MessageState state = MessageState::InFlight;
  bool test = false;
  std::string case_id;        ///< empty until joined
  std::string digest;         ///< HMAC-SHA-256 of the canonical content
  std::string subject_index;  ///< blind index of what the message is about (sender, type, business key)
  std::string raw_sealed;     ///< only on the first part of a document, and on quarantined ones
  std::string canonical_sealed;
  std::string versions;  ///< mapping, rules, policy and plugin versions, as JSON; no personal value
  std::string reason;    ///< why it is held, quarantined or waiting; no personal value
  Instant received_at{};
};

/// Whether it was loaded from before the first day, so that nobody is told of it, whenever it joins its case.
bool isLoaded(const MessageRow& row);

/// The case as it stands. Written only where `seq` is still the one that was read.
struct CaseRow {
  std::string case_id;
  std::int64_t seq = 0;  ///< number of messages folded into the snapshot
  std::string snapshot_sealed;
  bool test = false;
};

/// A way to find a case: the blind index of a normalised identifier ("urn", "asn", "occurrence", ...).
struct CaseKey {
  std::string kind;
  std::string index;
};

struct DeliveryRow {
  std::string delivery_id;  ///< random UUID; the same on every attempt, known to the recipient
  std::string message_id;   ///< the message that caused it
  std::string case_id;
  std::string recipient;  ///< partner id
  std::string type;       ///< message type that goes out
  std::string purpose;
  std::string route;          ///< rule that made it, with version
  std::string subject;        ///< what it is about; a newer one that says all of it supersedes an unsent older one
  int priority = 0;           ///< higher first within its lane, but never before an older one about the same
  std::int64_t sequence = 0;  ///< given by the store, rising; order within (case, recipient, subject)
  DeliveryState state = DeliveryState::Queued;
  std::string
      payload_sealed;  ///< the canonical message before protection: what the recipient may have is decided when it leaves
  std::string receipt;  ///< the recipient's own reference; no personal value
  std::string reason;   ///< why held, declined or superseded
  int attempts = 0;
  Instant created_at{};
  Instant due_at{};
  Instant not_before{};
  std::string matter{};                  ///< not stored: ClockRow.matter of the clock that it starts
  std::vector<std::string> overtakes{};  ///< not stored: those that became Superseded by this one when it was made
};

/// Something that a person must decide. Key: hold_id.
struct HoldRow {
  std::string hold_id;
  std::string message_id;
  std::string delivery_id;  ///< empty when the whole message is held
  std::string case_id;
  std::string reason_code;  ///< such as bail_p, no_join, rule_failed, recipient_unavailable
  std::string text;         ///< plain English for the person, without personal values
  std::string rule;         ///< rule or policy that held it
  Instant held_at{};
  std::optional<Instant> released_at;
  std::string released_by;
  std::string follow_up_id{};  ///< of the question that is held; empty when it is a message or a delivery
};

/// One leaf of the audit log, in order. `leaf` is the canonical JSON of the event, without personal content.
struct AuditRow {
  std::int64_t index = 0;  ///< from 0, without gaps
  std::string leaf;
  std::string leaf_hash;  ///< RFC 9162: SHA-256(0x00 || leaf)
};

/// A signed head of the audit tree.
struct AuditHead {
  std::int64_t size = 0;
  std::string root_hash;
  std::string signature;
  Instant signed_at{};
  std::string frontier;  ///< roots of the complete subtrees, largest first, 32 bytes each: lets the log go on
};

/// How many deliveries of a message are not settled.
struct OpenDeliveries {
  int under_way = 0;  ///< Queued or Sending
  int held = 0;

  bool operator==(const OpenDeliveries&) const = default;
};

/// What a message that has entered its case is while its deliveries stand so: in flight as long as one is under way, held when people
/// alone can move it on, else done.
MessageState stateBy(const OpenDeliveries& open);
/// The reason that goes with it: "deliveries_held" for a held one, else nothing.
std::string_view reasonBy(const OpenDeliveries& open);

/// All writes of one group of messages. Destroyed without `commit`, nothing of it happened. Reads see its own writes.
class Transaction : public ClockWrites, public RuleVersionWrites {
 public:
  virtual Result<std::optional<Admission>> findAdmission(std::string_view sender, std::string_view source_id) = 0;
  virtual Result<void> insert(const Admission& admission) = 0;  ///< Conflict when the key exists

  virtual Result<void> insert(const MessageRow& message) = 0;
  virtual Result<std::optional<MessageRow>> findMessage(std::string_view message_id) = 0;
  virtual Result<void> updateMessage(std::string_view message_id, MessageState state, std::string_view case_id,
                                     std::string_view reason) = 0;
  /// Writes digest, subject_index, versions and canonical_sealed of a message that was read again; its number and state stay.
  virtual Result<void> rewriteMessage(const MessageRow& row) = 0;
  /// Conflict when a paper of this digest is there under this scope.
  virtual Result<void> insert(const PaperRow& paper) = 0;
  virtual Result<bool> hasPaper(std::string_view scope, std::string_view digest) = 0;
  /// Conflict when this attempt of the delivery stands there already.
  virtual Result<void> insert(const DisclosureRow& row) = 0;
  /// All that left about a case, oldest first; none of no case.
  virtual Result<std::vector<DisclosureRow>> disclosuresOf(std::string_view case_id) = 0;
  /// The recipient says that it did what the delivery asked; the first time counts.
  virtual Result<void> confirm(std::string_view delivery_id, std::string_view message_id, Instant at) = 0;
  virtual Result<void> insert(const DecisionRow& row) = 0;
  virtual Result<std::vector<DecisionRow>> decisionsAbout(std::string_view kind, std::string_view about) = 0;
  /// Every sealed content of a case but its snapshot: of its messages, their deliveries and papers, its disclosures and questions.
  virtual Result<std::vector<SealedItem>> sealedOf(std::string_view case_id) = 0;
  /// Contents that are kept for days only and came before this moment, at most `limit`, without what is sealed.
  virtual Result<std::vector<SealedItem>> expired(ShortLived what, Instant before, int limit) = 0;
  /// Puts another sealed content, or nothing, in the place of this one.
  virtual Result<void> rewrite(const SealedItem& item, std::string_view sealed) = 0;
  /// Digest of the newest message about this subject; empty when there is none. Waiting and repeated ones do not count.
  virtual Result<std::string> newestDigest(std::string_view subject_index) = 0;
  virtual Result<void> setNewestDigest(std::string_view subject_index, std::string_view digest) = 0;

  /// Ids of the cases that any of the keys leads to, without repeats.
  virtual Result<std::vector<std::string>> findCases(const std::vector<CaseKey>& keys) = 0;
  virtual Result<void> addCaseKeys(std::string_view case_id,
                                   const std::vector<CaseKey>& keys) = 0;  ///< known ones stay
  virtual Result<std::optional<CaseRow>> loadCase(std::string_view case_id) = 0;
  /// Writes row.seq over row.seq - 1 (or a new case at seq 1); Conflict when another writer was faster.
  virtual Result<void> saveCase(const CaseRow& row) = 0;

  /// Messages in state Waiting under any of these keys, oldest first.
  virtual Result<std::vector<MessageRow>> waitingFor(const std::vector<CaseKey>& keys) = 0;
  virtual Result<void> wait(std::string_view message_id, const std::vector<CaseKey>& keys) = 0;
  virtual Result<void> stopWaiting(std::string_view message_id) = 0;

  /// Gives `row.sequence`.
  virtual Result<void> insert(DeliveryRow& row) = 0;
  virtual Result<std::optional<DeliveryRow>> findDelivery(std::string_view delivery_id) = 0;
  /// Writes state, receipt, reason, attempts and not_before.
  virtual Result<void> updateDelivery(const DeliveryRow& row) = 0;
  /// Ids of the Queued deliveries of this case, recipient and subject, oldest first; none about an empty subject.
  virtual Result<std::vector<std::string>> queuedAbout(std::string_view case_id, std::string_view recipient,
                                                       std::string_view subject) = 0;
  /// Ids of the deliveries of the same case, recipient and subject that came after this one and are Queued, Sending or Delivered,
  /// oldest first; none about an empty subject.
  virtual Result<std::vector<std::string>> newerAbout(const DeliveryRow& row) = 0;
  virtual Result<OpenDeliveries> openDeliveries(std::string_view message_id) = 0;
  virtual Result<std::vector<DeliveryRow>> deliveriesOf(std::string_view message_id) = 0;  ///< in sequence order

  /// Gives `row.sequence`.
  virtual Result<void> insert(FollowUpRow& row) = 0;
  virtual Result<std::optional<FollowUpRow>> findFollowUp(std::string_view follow_up_id) = 0;
  /// Writes state, attempts, reason and not_before.
  virtual Result<void> updateFollowUp(const FollowUpRow& row) = 0;

  virtual Result<void> insert(const HoldRow& hold) = 0;
  virtual Result<std::optional<HoldRow>> findHold(std::string_view hold_id) = 0;
  /// All holds of this case's deliveries, and of messages that were meant for it, oldest first.
  virtual Result<std::vector<HoldRow>> holdsOf(std::string_view case_id) = 0;
  /// NotFound, or Conflict when it was released before.
  virtual Result<void> releaseHold(std::string_view hold_id, std::string_view by, Instant at) = 0;

  virtual Result<void> insert(const AuditRow& row) = 0;
  virtual Result<void> insert(const AuditHead& head) = 0;

  /// Durable on return. Unavailable: the disk is full or the store busy, nothing of the transaction happened and it may be tried
  /// again. Any other failure is final for the process: what the disk holds is unknown, so the caller stops.
  virtual Result<void> commit() = 0;
};

struct LedgerBalance {
  std::int64_t received = 0, in_flight = 0, done = 0, held = 0, quarantined = 0, repeated = 0, waiting = 0;
  bool balances() const { return received == in_flight + done + held + quarantined + repeated + waiting; }
};

/// The audit log as it was committed, to be read again and proven. Thread-safe.
class AuditRecords {
 public:
  virtual ~AuditRecords() = default;
  /// Leaves in order from this index on, at most `limit`.
  virtual Result<std::vector<AuditRow>> auditRows(std::int64_t from, int limit) = 0;
  virtual Result<std::int64_t> auditSize() = 0;
  virtual Result<std::optional<AuditHead>> newestAuditHead() = 0;
  /// Heads of more than `after_size` leaves, smallest first. A store that keeps only the newest head answers with that.
  virtual Result<std::vector<AuditHead>> auditHeads(std::int64_t after_size, int limit);
};

class Store : public AuditRecords, public ClockReads, public RuleVersionReads {
 public:
  /// One transaction at a time; the single writer thread is the only caller.
  virtual Result<std::unique_ptr<Transaction>> begin() = 0;

  // Reads below run beside the writer, on their own connection, and see only what is committed.

  /// Queued and Sending deliveries in sequence order, at most `limit`, after `after_sequence`.
  virtual Result<std::vector<DeliveryRow>> pendingDeliveries(std::int64_t after_sequence, int limit) = 0;
  /// Deliveries in any state in sequence order, at most `limit`, after `after_sequence`: the past, for a trial of changed rules.
  virtual Result<std::vector<DeliveryRow>> allDeliveries(std::int64_t after_sequence, int limit) = 0;
  /// Receipt of the newest Delivered delivery of this case, recipient and subject that has one; empty when there is none.
  virtual Result<std::string> newestReceipt(std::string_view case_id, std::string_view recipient,
                                            std::string_view subject) = 0;
  /// Waiting follow-ups in sequence order, at most `limit`, after `after_sequence`.
  virtual Result<std::vector<FollowUpRow>> pendingFollowUps(std::int64_t after_sequence, int limit) = 0;
  virtual Result<std::optional<FollowUpRow>> followUp(std::string_view follow_up_id) = 0;
  virtual Result<std::vector<MessageRow>> messagesOfDocument(std::string_view document_id) = 0;
  virtual Result<std::vector<MessageRow>> messagesOfCase(std::string_view case_id) = 0;
  virtual Result<std::optional<MessageRow>> message(std::string_view message_id) = 0;
  /// Papers that the messages of this case brought, oldest first, without `sealed`; none of no case.
  virtual Result<std::vector<PaperRow>> papersOfCase(std::string_view case_id) = 0;
  virtual Result<std::optional<PaperRow>> paper(std::string_view paper_id) = 0;
  virtual Result<std::optional<Admission>> admission(std::string_view sender, std::string_view source_id) = 0;
  virtual Result<std::vector<DeliveryRow>> deliveriesOf(std::string_view message_id) = 0;
  virtual Result<std::vector<DisclosureRow>> disclosuresOf(std::string_view case_id) = 0;
  /// Decisions of a kind about one thing, or about anything when `about` is empty, oldest first.
  virtual Result<std::vector<DecisionRow>> decisionsAbout(std::string_view kind, std::string_view about) = 0;
  /// Cases about which nothing came at or after this moment, with the time of their newest message.
  virtual Result<std::vector<std::pair<std::string, Instant>>> casesQuietSince(Instant moment) = 0;
  virtual Result<std::vector<HoldRow>> openHolds(int limit) = 0;
  virtual Result<std::optional<HoldRow>> hold(std::string_view hold_id) = 0;
  virtual Result<std::optional<CaseRow>> findCase(std::string_view case_id) = 0;
  virtual Result<std::vector<std::string>> casesByKey(const CaseKey& key) = 0;
  virtual Result<LedgerBalance> balance() = 0;
};

}  // namespace causeway::pipeline
