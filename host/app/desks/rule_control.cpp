#include "host/app/desks/rule_control.hpp"

#include "host/app/commands/rules_report.hpp"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::chrono::seconds kLookAgain{1};

// What an operator may ask who neither is root nor runs the host, beside changes of the rules; the second list readers alone.
constexpr std::array<std::string_view, 3> kOfOperators{"break_glass_open", "break_glass_list", "break_glass_review"};
constexpr std::array<std::string_view, 3> kOfReaders{"trace", "papers", "paper"};

std::string error(const std::string& what) {
  return Json{{"error", what}}.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

Result<std::shared_ptr<const pipeline::Rulebook>> rulesInForce(const Installation& installation, pipeline::Store& store,
                                                               Log& log) {
  CW_TRY(const auto versions, store.ruleVersions());
  const auto* live = pipeline::liveOf(versions);
  if (!live) return installation.rulebook;
  auto rulebook = rulebookWith(installation, live->files);
  if (!rulebook)
    return fail(ErrorKind::Invalid, "version " + std::to_string(live->number) +
                                        " of the rules, which is live, does not fit this configuration:\n" +
                                        rulebook.error().what);
  if ((*rulebook)->version != installation.rulebook->version)
    log.warn("the files of the rules differ from the version that decides: draft them as a change, or put them back",
             {{"version", std::to_string(live->number)}});
  return rulebook;
}

transport::ControlSocketConfig controlSocketOf(const config::Settings& settings) {
  transport::ControlSocketConfig out;
  out.path = settings.control_socket.path.string();
  for (const auto& person : settings.operators.people)
    if (person.uid) out.also_served.push_back(*person.uid);
  return out;
}

RuleControl::RuleControl(const Parts& parts)
    : parts_(parts),
      changes_({parts.store, parts.writer, parts.vault, parts.audit, parts.clock, parts.admitter,
                [this](const std::string& files) { return rulebookWith(parts_.installation, files); },
                [](const pipeline::RuleTrial& trial, int days) { return reportOf(trial, days); }},
               parts.installation.rulebook),
      desk_(changes_, parts.store, parts.operators) {}

RuleControl::~RuleControl() { stop(); }

Result<void> RuleControl::start() {
  const auto& settings = parts_.installation.configuration.settings;
  if (settings.operators.people.empty()) return {};
  CW_TRY(const auto files, readRuleFiles(settings.folders.routes.path.string()));
  CW_CHECK_OK(changes_.begin(textOf(files)));
  thread_ = std::jthread([this](const std::stop_token& stopping) { watch(stopping); });
  return {};
}

Result<void> RuleControl::listen(ExplainDesk& explain, RightsDesk& rights) {
  const auto& settings = parts_.installation.configuration.settings.operators;
  if (!settings.listens) return {};
  CW_TRY(server_, startOperatorServer(settings, {parts_.operators, desk_, explain, rights}));
  parts_.log.info("operators are served", {{"port", std::to_string(server_->port())}});
  return {};
}

std::optional<std::string> RuleControl::answer(std::string_view request, std::string_view actor) {
  const auto asked = Json::parse(request, nullptr, false);
  const auto command = asked.is_object() && asked.contains("command") && asked["command"].is_string()
                           ? asked["command"].get<std::string>()
                           : "";
  const auto caller = callerOf(actor);
  if (!RulesDesk::knows(command)) {
    if (!caller.uid || *caller.uid == 0 || *caller.uid == ::geteuid()) return std::nullopt;
    const auto by = parts_.operators.find(caller);
    if (by && std::ranges::find(kOfOperators, command) != kOfOperators.end()) return std::nullopt;
    if (by && by->person.reader && std::ranges::find(kOfReaders, command) != kOfReaders.end()) return std::nullopt;
    return error("this account may not ask this: config/README.md says which role may ask what");
  }
  const auto said = desk_.answer(request, caller);
  return said ? *said : error(said.error().text());
}

void RuleControl::watch(const std::stop_token& stopping) {
  std::string told;
  std::unique_lock lock(mutex_);
  while (!stopping.stop_requested()) {
    const auto fired = changes_.fireDue();
    const auto why = fired ? "" : fired.error().text();
    if (fired && *fired > 0) parts_.log.info("a scheduled version of the rules is live");
    if (!why.empty() && why != told)
      parts_.log.error("a scheduled version of the rules cannot go live", {{"why", why}});
    told = why;
    wake_.wait_for(lock, stopping, kLookAgain, [] { return false; });
  }
}

void RuleControl::stop() {
  if (server_) server_->stop();
  if (thread_.joinable()) {
    thread_.request_stop();
    thread_.join();
  }
  desk_.stop();
}

}  // namespace causeway::app
