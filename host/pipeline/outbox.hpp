#pragma once

#include "host/base/ids.hpp"
#include "host/mapping/message_arena.hpp"
#include "host/pipeline/audit.hpp"
#include "host/pipeline/hold_text.hpp"
#include "host/pipeline/lanes.hpp"
#include "host/pipeline/request.hpp"
#include "host/pipeline/retry.hpp"
#include "host/pipeline/rulebook.hpp"
#include "host/pipeline/sender.hpp"
#include "host/pipeline/vault.hpp"
#include "host/pipeline/writer.hpp"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace causeway::pipeline {

/// Stage 9. Deliveries of one case to one recipient form a lane and leave it one by one, in the order of `Lanes`; lanes go side by side. The
/// disclosure is on record, durable, before any byte leaves; the same delivery id goes out on every attempt.
class Outbox {
 public:
  /// With no workers nothing is sent but by `turn`.
  Outbox(std::shared_ptr<const Rulebook> rulebook, Store& store, Writer& writer, Vault& vault, AuditLog& audit,
         Sender& sender, const Clock& clock, const Ids& ids, RetryTimes retry, int workers);
  ~Outbox();

  /// Takes over what was left queued or sending when the process last ended. Call once, before `add`.
  Result<void> resume();
  void add(std::vector<DeliveryRow> deliveries);
  /// Blocks until no delivery is waiting or under way, or until `limit`; true when idle. Deliveries that wait for a retry count.
  bool waitUntilIdle(std::chrono::milliseconds limit);
  /// Sends what is due now, at most one batch, on the calling thread; false when nothing was.
  bool turn();
  void stop();
  /// Asked for the version of the rulebook that decides now, for the register; the outbox's own when nobody is asked. Called from many
  /// threads. Set before the first delivery.
  void onVersion(std::function<std::string()> version) { version_ = std::move(version); }
  /// Asked for the newest signed head of the audit log, one line of ASCII, for partners that keep heads: what they hold shows later that a
  /// log was cut back, whoever cut it. Empty: there is none. Called from many threads. Set before the first delivery.
  void onHead(std::function<std::string()> head) { head_ = std::move(head); }
  /// Told what a partner's answer says is to be asked later, before the receipt is recorded. Set before the first delivery.
  void onQuestion(std::function<void(const DeliveryRow&, const Question&)> ask) { ask_ = std::move(ask); }

 private:
  /// What one attempt is about, from disclosure to receipt.
  struct Attempt {
    DeliveryRow row;
    DeliveryState before;  ///< as the store knows it
    std::string bytes;
    std::vector<std::pair<std::string, std::string>> details;
    DisclosureRow disclosure{};  ///< its line in the register
    bool overtaken = false;
    PlannedRequest request{};
    std::string why{};  ///< for the person who finds it held
  };
  /// A row as it is to be recorded. Kept until the store took it.
  struct Settled {
    DeliveryRow row;
    std::string why;
  };

  void work();
  void carryOut(std::vector<DeliveryRow> rows);
  void prepare(Attempt& attempt);
  std::optional<protection::Hold> fill(Attempt& attempt);
  std::optional<protection::Hold> unsafeNow(Attempt& attempt, const Partner& partner,
                                            const canonical::CanonicalMessage& told,
                                            const canonical::Case& known) const;
  bool isHeldBack(const DeliveryRow& row, const protection::Decision& decision, const Partner& partner);
  Result<void> enter(Attempt& attempt, const protection::Decision& decision);
  bool isNeedless(const DeliveryRow& row, const DeliveryRow& newer);
  bool disclose(std::vector<Attempt>& attempts);
  void putBack(std::vector<Attempt>& attempts);
  void send(Attempt& attempt);
  bool settledByLookUp(Attempt& attempt);
  void judgeAnswer(Attempt& attempt, const Answer& answer, const Partner& partner);
  void hold(Attempt& attempt, Setback setback, const std::string& reason);
  void tryLater(Attempt& attempt, Setback setback, int seconds);
  void settle(Attempt attempt);
  Result<void> writeSettled(Transaction& tx, const Settled& settled);
  void record(std::shared_ptr<const Settled> settled);
  void recorded(const DeliveryRow& row);
  void recordAgain(std::unique_lock<std::mutex>& lock);
  void leave(const DeliveryRow& row);

  std::shared_ptr<const Rulebook> rulebook_;
  std::function<std::string()> version_;
  std::function<std::string()> head_;
  Store& store_;
  Writer& writer_;
  Vault& vault_;
  AuditLog& audit_;
  Sender& sender_;
  const Clock& clock_;
  const Ids& ids_;
  RetryTimes retry_;
  int workers_on_one_;  // recipient, so that one that does not answer leaves somebody for the others
  std::mutex mutex_;
  std::condition_variable ready_, idle_;
  Lanes lanes_;
  std::vector<std::shared_ptr<const Settled>> unrecorded_;  ///< the store could not take them yet; their lanes wait
  bool stopping_ = false;
  std::function<void(const DeliveryRow&, const Question&)> ask_;
  std::vector<std::thread> threads_;
};

}  // namespace causeway::pipeline
