#pragma once

#include "host/base/clock.hpp"
#include "host/base/result.hpp"
#include "host/transport/http_message.hpp"
#include "host/transport/https_client.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace causeway::transport {

/// How a host shows who it is in the header of each request, besides its client certificate. Thread-safe.
class Authenticator {
 public:
  virtual ~Authenticator() = default;
  /// The fields for one request. Unavailable: not now. Refused: not without a person.
  virtual Result<HttpHeaders> fields() = 0;
  /// The partner answered 401 to a request with these fields. True when others may do better: ask for them and send once more.
  virtual bool renew(const HttpHeaders& refused) = 0;
};

/// A key that the partner gave us, in a field of each request.
std::unique_ptr<Authenticator> makeKeyAuthenticator(const std::string& field, const std::string& value);

/// A new JSON Web Token for each request, signed with HMAC-SHA-256: {"iss":issuer,"iat":seconds since 1970}. The partner refuses
/// one that is more than its tolerance old (GOV.UK Notify: 30 seconds), so both clocks must be right.
struct JwtSecret {
  std::string issuer;
  std::string secret;
};
std::unique_ptr<Authenticator> makeJwtAuthenticator(JwtSecret secret, const Clock& clock);
/// A key of the shape {name}-{issuer}-{secret}, both of the last two UUIDs, as GOV.UK Notify gives it out.
Result<JwtSecret> jwtSecretOf(std::string_view key);

/// OAuth 2.0 client credentials (RFC 6749 section 4.4).
struct TokenRequest {
  HttpsEndpoint endpoint;  ///< the token endpoint and how to call it
  std::string client_id;
  std::string client_secret;
  std::string scope;                      ///< not sent when empty
  bool credentials_in_body = false;       ///< else HTTP Basic
  bool parameters_in_query = false;       ///< an empty body and everything in the query; never the secret
  std::chrono::seconds early{60};         ///< renewed so long before it expires, or halfway for a short one
  std::chrono::seconds unspecified{300};  ///< how long one is used that does not say when it expires
};
/// One token for all threads: fetched by the first that needs it while the others wait, kept until shortly before it expires,
/// fetched anew once when the partner refuses it. Invalid: the endpoint cannot be called.
Result<std::unique_ptr<Authenticator>> makeTokenAuthenticator(TokenRequest request, const Clock& clock);

}  // namespace causeway::transport
