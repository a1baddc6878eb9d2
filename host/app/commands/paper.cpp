#include "host/app/commands/commands.hpp"
#include "host/app/commands/host_line.hpp"
#include "host/app/files.hpp"
#include "host/base/text.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace causeway::app {
int savePaper(const std::string& config, const std::string& id, const std::string& by, const std::string& path) {
  const nlohmann::json request{{"command", "paper"}, {"id", id}, {"by", by}};
  const auto reply = askHost(config, request.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  if (!reply) return 1;
  const auto paper = nlohmann::json::parse(*reply, nullptr, false);
  if (!paper.is_object() || !paper.contains("bytes")) {
    std::cerr << (paper.is_object() ? paper.value("error", "the host gave no paper") : "the host gave no paper")
              << "\n";
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
