#pragma once

#include "host/pipeline/clock_rounds.hpp"
#include "host/pipeline/clock_rulings.hpp"
#include "host/pipeline/follow_ups.hpp"
#include "host/pipeline/holds.hpp"
#include "host/pipeline/intake.hpp"
#include "host/pipeline/outbox.hpp"
#include "host/pipeline/retention.hpp"
#include "host/security/file_vault.hpp"
#include "host/security/merkle_audit_log.hpp"
#include "host/store/sqlite/sqlite_store.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/temporary_folder.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <vector>

namespace causeway::support {

/// The configuration of a rig as small texts; the usual one has a records system that sends cases and gets outcomes, a court that
/// sends results, a prosecutor, an adviser who needs the victim's consent, and a test system on each side.
struct Scene {
  std::vector<std::string> mappings;
  std::string routes, protection, clocks = "clocks: []";
  std::vector<pipeline::Partner> partners;
  std::map<std::string, std::shared_ptr<pipeline::Adapter>> adapters;
  std::vector<std::string> forces{"52"};  ///< whose cases the rig answers for
  pipeline::RetryTimes retry;
  /// Rules that are loaded already, in place of all of the above but `retry`.
  std::shared_ptr<const pipeline::Rulebook> rulebook;

  /// Who decides in the place of the policy of `protection`, which it is given; empty: nobody.
  std::function<std::unique_ptr<protection::Decider>(const protection::Decider& policy)> decider;

  /// Of one decision; nothing: nobody watches how long they take.
  std::optional<std::chrono::milliseconds> decision_limit;

  static Scene usual();
  /// The law that every scene rests on: the legal part of a protection file.
  static std::string legal();
  pipeline::Partner& partner(const std::string& id);
};

/// A partner's side of the wire: remembers what came and answers what the test says; received by default.
class FakeSender final : public pipeline::Sender {
 public:
  using Answering = std::function<Result<pipeline::Answer>(const pipeline::Outgoing&)>;

  Result<pipeline::Answer> send(const pipeline::Outgoing& outgoing) override;
  void answer(Answering answering) {
    const std::lock_guard lock(mutex_);
    answering_ = std::move(answering);
  }
  static Answering withStatus(int status) {
    return [status](const pipeline::Outgoing&) { return pipeline::Answer{status, "application/json", "{}"}; };
  }
  /// Everything that came to one endpoint, or to all, in order.
  std::vector<pipeline::Outgoing> sent(const std::string& endpoint = {}) const;

 private:
  mutable std::mutex mutex_;
  Answering answering_ = withStatus(200);
  std::vector<pipeline::Outgoing> sent_;
};

/// Everything of the host between the wires, over a real store, vault and audit log in a folder of its own. The outbox has no
/// threads: `deliver` drives it.
class HostRig {
 public:
  explicit HostRig(Scene scene = Scene::usual(), unsigned seed = 1, int workers = 0);
  ~HostRig();

  /// A document over the wire, from the partner of that id.
  pipeline::Acknowledgement receive(const std::string& partner, const std::string& body,
                                    const std::string& content_type = {});
  /// These messages as one document each, admitted in this order in one transaction.
  void admitTogether(const std::vector<canonical::CanonicalMessage>& messages, const std::string& sender);
  /// Sends whatever is due now and waits until it is recorded.
  void deliver();
  /// Moves the clock and delivers, once a minute.
  void passTime(std::chrono::minutes time);
  /// Throws away all that is in memory and starts again over what is on the disk. With a rulebook of another scene if given.
  void restart();
  void restart(Scene scene);
  void close();
  /// From now on nothing reaches the disk any more, as when the power fails; `restart` starts again over what had reached it. May be
  /// called from within a send.
  void crash() { dead_ = true; }
  /// Waits until everything submitted so far is committed.
  void settle();

