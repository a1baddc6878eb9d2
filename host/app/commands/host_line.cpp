#include "host/app/commands/host_line.hpp"

#include "host/config/configuration.hpp"
#include "host/transport/control_socket.hpp"

#include <iostream>

namespace causeway::app {

std::optional<HostLine> HostLine::of(const std::string& folder) {
  Problems problems;
  const auto configuration = config::loadConfiguration(folder, problems);
  if (configuration) return HostLine(folder, configuration->settings.control_socket.path.string());
  std::cerr << problems.text();
  return std::nullopt;
}

std::optional<std::string> HostLine::ask(const std::string& request) const {
  auto reply = transport::callControlSocket(socket_, request);
  if (reply) return *std::move(reply);
  std::cerr << reply.error().text() << "\nIs the host running? Start it with: causeway run --config " << folder_
            << "\n";
  return std::nullopt;
}

std::optional<std::string> askHost(const std::string& folder, const std::string& request) {
  const auto line = HostLine::of(folder);
  return line ? line->ask(request) : std::nullopt;
}

}  // namespace causeway::app
