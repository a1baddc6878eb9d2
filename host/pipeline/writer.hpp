#pragma once

#include "host/base/clock.hpp"
#include "host/pipeline/audit.hpp"
#include "host/pipeline/store.hpp"
#include "host/pipeline/vault.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>

namespace causeway::pipeline {

/// The one thread that writes. Whatever queued up while the last group was being made durable becomes the next group: one
/// transaction, one sync, however many messages (measured: the difference between 750 and 2,850 messages a second). A group that
/// fails is undone and each of its operations gets a transaction of its own: one that is bad takes nobody down with it.
class Writer {
 public:
  enum class State {
    Working,
    Refusing,  ///< the last thing to be written found no room or a busy store; whatever comes next is tried all the same
    Broken,    ///< what the disk holds is unknown: nothing is written any more
  };

  struct Operation {
    /// Runs inside the group's transaction, in order of submission; again, from the start, when that had to be undone.
    std::function<Result<void>(Transaction&)> apply;
    /// After the commit with true; with false when nothing of it is stored. Called on the writer's thread: be quick.
    std::function<void(bool committed)> done;
    /// Takes the place of an `apply` that fails alone, though the store works: keeps what can be kept, as a hold.
    std::function<Result<void>(Transaction&, const Error& why)> instead = {};
    /// A transaction in which it ran was undone: forget what was learnt in it.
    std::function<void()> undone = {};
  };

  /// What the outside should hear of: a change of state, or an operation that was refused for its own fault (`Working`).
  using Watch = std::function<void(State, const Error&)>;

  /// `on_fatal` is called once when a commit failed for good: what the disk holds is unknown and the process must stop.
  Writer(Store& store, Vault& vault, AuditLog& audit, const Clock& clock, std::function<void(const Error&)> on_fatal);
  ~Writer();

  /// Called on the writer's thread. Set before the first operation.
  void watch(Watch watch) { watch_ = std::move(watch); }
  State state() const { return state_; }

  /// Refused (false, `done` not called) when the queue is full or the writer has stopped: tell the sender to come again.
  bool submit(Operation operation);
  /// Submits and waits. False when it was refused or nothing of it is stored.
  bool perform(Operation operation);
  /// The same; `then` is called on the writer's thread like `done`.
  bool perform(std::function<Result<void>(Transaction&)> apply, const std::function<void(bool committed)>& then = {});
  /// Commits what is queued, then ends the thread.
  void stop();

 private:
  using Work = std::function<Result<void>(Transaction&)>;
  /// Why a transaction was undone, and whether a step said so or the store itself.
  struct Lost {
    Error error;
    enum class Where { Begin, Step, Commit } where;
  };

  void run();
  void carryOut(std::deque<Operation>& group);
  bool carryOutAlone(Operation& operation);
  std::optional<Lost> transact(const Work& work);
  /// True when the failure is the store's, so that nothing else need be tried; ends the writer when it is for good.
  bool isOfStore(const Lost& lost);
  void become(State state, const Error& why);

  Store& store_;
  Vault& vault_;
  AuditLog& audit_;
  const Clock& clock_;
  std::function<void(const Error&)> on_fatal_;
  std::mutex mutex_;
  std::condition_variable work_;
  std::deque<Operation> queue_;
  bool stopping_ = false;
  Watch watch_;
  std::atomic<State> state_ = State::Working;
  std::thread thread_;
};

}  // namespace causeway::pipeline
