#include "host/app/desks/rule_files.hpp"

#include "host/app/checks/code_checks.hpp"
#include "host/app/checks/cross_checks.hpp"
#include "host/app/files.hpp"
#include "host/config/yaml.hpp"
#include "host/pipeline/clock_limits.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>

namespace causeway::app {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

bool isPlainPath(const std::string& path) {
  const fs::path given(path);
  const bool climbs = std::ranges::any_of(given, [](const fs::path& step) { return step == ".." || step == "."; });
  return !path.empty() && given.is_relative() && !climbs && given.extension() == ".yaml";
}

const Node* ruleIn(const Node& file, std::string_view id) {
  const Node* routes = file.find("routes");
  if (!routes) return nullptr;
  for (const auto& rule : routes->items)
    if (const Node* named = rule.find("id"); named && named->scalar == id) return &rule;
  return nullptr;
}

// Puts a word in the place of the one at this line and column; columns count characters, and a word of ours has none but ASCII.
void replaceWord(std::string& text, const Location& at, const std::string& old, std::string_view word) {
  size_t start = 0;
  for (int line = 1; line < at.line; ++line) start = text.find('\n', start) + 1;
  const size_t found = text.find(old, start);
  if (found != std::string::npos) text.replace(found, old.size(), word);
}

}  // namespace

std::string textOf(const RuleFiles& files) {
  Json out = Json::array();
  for (const auto& [path, text] : files) out.push_back({{"path", path}, {"text", text}});
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<RuleFiles> filesOf(std::string_view text) {
  const auto list = Json::parse(text, nullptr, false);
  if (!list.is_array() || list.empty())
    return fail(ErrorKind::Invalid, R"(the files of the rules are a list of {"path":...,"text":...}, and not empty)");
  RuleFiles out;
  for (const auto& item : list) {
    const bool whole = item.is_object() && item.contains("path") && item["path"].is_string() && item.contains("text") &&
                       item["text"].is_string();
    if (!whole || !isPlainPath(item["path"].get<std::string>()))
      return fail(ErrorKind::Invalid,
                  "each file of the rules has a path below their folder that ends in .yaml, and a text");
    out.emplace_back(item["path"].get<std::string>(), item["text"].get<std::string>());
  }
  std::ranges::sort(out);
  for (size_t i = 1; i < out.size(); ++i)
    if (out[i].first == out[i - 1].first)
      return fail(ErrorKind::Invalid, "a file of the rules stands twice: " + out[i].first);
  return out;
}

Result<RuleFiles> readRuleFiles(const std::string& folder) {
  RuleFiles out;
  std::error_code code;
  for (fs::recursive_directory_iterator it(folder, code), end; !code && it != end; it.increment(code)) {
    std::error_code of_file;
    if (!it->is_regular_file(of_file) || it->path().extension() != ".yaml") continue;
    CW_TRY(auto text, readBytes(it->path().string()));
    out.emplace_back(it->path().lexically_relative(folder).generic_string(), std::move(text));
  }
  if (code) return fail(ErrorKind::NotFound, "the folder cannot be read: " + code.message(), folder);
  if (out.empty()) return fail(ErrorKind::NotFound, "there is no .yaml file in this folder", folder);
  std::ranges::sort(out);
  return out;
}

Result<std::shared_ptr<const pipeline::Rulebook>> rulebookWith(const Installation& installation,
                                                               std::string_view files) {
  CW_TRY(const auto given, filesOf(files));
  Problems problems;
  std::vector<Node> nodes;
  for (const auto& [path, text] : given)
    if (auto node = config::parseYaml(text, "rules/" + path, problems)) nodes.push_back(*std::move(node));
  const auto& configuration = installation.configuration;
  Problems of_calendar;  // told at the start, and no fault of these rules
  const auto calendar = calendarOf(configuration, of_calendar);
  auto out = std::make_shared<pipeline::Rulebook>(*installation.rulebook);
  out->routes = std::make_shared<const routing::Routes>(routing::Routes::load(
      nodes, calendar, problems, {std::make_shared<pipeline::ClockLimits>(out->clocks), membersOf(configuration)}));
  if (!problems.hasErrors()) checkAsOneWhole(configuration, *out, {}, problems);
  checkCodes(nodes, configuration, *out, problems);
  if (problems.hasErrors()) return fail(ErrorKind::Invalid, problems.text());
  out->version = versionOf(*out);
  return std::shared_ptr<const pipeline::Rulebook>(std::move(out));
}

Result<RuleFiles> withState(RuleFiles files, std::string_view rule, std::string_view state) {
  if (state != "live" && state != "shadow") return fail(ErrorKind::Invalid, "a rule is live or shadow");
  for (auto& [path, text] : files) {
    Problems problems;
    const auto node = config::parseYaml(text, path, problems);
    const Node* found = node ? ruleIn(*node, rule) : nullptr;
    const Node* word = found ? found->find("state") : nullptr;
    if (!word) continue;
    if (word->scalar == state)
      return fail(ErrorKind::Conflict, "the rule is " + std::string(state) + " already", word->at.text());
    replaceWord(text, word->at, word->scalar, state);
    return files;
  }
  return fail(ErrorKind::NotFound, "the live rules have no rule '" + std::string(rule) + "'");
}

}  // namespace causeway::app
