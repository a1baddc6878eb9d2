#include "host/transport/control_socket.hpp"

#include "host/transport/control_frame.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>

namespace causeway::transport {
namespace {

constexpr std::size_t client_max_bytes = 64 * 1024 * 1024;

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return value_; }
  int release() { return std::exchange(value_, -1); }

 private:
  int value_;
};

Result<sockaddr_un> addressOf(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof(address.sun_path))
    return fail(ErrorKind::Invalid, "the path of the control socket must be 1 to 107 bytes long");
  std::ranges::copy(path, address.sun_path);
  return address;
}

int openSocket() { return ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0); }

bool connectTo(int socket, const sockaddr_un& address) {
  return ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
}

// A socket file outlives a host that crashed; nobody answers behind it then. Any other file is not ours to remove.
Result<void> clearAway(const std::string& path, const sockaddr_un& address) {
  struct stat status{};
  if (::lstat(path.c_str(), &status) != 0) return {};
  if (!S_ISSOCK(status.st_mode))
    return fail(ErrorKind::Conflict, "the path of the control socket is taken by another file", path);
  const Descriptor probe(openSocket());
  if (connectTo(probe.get(), address))
    return fail(ErrorKind::Conflict, "another host answers at this control socket", path);
  if (errno != ECONNREFUSED || ::unlink(path.c_str()) != 0)
    return fail(ErrorKind::Unavailable, "a control socket left behind cannot be removed", path);
  return {};
}

bool isAllowed(const PeerCredentials& peer, const std::vector<uid_t>& also) {
  return peer.uid == 0 || peer.uid == ::geteuid() || std::ranges::find(also, peer.uid) != also.end();
}

}  // namespace

Result<std::unique_ptr<ControlSocket>> ControlSocket::start(const ControlSocketConfig& config, ControlHandler handler) {
  std::unique_ptr<ControlSocket> socket(new ControlSocket(config, std::move(handler)));
  CW_CHECK_OK(socket->listen());
  for (int i = 0; i < std::max(1, config.threads); ++i)
    socket->threads_.emplace_back([self = socket.get()] { self->work(); });
  return socket;
}

ControlSocket::ControlSocket(ControlSocketConfig config, ControlHandler handler)
    : config_(std::move(config)), handler_(std::move(handler)) {}

ControlSocket::~ControlSocket() { stop(); }

Result<void> ControlSocket::listen() {
  CW_TRY(const sockaddr_un address, addressOf(config_.path));
  CW_CHECK_OK(clearAway(config_.path, address));
  Descriptor socket(openSocket());
  Descriptor wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  // The file is made with the mode of the socket: there is no moment at which others could connect.
  if (socket.get() < 0 || wake.get() < 0 || ::fchmod(socket.get(), S_IRUSR | S_IWUSR) != 0 ||
      ::fcntl(socket.get(), F_SETFL, O_NONBLOCK) != 0 ||
      ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
    return fail(ErrorKind::Unavailable, std::string("cannot listen on the control socket: ") + std::strerror(errno),
                config_.path);
  // What a file is made with, the process's mask may take away; who is served is decided connection by connection.
  constexpr mode_t kForAll = S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH;
  if (!config_.also_served.empty() && ::chmod(config_.path.c_str(), kForAll) != 0)
    return fail(ErrorKind::Unavailable, "the control socket cannot be opened to operators", config_.path);
  listening_ = socket.release();
  wake_ = wake.release();
  if (::listen(listening_, 16) != 0)
    return fail(ErrorKind::Unavailable, std::string("cannot listen on the control socket: ") + std::strerror(errno),
                config_.path);
  return {};
}

// Each thread accepts for itself; nobody queues behind a slow command while another thread is free.
void ControlSocket::work() {
  for (;;) {
    std::array<pollfd, 2> waiting{pollfd{listening_, POLLIN, 0}, pollfd{wake_, POLLIN, 0}};
    if (::poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR) return;
    if (waiting[1].revents != 0) return;
    const Descriptor connection(::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC));
    if (connection.get() >= 0) serve(connection.get());
  }
}

void ControlSocket::serve(int connection) {
  ucred credentials{};
  socklen_t size = sizeof(credentials);
  if (::getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) return;
  const PeerCredentials peer{credentials.pid, credentials.uid, credentials.gid};
  if (!isAllowed(peer, config_.also_served)) return;
  for (;;) {
    const auto request =
        readFrame(connection, {config_.max_request_bytes, deadlineIn(config_.transfer_deadline), wake_});
    if (!request) return;
    std::string reply;
    try {
      reply = handler_(*request, peer);
    } catch (...) {
      return;
    }
    if (!writeFrame(connection, reply, {config_.max_reply_bytes, deadlineIn(config_.transfer_deadline), -1})) return;
  }
}

void ControlSocket::stop() {
  if (listening_ < 0) return;
  const std::uint64_t one = 1;
  static_cast<void>(!::write(wake_, &one, sizeof(one)));
  threads_.clear();
  ::unlink(config_.path.c_str());
  ::close(listening_);
  ::close(wake_);
  listening_ = wake_ = -1;
}

Result<std::string> callControlSocket(const std::string& path, std::string_view request,
                                      std::chrono::milliseconds timeout) {
  CW_TRY(const sockaddr_un address, addressOf(path));
  const Descriptor socket(openSocket());
  if (socket.get() < 0) return fail(ErrorKind::Broken, "cannot open a socket");
  if (!connectTo(socket.get(), address)) {
    if (errno == EACCES || errno == EPERM) return fail(ErrorKind::Refused, "this user may not talk to the host", path);
    return fail(ErrorKind::Unavailable, "no host answers here; is it running?", path);
  }
  const FrameLimits limits{client_max_bytes, deadlineIn(timeout), -1};
  CW_CHECK_OK(writeFrame(socket.get(), request, limits));
  auto reply = readFrame(socket.get(), limits);
  if (!reply && reply.error().kind == ErrorKind::NotFound)
    return fail(ErrorKind::Refused, "the host closed the connection without an answer", path);
  return reply;
}

}  // namespace causeway::transport
