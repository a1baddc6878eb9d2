#pragma once

#include "host/base/result.hpp"

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace causeway::transport {

/// The process at the other end of a local socket, as the kernel tells it.
struct PeerCredentials {
  pid_t pid = 0;
  uid_t uid = 0;
  gid_t gid = 0;
};

/// Answers one request of the command line, JSON to JSON. Called from several threads at once; must not throw (the client is
/// cut off if it does).
using ControlHandler = std::function<std::string(std::string_view request, const PeerCredentials& peer)>;

struct ControlSocketConfig {
  std::string path;  ///< at most 107 bytes; its folder must exist
  std::size_t max_request_bytes = 16 * 1024 * 1024;
  std::size_t max_reply_bytes = 64 * 1024 * 1024;
  std::chrono::milliseconds transfer_deadline{10'000};  ///< for a whole request to arrive, for a whole reply to leave
  int threads = 4;                                      ///< requests answered at the same time
  std::vector<uid_t> also_served{};  ///< accounts besides the host's own and root; the handler says what each may ask
};

/// The Unix socket over which the command line talks to the running host. The file has mode 0600 (0666 when other accounts are served
/// too), and only the user the host runs as, root and those accounts are served, whatever happens to that mode. Frames: control_frame.hpp; several requests may follow one
/// another on a connection.
class ControlSocket {
 public:
  /// Listens when it returns. Conflict: another host answers at this path. A file that a crashed host left is replaced.
  static Result<std::unique_ptr<ControlSocket>> start(const ControlSocketConfig& config, ControlHandler handler);
  ~ControlSocket();
  ControlSocket(const ControlSocket&) = delete;
  ControlSocket& operator=(const ControlSocket&) = delete;

  /// Lets running handlers finish, joins the threads and removes the file.
  void stop();

 private:
  ControlSocket(ControlSocketConfig config, ControlHandler handler);
  Result<void> listen();
  void work();
  void serve(int connection);

  ControlSocketConfig config_;
  ControlHandler handler_;
  int listening_ = -1;
  int wake_ = -1;
  std::vector<std::jthread> threads_;
};

/// The client's side: one request, one reply. Unavailable: nobody answers at that path, or too slowly. Refused: not ours to
/// connect to.
Result<std::string> callControlSocket(const std::string& path, std::string_view request,
                                      std::chrono::milliseconds timeout = std::chrono::minutes(10));

}  // namespace causeway::transport
