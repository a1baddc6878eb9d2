#pragma once

#include "host/base/clock.hpp"
#include "host/transport/http_message.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace causeway::transport {

/// What each request of a partner must carry besides coming over its certificate: a keyed digest of its body (HMAC-SHA-256), or a
/// secret word.
struct BodyProof {
  bool token = false;  ///< the header holds the secret itself
  std::string header;  ///< in lower case
  std::string prefix;  ///< before the digest or the word, such as "sha256="
  bool hexadecimal = false;
  std::vector<std::string> secrets;  ///< any of them; not empty
  std::string timestamp_header;      ///< in lower case; empty: the body alone is signed
  std::string joined_by;             ///< between timestamp and body in what is signed
  std::chrono::milliseconds tolerance{};
};

/// Compares in constant time, whichever secret fits. False also when a header is missing or stands twice, when the timestamp is neither
/// seconds since 1970 nor RFC 3339, or differs from `now` by more than the tolerance, before or after.
bool proves(const BodyProof& proof, const HttpRequest& request, Instant now);

}  // namespace causeway::transport
