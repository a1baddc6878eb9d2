#include "host/pipeline/writer.hpp"

#include <future>
#include <memory>

namespace causeway::pipeline {
namespace {

constexpr size_t kMaxGroup = 256;   // beyond this the sync is a small part of the cost and only latency grows
constexpr size_t kMaxQueue = 4096;  // senders are told to come again rather than memory growing

}  // namespace

Writer::Writer(Store& store, Vault& vault, AuditLog& audit, const Clock& clock,
               std::function<void(const Error&)> on_fatal)
    : store_(store), vault_(vault), audit_(audit), clock_(clock), on_fatal_(std::move(on_fatal)), thread_([this] {
        run();
      }) {}

Writer::~Writer() { stop(); }

bool Writer::submit(Operation operation) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || broken_ || queue_.size() >= kMaxQueue) return false;
    queue_.push_back(std::move(operation));
  }
  work_.notify_one();
  return true;
}

bool Writer::perform(std::function<Result<void>(Transaction&)> apply, const std::function<void(bool committed)>& then) {
  // Shared: the waiting thread may go on while the writer is still inside set_value.
  const auto outcome = std::make_shared<std::promise<bool>>();
  auto committed = outcome->get_future();
  const bool queued = submit({std::move(apply), [outcome, then](bool done) {
                                if (then) then(done);
                                outcome->set_value(done);
                              }});
  return queued && committed.get();
}

void Writer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Writer::run() {
  for (;;) {
    std::deque<Operation> group;
    {
      std::unique_lock lock(mutex_);
      work_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      while (!queue_.empty() && group.size() < kMaxGroup) {
        group.push_back(std::move(queue_.front()));
        queue_.pop_front();
      }
    }
    const bool committed = !broken_ && commitGroup(group);
    for (auto& operation : group) operation.done(committed);
  }
}

bool Writer::commitGroup(std::deque<Operation>& group) {
  const auto lost = [this](const Error& error) {
    audit_.rollBack();
    const std::lock_guard lock(mutex_);
    if (!broken_) on_fatal_(error);
    broken_ = true;
    return false;
  };
  auto transaction = store_.begin();
  if (!transaction) return lost(transaction.error());
  for (auto& operation : group)
    if (auto done = operation.apply(**transaction); !done) return lost(done.error());
  if (auto done = audit_.seal(**transaction, clock_.now()); !done) return lost(done.error());
  // The keys first: a row whose key was lost would be unreadable, a key without a row is only unused.
  if (auto done = vault_.flush(); !done) return lost(done.error());
  if (auto done = (*transaction)->commit(); !done) return lost(done.error());
  return true;
}

}  // namespace causeway::pipeline