  pipeline::Store& store() { return *store_; }
  pipeline::Vault& vault() { return *vault_; }
  pipeline::Writer& writer() { return *writer_; }
  pipeline::AuditLog& audit() { return *audit_; }
  pipeline::Admitter& admitter() { return *admitter_; }
  pipeline::Outbox& outbox() { return *outbox_; }
  pipeline::Holds& rulings() { return *rulings_; }
  pipeline::Intake& intake() { return *intake_; }
  /// Thirty days for documents and payloads, ninety for what was refused, a year for cases.
  pipeline::Retention& retention() { return *retention_; }
  pipeline::FollowUps& followUps() { return *follow_ups_; }
  pipeline::ClockRounds& rounds() { return *rounds_; }
  pipeline::ClockRulings clockRulings() {
    return pipeline::ClockRulings(
        {*rulebook_, *store_, *vault_, *writer_, *audit_, *admitter_, *rulings_, clock, *ids_});
  }
  store::GuardedVfs& disk() { return *disk_; }
  /// The disk under the keys, which are in a file of their own.
  store::GuardedVfs& keyDisk() { return *key_disk_; }
  std::string file(const std::string& name) const { return folder_.file(name); }
  /// The files of both databases, logs and all, hold these bytes. Read them while the rig is down.
  bool onDisk(const std::string& bytes) const;
  const pipeline::Rulebook& rulebook() const { return *rulebook_; }
  bool fatal() const { return fatal_; }
  bool crashed() const { return dead_; }

  pipeline::LedgerBalance ledger();
  std::vector<pipeline::MessageRow> messagesOf(const std::string& document_id);
  /// State of the only message of a document.
  std::string stateOf(const pipeline::Acknowledgement& document);
  std::vector<pipeline::DeliveryRow> deliveriesOf(const pipeline::Acknowledgement& document);
  /// Every message of every admitted document.
  std::vector<pipeline::MessageRow> allMessages();
  std::vector<pipeline::DeliveryRow> deliveriesOfMessage(const std::string& message_id);
  std::vector<pipeline::HoldRow> holds();
  /// Audit leaves with this op, as JSON text.
  std::vector<std::string> audited(const std::string& op);
  /// Nothing when every leaf and head verifies, else what is wrong.
  std::string auditFault();
  canonical::CaseRecord caseOf(const std::string& case_id);
  canonical::CanonicalMessage draftOf(const pipeline::DeliveryRow& delivery);

  FakeClock clock;
  FakeSender sender;

 private:
  void start();

  TemporaryFolder folder_;
  Scene scene_;
  std::mt19937 random_;
  std::unique_ptr<Ids> ids_;
  int workers_;
  std::atomic<bool> fatal_ = false;
  std::atomic<bool> dead_ = false;
  std::string public_key_;
  std::shared_ptr<const pipeline::Rulebook> rulebook_;
  store::GuardedVfs* disk_ = nullptr;
  store::GuardedVfs* key_disk_ = nullptr;
  std::unique_ptr<store::SqliteStore> store_;
  std::unique_ptr<security::FileVault> vault_;
  std::unique_ptr<security::MerkleAuditLog> audit_;
  std::unique_ptr<pipeline::Writer> writer_;
  std::unique_ptr<pipeline::Admitter> admitter_;
  std::unique_ptr<pipeline::Outbox> outbox_;
  std::unique_ptr<pipeline::Intake> intake_;
  std::unique_ptr<pipeline::Holds> rulings_;
  std::unique_ptr<pipeline::FollowUps> follow_ups_;
  std::unique_ptr<pipeline::Retention> retention_;
  std::unique_ptr<pipeline::ClockRounds> rounds_;
};

/// Documents of the usual scene, about invented people.
struct CaseText {
  std::string id = "C1", kind = "case.registered", urn = "01ZD0303926", occurrence{}, at = "2026-03-01T09:00:00Z",
              consent = "given";
  std::string family = "Lisle";
  std::string force = "52";  ///< empty: the message states none
};
std::string caseFile(const CaseText& text);

struct ResultText {
  std::string id = "R1", urn = "01ZD0303926", asn = "1101ZD0100000448754K", family = "Marsh", code = "4004",
              date = "2026-04-01";
  std::string at = "2026-04-01T12:00:00Z", occurrence{}, bail{}, restriction{}, plea{};
  bool test = false;
  std::string force = "52";  ///< empty: the message states none
};
std::string resultFile(const ResultText& text);

}  // namespace causeway::support
