#pragma once

#include "host/base/result.hpp"
#include "host/pipeline/sender.hpp"
#include "host/transport/authenticator.hpp"
#include "host/transport/https_client.hpp"

#include <map>
#include <memory>
#include <string>

namespace causeway::transport {

/// Sends deliveries to partners over HTTPS. Which endpoints exist is fixed when it is made; a message can only name one.
class CurlSender final : public pipeline::Sender {
 public:
  using Authenticators = std::map<std::string, std::shared_ptr<Authenticator>, std::less<>>;

  /// Endpoints by name, and how we show who we are to those where a client certificate is not all of it. Invalid: an endpoint
  /// cannot be used, or has neither a certificate nor an authenticator; the error says which.
  static Result<std::unique_ptr<CurlSender>> create(const std::map<std::string, HttpsEndpoint>& endpoints,
                                                    Authenticators authenticators = {});

  /// Sends the body with the field `Causeway-Delivery: <id>` by the method and to the target that it names. After a 401 once more
  /// with new authentication fields where the endpoint has some to renew. The answers that mean "not now" (408, 425, 429 and 5xx) are
  /// Unavailable like a connection that failed; every other status, 4xx among them, is the partner's Answer.
  /// Refused: unknown endpoint, a certificate not accepted, an answer beyond all measure.
  /// An answer that was cut off counts as none: the delivery may have arrived, and its id makes sending again harmless.
  Result<pipeline::Answer> send(const pipeline::Outgoing& outgoing) override;

 private:
  using Clients = std::map<std::string, std::unique_ptr<HttpsClient>, std::less<>>;
  CurlSender(Clients clients, Authenticators authenticators)
      : clients_(std::move(clients)), authenticators_(std::move(authenticators)) {}
  Clients clients_;
  Authenticators authenticators_;
};

}  // namespace causeway::transport
