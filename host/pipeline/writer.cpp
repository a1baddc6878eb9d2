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
    if (stopping_ || state_ == State::Broken || queue_.size() >= kMaxQueue) return false;
    queue_.push_back(std::move(operation));
  }
  work_.notify_one();
  return true;
}

bool Writer::perform(Operation operation) {
  // Shared: the waiting thread may go on while the writer is still inside set_value.
  const auto outcome = std::make_shared<std::promise<bool>>();
  auto committed = outcome->get_future();
  operation.done = [outcome, then = std::move(operation.done)](bool done) {
    if (then) then(done);
    outcome->set_value(done);
  };
  return submit(std::move(operation)) && committed.get();
}

bool Writer::perform(std::function<Result<void>(Transaction&)> apply, const std::function<void(bool committed)>& then) {
  return perform(Operation{std::move(apply), then, {}, {}});
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
    carryOut(group);
  }
}

void Writer::carryOut(std::deque<Operation>& group) {
  if (group.size() > 1 && state_ != State::Broken) {
    const auto lost = transact([&](Transaction& tx) -> Result<void> {
      for (auto& operation : group) CW_CHECK_OK(operation.apply(tx));
      return {};
    });
    if (!lost) {
      become(State::Working, {});
      for (auto& operation : group) operation.done(true);
      return;
    }
    for (auto& operation : group)
      if (operation.undone) operation.undone();
    // A store that does not even begin would keep each of them waiting in turn.
    if (lost->where == Lost::Where::Begin && isOfStore(*lost)) {
      for (auto& operation : group) operation.done(false);
      return;
    }
  }
  for (auto& operation : group) operation.done(state_ != State::Broken && carryOutAlone(operation));
}

bool Writer::carryOutAlone(Operation& operation) {
  auto lost = transact(operation.apply);
  if (lost && operation.undone) operation.undone();
  if (lost && isOfStore(*lost)) return false;
  if (lost && operation.instead) {
    const Error why = std::move(lost->error);
    lost = transact([&](Transaction& tx) { return operation.instead(tx, why); });
    if (lost && operation.undone) operation.undone();
    if (lost && isOfStore(*lost)) return false;
  }
  become(State::Working, {});
  if (lost && watch_) watch_(State::Working, lost->error);
  return !lost;
}

std::optional<Writer::Lost> Writer::transact(const Work& work) {
  using enum Lost::Where;
  const auto undo = [this](Error error, Lost::Where where) {
    if (auto read = audit_.rollBack(); !read) return Lost{{ErrorKind::Broken, read.error().what, {}}, Commit};
    return Lost{std::move(error), where};
  };
  auto transaction = store_.begin();
  if (!transaction) return undo(std::move(transaction).error(), Begin);
  auto done = work(**transaction);
  const auto where = done ? Commit : Step;
  if (done) done = audit_.seal(**transaction, clock_.now());
  // The keys first: a row whose key was lost would be unreadable, a key without a row is only unused.
  if (done) done = vault_.flush();
  if (done) done = (*transaction)->commit();
  if (done) return std::nullopt;
  transaction->reset();
  return undo(std::move(done).error(), where);
}

bool Writer::isOfStore(const Lost& lost) {
  if (lost.error.kind == ErrorKind::Unavailable) {
    become(State::Refusing, lost.error);
    return true;
  }
  if (lost.where == Lost::Where::Step || lost.error.kind != ErrorKind::Broken) return false;
  become(State::Broken, lost.error);
  on_fatal_(lost.error);
  return true;
}

void Writer::become(State state, const Error& why) {
  if (state_.exchange(state) != state && watch_) watch_(state, why);
}

}  // namespace causeway::pipeline
