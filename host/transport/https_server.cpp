#include "host/transport/https_server.hpp"

#include "host/transport/http_connection.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/Net/TCPServerConnection.h>
#include <Poco/Net/TCPServerConnectionFactory.h>
#include <Poco/ThreadPool.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <mutex>

namespace causeway::transport {
namespace {

namespace net = Poco::Net;

// Threads beyond the connection limit, so that those over it are told 503 instead of hanging.
constexpr int refusing_threads = 8;
constexpr int max_queued = 64;
constexpr int backlog = 128;

class Connection final : public net::TCPServerConnection {
 public:
  Connection(const net::StreamSocket& socket, HttpServerState& state, net::Context::Ptr context)
      : TCPServerConnection(socket), state_(state), context_(std::move(context)) {}

  void run() override {
    socket().setBlocking(false);
    TlsStream stream(socket().impl()->sockfd(), context_->sslContext());
    HttpConnection(state_, stream).serve();
  }

 private:
  HttpServerState& state_;
  net::Context::Ptr context_;
};

/// The certificates that new connections use.
class Certificates {
 public:
  net::Context::Ptr current() const {
    const std::lock_guard lock(mutex_);
    return context_;
  }
  void replace(net::Context::Ptr context) {
    const std::lock_guard lock(mutex_);
    context_ = std::move(context);
  }

 private:
  mutable std::mutex mutex_;
  net::Context::Ptr context_;
};

class ConnectionFactory final : public net::TCPServerConnectionFactory {
 public:
  ConnectionFactory(HttpServerState& state, const Certificates& certificates)
      : state_(state), certificates_(certificates) {}
  net::TCPServerConnection* createConnection(const net::StreamSocket& socket) override {
    return new Connection(socket, state_, certificates_.current());
  }

 private:
  HttpServerState& state_;
  const Certificates& certificates_;
};

net::Context::Ptr tlsContext(const HttpsServerConfig& config) {
  net::Context::Params params;
  params.certificateFile = config.certificate_file;
  params.privateKeyFile = config.key_file;
  params.caLocation = config.client_ca_file;
  params.verificationMode = net::Context::VERIFY_STRICT;
  params.verificationDepth = 3;
  params.loadDefaultCAs = false;
  params.cipherList = "ECDHE+AESGCM:ECDHE+CHACHA20";
  params.ecdhCurve = "P-256:X25519";
  net::Context::Ptr context = new net::Context(net::Context::TLS_SERVER_USE, params);
  context->requireMinimumProtocol(net::Context::PROTO_TLSV1_2);
  context->preferServerCiphers();
  // Without an id, a client with a certificate that resumes its session is cut off.
  context->enableSessionCache(true, "causeway");
  SSL_CTX* const ssl = context->sslContext();
  // OpenSSL drops a key that does not belong to its certificate without a word, and every handshake fails later.
  if (SSL_CTX_check_private_key(ssl) != 1)
    throw net::SSLContextException("the private key does not belong to the certificate", config.key_file);
  // OpenSSL's own verification decides alone; Poco's call-back could be told to overlook an error.
  SSL_CTX_set_verify(ssl, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  SSL_CTX_set_options(ssl, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  return context;
}

}  // namespace

struct HttpsServer::Impl {
  Impl(const HttpsServerConfig& config, HttpHandler handler)
      : state(config, std::move(handler)),
        threads("https", 2, static_cast<int>(config.max_connections) + refusing_threads) {}

  void listen() {
    const auto& config = state.config;
    certificates.replace(tlsContext(config));
    // Never "reuse port": a second host would silently share the partner's messages with the first.
    socket.bind(net::SocketAddress(config.address, config.port), true, false);
    socket.listen(backlog);
    net::TCPServerParams::Ptr params = new net::TCPServerParams;
    params->setMaxThreads(static_cast<int>(config.max_connections) + refusing_threads);
    params->setMaxQueued(max_queued);
    port = socket.address().port();
    server = std::make_unique<net::TCPServer>(new ConnectionFactory(state, certificates), threads, socket, params);
    server->start();
  }

  HttpServerState state;
  Certificates certificates;
  Poco::ThreadPool threads;
  net::ServerSocket socket;
  std::unique_ptr<net::TCPServer> server;
  std::uint16_t port = 0;
};

Result<std::unique_ptr<HttpsServer>> HttpsServer::start(const HttpsServerConfig& config, HttpHandler handler) {
  if (config.max_connections < 1 || config.max_connections > 10'000 || config.max_connections_per_peer < 1)
    return fail(ErrorKind::Invalid, "the limits on connections must be 1 to 10,000");
  if (config.client_ca_file.empty())
    return fail(ErrorKind::Invalid, "an HTTPS server needs the authorities of its clients");
  try {
    auto impl = std::make_unique<Impl>(config, std::move(handler));
    impl->listen();
    return std::unique_ptr<HttpsServer>(new HttpsServer(std::move(impl)));
  } catch (const net::SSLException& error) {
    return fail(ErrorKind::Invalid, error.displayText());
  } catch (const net::NetException& error) {
    return fail(ErrorKind::Unavailable, error.displayText(), config.address + ":" + std::to_string(config.port));
  } catch (const Poco::Exception& error) {
    return fail(ErrorKind::Invalid, error.displayText());
  }
}

HttpsServer::HttpsServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpsServer::~HttpsServer() { stop(); }

std::uint16_t HttpsServer::port() const { return impl_->port; }

HttpsServerCounters HttpsServer::counters() const {
  const auto& state = impl_->state;
  return {state.connections, state.handshakes_failed, state.requests, state.malformed, state.too_slow, state.too_busy};
}

Result<void> HttpsServer::reloadCertificates() {
  try {
    impl_->certificates.replace(tlsContext(impl_->state.config));
    return {};
  } catch (const Poco::Exception& error) {
    return fail(ErrorKind::Invalid, error.displayText());
  }
}

void HttpsServer::stop() {
  if (!impl_->server) return;
  // Wakes Poco's accepting thread, which otherwise looks up only four times a second.
  ::shutdown(impl_->socket.impl()->sockfd(), SHUT_RDWR);
  impl_->server->stop();
  impl_->state.table.stop();
  impl_->threads.joinAll();
  impl_->server.reset();
}

}  // namespace causeway::transport
