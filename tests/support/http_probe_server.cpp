#include "tests/support/http_probe_server.hpp"

#include "tests/support/tls/test_certificates.hpp"

#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <thread>

namespace causeway::test {

struct HttpProbeServer::Impl {
  std::string answer;
  SSL_CTX* context = SSL_CTX_new(TLS_server_method());
  int listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::uint16_t port = 0;
  std::jthread thread;

  ~Impl() {
    ::shutdown(listening, SHUT_RDWR);  // wakes an accept that nobody answered
    if (thread.joinable()) thread.join();
    ::close(listening);
    SSL_CTX_free(context);
  }

  void listen() {
    const auto files = TestCertificates::ours().server();
    SSL_CTX_use_certificate_chain_file(context, files.certificate.c_str());
    SSL_CTX_use_PrivateKey_file(context, files.key.c_str(), SSL_FILETYPE_PEM);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    ::bind(listening, reinterpret_cast<const sockaddr*>(&address), size);
    ::listen(listening, 4);
    ::getsockname(listening, reinterpret_cast<sockaddr*>(&address), &size);
    port = ntohs(address.sin_port);
    thread = std::jthread([this] { serve(); });
  }

  void serve() const {
    const int connection = ::accept4(listening, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) return;
    const timeval limit{10, 0};
    ::setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    SSL* const ssl = SSL_new(context);
    SSL_set_fd(ssl, connection);
    std::array<char, 64 * 1024> request{};
    if (SSL_accept(ssl) == 1 && SSL_read(ssl, request.data(), static_cast<int>(request.size())) > 0) {
      SSL_write(ssl, answer.data(), static_cast<int>(answer.size()));
      SSL_shutdown(ssl);
    }
    SSL_free(ssl);
    ::close(connection);
  }
};

HttpProbeServer::HttpProbeServer(std::string answer) : impl_(std::make_unique<Impl>()) {
  std::signal(SIGPIPE, SIG_IGN);
  impl_->answer = std::move(answer);
  impl_->listen();
}

HttpProbeServer::~HttpProbeServer() = default;

std::uint16_t HttpProbeServer::port() const { return impl_->port; }

}  // namespace causeway::test
