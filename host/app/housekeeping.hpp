#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace causeway::app {

/// A thread that does its round once an hour, the first one soon after the start.
class Housekeeping {
 public:
  explicit Housekeeping(std::function<void()> round);
  ~Housekeeping();
  /// Waits for the round under way.
  void stop();

 private:
  void run();

  std::function<void()> round_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace causeway::app
