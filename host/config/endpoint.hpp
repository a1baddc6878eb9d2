#pragma once

#include "host/base/url_template.hpp"
#include "host/config/values.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace causeway::config {

/// How we show who we are at an endpoint besides, or instead of, a client certificate. The secret stands in a file of its own that
/// only its owner may read, never in the configuration.
///
///   authentication:
///     kind: token | jwt | key
///     secret: ../secrets/prisons.secret       # path of the file; white space at its end does not count
///     # token: OAuth 2.0 client credentials
///     url: https://auth.example/oauth/token
///     client_id: causeway
///     scope: "read write"                     # not sent when absent
///     credentials: basic | body               # basic by default
///     parameters: body | query                # body by default; query with an empty body
///     # jwt: a token of our own for each request, HS256, {"iss":issuer,"iat":now}
///     issuer: 26785a09-...                    # absent: the file holds {name}-{issuer}-{secret}
///     # key: the secret itself in a header
///     header: x-api-key
///     prefix: "Bearer "                       # nothing by default
struct Authentication {
  enum class Kind { Token, Jwt, Key };
  Kind kind = Kind::Key;
  NamedPath secret;
  std::string url, client_id, scope;
  bool credentials_in_body = false;
  bool parameters_in_query = false;
  std::string issuer;
  std::string header, prefix;
};

/// Which request carries a message, where the endpoint's own URL and POST are not it. The first that names the type and whose
/// places all have a value is used; a delivery that none fits is held.
///
///   requests:
///     - messages: [custody.production_requested]    # message types; absent: every type
///       method: PUT                                 # POST (default), PUT, DELETE or GET
///       path: /api/moves/{previous.reference}       # from the root of the host; see kRequestValues for what may stand in it
///     - path: /api/moves
///       look_up:                                    # asked before a delivery is sent again whose outcome is not known
///         path: /api/moves?reference={delivery.id}
///         found: data/id                            # path of the leaf of the answer that is there when the partner has it
struct Request {
  std::vector<std::string> messages;
  std::string method = "POST";
  UrlTemplate path;
  UrlTemplate look_up;  ///< empty: it is sent again at once
  std::string found;
  Location at;
};

/// What may stand in a path or a header of ours: identifiers only. `previous.reference` is the partner's own number for what it
/// last received from us about the same subject; {wrap.NAME} is what the adapter's `wrap` put as path.NAME.
inline constexpr std::string_view kRequestValues[] = {"delivery.id", "message.id", "case.urn", "previous.reference"};

/// Where a partner receives, with the TLS files of that connection (PEM). Routes and adapters name it, never its
/// address.
struct Endpoint {
  std::string name;
  std::string url;
  std::string content_type;
  NamedPath authorities;  ///< who may have signed the partner's server certificate; empty = the system's
  NamedPath certificate;  ///< our client certificate
  NamedPath key;          ///< its private key
  std::optional<Authentication> authentication;
  std::vector<std::pair<std::string, UrlTemplate>> headers;  ///< headers: { Idempotency-Key: "{delivery.id}" }
  std::vector<Request> requests;
  Location at;
};

/// What every document of a partner must carry besides coming over its certificate:
///
///   proof:
///     kind: hmac | token
///     header: X-Signature
///     prefix: "sha256="                # of the header's value; nothing by default
///     encoding: base64 | hex           # of an hmac; base64 by default
///     secrets: [../secrets/courts.1, ../secrets/courts.2]     # any of them is accepted, so that one can replace another
///     timestamp: { header: X-Timestamp, tolerance: 5m, joined_by: "." }    # signed as timestamp + "." + body
struct Proof {
  bool token = false;  ///< the header holds the secret itself
  std::string header, prefix;
  bool hexadecimal = false;
  std::vector<NamedPath> secrets;
  std::string timestamp_header;  ///< empty: the body alone is signed
  std::string joined_by;
  std::chrono::milliseconds tolerance{};
};

std::vector<Endpoint> readEndpoints(const Node* list, const std::filesystem::path& folder, bool test,
                                    Problems& problems);
Proof readProof(const Node& node, const std::filesystem::path& folder, Problems& problems);

}  // namespace causeway::config
