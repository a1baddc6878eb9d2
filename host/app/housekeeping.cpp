#include "host/app/housekeeping.hpp"

#include <chrono>
#include <utility>

namespace causeway::app {
namespace {

constexpr std::chrono::seconds kFirst{60};  // after the rush of a start
constexpr std::chrono::hours kEvery{1};

}  // namespace

Housekeeping::Housekeeping(std::function<void()> round) : round_(std::move(round)), thread_([this] { run(); }) {}

Housekeeping::~Housekeeping() { stop(); }

void Housekeeping::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Housekeeping::run() {
  std::unique_lock lock(mutex_);
  for (std::chrono::seconds wait = kFirst; !wake_.wait_for(lock, wait, [this] { return stopping_; }); wait = kEvery) {
    lock.unlock();
    round_();
    lock.lock();
  }
}

}  // namespace causeway::app
