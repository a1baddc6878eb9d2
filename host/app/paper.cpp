#include "host/app/commands.hpp"
#include "host/app/files.hpp"
#include "host/base/text.hpp"
#include "host/config/configuration.hpp"
#include "host/transport/control_socket.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace causeway::app {
int savePaper(const std::string& config, const std::string& id, const std::string& path) {
  Problems problems;
  const auto configuration = config::loadConfiguration(config, problems);
  if (!configuration) {
    std::cerr << problems.text();
    return 1;
  }
  const nlohmann::json request{{"command", "paper"}, {"id", id}};
  const auto reply =
      transport::callControlSocket(configuration->settings.control_socket.path.string(),
                                   request.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  const auto paper = reply ? nlohmann::json::parse(*reply, nullptr, false) : nlohmann::json();
  if (!paper.is_object() || !paper.contains("bytes")) {
    std::cerr << (reply ? paper.value("error", "the host gave no paper") : reply.error().text()) << "\n";
    return 1;
  }
  NewFile out(path);
  if (!out.isOpen() || !out.write(fromHex(paper.value("bytes", "")).value_or("")) || !out.close()) {
    std::cerr << "cannot write " << path << ": it must be a new file in a folder that may be written to\n";
    return 1;
  }
  std::cout << paper.value("media_type", "") << ", " << paper.value("size", 0) << " bytes, in " << path << "\n";
  return 0;
}

}  // namespace causeway::app
