#pragma once

#include "host/base/ids.hpp"
#include "host/pipeline/audit.hpp"
#include "host/pipeline/intake.hpp"
#include "host/pipeline/retry.hpp"
#include "host/pipeline/rulebook.hpp"
#include "host/pipeline/sender.hpp"
#include "host/pipeline/timed_loop.hpp"
#include "host/pipeline/vault.hpp"
#include "host/pipeline/writer.hpp"

#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace causeway::pipeline {

/// What the questions are asked with.
struct FollowUpParts {
  std::shared_ptr<const Rulebook> rulebook;
  Store& store;
  Writer& writer;
  Vault& vault;
  AuditLog& audit;
  Sender& sender;
  Intake& intake;
  const Clock& clock;
  const Ids& ids;
  RetryTimes retry;
};

/// Asks partners for what they told us of: the document behind a notice, the status of what they accepted for later. A question is a
/// durable row; the answer is admitted as a document of that partner, in the transaction that closes the question. A question that
/// cannot be asked, or is not answered in time, becomes a hold with its reason.
class FollowUps {
 public:
  explicit FollowUps(FollowUpParts parts);
  ~FollowUps();

  /// Puts a question on record that a document of `partner` told us, as part of the transaction that admits it.
  Result<void> ask(Transaction& tx, const Document& document, const Question& question);
  /// The same for the answer to a delivery, in a transaction of its own that is queued before whatever the caller submits next. One
  /// question for each delivery: a second one changes nothing.
  void askAbout(const DeliveryRow& delivery, const Question& question);

  /// Asks by itself from now on, looking for what is due every second.
  void start();
  /// Asks whatever is due now, on the calling thread; the number of questions asked.
  int turn();
  void stop();

 private:
  /// Where a question goes, found out from what a partner said.
  struct Destination {
    std::string endpoint, target;
  };
  struct Told {
    FollowUpRow row;
    Question question;
  };
  void put(const Told& told);
  static Result<Destination> destinationOf(const Partner& partner, const Question& question);
  Result<void> insert(Transaction& tx, FollowUpRow row, const Question& question);
  Result<void> hold(Transaction& tx, const FollowUpRow& row, const std::string& reason);
  using Details = std::vector<std::pair<std::string, std::string>>;
  Result<void> audit(Transaction& tx, const char* event, const FollowUpRow& row, Details details);
  Result<void> close(Transaction& tx, FollowUpRow row, FollowUpState state, const std::string& reason);

  void askNow(FollowUpRow row);
  void judge(const FollowUpRow& row, const Partner& partner, const std::string& beside, Answer answer);
  void admit(const FollowUpRow& row, const Partner& partner, const std::string& beside, Answer answer);
  void later(FollowUpRow row, const std::string& reason, int seconds);
  void record(const FollowUpRow& row, FollowUpState state, const std::string& reason);

  FollowUpParts parts_;
  std::set<std::string> silent_;  ///< endpoints that did not answer in this turn
  std::vector<Told> unrecorded_;  ///< the store could not take them yet; guarded by mutex_
  std::mutex mutex_;
  TimedLoop loop_{std::chrono::seconds(0), std::chrono::seconds(1)};
};

}  // namespace causeway::pipeline
