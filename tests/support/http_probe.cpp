#include "tests/support/http_probe.hpp"

#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>

namespace causeway::test {

struct HttpProbe::Impl {
  SSL_CTX* context = SSL_CTX_new(TLS_client_method());
  SSL* ssl = nullptr;
  int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  bool connected = false;

  ~Impl() {
    SSL_free(ssl);
    SSL_CTX_free(context);
    ::close(socket);
  }

  void prepare(const Options& options) const {
    SSL_CTX_set_options(context, SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_load_verify_locations(context, options.authority.c_str(), nullptr);
    if (!options.client.certificate.empty()) {
      SSL_CTX_use_certificate_chain_file(context, options.client.certificate.c_str());
      SSL_CTX_use_PrivateKey_file(context, options.client.key.c_str(), SSL_FILETYPE_PEM);
    }
    if (options.only_tls_1_2)
      SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION), SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION);
    if (!options.only_tls_1_1) return;
    // OpenSSL's default security level would already keep the client from offering it.
    SSL_CTX_set_cipher_list(context, "ALL:@SECLEVEL=0");
    SSL_CTX_set_min_proto_version(context, TLS1_1_VERSION);
    SSL_CTX_set_max_proto_version(context, TLS1_1_VERSION);
  }

  bool open(std::uint16_t port) {
    const timeval limit{10, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) return false;
    ssl = SSL_new(context);
    SSL_set_fd(ssl, socket);
    return SSL_connect(ssl) == 1;
  }
};

HttpProbe::HttpProbe(std::uint16_t port, const Options& options) : impl_(std::make_unique<Impl>()) {
  std::signal(SIGPIPE, SIG_IGN);
  impl_->prepare(options);
  impl_->connected = impl_->open(port);
}

HttpProbe::~HttpProbe() = default;

bool HttpProbe::connected() const { return impl_->connected; }

void HttpProbe::send(std::string_view bytes) {
  // A server may refuse and close before everything is sent; its answer is what a test looks at.
  if (impl_->connected) SSL_write(impl_->ssl, bytes.data(), static_cast<int>(bytes.size()));
}

void HttpProbe::finish() {
  if (impl_->connected) SSL_shutdown(impl_->ssl);
}

bool HttpProbe::readMore() {
  std::array<char, 16 * 1024> bytes{};
  const int got = impl_->connected ? SSL_read(impl_->ssl, bytes.data(), static_cast<int>(bytes.size())) : 0;
  if (got <= 0) return false;
  buffer_.append(bytes.data(), static_cast<std::size_t>(got));
  return true;
}

ProbeReply HttpProbe::readReply(bool head) {
  ProbeReply reply;
  std::size_t end = std::string::npos;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
    if (!readMore()) return reply;
  reply.header = buffer_.substr(0, end + 2);
  buffer_.erase(0, end + 4);
  reply.status = std::atoi(reply.header.substr(reply.header.find(' ') + 1, 3).c_str());
  const auto field = reply.header.find("Content-Length: ");
  if (head || field == std::string::npos) return reply;
  const auto length = static_cast<std::size_t>(std::atoll(reply.header.c_str() + field + 16));
  while (buffer_.size() < length && readMore()) {}
  reply.body = buffer_.substr(0, length);
  buffer_.erase(0, length);
  return reply;
}

bool HttpProbe::closedByServer() {
  if (!buffer_.empty() || readMore()) return false;
  // The TLS session may have ended before the connection; and a receive timeout is no end at all.
  char byte = 0;
  const auto got = ::recv(impl_->socket, &byte, 1, 0);
  return got == 0 || (got < 0 && errno != EAGAIN);
}

}  // namespace causeway::test
