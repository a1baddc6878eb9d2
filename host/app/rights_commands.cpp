#include "host/app/rights_commands.hpp"

#include "host/app/commands.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <memory>

namespace causeway::app {
namespace {

/// What the commands share; one of them runs.
struct Words {
  std::string config = "config/demo", id, person, by, because, out;
  bool json = false;
};

using Request = nlohmann::ordered_json;

CLI::App* add(CLI::App& under, const std::shared_ptr<Words>& words, const std::string& name, const std::string& what) {
  auto* sub = under.add_subcommand(name, what);
  sub->add_option("--config", words->config, "Configuration folder")->envname("CAUSEWAY_CONFIG");
  return sub;
}

std::string textOf(const Request& request) {
  return request.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

void addRightsCommands(CLI::App& app, int& outcome) {
  const auto words = std::make_shared<Words>();
  auto* sub =
      add(app, words, "disclosures", "Tell who was told what of the people of a case, when, why and on which basis");
  sub->add_option("case", words->id, "Number of the case")->required();
  sub->add_option("--person", words->person, "Number of one person in it, such as p-2");
  sub->callback([words, &outcome] {
    outcome =
        ask(words->config, textOf({{"command", "disclosures"}, {"id", words->id}, {"person", words->person}}), true);
  });
}

}  // namespace causeway::app
