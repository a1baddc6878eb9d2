#include "host/app/commands/clock_commands.hpp"

#include "host/app/commands/host_line.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>
#include <memory>

namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;

struct Words {
  std::string config = "config/demo", which, by_time, from, to, group = "right", id, code, who, because, at;
  bool json = false, csv = false;
};

std::string textOf(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace); }

/// The answer, with what went wrong already said on the error stream.
std::optional<Json> ask(const Words& words, const Json& request) {
  const auto reply = askHost(words.config, textOf(request));
  if (!reply) return std::nullopt;
  auto out = Json::parse(*reply, nullptr, false);
  if (!out.is_object() || !out.contains("error")) return out;
  std::cerr << out.value("error", "") << "\n";
  return std::nullopt;
}

void tell(const Json& row) {
  std::cout << "  " << row.value("due_at", "") << "  " << row.value("what", row.value("of", "")) << " (right "
            << row.value("right", "") << ", " << row.value("state", "")
            << (row.value("enhanced", false) ? ", enhanced" : "") << ")\n      case " << row.value("case", "") << " "
            << row.value("about", "") << ", clock " << row.value("clock", "")
            << (row.contains("reason") ? ", " + row.value("reason", "") : "") << "\n";
}

void tellAll(const Json& rows, const std::string& heading) {
  std::cout << heading << "\n";
  for (const auto& row : rows) tell(row);
}

int list(const Words& words) {
  const auto rows = ask(words, {{"command", "clocks"}, {"case", words.which}, {"by", words.by_time}});
  if (!rows) return 1;
  if (words.json) std::cout << textOf(*rows) << "\n";
  else tellAll(*rows, std::to_string(rows->size()) + (rows->size() == 1 ? " clock:" : " clocks:"));
  return 0;
}

int forecast(const Words& words) {
  const auto said = ask(words, {{"command", "clocks_forecast"}, {"by", words.by_time}});
  if (!said) return 1;
  if (words.json) {
    std::cout << textOf(*said) << "\n";
    return 0;
  }
  const auto& will_be = (*said)["will_be_late"];
  const auto count = [](const Json& rows) { return std::to_string(rows.size()); };
  tellAll(will_be, "These " + count(will_be) + " will be late by " + words.by_time + " unless they are done:");
  tellAll((*said)["late_already"], "Late already: " + count((*said)["late_already"]));
  tellAll((*said)["suspended"], "Standing still: " + count((*said)["suspended"]));
  return 0;
}

int report(const Words& words) {
  const auto said =
      ask(words, {{"command", "clocks_report"}, {"from", words.from}, {"to", words.to}, {"group", words.group}});
  if (!said) return 1;
  if (words.csv) {
    std::cout << said->value("csv", "");
    return 0;
  }
  if (words.json) {
    Json out = *said;
    out.erase("csv");
    std::cout << textOf(out) << "\n";
    return 0;
  }
  std::cout << "Duties that fell due from " << words.from << " to " << words.to << ", by " << words.group << ":\n";
  for (const auto& row : (*said)["groups"]) {
    const auto& percent = row["met_percent"];
    std::cout << "  " << row.value("group", "") << ": "
              << (percent.is_null() ? "nothing decided yet" : std::to_string(percent.get<int>()) + " % met") << "; "
              << row.value("due", 0) << " due, " << row.value("met", 0) << " met, " << row.value("late", 0) << " late, "
              << row.value("overdue", 0) << " overdue, " << row.value("with_good_reason", 0) << " with a good reason, "
              << row.value("suspended", 0) << " standing still, " << row.value("running", 0) << " running, "
              << row.value("ended", 0) << " ended\n";
  }
  return 0;
}

int decide(const Words& words, const std::string& command) {
  const auto said = ask(words, {{"command", command},
                                {"id", words.id},
                                {"code", words.code},
                                {"by", words.who},
                                {"because", words.because},
                                {"at", words.at}});
  if (!said) return 1;
  std::cout << textOf(*said) << "\n";
  return 0;
}

void addFlags(CLI::App& sub, const std::shared_ptr<Words>& words) { sub.add_flag("--json", words->json, "As JSON"); }

CLI::App* addDecision(CLI::App& clocks, const std::shared_ptr<Words>& words, int& outcome, const std::string& name,
                      const std::string& what) {
  auto* sub = clocks.add_subcommand(name, what);
  sub->add_option("id", words->id, "Number of the clock")->required();
  sub->add_option("--by", words->who, "Who decides: account or collar number")->required();
  sub->add_option("--reason", words->because, "Why, without naming anybody: it stands in the audit log for ever")
      ->required();
  sub->callback([words, &outcome, name] { outcome = decide(*words, "clocks_" + name); });
  return sub;
}

}  // namespace

void addClockCommands(CLI::App& app, int& outcome) {
  const auto words = std::make_shared<Words>();
  auto* clocks = app.add_subcommand("clocks", "List the duties with a time limit that run in the running host");
  clocks->add_option("--config", words->config, "Configuration folder")->envname("CAUSEWAY_CONFIG");
  clocks->fallthrough();
  clocks->add_option("--case", words->which, "URN or number of one case: all of its clocks");
  clocks->add_option("--due-by", words->by_time, "Only those due by then: 17:00, 2026-06-02 or 2026-06-02T16:00:00Z");
  addFlags(*clocks, words);
  clocks->callback([words, clocks, &outcome] {
    if (clocks->get_subcommands().empty()) outcome = list(*words);
  });
  auto* sub = clocks->add_subcommand("forecast", "Tell which will be late by a time if nothing is done");
  sub->add_option("--by", words->by_time, "17:00 (today in London), a day, or a moment with its zone")->required();
  sub->callback([words, &outcome] { outcome = forecast(*words); });
  sub = clocks->add_subcommand("report", "Count how many duties were met, late or ended: from the clocks alone");
  sub->add_option("--from", words->from, "First day on which they fell due, such as 2026-06-01")->required();
  sub->add_option("--to", words->to, "Last day")->required();
  sub->add_option("--by", words->group, "right, team, clock or month")
      ->check(CLI::IsMember({"right", "team", "clock", "month"}))
      ->capture_default_str();
  sub->add_flag("--csv", words->csv, "As comma-separated values");
  sub->callback([words, &outcome] { outcome = report(*words); });
  sub = addDecision(*clocks, words, outcome, "reason", "Record why a duty had to be late");
  sub->add_option("--code", words->code, "One of the clock's good reasons")->required();
  sub = addDecision(*clocks, words, outcome, "suspend", "Let a clock stand still while nobody can be told safely");
  sub->add_option("--code", words->code, "One of the clock's reasons to stand still")->required();
  addDecision(*clocks, words, outcome, "resume", "Let a clock that stands still go on");
  sub = addDecision(*clocks, words, outcome, "done", "Record that a duty was done");
  sub->add_option("--at", words->at, "When: 17:00, or 2026-06-02T16:00:00Z; without: now");
}

}  // namespace causeway::app
