#include "host/pipeline/timed_loop.hpp"

#include <utility>

namespace causeway::pipeline {

void TimedLoop::start(std::function<void()> turn) {
  thread_ = std::thread([this, turn = std::move(turn)] { run(turn); });
}

void TimedLoop::run(const std::function<void()>& turn) {
  std::unique_lock lock(mutex_);
  for (auto wait = first_; !wake_.wait_for(lock, wait, [this] { return stopping_; }); wait = every_) {
    lock.unlock();
    turn();
    lock.lock();
  }
}

void TimedLoop::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool TimedLoop::isStopping() const {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

}  // namespace causeway::pipeline
