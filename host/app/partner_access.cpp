#include "host/app/partner_access.hpp"

#include "host/base/text.hpp"
#include "host/security/private_file.hpp"

#include <algorithm>

namespace causeway::app {
namespace {

Result<std::string> secretOf(const config::NamedPath& file) {
  auto text = security::readPrivateFile(file.path.string());
  if (!text) return fail(text.error().kind, text.error().text(), file.at.text());
  const std::string secret(trim(*text));
  const bool sendable = std::ranges::all_of(secret, [](char c) { return c >= 0x20 && c < 0x7F; });
  if (secret.empty() || !sendable)
    return fail(ErrorKind::Invalid, "a secret is one line of printable ASCII in " + file.path.string(), file.at.text());
  return secret;
}

transport::HttpsEndpoint endpointOf(const config::Endpoint& from) {
  transport::HttpsEndpoint out;
  out.url = from.url;
  out.certificate_file = from.certificate.path.string();
  out.key_file = from.key.path.string();
  out.ca_file = from.authorities.path.string();
  return out;
}

Result<std::shared_ptr<transport::Authenticator>> authenticatorOf(const config::Endpoint& endpoint,
                                                                  const Clock& clock) {
  using Kind = config::Authentication::Kind;
  const auto& from = *endpoint.authentication;
  CW_TRY(auto secret, secretOf(from.secret));
  if (from.kind == Kind::Key)
    return std::shared_ptr(transport::makeKeyAuthenticator(from.header, from.prefix + secret));
  if (from.kind == Kind::Jwt) {
    if (!from.issuer.empty())
      return std::shared_ptr(transport::makeJwtAuthenticator({from.issuer, std::move(secret)}, clock));
    auto parts = transport::jwtSecretOf(secret);
    if (!parts) return fail(ErrorKind::Invalid, parts.error().what, from.secret.at.text());
    return std::shared_ptr(transport::makeJwtAuthenticator(*std::move(parts), clock));
  }
  transport::TokenRequest request;
  request.endpoint = endpointOf(endpoint);
  request.endpoint.url = from.url;
  request.client_id = from.client_id;
  request.client_secret = std::move(secret);
  request.scope = from.scope;
  request.credentials_in_body = from.credentials_in_body;
  request.parameters_in_query = from.parameters_in_query;
  auto made = transport::makeTokenAuthenticator(std::move(request), clock);
  if (!made) return fail(made.error().kind, made.error().what, endpoint.at.text());
  return std::shared_ptr(*std::move(made));
}

Result<transport::BodyProof> proofOf(const config::Proof& from) {
  transport::BodyProof out;
  out.token = from.token;
  out.header = lowerCase(from.header);
  out.prefix = from.prefix;
  out.hexadecimal = from.hexadecimal;
  for (const auto& file : from.secrets) {
    CW_TRY(auto secret, secretOf(file));
    out.secrets.push_back(std::move(secret));
  }
  out.timestamp_header = lowerCase(from.timestamp_header);
  out.joined_by = from.joined_by;
  out.tolerance = from.tolerance;
  return out;
}

}  // namespace

std::string endpointId(const std::string& partner, const std::string& endpoint) { return partner + "/" + endpoint; }

transport::HttpsServerConfig listenerOf(const config::Settings& settings) {
  transport::HttpsServerConfig out;
  out.address = settings.listen.address;
  out.port = settings.listen.port;
  out.certificate_file = settings.listen.certificate.path.string();
  out.key_file = settings.listen.key.path.string();
  out.client_ca_file = settings.listen.client_authorities.path.string();
  out.limits.body_bytes = std::max(settings.limits.document_bytes, settings.limits.message_bytes);
  out.max_connections = static_cast<std::size_t>(settings.workers.connections);
  return out;
}

Result<PartnerAccess> openAccess(const config::Configuration& configuration, const Clock& clock) {
  PartnerAccess out;
  for (const auto& partner : configuration.partners) {
    for (const auto& endpoint : partner.endpoints) {
      const auto id = endpointId(partner.id, endpoint.name);
      out.endpoints.emplace(id, endpointOf(endpoint));
      if (!endpoint.authentication) continue;
      CW_TRY(auto authenticator, authenticatorOf(endpoint, clock));
      out.authenticators.emplace(id, std::move(authenticator));
    }
    if (!partner.proof) continue;
    CW_TRY(auto proof, proofOf(*partner.proof));
    out.proofs.emplace(partner.id, std::move(proof));
  }
  return out;
}

}  // namespace causeway::app
