#include "host/transport/tls_stream.hpp"

#include "host/transport/peer_certificate.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>

namespace causeway::transport {
namespace {

// Enough for what a client has under way when we refuse it; more than that and it is not listening.
constexpr std::size_t max_drained = 16 * 1024 * 1024;

}  // namespace

TlsStream::TlsStream(int descriptor, ssl_ctx_st* context) : descriptor_(descriptor), ssl_(SSL_new(context)) {
  if (ssl_ != nullptr && SSL_set_fd(ssl_, descriptor_) == 1) return;
  SSL_free(ssl_);
  ssl_ = nullptr;
}

TlsStream::~TlsStream() { SSL_free(ssl_); }

TlsStream::Outcome TlsStream::waitFor(short events, Deadline deadline) const {
  for (;;) {
    const int timeout = pollTimeout(deadline);
    if (timeout == 0) return Outcome::TimedOut;
    pollfd waiting{descriptor_, events, 0};
    const int ready = ::poll(&waiting, 1, timeout);
    if (ready > 0) return Outcome::Done;
    if (ready < 0 && errno != EINTR) return Outcome::Broken;
  }
}

// `step` is one call of OpenSSL; it is made again when the socket can move the bytes it waits for.
template <class Step>
TlsStream::Outcome TlsStream::repeat(Step step, Deadline deadline) {
  if (ssl_ == nullptr) return Outcome::Broken;
  for (;;) {
    ERR_clear_error();  // an error left by another connection of this thread would be taken for ours
    const int result = step();
    if (result > 0) return Outcome::Done;
    short events = 0;
    switch (SSL_get_error(ssl_, result)) {
      case SSL_ERROR_WANT_READ: events = POLLIN; break;
      case SSL_ERROR_WANT_WRITE: events = POLLOUT; break;
      case SSL_ERROR_ZERO_RETURN: return Outcome::End;
      default: return Outcome::Broken;
    }
    if (const auto ready = waitFor(events, deadline); ready != Outcome::Done) return ready;
  }
}

TlsStream::Outcome TlsStream::handshake(Deadline deadline) {
  const auto outcome = repeat([this] { return SSL_accept(ssl_); }, deadline);
  return outcome == Outcome::End ? Outcome::Broken : outcome;
}

bool TlsStream::readIdentity(PeerIdentity& identity) const {
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(SSL_get1_peer_certificate(ssl_), &X509_free);
  return certificate && SSL_get_verify_result(ssl_) == X509_V_OK && identityOf(certificate.get(), identity);
}

TlsStream::Outcome TlsStream::read(char* buffer, std::size_t size, std::size_t& got, Deadline deadline) {
  got = 0;
  // A peer that always has bytes ready would otherwise never meet its deadline.
  if (pollTimeout(deadline) == 0) return Outcome::TimedOut;
  return repeat([&] { return SSL_read_ex(ssl_, buffer, size, &got); }, deadline);
}

TlsStream::Outcome TlsStream::write(std::string_view bytes, Deadline deadline) {
  while (!bytes.empty()) {
    if (pollTimeout(deadline) == 0) return Outcome::TimedOut;
    std::size_t sent = 0;
    // One record at a time, so that the deadline is looked at in between.
    const auto outcome = repeat(
        [&] {
          return SSL_write_ex(ssl_, bytes.data(), std::min<std::size_t>(bytes.size(), SSL3_RT_MAX_PLAIN_LENGTH), &sent);
        },
        deadline);
    if (outcome != Outcome::Done) return outcome == Outcome::End ? Outcome::Broken : outcome;
    bytes.remove_prefix(sent);
  }
  return Outcome::Done;
}

void TlsStream::close(Deadline linger) {
  ERR_clear_error();
  SSL_shutdown(ssl_);  // sends close_notify; whether it fails no longer matters
  ::shutdown(descriptor_, SHUT_WR);
  std::array<char, 16 * 1024> ignored;
  for (std::size_t drained = 0; drained < max_drained && waitFor(POLLIN, linger) == Outcome::Done;) {
    const auto got = ::recv(descriptor_, ignored.data(), ignored.size(), MSG_DONTWAIT);
    if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) return;
    drained += got > 0 ? static_cast<std::size_t>(got) : 0;
  }
}

}  // namespace causeway::transport
