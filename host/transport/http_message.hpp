#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace causeway::transport {

/// Header fields in the order they came or shall go.
using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

/// Who holds the other end of a connection, from the certificate that the TLS handshake proved. A common name or a header
/// never identifies anybody.
struct PeerIdentity {
  std::vector<std::string> uris;  ///< subject alternative names of type URI, such as "urn:causeway:partner:courts"
  std::string fingerprint;        ///< SHA-256 of the certificate (DER), 64 lower-case hexadecimal digits
};

/// A whole request: it exists only once its last byte has arrived and its framing was found right.
struct HttpRequest {
  std::string method;        ///< as sent; upper case for every standard method
  std::string target;        ///< path and query as sent, starts with '/', no dot segments, not decoded
  std::string content_type;  ///< empty when not sent
  HttpHeaders headers;       ///< names in lower case, values trimmed and otherwise untouched
  std::string body;
  PeerIdentity peer;
  bool keep_alive = true;  ///< the client can use the connection again

  /// The value of the first field of this lower-case name; empty when there is none.
  std::string_view header(std::string_view name) const;
};

struct HttpReply {
  int status = 200;          ///< 200 to 599
  std::string content_type;  ///< not sent when empty
  std::string body;
  HttpHeaders headers;  ///< further fields; framing fields (Content-Length, Connection, ...) are the server's own
  bool close = false;   ///< close the connection after this reply
};

/// The reply as it goes over the wire. `head_only` leaves the body out but tells its length (answer to HEAD). A reply that
/// cannot be written as it stands (a status out of range, a line break in a field) becomes an empty 500.
std::string serialise(const HttpReply& reply, bool head_only, bool close);

}  // namespace causeway::transport
