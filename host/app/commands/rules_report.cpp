#include "host/app/commands/rules_report.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array kKinds{std::pair{"newly_told", "Newly told"}, std::pair{"no_longer_told", "No longer told"},
                            std::pair{"newly_held", "Newly held"}, std::pair{"no_longer_held", "No longer held"},
                            std::pair{"changed", "Told something else, or at another time"}};

std::string detailsOf(const Json& change) {
  std::string out = change.value("hold", "");
  for (const auto& what : change["what"]) out += (out.empty() ? "" : ", ") + what.get<std::string>();
  return out;
}

std::string rulesOf(const Json& change) {
  auto before = change.value("rule_before", ""), after = change.value("rule_after", "");
  if (before == after || after.empty()) return before;
  return before.empty() ? after : before + " > " + after;
}

std::string sectionOf(const Json& changes, const std::string& kind, const std::string& title) {
  std::string out;
  for (const auto& change : changes) {
    if (change.value("kind", "") != kind) continue;
    out += fmt::format("  {:>7}  {:<20}  {:<24}  {:<16}  {}{}\n", change.value("deliveries", 0),
                       change.value("recipient", ""), change.value("type", ""), change.value("purpose", ""),
                       rulesOf(change),
                       change.value("statutory_recipient_lost", false) ? "  STATUTORY RECIPIENT LOST" : "");
    if (const auto details = detailsOf(change); !details.empty()) out += "           " + details + "\n";
  }
  return out.empty() ? "" : title + "\n" + out;
}

}  // namespace

std::string reportOf(const pipeline::RuleTrial& trial, int days) {
  Json out{{"days", days},
           {"messages", trial.messages},
           {"cases", trial.cases},
           {"first_at", trial.first_at},
           {"last_at", trial.last_at},
           {"covered", trial.days},
           {"skipped", Json::object()},
           {"changes", Json::array()},
           {"blocked", trial.losesStatutory()}};
  for (const auto& [why, messages] : trial.skipped) out["skipped"][why] = messages;
  for (const auto& change : trial.changes)
    out["changes"].push_back({{"kind", nameOf(change.kind)},
                              {"recipient", change.recipient},
                              {"type", change.type},
                              {"purpose", change.purpose},
                              {"rule_before", change.rule_before},
                              {"rule_after", change.rule_after},
                              {"hold", change.hold},
                              {"what", change.what},
                              {"statutory_recipient_lost", change.statutory},
                              {"deliveries", change.deliveries},
                              {"examples", change.examples}});
  return out.dump();
}

std::string reportOf(const pipeline::RuleVersionRow& row, bool simulation) {
  Json out{{"version", row.number},
           {"parent", row.parent},
           {"state", nameOf(row.state)},
           {"authors", row.authors},
           {"because", row.because},
           {"simulated", !row.simulation.empty()},
           {"blocked", row.loses_statutory},
           {"submitted_by", row.submitted_by},
           {"approved_by", row.approved_by},
           {"created_at", formatInstant(row.created_at)},
           {"effective_at", row.effective_at ? formatInstant(*row.effective_at) : ""},
           {"live_at", row.live_at ? formatInstant(*row.live_at) : ""},
           {"digest", row.digest}};
  if (simulation && !row.simulation.empty()) out["simulation"] = Json::parse(row.simulation, nullptr, false);
  return out.dump(2, ' ', false, Json::error_handler_t::replace);
}

std::string tableOf(const std::string& report) {
  const auto trial = Json::parse(report, nullptr, false);
  if (!trial.is_object() || !trial.contains("changes")) return report + "\n";
  const auto& covered = trial["covered"];
  std::string out = fmt::format("{} messages of {} cases in the last {} days", trial.value("messages", 0),
                                trial.value("cases", 0), trial.value("days", 0));
  if (!covered.empty())
    out += fmt::format(": {} days, {} to {}", covered.size(), covered.front().get<std::string>(),
                       covered.back().get<std::string>());
  out += "\n";
  for (const auto& [why, messages] : trial["skipped"].items())
    out += fmt::format("  passed over: {} ({})\n", messages.get<int>(), why);
  if (trial["changes"].empty()) out += "Nobody would be told anything else.\n";
  for (const auto& [kind, title] : kKinds) out += sectionOf(trial["changes"], kind, title);
  if (trial.value("blocked", false))
    out += "BLOCKED: somebody whom a statute or code says must be told would not be told any more.\n";
  return out;
}

}  // namespace causeway::app
