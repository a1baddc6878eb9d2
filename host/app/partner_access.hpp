#pragma once

#include "host/base/clock.hpp"
#include "host/config/configuration.hpp"
#include "host/transport/body_proof.hpp"
#include "host/transport/curl_sender.hpp"
#include "host/transport/https_server.hpp"

#include <map>
#include <memory>
#include <string>

namespace causeway::app {

/// An endpoint as the sender knows it. Two partners may each call an endpoint "inbox": nothing of the one may ever go to the other.
std::string endpointId(const std::string& partner, const std::string& endpoint);

/// Where partners connect to us, as the main file says.
transport::HttpsServerConfig listenerOf(const config::Settings& settings);

/// How we reach our partners and how they show that a document is theirs, with the secrets read from their files.
struct PartnerAccess {
  std::map<std::string, transport::HttpsEndpoint> endpoints;
  transport::CurlSender::Authenticators authenticators;
  std::map<std::string, transport::BodyProof, std::less<>> proofs;  ///< by partner
};

/// Invalid or Refused, with the place in the configuration: a secret cannot be read, is empty, or may be read by others than its owner.
Result<PartnerAccess> openAccess(const config::Configuration& configuration, const Clock& clock);

}  // namespace causeway::app
