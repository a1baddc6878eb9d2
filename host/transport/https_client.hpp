#pragma once

#include "host/base/result.hpp"
#include "host/pipeline/sender.hpp"
#include "host/transport/http_message.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

namespace causeway::transport {

/// Where to call and as whom. Certificates are PEM files, the key without a passphrase.
struct HttpsEndpoint {
  std::string url;               ///< https://host[:port]/path; no user, no fragment
  std::string certificate_file;  ///< our client certificate; empty: we show who we are otherwise
  std::string key_file;
  std::string
      ca_file;  ///< the authorities that may have signed the server's certificate, no other is trusted; empty: the system's
  std::chrono::milliseconds connect_timeout{5'000};  ///< including the TLS handshake
  std::chrono::milliseconds total_timeout{30'000};
  std::size_t max_response_bytes = 1024 * 1024;  ///< of the body; a longer answer is an error
  std::size_t max_idle_connections = 16;         ///< kept open between calls
};

/// One call. The body is sent for every method but GET and HEAD.
struct HttpsCall {
  std::string method = "POST";
  std::string target;  ///< path and query instead of those of the endpoint's URL; empty: the URL's own
  std::string content_type;
  std::string body;
  HttpHeaders headers;  ///< further fields
};

/// Calls one endpoint over TLS, mutual where it has a certificate, with kept-alive connections; one per thread that calls at the same time.
/// It follows no redirects, takes no proxy from the environment, and speaks nothing but HTTPS. Thread-safe.
class HttpsClient {
 public:
  /// Invalid: the URL is not one we call. Files are only read when it connects.
  static Result<std::unique_ptr<HttpsClient>> create(const HttpsEndpoint& endpoint);
  ~HttpsClient();
  HttpsClient(const HttpsClient&) = delete;
  HttpsClient& operator=(const HttpsClient&) = delete;

  /// Whatever the server answered in full, of any status. Unavailable: not reached, too slow, or cut off half-way. Refused:
  /// one side did not accept the other's certificate, or a success came without a length, so that a cut would not show.
  /// TooLarge: the answer passed its limit. Invalid: a field cannot be sent.
  Result<pipeline::Answer> call(const HttpsCall& call);
  /// POST to the endpoint's own URL.
  Result<pipeline::Answer> post(std::string content_type, std::string body);

 private:
  struct Impl;
  explicit HttpsClient(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace causeway::transport
