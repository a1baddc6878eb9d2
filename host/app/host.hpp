#pragma once

#include "host/app/assemble.hpp"
#include "host/base/ids.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace causeway::app {

/// A running Causeway: everything wired together. The only place that knows every concrete class.
class Host {
 public:
  /// Opens the store, the keys and the audit log, goes on with what was left, then listens. `on_fatal` is called when the disk failed
  /// and the process must end.
  static Result<std::unique_ptr<Host>> start(Installation installation,
                                             const std::function<void(const Error&)>& on_fatal);
  ~Host();
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  std::uint16_t port() const;
  /// True when nothing is left to send, false when the limit passed first.
  bool waitUntilIdle(std::chrono::milliseconds limit);
  /// Tells at once of every clock that falls due now, and does not wait for the next look; how many there were.
  int turnClocks();
  /// Answers a request of the command line: {"command":"trace","id":"..."}.
  std::string answer(std::string_view request, std::string_view actor);
  /// Accepts nothing more, commits what is under way, stops sending.
  void stop();

 private:
  struct Impl;
  explicit Host(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace causeway::app
