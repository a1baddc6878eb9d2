#include "host/app/commands/rules_commands.hpp"

#include "host/app/commands/host_line.hpp"
#include "host/app/commands/rules_report.hpp"
#include "host/app/desks/rule_files.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <chrono>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <thread>

namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kBarWidth = 40;
constexpr std::chrono::milliseconds kLookAgain{200};

/// What the commands share; one of them runs.
struct Words {
  const std::string& config;
  std::string folder, live, shadow, because, at;
  std::int64_t version = 0, into = 0;
  int days = 30;
  bool json = false;
  mutable std::optional<HostLine> line = {};  ///< opened with the first question
};

std::optional<Json> asked(const Words& words, const Json& request) {
  if (!words.line) words.line = HostLine::of(words.config);
  if (!words.line) return std::nullopt;
  const auto reply = words.line->ask(request.dump(-1, ' ', false, Json::error_handler_t::replace));
  if (!reply) return std::nullopt;
  auto said = Json::parse(*reply, nullptr, false);
  if (!said.is_object() || !said.contains("error")) return said;
  std::cerr << said["error"].get<std::string>() << "\n";
  return std::nullopt;
}

int tellVersion(const Words& words, const std::optional<Json>& said) {
  if (!said) return 1;
  if (words.json) std::cout << said->dump(2) << "\n";
  else
    std::cout << fmt::format("version {} of the rules is {}\n", said->value("version", 0), said->value("state", ""))
              << warningsOf(said->dump());
  return 0;
}

int draft(const Words& words) {
  Json request{{"command", "rules_draft"}, {"because", words.because}, {"into", words.into}};
  if (words.folder.empty()) {
    request["rule"] = words.live.empty() ? words.shadow : words.live;
    request["state"] = words.live.empty() ? "shadow" : "live";
    return tellVersion(words, asked(words, request));
  }
  const auto files = readRuleFiles(words.folder);
  if (!files) {
    std::cerr << files.error().text() << "\n";
    return 1;
  }
  request["files"] = Json::parse(textOf(*files));
  return tellVersion(words, asked(words, request));
}

void drawBar(size_t done, size_t all) {
  if (::isatty(STDERR_FILENO) == 0 || all == 0) return;
  const auto full = static_cast<size_t>(kBarWidth) * done / all;
  std::cerr << "\r[" << std::string(full, '#') << std::string(kBarWidth - full, '.') << "] " << done << " of " << all
            << " cases" << (done == all ? "\n" : "") << std::flush;
}

int simulate(const Words& words) {
  if (!asked(words, {{"command", "rules_simulate"}, {"version", words.version}, {"days", words.days}})) return 1;
  for (;;) {
    const auto said = asked(words, {{"command", "rules_progress"}});
    if (!said) return 1;
    drawBar(said->value("done", size_t{0}), said->value("all", size_t{0}));
    if (said->value("running", false)) {
      std::this_thread::sleep_for(kLookAgain);
      continue;
    }
    const auto& report = (*said)["simulation"];
    std::cout << (words.json ? report.dump(2) + "\n" : tableOf(report.dump()));
    return report.value("blocked", true) ? 1 : 0;
  }
}

int diff(const Words& words) {
  const auto said = asked(words, {{"command", "rules_diff"}, {"version", words.version}});
  if (!said) return 1;
  if (words.json) {
    std::cout << said->dump(2) << "\n";
    return 0;
  }
  for (const auto& file : (*said)["files"]) {
    std::cout << file.value("path", "") << "\n";
    for (const auto& line : file["lines"])
      std::cout << fmt::format("{}{:>5}  {}\n", line.value("sign", ""), line.value("line", 0), line.value("text", ""));
  }
  return 0;
}

