#pragma once

#include "host/base/result.hpp"
#include "host/transport/https_server.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace causeway::app {

/// A simulated partner system: receives over mutual TLS, answers with a receipt, and does the work of a delivery once however often it
/// comes (it remembers the delivery id). For the demonstration, the benchmarks and the tests; real partners speak the same.
class Agency {
 public:
  struct Received {
    std::string delivery_id;
    std::string body;
  };

  static Result<std::unique_ptr<Agency>> start(const transport::HttpsServerConfig& config);
  std::uint16_t port() const { return server_->port(); }
  /// What arrived since the last time, in order of arrival, without repeats.
  std::vector<Received> takeReceived();
  /// Every delivery id with the number of times it came.
  std::map<std::string, int> arrivals() const;
  /// Answers this status to everything from now on (503: out of order).
  void answerWith(int status);
  void stop() { server_->stop(); }

 private:
  Agency() = default;
  transport::HttpReply take(const transport::HttpRequest& request);

  mutable std::mutex mutex_;
  std::map<std::string, int> arrivals_;
  std::vector<Received> received_;
  int status_ = 200;
  std::unique_ptr<transport::HttpsServer> server_;
};

}  // namespace causeway::app
