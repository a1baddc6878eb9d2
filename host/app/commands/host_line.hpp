#pragma once

#include <optional>
#include <string>

namespace causeway::app {

/// The line of a command to the running host of a configuration: its control socket. What goes wrong is said on the error stream, with
/// what to do.
class HostLine {
 public:
  /// Nothing when the configuration cannot be read.
  static std::optional<HostLine> of(const std::string& folder);
  /// The host's answer to a request in JSON: JSON, {"error":...} when it refuses. Nothing when it does not answer.
  std::optional<std::string> ask(const std::string& request) const;

 private:
  HostLine(std::string folder, std::string socket) : folder_(std::move(folder)), socket_(std::move(socket)) {}
  std::string folder_, socket_;
};

/// One question, for a command that asks no more.
std::optional<std::string> askHost(const std::string& folder, const std::string& request);

}  // namespace causeway::app
