#include "host/app/desks/rules_desk.hpp"

#include "host/app/commands/rules_report.hpp"
#include "host/app/desks/rule_diff.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 10> kCommands{
    "rules_draft",    "rules_simulate", "rules_progress", "rules_submit", "rules_approve",
    "rules_schedule", "rules_rollback", "rules_show",     "rules_diff",   "rules_history"};

// A value of another kind is none: the request is somebody else's.
template <class Value>
Value said(const Json& request, const char* key, Value fallback) {
  const auto found = request.find(key);
  if (found == request.end()) return fallback;
  if constexpr (std::is_same_v<Value, std::string>) return found->is_string() ? found->get<std::string>() : fallback;
  else return found->is_number_integer() ? found->get<Value>() : fallback;
}

Result<std::string> reported(Result<pipeline::RuleVersionRow> row) {
  if (!row) return std::unexpected(std::move(row).error());
  return reportOf(*row, false);
}

Result<Instant> momentOf(const std::string& at) {
  if (at.empty() || at == "now") return Instant{};
  return parseInstant(at);
}

}  // namespace

RulesDesk::RulesDesk(pipeline::RuleChanges& changes, pipeline::Store& store, const Operators& operators)
    : changes_(changes), store_(store), operators_(operators) {}

RulesDesk::~RulesDesk() { stop(); }

void RulesDesk::stop() {
  stopping_ = true;
  if (worker_.joinable()) worker_.join();
}

bool RulesDesk::knows(std::string_view command) { return std::ranges::find(kCommands, command) != kCommands.end(); }

Result<std::string> RulesDesk::answer(std::string_view request, const Caller& caller) {
  const auto asked = Json::parse(request, nullptr, false);
  if (!asked.is_object()) return fail(ErrorKind::Invalid, "the request is not a JSON object");
  CW_TRY(const auto found, operators_.find(caller));
  const pipeline::RuleOperator by{found.person.name, found.person.author, found.person.approver, found.through};
  const auto command = said<std::string>(asked, "command", "");
  const auto version = said<std::int64_t>(asked, "version", 0);
  const auto because = said<std::string>(asked, "because", "");
  if (command == "rules_draft" && asked.contains("rule"))
    return cutOver(by, said<std::string>(asked, "rule", ""), said<std::string>(asked, "state", ""), because);
  if (command == "rules_draft") {
    CW_TRY(const auto files, filesOf(asked.value("files", Json::array()).dump()));
    return reported(changes_.draft(by, {textOf(files), because, said<std::int64_t>(asked, "into", 0)}));
  }
  if (command == "rules_simulate") return simulate(by, version, said<int>(asked, "days", 0));
  if (command == "rules_progress") return progress();
  if (command == "rules_submit") return reported(changes_.submit(by, version));
  if (command == "rules_approve") return reported(changes_.approve(by, version));
  if (command == "rules_schedule") {
    CW_TRY(const auto at, momentOf(said<std::string>(asked, "at", "")));
    return reported(changes_.schedule(by, version, at));
  }
  if (command == "rules_rollback") return reported(changes_.rollBack(by, because));
  if (command == "rules_diff") return diff(version);
  if (command == "rules_history") return history();
  if (command != "rules_show") return fail(ErrorKind::NotFound, "there is no command '" + command + "' for rules");
  CW_TRY(const auto row, changes_.version(version));
  return reportOf(row, true);
}

Result<std::string> RulesDesk::simulate(const pipeline::RuleOperator& by, std::int64_t version, int days) {
  CW_TRY(const auto row, changes_.version(version));
  const std::scoped_lock lock(mutex_);
  if (simulation_.running)
    return fail(ErrorKind::Conflict,
                "version " + std::to_string(simulation_.version) + " is being simulated: wait until that is done");
  if (worker_.joinable()) worker_.join();
  simulation_ = {version, 0, 0, true, {}};
  worker_ = std::jthread([this, by, version, days] {
    auto done = changes_.simulate(by, version, days, [this](size_t cases, size_t all) {
      const std::scoped_lock counting(mutex_);
      simulation_.done = cases;
      simulation_.all = all;
      return !stopping_;
    });
    const std::scoped_lock ending(mutex_);
    simulation_.running = false;
    if (!done) simulation_.failed = std::move(done).error();
  });
  return Json{{"version", version}, {"running", true}}.dump();
}

Result<std::string> RulesDesk::progress() {
  Simulation now;
  {
    const std::scoped_lock lock(mutex_);
    now = simulation_;
  }
  if (now.version == 0) return fail(ErrorKind::NotFound, "nothing was simulated since the host started");
  if (now.failed) return std::unexpected(*std::move(now.failed));
  Json out{{"version", now.version}, {"running", now.running}, {"done", now.done}, {"all", now.all}};
  if (now.running) return out.dump();
  CW_TRY(const auto row, changes_.version(now.version));
  out["simulation"] = Json::parse(row.simulation, nullptr, false);
  return out.dump();
}

Result<std::string> RulesDesk::diff(std::int64_t version) {
  CW_TRY(const auto row, changes_.version(version));
  RuleFiles before;
  if (row.parent != 0) {
    CW_TRY(const auto parent, changes_.version(row.parent));
    CW_TRY(before, filesOf(parent.files));
  }
  CW_TRY(const auto after, filesOf(row.files));
  Json out{{"version", version}, {"parent", row.parent}, {"files", Json::array()}};
  for (const auto& file : diffOf(before, after)) {
    Json lines = Json::array();
    for (const auto& line : file.lines)
      lines.push_back({{"sign", std::string(1, line.sign)}, {"line", line.number}, {"text", line.text}});
    out["files"].push_back({{"path", file.path}, {"lines", std::move(lines)}});
  }
  return out.dump(2, ' ', false, Json::error_handler_t::replace);
}

Result<std::string> RulesDesk::history() {
  CW_TRY(const auto versions, store_.ruleVersions());
  Json out = Json::array();
  for (const auto& row : versions) out.push_back(Json::parse(reportOf(row, false)));
  return out.dump(2, ' ', false, Json::error_handler_t::replace);
}

Result<std::string> RulesDesk::cutOver(const pipeline::RuleOperator& by, std::string_view rule, std::string_view state,
                                       const std::string& because) {
  CW_TRY(const auto versions, store_.ruleVersions());
  const auto* live = pipeline::liveOf(versions);
  if (!live) return fail(ErrorKind::NotFound, "no version of the rules is live");
  CW_TRY(auto files, filesOf(live->files));
  CW_TRY(const auto changed, withState(std::move(files), rule, state));
  return reported(changes_.draft(by, {textOf(changed), because, 0}));
}

}  // namespace causeway::app
