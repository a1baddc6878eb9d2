#include "host/app/assemble.hpp"
#include "host/app/checks/examples.hpp"
#include "host/app/commands/commands.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;

Json asJson(const SystemRow& row) {
  return {{"system", row.system},           {"type", row.type},       {"direction", row.direction},
          {"mapping", row.mapping},         {"version", row.version}, {"examples", row.examples},
          {"unexplained", row.unexplained}, {"failed", row.failed},   {"complete", row.complete()}};
}

}  // namespace

int systems(const std::string& config, bool json) {
  const auto installation = assembleOrTell(config);
  if (!installation) return 1;
  std::vector<std::filesystem::path> folders;
  for (const auto& folder : installation->configuration.settings.folders.mappings) folders.push_back(folder.path);
  const auto rows = systemRows(*installation->rulebook->library, folders);
  if (!json) {
    std::cout << systemTable(rows);
    return 0;
  }
  Json out = Json::array();
  for (const auto& row : rows) out.push_back(asJson(row));
  std::cout << out.dump(2) << "\n";
  return 0;
}

}  // namespace causeway::app
