#include "host/app/demo/demo_steps.hpp"

#include "host/base/node_reader.hpp"
#include "host/base/text.hpp"
#include "host/config/yaml.hpp"

#include <filesystem>

namespace causeway::app {
namespace {

// "2026-06-02 08:10", as London's clocks show it.
std::optional<Instant> momentIn(const std::string& text) {
  const auto digit = [&](size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() != 16 || text[10] != ' ' || text[13] != ':') return std::nullopt;
  for (const size_t i : {11U, 12U, 14U, 15U})
    if (!digit(i)) return std::nullopt;
  const auto day = parseDate(std::string_view(text).substr(0, 10));
  const int hour = std::stoi(text.substr(11, 2)), minute = std::stoi(text.substr(14, 2));
  if (!day || hour > 23 || minute > 59) return std::nullopt;
  return fromLondon({*day, hour, minute, 0});
}

Step stepOf(NodeReader& read, std::optional<Instant>& latest, Problems& problems) {
  Step out{read.text("as"), read.text("file"), read.required("say"), read.texts("about"), std::nullopt};
  const auto at = read.optionalText("at");
  if (out.sender.empty() != out.file.empty())
    problems.error(read.at(), "a step that sends something says 'as' (the partner) and 'file', another neither");
  if (out.sender.empty() && !at)
    problems.error(read.at(), "a step that sends nothing says 'at', when it becomes later");
  if (!at) return out;
  out.at = momentIn(*at);
  if (!out.at)
    problems.error(read.at("at"), "a time of a story is written 2026-06-02 08:10, as clocks in London show it");
  if (out.at && latest && *out.at < *latest)
    problems.error(read.at("at"), "this step is earlier than the one above it; time never goes back");
  if (out.at) latest = out.at;
  return out;
}

}  // namespace

std::vector<Step> loadSteps(const std::string& folder, Problems& problems) {
  std::vector<Step> out;
  const auto story = config::loadYaml(std::filesystem::path(folder) / "story.yaml", problems);
  if (!story) return out;
  NodeReader reader(*story, "a story", problems);
  std::optional<Instant> latest;
  if (const Node* steps = reader.list("steps")) {
    for (const auto& item : steps->items) {
      NodeReader step(item, "a step", problems);
      out.push_back(stepOf(step, latest, problems));
      step.finish();
    }
  }
  reader.finish();
  return out;
}

}  // namespace causeway::app
