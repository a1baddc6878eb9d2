#pragma once

#include "host/transport/connection_table.hpp"
#include "host/transport/https_server.hpp"
#include "host/transport/tls_stream.hpp"

#include <atomic>
#include <optional>

namespace causeway::transport {

/// What all connections of a server share.
struct HttpServerState {
  HttpServerState(const HttpsServerConfig& server_config, HttpHandler server_handler)
      : config(server_config),
        handler(std::move(server_handler)),
        table(config.max_connections, config.max_connections_per_peer) {}

  const HttpsServerConfig config;
  const HttpHandler handler;
  ConnectionTable table;
  std::atomic<std::uint64_t> connections{0}, handshakes_failed{0}, requests{0}, malformed{0}, too_slow{0}, too_busy{0};
};

/// Serves one accepted connection from handshake to close, on the thread that calls `serve`.
class HttpConnection {
 public:
  HttpConnection(HttpServerState& state, TlsStream& stream)
      : state_(state), stream_(stream), framer_(state.config.limits) {}

  void serve();

 private:
  std::optional<HttpRequest> receive();
  bool readMore(Deadline deadline);
  bool answer(const HttpRequest& request);
  HttpReply handle(const HttpRequest& request) const;
  void refuse(int status);

  HttpServerState& state_;
  TlsStream& stream_;
  HttpFramer framer_;
  PeerIdentity peer_;
};

}  // namespace causeway::transport
