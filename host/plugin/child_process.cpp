#include "host/plugin/child_worker.hpp"
#include "plugins/sdk/causeway/collectors.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

namespace causeway::plugin {
namespace {

Failure cannotStart(int error) {
  return fail(ErrorKind::Broken, "cannot be run in a process of its own: " + std::generic_category().message(error));
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  int release() { return std::exchange(fd_, -1); }
  void close() {
    if (const int fd = release(); fd >= 0) ::close(fd);
  }

 private:
  int fd_;
};

// What the child starts with: nothing on the standard streams, the socket as 3, the library as 4, no other descriptor.
class Actions {
 public:
  Actions(int socket, int library) {
    ::posix_spawn_file_actions_init(&actions_);
    good_ = ::posix_spawn_file_actions_addopen(&actions_, 0, "/dev/null", O_RDWR, 0) == 0 &&
            ::posix_spawn_file_actions_adddup2(&actions_, 0, 1) == 0 &&
            ::posix_spawn_file_actions_adddup2(&actions_, 0, 2) == 0 &&
            ::posix_spawn_file_actions_adddup2(&actions_, socket, 3) == 0 &&
            ::posix_spawn_file_actions_adddup2(&actions_, library, 4) == 0 &&
            ::posix_spawn_file_actions_addclosefrom_np(&actions_, 5) == 0;
  }
  ~Actions() { ::posix_spawn_file_actions_destroy(&actions_); }
  Actions(const Actions&) = delete;
  Actions& operator=(const Actions&) = delete;
  const posix_spawn_file_actions_t* get() const { return good_ ? &actions_ : nullptr; }

 private:
  posix_spawn_file_actions_t actions_{};
  bool good_ = false;
};

// No signal of the host's may be blocked or ignored in the child.
class Attributes {
 public:
  Attributes() {
    sigset_t none, all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_init(&attributes_);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~Attributes() { ::posix_spawnattr_destroy(&attributes_); }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

}  // namespace

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(const SealedFile& copy, const Isolation& isolation) {
  int ends[2] = {-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return cannotStart(errno);
  Descriptor ours(ends[0]);
  Descriptor theirs_low(ends[1]);
  // Out of the way of the numbers that they get in the child.
  Descriptor theirs(::fcntl(theirs_low.get(), F_DUPFD_CLOEXEC, 10));
  const Descriptor library(::fcntl(copy.descriptor(), F_DUPFD_CLOEXEC, 10));
  if (theirs.get() < 0 || library.get() < 0) return cannotStart(errno);

  const Actions actions(theirs.get(), library.get());
  const Attributes attributes;
  std::string name = isolation.program;
  char* arguments[] = {name.data(), nullptr};
  char* environment[] = {nullptr};
  if (!actions.get()) return cannotStart(ENOMEM);
  pid_t process = -1;
  const int error = ::posix_spawn(&process, name.c_str(), actions.get(), attributes.get(), arguments, environment);
  if (error != 0) return cannotStart(error);

  std::unique_ptr<ChildProcess> child(new ChildProcess(process, ours.release()));
  // Were ours still open, the end of the child would not show.
  theirs_low.close();
  theirs.close();
  auto ready = receive(child->socket_, std::chrono::steady_clock::now() + isolation.call_limit);
  if (!ready) return fail(ErrorKind::Broken, child->end(ready.error().kind == ErrorKind::Unavailable));
  if (ready->kind == Message::Kind::Ready) {
    child->declaration_ = std::move(ready->fields);
    return child;
  }
  const bool refused = ready->number == static_cast<std::uint32_t>(ErrorKind::Refused);
  const bool invalid = ready->number == static_cast<std::uint32_t>(ErrorKind::Invalid);
  return fail(refused   ? ErrorKind::Refused
              : invalid ? ErrorKind::Invalid
                        : ErrorKind::Broken,
              sdk::printable(ready->text));
}

ChildProcess::~ChildProcess() {
  end(false);
  if (socket_ >= 0) ::close(socket_);
}

std::string ChildProcess::end(bool late) {
  if (process_ < 0) return "is no longer there";
  int status = 0;
  pid_t ended = late ? 0 : ::waitpid(process_, &status, WNOHANG);
  if (ended == 0) {
    // It may be on its way out, having closed its socket: only a moment later is it known how.
    ::kill(process_, SIGKILL);
    do ended = ::waitpid(process_, &status, 0);
    while (ended < 0 && errno == EINTR);
  }
  process_ = -1;
  if (late) return "did not answer in time and was stopped";
  if (ended > 0 && WIFSIGNALED(status)) {
    if (WTERMSIG(status) == SIGSYS) return "tried what an adapter may not do, and was stopped";
    if (WTERMSIG(status) != SIGKILL) return "crashed (signal " + std::to_string(WTERMSIG(status)) + ")";
  }
  return "ended its process";
}

}  // namespace causeway::plugin
