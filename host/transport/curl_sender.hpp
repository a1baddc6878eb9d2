#pragma once

#include "host/base/result.hpp"
#include "host/pipeline/sender.hpp"
#include "host/transport/https_client.hpp"

#include <map>
#include <memory>
#include <string>

namespace causeway::transport {

/// Sends deliveries to partners over HTTPS. Which endpoints exist is fixed when it is made; a message can only name one.
class CurlSender final : public pipeline::Sender {
 public:
  /// Endpoints by name. Invalid: an endpoint cannot be used; the error says which.
  static Result<std::unique_ptr<CurlSender>> create(const std::map<std::string, HttpsEndpoint>& endpoints);

  /// POSTs the body with the field `Causeway-Delivery: <id>`. The answers that mean "not now" (408, 425, 429 and 5xx) are
  /// Unavailable like a connection that failed; every other status, 4xx among them, is the partner's Answer.
  /// Refused: unknown endpoint, a certificate not accepted, an answer beyond all measure.
  /// An answer that was cut off counts as none: the delivery may have arrived, and its id makes sending again harmless.
  Result<pipeline::Answer> send(const pipeline::Outgoing& outgoing) override;

 private:
  using Clients = std::map<std::string, std::unique_ptr<HttpsClient>, std::less<>>;
  explicit CurlSender(Clients clients) : clients_(std::move(clients)) {}
  Clients clients_;
};

}  // namespace causeway::transport
