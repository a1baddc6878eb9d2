#include "host/transport/http_connection.hpp"

#include <algorithm>
#include <array>

namespace causeway::transport {
namespace {

using Outcome = TlsStream::Outcome;

// How long a refused client may take to notice and close.
constexpr std::chrono::milliseconds linger{2'000};
constexpr std::size_t read_size = 16 * 1024;  // one TLS record

bool isKnownMethod(std::string_view method) {
  static constexpr std::array<std::string_view, 5> methods{"POST", "GET", "HEAD", "PUT", "DELETE"};
  return std::ranges::find(methods, method) != methods.end();
}

}  // namespace

void HttpConnection::serve() {
  ConnectionTable::Seat seat(state_.table, stream_.descriptor());
  const auto handshake = stream_.handshake(deadlineIn(state_.config.handshake_deadline));
  if (handshake != Outcome::Done || !stream_.readIdentity(peer_)) {
    ++state_.handshakes_failed;
    // The TLS alert that tells the client why must reach it.
    if (handshake != Outcome::TimedOut) stream_.close(deadlineIn(linger));
    return;
  }
  ++state_.connections;
  if (!seat.admitted() || !seat.admit(peer_.fingerprint)) {
    ++state_.too_busy;
    return refuse(503);
  }
  while (auto request = receive()) {
    request->peer = peer_;
    if (!answer(*request)) return;
  }
}

// Nothing means that the connection is over; a refusal has been sent where one was due.
std::optional<HttpRequest> HttpConnection::receive() {
  using State = HttpFramer::State;
  auto deadline = deadlineIn(state_.config.idle_timeout);
  auto phase = State::Complete;  // differs from the state until the step's deadline is set
  for (;;) {
    const auto state = framer_.state();
    if (state == State::Complete) return framer_.take();
    if (state == State::Failed) {
      ++state_.malformed;
      refuse(framer_.fault().status);
      return std::nullopt;
    }
    if (state != phase && !framer_.idle()) {
      phase = state;
      deadline = deadlineIn(state == State::Body ? state_.config.body_deadline : state_.config.header_deadline);
      if (framer_.expectsContinue() && stream_.write("HTTP/1.1 100 Continue\r\n\r\n", deadline) != Outcome::Done)
        return std::nullopt;
    }
    if (!readMore(deadline)) return std::nullopt;
  }
}

bool HttpConnection::readMore(Deadline deadline) {
  std::array<char, read_size> buffer;
  std::size_t got = 0;
  switch (stream_.read(buffer.data(), buffer.size(), got, deadline)) {
    case Outcome::Done: framer_.put({buffer.data(), got}); return true;
    case Outcome::End:
      // Half a request is told so: the client may still be reading.
      if (framer_.end() == HttpFramer::State::Failed) return true;
      break;
    case Outcome::TimedOut:
      if (framer_.idle()) break;
      ++state_.too_slow;
      refuse(408);
      return false;
    case Outcome::Broken: return false;
  }
  stream_.close(deadlineIn(std::chrono::milliseconds(0)));
  return false;
}

bool HttpConnection::answer(const HttpRequest& request) {
  if (!isKnownMethod(request.method)) {
    ++state_.malformed;
    refuse(501);
    return false;
  }
  ++state_.requests;
  const HttpReply reply = handle(request);
  const bool close = reply.close || !request.keep_alive || state_.table.stopping();
  const auto bytes = serialise(reply, request.method == "HEAD", close);
  if (stream_.write(bytes, deadlineIn(state_.config.write_deadline)) != Outcome::Done) return false;
  if (close) stream_.close(deadlineIn(state_.table.stopping() ? std::chrono::milliseconds(0) : linger));
  return !close;
}

HttpReply HttpConnection::handle(const HttpRequest& request) const {
  try {
    return state_.handler(request);
  } catch (...) {
    return {.status = 500, .content_type = {}, .body = {}, .headers = {}, .close = true};
  }
}

void HttpConnection::refuse(int status) {
  HttpReply reply{.status = status, .content_type = {}, .body = {}, .headers = {}, .close = true};
  if (status == 503) reply.headers.emplace_back("Retry-After", "1");
  if (stream_.write(serialise(reply, false, true), deadlineIn(state_.config.write_deadline)) == Outcome::Done)
    stream_.close(deadlineIn(state_.table.stopping() ? std::chrono::milliseconds(0) : linger));
}

}  // namespace causeway::transport
