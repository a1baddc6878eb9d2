#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace causeway::pipeline {

/// Does something again and again on a thread of its own, from `start` until `stop`. Thread-safe.
class TimedLoop {
 public:
  /// The first turn comes `first` after the start, each other one `every` after the end of the one before.
  TimedLoop(std::chrono::milliseconds first, std::chrono::milliseconds every) : first_(first), every_(every) {}
  ~TimedLoop() { stop(); }

  void start(std::function<void()> turn);
  /// Waits for the turn under way. Whoever owns the loop calls it before what a turn works with goes away.
  void stop();
  /// A long turn asks, and ends early.
  bool isStopping() const;

 private:
  void run(const std::function<void()>& turn);

  std::chrono::milliseconds first_, every_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace causeway::pipeline