int history(const Words& words) {
  const auto said = asked(words, {{"command", "rules_history"}});
  if (!said) return 1;
  if (words.json) {
    std::cout << said->dump(2) << "\n";
    return 0;
  }
  for (const auto& row : *said) {
    std::string authors;
    for (const auto& name : row["authors"]) authors += (authors.empty() ? "" : ", ") + name.get<std::string>();
    const auto approved = row.value("approved_by", ""), from = row.value("effective_at", "");
    std::cout << fmt::format("{:>4}  {:<12} written by {}{}{}\n      {}\n", row.value("version", 0),
                             row.value("state", ""), authors, approved.empty() ? "" : ", approved by " + approved,
                             from.empty() ? "" : ", from " + from, row.value("because", ""));
  }
  return 0;
}

using Shared = std::shared_ptr<Words>;

CLI::App* add(CLI::App& rules, const Shared& words, int& outcome,
              const std::tuple<std::string, std::string, std::function<int(const Words&)>>& command) {
  auto* sub = rules.add_subcommand(std::get<0>(command), std::get<1>(command));
  sub->add_flag("--json", words->json, "As JSON");
  sub->callback([words, &outcome, run = std::get<2>(command)] { outcome = run(*words); });
  return sub;
}

CLI::App* addOfVersion(CLI::App& rules, const Shared& words, int& outcome,
                       const std::tuple<std::string, std::string, std::function<int(const Words&)>>& command) {
  auto* sub = add(rules, words, outcome, command);
  sub->add_option("version", words->version, "Number of the version")->required();
  return sub;
}

std::function<int(const Words&)> steps(const std::string& command) {
  return [command](const Words& words) {
    return tellVersion(words, asked(words, {{"command", command}, {"version", words.version}}));
  };
}

}  // namespace

void addRuleCommands(CLI::App& rules, const std::string& config, int& outcome) {
  const auto words =
      std::make_shared<Words>(Words{.config = config, .folder = {}, .live = {}, .shadow = {}, .because = {}, .at = {}});
  const std::string why = "What for, without naming anybody: it is kept for ever";
  auto* sub = add(rules, words, outcome,
                  {"draft", "Give the running host a changed set of rules, to be tried and approved", draft});
  auto* what = sub->add_option_group("what");
  what->add_option("folder", words->folder, "Folder with all rule files, such as config/routes");
  what->add_option("--live", words->live, "Instead: the live rules with this one cut over from shadow to live");
  what->add_option("--shadow", words->shadow, "Instead: the live rules with this one back in shadow");
  what->require_option(1);
  sub->add_option("--reason", words->because, why)->required();
  sub->add_option("--into", words->into, "Write into this version; its simulation, submission and approval are void");
  sub =
      addOfVersion(rules, words, outcome,
                   {"simulate", "Tell who would be told anything else, from the messages of the last days", simulate});
  sub->add_option("--days", words->days, "How far back")->capture_default_str();
  addOfVersion(rules, words, outcome, {"submit", "Hand a simulated version to another person", steps("rules_submit")});
  addOfVersion(rules, words, outcome,
               {"approve", "Approve what somebody else wrote and submitted", steps("rules_approve")});
  sub = addOfVersion(rules, words, outcome,
                     {"schedule", "Say from when an approved version decides", [](const Words& said) {
                        return tellVersion(
                            said,
                            asked(said, {{"command", "rules_schedule"}, {"version", said.version}, {"at", said.at}}));
                      }});
  sub->add_option("--at", words->at, "Moment as 2026-06-02T06:00:00Z; left out: now");
  sub = add(rules, words, outcome,
            {"rollback", "Take the live version back: the one before it decides again, at once", [](const Words& said) {
               return tellVersion(said, asked(said, {{"command", "rules_rollback"}, {"because", said.because}}));
             }});
  sub->add_option("--reason", words->because, why)->required();
  addOfVersion(rules, words, outcome,
               {"diff", "Show the lines in which a version differs from the one it was written from", diff});
  add(rules, words, outcome, {"history", "List every version with who wrote and who approved it", history});
}

}  // namespace causeway::app
