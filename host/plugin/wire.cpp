#include "host/plugin/wire.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace causeway::plugin {
namespace {

using Until = std::chrono::steady_clock::time_point;

// Both sides are on one machine, so numbers cross as they lie in memory.
void putNumber(std::string& out, std::uint32_t number) {
  out.append(reinterpret_cast<const char*>(&number), sizeof(number));
}

void putText(std::string& out, std::string_view text) {
  putNumber(out, static_cast<std::uint32_t>(text.size()));
  out += text;
}

class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : left_(bytes) {}
  bool number(std::uint32_t& out) {
    if (left_.size() < sizeof(out)) return false;
    std::memcpy(&out, left_.data(), sizeof(out));
    left_.remove_prefix(sizeof(out));
    return true;
  }
  bool text(std::string& out) {
    std::uint32_t size = 0;
    if (!number(size) || left_.size() < size) return false;
    out = left_.substr(0, size);
    left_.remove_prefix(size);
    return true;
  }
  size_t left() const { return left_.size(); }

 private:
  std::string_view left_;
};

// False when the time is over or waiting fails.
bool waitFor(int socket, short events, Until until) {
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()).count();
    if (left <= 0) return false;
    pollfd waiting{socket, events, 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(std::min<long long>(left, 3'600'000)));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

Result<void> receiveBytes(int socket, char* data, size_t size, Until until) {
  while (size > 0) {
    const ssize_t got = ::recv(socket, data, size, MSG_DONTWAIT);
    if (got > 0) {
      data += got;
      size -= static_cast<size_t>(got);
    } else if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
      if (!waitFor(socket, POLLIN, until)) return fail(ErrorKind::Unavailable, "no answer in time");
    } else if (got == 0 || errno != EINTR) {
      return fail(ErrorKind::Broken, "the other side is gone");
    }
  }
  return {};
}

}  // namespace

std::string encode(const Message& message) {
  std::string out(sizeof(std::uint32_t), '\0');
  putNumber(out, static_cast<std::uint32_t>(message.kind));
  putNumber(out, message.number);
  putText(out, message.text);
  putNumber(out, static_cast<std::uint32_t>(message.fields.size()));
  for (const auto& [name, value] : message.fields) {
    putText(out, name);
    putText(out, value);
  }
  const auto size = static_cast<std::uint32_t>(out.size() - sizeof(std::uint32_t));
  std::memcpy(out.data(), &size, sizeof(size));
  return out;
}

std::optional<Message> decode(std::string_view bytes) {
  Decoder in(bytes);
  Message out;
  std::uint32_t kind = 0;
  std::uint32_t count = 0;
  if (!in.number(kind) || kind < 1 || kind > 6 || !in.number(out.number) || !in.text(out.text) || !in.number(count)) {
    return std::nullopt;
  }
  out.kind = static_cast<Message::Kind>(kind);
  if (count > in.left() / (2 * sizeof(std::uint32_t))) return std::nullopt;
  out.fields.resize(count);
  for (auto& [name, value] : out.fields) {
    if (!in.text(name) || !in.text(value)) return std::nullopt;
  }
  if (in.left() != 0) return std::nullopt;
  return out;
}

Result<void> send(int socket, const Message& message, Until until) {
  const std::string bytes = encode(message);
  if (bytes.size() > kLargestMessage) return fail(ErrorKind::TooLarge, "the fields are larger than 4 MiB");
  for (size_t done = 0; done < bytes.size();) {
    const ssize_t sent = ::send(socket, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0) done += static_cast<size_t>(sent);
    else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      if (!waitFor(socket, POLLOUT, until)) return fail(ErrorKind::Unavailable, "not taken in time");
    } else if (errno != EINTR) {
      return fail(ErrorKind::Broken, "the other side is gone");
    }
  }
  return {};
}

Result<Message> receive(int socket, Until until) {
  std::uint32_t size = 0;
  CW_CHECK_OK(receiveBytes(socket, reinterpret_cast<char*>(&size), sizeof(size), until));
  if (size > kLargestMessage) return fail(ErrorKind::Broken, "sent what is no message");
  std::string bytes(size, '\0');
  CW_CHECK_OK(receiveBytes(socket, bytes.data(), size, until));
  auto message = decode(bytes);
  if (!message) return fail(ErrorKind::Broken, "sent what is no message");
  return *std::move(message);
}

}  // namespace causeway::plugin
