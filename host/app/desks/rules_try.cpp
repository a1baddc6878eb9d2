#include "host/app/desks/rules_try.hpp"

#include "host/app/commands/commands.hpp"
#include "host/app/commands/host_line.hpp"
#include "host/config/configuration.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <iostream>

namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kMostDays = 3660;

Json describe(const pipeline::PolicyTrial& trial) {
  Json out{{"compared", trial.compared},
           {"unreadable", trial.unreadable},
           {"first_at", trial.first_at},
           {"last_at", trial.last_at},
           {"changes", Json::array()}};
  for (const auto& change : trial.changes)
    out["changes"].push_back({{"recipient", change.recipient},
                              {"type", change.type},
                              {"purpose", change.purpose},
                              {"deliveries", change.deliveries},
                              {"held_before", change.held_before},
                              {"held_after", change.held_after},
                              {"newly_given", change.newly_given},
                              {"no_longer_given", change.no_longer_given},
                              {"examples", change.examples}});
  return out;
}

void tellFields(const Json& fields, const char* what) {
  if (fields.empty()) return;
  std::cout << "    " << what << ":\n";
  for (const auto& field : fields) std::cout << "      " << field.get<std::string>() << "\n";
}

void tell(const Json& trial) {
  std::cout << trial.value("compared", 0) << " deliveries decided by both policies";
  if (trial.value("compared", 0) > 0)
    std::cout << ", made " << trial.value("first_at", "") << " to " << trial.value("last_at", "");
  std::cout << "; " << trial.value("unreadable", 0) << " passed over because they are no longer kept\n";
  if (trial["changes"].empty()) std::cout << "Nothing would be different.\n";
  for (const auto& change : trial["changes"]) {
    std::cout << "  " << change.value("recipient", "") << ", " << change.value("type", "") << " (purpose "
              << change.value("purpose", "") << "): " << change.value("deliveries", 0) << " deliveries\n";
    const auto before = change.value("held_before", ""), after = change.value("held_after", "");
    if (before.empty() && !after.empty()) std::cout << "    would be held: " << after << "\n";
    if (!before.empty() && after.empty()) std::cout << "    would no longer be held (now: " << before << ")\n";
    if (!before.empty() && !after.empty() && before != after)
      std::cout << "    would be held for another reason: " << after << " and not " << before << "\n";
    tellFields(change["newly_given"], "would newly be given");
    tellFields(change["no_longer_given"], "would no longer be given");
    std::cout << "    for example delivery " << change["examples"].front().get<std::string>() << "\n";
  }
}

}  // namespace

Result<std::string> rulesTry(const pipeline::Rulebook& rulebook, pipeline::Store& store, pipeline::Vault& vault,
                             const std::string& folder, int days, Instant now) {
  if (days < 1 || days > kMostDays) return fail(ErrorKind::Invalid, "days must be a number from 1 to 3660");
  Problems problems;
  const auto configuration = config::loadConfiguration(folder, problems);
  std::vector<Node> files;
  if (configuration)
    for (const auto& file : configuration->protection) files.push_back(file.node);
  const auto changed = protection::Policy::load(files, problems);
  if (problems.hasErrors()) return fail(ErrorKind::Invalid, problems.text());
  CW_TRY(const auto trial,
         pipeline::tryPolicy(rulebook, changed, store, vault, now - std::chrono::hours(24) * days, now));
  return describe(trial).dump(2);
}

int tryRules(const std::string& config, const std::string& folder, int days, bool json) {
  const Json request{{"command", "rules_try"}, {"folder", std::filesystem::absolute(folder).string()}, {"days", days}};
  const auto reply = askHost(config, request.dump(-1, ' ', false, Json::error_handler_t::replace));
  if (!reply) return 1;
  const auto trial = Json::parse(*reply, nullptr, false);
  if (json || !trial.contains("changes")) std::cout << *reply << "\n";
  else tell(trial);
  return trial.contains("changes") ? 0 : 1;
}

}  // namespace causeway::app
