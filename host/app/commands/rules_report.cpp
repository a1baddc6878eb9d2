#include "host/app/commands/rules_report.hpp"

#include "host/base/text.hpp"

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

constexpr std::array kTaken{std::pair{"gone", "is gone, and no other rule tells it as widely"},
                            std::pair{"shadow", "is recorded and never sent"},
                            std::pair{"ends", "ends on"},
                            std::pair{"starts_later", "starts only on"},
                            std::pair{"held", "waits each time until a person has looked"},
                            std::pair{"clock_gone", "loses the clock of the law"},
                            std::pair{"due_later", "is due later"},
                            std::pair{"narrower", "asks for more, or tells others, than before"}};

std::string takenLine(const Json& one) {
  const auto why = one.value("why", ""), day = one.value("day", "");
  const auto words = std::ranges::find_if(kTaken, [&](const auto& known) { return known.first == why; });
  return fmt::format("  {}: {} to {} {}{}  {}\n", one.value("rule_before", ""), one.value("type", ""),
                     one.value("recipient", ""), words == kTaken.end() ? why : words->second,
                     day.empty() ? "" : " " + day, one.value("at", ""));
}

// What the rules themselves show: first what blocks, then what the approver must judge.
std::string takenOf(const Json& trial) {
  const auto all = trial.value("taken", Json::array());
  std::string lost, doubtful;
  for (const auto& one : all) {
    if (one.value("lost", true)) {
      lost += takenLine(one);
      continue;
    }
    const int told = one.value("told", 0);
    doubtful += takenLine(one) + (told == 0 ? "    not shown by the past: no such message in these days\n"
                                            : fmt::format("    it told {} times in these days; see above\n", told));
  }
  if (!lost.empty()) lost = "Rules of the law that are lost\n" + lost;
  if (!doubtful.empty()) doubtful = "WARNING, for the approver to judge\n" + doubtful;
  return lost + doubtful;
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
           {"taken", Json::array()},
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
  for (const auto& [what, told] : trial.taken)
    out["taken"].push_back({{"why", routing::nameOf(what.why)},
                            {"lost", what.isLost()},
                            {"rule_before", what.rule_before},
                            {"rule_after", what.rule_after},
                            {"recipient", what.recipient},
                            {"type", what.type},
                            {"purpose", what.purpose},
                            {"day", what.day ? formatDate(*what.day) : ""},
                            {"at", what.at.text()},
                            {"told", told}});
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
  if (row.simulation.empty()) return out.dump(2, ' ', false, Json::error_handler_t::replace);
  auto tried = Json::parse(row.simulation, nullptr, false);
  // Whoever submits or approves it sees what the past could not show.
  out["warnings"] = Json::array();
  for (const auto& one : tried.is_object() ? tried.value("taken", Json::array()) : Json::array())
    if (!one.value("lost", true)) out["warnings"].push_back(one);
  if (simulation) out["simulation"] = std::move(tried);
  return out.dump(2, ' ', false, Json::error_handler_t::replace);
}

std::string warningsOf(const std::string& version) {
  const auto said = Json::parse(version, nullptr, false);
  return said.is_object() ? takenOf(Json{{"taken", said.value("warnings", Json::array())}}) : "";
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
  if (trial["changes"].empty() && trial.value("taken", Json::array()).empty())
    out += "Nobody would be told anything else.\n";
  for (const auto& [kind, title] : kKinds) out += sectionOf(trial["changes"], kind, title);
  out += takenOf(trial);
  if (trial.value("blocked", false))
    out += "BLOCKED: somebody whom a statute or code says must be told would not be told any more.\n";
  return out;
}

}  // namespace causeway::app
