#pragma once

#include "host/base/clock.hpp"
#include "host/pipeline/audit.hpp"
#include "host/pipeline/store.hpp"
#include "host/pipeline/vault.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace causeway::pipeline {

/// The one thread that writes. Whatever queued up while the last group was being made durable becomes the next group: one
/// transaction, one sync, however many messages (measured: the difference between 750 and 2,850 messages a second).
class Writer {
 public:
  struct Operation {
    /// Runs inside the group's transaction, in order of submission. An error loses the whole group: anything that is wrong with
    /// the message itself must be turned into a hold before it comes to that.
    std::function<Result<void>(Transaction&)> apply;
    /// After the commit with true; with false when the group was lost. Called on the writer's thread: be quick.
    std::function<void(bool committed)> done;
  };

  /// `on_fatal` is called once when a commit failed: what the disk holds is unknown and the process must stop.
  Writer(Store& store, Vault& vault, AuditLog& audit, const Clock& clock, std::function<void(const Error&)> on_fatal);
  ~Writer();

  /// Refused (false, `done` not called) when the queue is full or the writer has stopped: tell the sender to come again.
  bool submit(Operation operation);
  /// Submits and waits; `then` is called on the writer's thread like `done`. False when it was refused or its group was lost.
  bool perform(std::function<Result<void>(Transaction&)> apply, const std::function<void(bool committed)>& then = {});
  /// Commits what is queued, then ends the thread.
  void stop();

 private:
  void run();
  bool commitGroup(std::deque<Operation>& group);

  Store& store_;
  Vault& vault_;
  AuditLog& audit_;
  const Clock& clock_;
  std::function<void(const Error&)> on_fatal_;
  std::mutex mutex_;
  std::condition_variable work_;
  std::deque<Operation> queue_;
  bool stopping_ = false;
  bool broken_ = false;
  std::thread thread_;
};

}  // namespace causeway::pipeline
