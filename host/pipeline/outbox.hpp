#pragma once

#include "host/base/ids.hpp"
#include "host/pipeline/audit.hpp"
#include "host/pipeline/rulebook.hpp"
#include "host/pipeline/sender.hpp"
#include "host/pipeline/vault.hpp"
#include "host/pipeline/writer.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace causeway::pipeline {

struct RetryTimes {
  std::chrono::milliseconds base{2'000};
  std::chrono::milliseconds cap{900'000};
  std::chrono::milliseconds budget{86'400'000};  ///< after this since the delivery was made it is held for a person
};

/// The wait before attempt `attempts` + 1: doubling, capped, and between half and all of that by `random` (0 to 1), so that a
/// partner that comes back is not met by everybody at once.
std::chrono::milliseconds retryDelay(const RetryTimes& times, int attempts, double random);

/// Stage 9. Deliveries of one case to one recipient form a lane and leave it one by one, in order; lanes go side by side. The
/// disclosure is on record, durable, before any byte leaves; the same delivery id goes out on every attempt.
class Outbox {
 public:
  Outbox(std::shared_ptr<const Rulebook> rulebook, Writer& writer, Vault& vault, AuditLog& audit, Sender& sender, const Clock& clock,
         const Ids& ids, RetryTimes retry, int workers);
  ~Outbox();

  /// Takes over what was left queued or sending when the process last ended. Call once, before `add`.
  Result<void> resume(Store& store);
  void add(std::vector<DeliveryRow> deliveries);
  /// Blocks until no delivery is waiting or under way, or until `limit`; true when idle. Deliveries that wait for a retry count.
  bool waitUntilIdle(std::chrono::milliseconds limit);
  void stop();

 private:
  using Key = std::pair<std::string, std::string>;  // case, recipient
  struct Lane {
    std::deque<DeliveryRow> waiting;
    bool busy = false;
    Instant not_before{};
  };
  /// What one attempt is about, from disclosure to receipt.
  struct Attempt {
    DeliveryRow row;
    std::string bytes, content_type, endpoint;
    std::vector<std::pair<std::string, std::string>> details;
    bool overtaken = false;
  };

  void work();
  std::vector<Attempt> take();
  void prepare(Attempt& attempt);
  Result<void> fill(Attempt& attempt);
  bool disclose(std::vector<Attempt>& attempts);
  void putBack(std::vector<Attempt>& attempts);
  void send(Attempt& attempt);
  void judgeAnswer(Attempt& attempt, const Answer& answer, const Partner& partner);
  void tryLater(Attempt& attempt, const std::string& why, int seconds);
  void settle(Attempt attempt);
  Result<void> writeSettled(Transaction& tx, const DeliveryRow& row);
  void release(const DeliveryRow& row, bool settled);

  std::shared_ptr<const Rulebook> rulebook_;
  Writer& writer_;
  Vault& vault_;
  AuditLog& audit_;
  Sender& sender_;
  const Clock& clock_;
  const Ids& ids_;
  RetryTimes retry_;
  std::mutex mutex_;
  std::condition_variable ready_, idle_;
  std::map<Key, Lane> lanes_;
  std::deque<Key> ready_lanes_;   // not busy, not waiting for a retry, not empty
  std::multimap<Instant, Key> later_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace causeway::pipeline
