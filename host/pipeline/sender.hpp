#pragma once

#include "host/base/result.hpp"

#include <string>
#include <utility>
#include <vector>

namespace causeway::pipeline {

/// Bytes for a partner, ready to leave.
struct Outgoing {
  std::string endpoint;     ///< name of a configured endpoint; the address is never part of a message
  std::string delivery_id;  ///< sent along (header Causeway-Delivery), the same on every attempt
  std::string content_type;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string method = "POST";
  std::string target{};  ///< absolute path and query at the endpoint's host; empty: those of its URL
};

/// What the partner answered in its own protocol.
struct Answer {
  int status = 0;  ///< HTTP status, or 200 for protocols without one
  std::string content_type;
  std::string body;
  std::string location{};     ///< where the answer says more can be found, as sent
  std::string retry_after{};  ///< as sent: seconds or a date
};

/// Carries bytes to a partner. Thread-safe; keeps its connections. Unavailable = try again; Refused = will not work again
/// without a person (unknown endpoint, certificate not accepted).
class Sender {
 public:
  virtual ~Sender() = default;
  virtual Result<Answer> send(const Outgoing& outgoing) = 0;
};

}  // namespace causeway::pipeline
