#pragma once

#include "host/base/ids.hpp"
#include "host/mapping/read_run.hpp"
#include "host/pipeline/audit.hpp"
#include "host/pipeline/judge.hpp"
#include "host/pipeline/store.hpp"
#include "host/pipeline/vault.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace causeway::pipeline {

/// One document on its way into the store.
struct Document {
  std::string document_id;
  std::string sender;
  std::string source_id;
  std::string digest;  ///< of the business content
  std::string raw;
  std::string reply;  ///< the acknowledgement that goes back when it is admitted
  std::vector<mapping::MessagePtr> messages;
  std::vector<mapping::Finding> findings;
  std::string refused;  ///< outcome code when it was refused: it is quarantined
  std::string why;
  Instant received_at{};
};

/// What became of it.
struct Admitted {
  std::string outcome;                  ///< accepted, duplicate, conflict, or the refusal it came with
  std::string reply;                    ///< of a duplicate: what was answered the first time
  std::string document_id;              ///< of a duplicate: the number the first one got
  std::vector<DeliveryRow> deliveries;  ///< to be handed to the outbox after the commit
};

/// Stages 5 to 8 for one document, inside the writer's transaction. Used by the writer's thread only.
class Admitter {
 public:
  Admitter(std::shared_ptr<const Rulebook> rulebook, Vault& vault, AuditLog& audit, const Clock& clock, const Ids& ids);

  Result<Admitted> admit(Transaction& tx, Document& document);
  /// Hands what became durable to whoever sends it (`onDeliveries`).
  void afterCommit(Admitted& admitted);
  void onDeliveries(std::function<void(std::vector<DeliveryRow>)> hand_over) { hand_over_ = std::move(hand_over); }
  /// Keyed fingerprint of a document's content. Thread-safe, unlike the rest.
  std::string digest(std::string_view content) const { return vault_.digest(content); }
  /// After a lost group: what is remembered of cases may not be true.
  void forgetCases() { cases_.clear(); }

 private:
  struct KnownCase {
    canonical::CaseRecord record;
    std::int64_t seq = 0;
    std::vector<CaseKey> keys;  ///< as of the last message that entered
  };
  /// A message that goes through, with everything it needs on the way.
  struct Passage {
    const canonical::CanonicalMessage& message;
    const Document* document;  ///< whose raw bytes are kept with it; nullptr for later parts and for one that waited
    MessageRow row;
    std::vector<CaseKey> keys;
  };

  Result<void> admitMessage(Transaction& tx, const Document& document, size_t part, Admitted& out);
  Result<void> enterCase(Transaction& tx, Passage& passage, const std::string& case_id, Admitted& out);
  Result<void> joinWaiting(Transaction& tx, const std::string& case_id, Admitted& out);
  Result<void> joinOne(Transaction& tx, const MessageRow& row, const std::string& case_id, Admitted& out);
  Result<KnownCase*> loadCase(Transaction& tx, const std::string& case_id);
  Result<void> saveCase(Transaction& tx, CaseRow row, KnownCase& known, canonical::CaseRecord record);
  Result<void> deliver(Transaction& tx, const Passage& passage, Intended& intended, Admitted& out);
  /// Closes what the new delivery overtakes; a message whose last delivery it was is done.
  Result<void> supersede(Transaction& tx, DeliveryRow& by, const canonical::CanonicalMessage& draft);
  Result<void> hold(Transaction& tx, const MessageRow& row, const DeliveryRow* delivery, const protection::Hold& why);
  Result<void> holdMessage(Transaction& tx, Passage& passage, const protection::Hold& why);
  Result<void> insertMessage(Transaction& tx, Passage& passage, std::string_view scope);
  Result<void> quarantine(Transaction& tx, const Document& document, std::string_view outcome, std::string_view why);
  Result<void> audit(Transaction& tx, AuditEvent event);
  std::vector<CaseKey> keysOf(const canonical::Case& whole, bool test) const;

  std::shared_ptr<const Rulebook> rulebook_;
  Vault& vault_;
  AuditLog& audit_;
  const Clock& clock_;
  const Ids& ids_;
  std::function<void(std::vector<DeliveryRow>)> hand_over_;
  std::map<std::string, KnownCase> cases_;  ///< newest state of cases met lately, so that they need not be opened again
};

}  // namespace causeway::pipeline
