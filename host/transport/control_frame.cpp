#include "host/transport/control_frame.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>

namespace causeway::transport {
namespace {

constexpr std::size_t max_length_digits = 12;

Result<void> waitFor(int descriptor, short events, const FrameLimits& limits) {
  for (;;) {
    const int timeout = pollTimeout(limits.deadline);
    if (timeout == 0) return fail(ErrorKind::Unavailable, "the other side is too slow");
    std::array<pollfd, 2> waiting{pollfd{descriptor, events, 0}, pollfd{limits.wake_descriptor, POLLIN, 0}};
    const int ready = ::poll(waiting.data(), waiting.size(), timeout);
    if (ready < 0 && errno != EINTR) return fail(ErrorKind::Broken, "cannot wait for a socket");
    if (ready <= 0) continue;
    if (waiting[1].revents != 0) return fail(ErrorKind::Unavailable, "stopping");
    return {};
  }
}

// At least one byte and at most `size`; 0 when the peer has closed.
Result<std::size_t> readSome(int descriptor, char* buffer, std::size_t size, const FrameLimits& limits) {
  for (;;) {
    CW_CHECK_OK(waitFor(descriptor, POLLIN, limits));
    const auto got = ::recv(descriptor, buffer, size, MSG_DONTWAIT);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EAGAIN && errno != EINTR) return fail(ErrorKind::Unavailable, "the connection was cut off");
  }
}

// Byte by byte, so that nothing of the next frame is taken; the length is a dozen digits at most.
Result<std::size_t> readLength(int descriptor, const FrameLimits& limits) {
  std::string digits;
  for (;;) {
    char c = 0;
    CW_TRY(const std::size_t got, readSome(descriptor, &c, 1, limits));
    if (got == 0 && digits.empty()) return fail(ErrorKind::NotFound, "the connection was closed");
    if (got == 0) return fail(ErrorKind::Unavailable, "the connection was cut off");
    if (c == '\n') break;
    if (c < '0' || c > '9' || digits.size() == max_length_digits)
      return fail(ErrorKind::Invalid, "not the length of a frame");
    digits += c;
  }
  std::size_t length = 0;
  if (std::from_chars(digits.data(), digits.data() + digits.size(), length).ec != std::errc())
    return fail(ErrorKind::Invalid, "not the length of a frame");
  if (length > limits.max_bytes)
    return fail(ErrorKind::TooLarge, "longer than " + std::to_string(limits.max_bytes) + " bytes");
  return length;
}

Result<void> writeAll(int descriptor, std::string_view bytes, const FrameLimits& limits) {
  while (!bytes.empty()) {
    CW_CHECK_OK(waitFor(descriptor, POLLOUT, limits));
    const auto sent = ::send(descriptor, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN && errno != EINTR)
      return fail(ErrorKind::Unavailable, "the connection was cut off");
    if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return {};
}

}  // namespace

Result<std::string> readFrame(int descriptor, const FrameLimits& limits) {
  CW_TRY(const std::size_t length, readLength(descriptor, limits));
  std::string body;
  // Grows with what arrives, not with what was announced.
  std::array<char, 16 * 1024> buffer;
  while (body.size() < length) {
    CW_TRY(const std::size_t got,
           readSome(descriptor, buffer.data(), std::min(buffer.size(), length - body.size()), limits));
    if (got == 0) return fail(ErrorKind::Unavailable, "the connection was cut off");
    body.append(buffer.data(), got);
  }
  return body;
}

Result<void> writeFrame(int descriptor, std::string_view body, const FrameLimits& limits) {
  if (body.size() > limits.max_bytes)
    return fail(ErrorKind::TooLarge, "longer than " + std::to_string(limits.max_bytes) + " bytes");
  CW_CHECK_OK(writeAll(descriptor, std::to_string(body.size()) + "\n", limits));
  return writeAll(descriptor, body, limits);
}

}  // namespace causeway::transport
