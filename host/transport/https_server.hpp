#pragma once

#include "host/base/result.hpp"
#include "host/transport/http_framer.hpp"
#include "host/transport/http_message.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace causeway::transport {

/// Certificates are PEM files, the key without a passphrase. Every limit is per server unless it says otherwise.
struct HttpsServerConfig {
  std::string address = "127.0.0.1";  ///< IP address to listen on
  std::uint16_t port = 0;             ///< 0: the system chooses, `port()` tells
  std::string certificate_file;       ///< ours, followed by any intermediate certificates
  std::string key_file;
  std::string client_ca_file;  ///< only clients with a certificate of these authorities get past the handshake
  HttpLimits limits;
  std::size_t max_connections = 256;          ///< one thread each; the next one is answered 503
  std::size_t max_connections_per_peer = 64;  ///< per client certificate; the next one is answered 503
  std::chrono::milliseconds handshake_deadline{5'000};
  std::chrono::milliseconds header_deadline{10'000};  ///< from the first byte of a request to the end of its header
  std::chrono::milliseconds body_deadline{60'000};    ///< from the end of the header to the end of the body
  std::chrono::milliseconds write_deadline{30'000};   ///< for a whole reply
  std::chrono::milliseconds idle_timeout{30'000};     ///< between two requests
};

/// Answers one request. Called from many threads at once; it may block as long as it needs (until the message is durable).
/// It must not throw; if it does, the client gets an empty 500.
using HttpHandler = std::function<HttpReply(const HttpRequest&)>;

/// Counts since the start, for metrics and tests.
struct HttpsServerCounters {
  std::uint64_t connections = 0;        ///< that completed the TLS handshake
  std::uint64_t handshakes_failed = 0;  ///< no certificate, unknown authority, old protocol, not TLS, too slow
  std::uint64_t requests = 0;           ///< given to the handler
  std::uint64_t malformed = 0;          ///< refused for their framing, size or method
  std::uint64_t too_slow = 0;           ///< a deadline passed in the middle of a request
  std::uint64_t too_busy = 0;           ///< answered 503 because a limit on connections was reached
};

/// An HTTPS server for machines: mutual TLS 1.2 or 1.3, HTTP/1.1 with strict framing, one thread per connection.
/// There is no way to switch TLS or the client certificate off.
class HttpsServer {
 public:
  /// Listens when it returns. Invalid: certificates or address unusable. Unavailable: the address is taken.
  static Result<std::unique_ptr<HttpsServer>> start(const HttpsServerConfig& config, HttpHandler handler);
  ~HttpsServer();
  HttpsServer(const HttpsServer&) = delete;
  HttpsServer& operator=(const HttpsServer&) = delete;

  std::uint16_t port() const;
  HttpsServerCounters counters() const;
  /// Reads certificate, key and authorities again from their files: new connections use them, those that stand go on. Invalid when they
  /// cannot be used; then nothing changes.
  Result<void> reloadCertificates();
  /// Accepts nothing more, lets running handlers finish and their replies go out, and joins every thread.
  void stop();

 private:
  struct Impl;
  explicit HttpsServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace causeway::transport
