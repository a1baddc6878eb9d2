#include "host/routing/routes.hpp"

#include "host/base/node_reader.hpp"
#include "host/base/stable_id.hpp"
#include "host/base/text.hpp"
#include "host/routing/draft_maker.hpp"
#include "host/routing/rule.hpp"

#include <algorithm>

namespace causeway::routing {
namespace {

struct File {
  const Node* routes = nullptr;
  const Node* templates = nullptr;
};

std::vector<File> readFiles(const std::vector<Node>& nodes, Problems& problems) {
  std::vector<File> out;
  for (const auto& node : nodes) {
    NodeReader reader(node, "a routes file", problems);
    out.push_back({reader.list("routes"), reader.map("templates")});
    reader.finish();
  }
  return out;
}

bool isValid(const Rule& rule, const canonical::CanonicalMessage& event, Instant received) {
  const auto today = toLondon(received).date;
  if ((rule.valid_from && today < *rule.valid_from) || (rule.valid_to && today > *rule.valid_to)) return false;
  if (!rule.not_past) return true;
  const auto dates = rule.not_past->read(event);
  const auto now = formatDate(today);
  return dates.empty() || std::ranges::any_of(dates, [&](const std::string& date) { return date >= now; });
}

// A limit that depends on the person needs one.
void checkClock(const Tell& tell, const TimeLimits* limits, Problems& problems) {
  if (tell.due.kind != Due::Kind::Clock) return;
  const auto known = limits ? limits->names() : std::vector<std::string>();
  if (std::ranges::find(known, tell.due.clock) == known.end())
    problems.error(tell.due_at, "no clock is named '" + tell.due.clock + "'" + didYouMean(tell.due.clock, known) +
                                    "; clocks are in the folder 'clocks' of the configuration");
  else if (!tell.over_people && limits->dependsOnPerson(tell.due.clock))
    problems.error(tell.due_at, "the clock '" + tell.due.clock +
                                    "' runs by the rights of a person: it needs 'for_each' over people");
}

}  // namespace

struct Routes::Impl {
  std::vector<Rule> rules;
  WorkingDays calendar;
  std::shared_ptr<const TimeLimits> limits;
  std::string version;
};

Routes::Routes() : impl_(std::make_unique<Impl>()) {}
Routes::~Routes() = default;
Routes::Routes(Routes&&) noexcept = default;
Routes& Routes::operator=(Routes&&) noexcept = default;

Routes Routes::load(const std::vector<Node>& files, const WorkingDays& calendar, Problems& problems,
                    std::shared_ptr<const TimeLimits> limits) {
  Routes out;
  out.impl_->calendar = calendar;
  out.impl_->limits = std::move(limits);
  out.impl_->version = contentId(files);
  Templates templates;
  std::map<std::string, Location> places;
  const auto read = readFiles(files, problems);
  for (const auto& file : read) {
    if (!file.templates) continue;
    for (const auto& entry : file.templates->entries) {
      if (!templates.try_emplace(entry.key, TemplateText::load(entry.value, problems)).second)
        problems.error(entry.key_at, "the template '" + entry.key + "' is written twice");
      places.try_emplace(entry.key, entry.key_at);
    }
  }
  std::set<std::string> used;
  auto& rules = out.impl_->rules;
  for (const auto& file : read) {
    if (!file.routes) continue;
    for (const auto& node : file.routes->items) {
      auto rule = loadRule(node, templates, used, problems);
      const auto twin = std::ranges::find(rules, rule.id, &Rule::id);
      if (twin != rules.end() && !rule.id.empty())
        problems.error(rule.at, "the rule id '" + rule.id + "' is used twice; first at " + twin->at.text());
      for (const auto& tell : rule.tells) checkClock(tell, out.impl_->limits.get(), problems);
      rules.push_back(std::move(rule));
    }
  }
  for (const auto& [name, at] : places)
    if (!used.contains(name)) problems.warning(at, "no rule uses the template '" + name + "'");
  return out;
}

Routed Routes::route(const canonical::CanonicalMessage& event, Instant received, bool with_trace) const {
  Routed out;
  const DraftMaker maker(event, received, {impl_->calendar, impl_->limits.get()});
  for (const auto& rule : impl_->rules) {
    const bool can = rule.types.contains(event.type()) && isValid(rule, event, received);
    RuleTrace trace{rule.name, false, {}};
    trace.matched = (with_trace ? rule.when.explain(event, trace.reasons) : can && rule.when.holds(event)) && can;
    if (trace.matched) maker.make(rule, out.drafts);
    if (with_trace) out.trace.push_back(std::move(trace));
  }
  return out;
}

const std::string& Routes::version() const { return impl_->version; }

std::vector<Routes::Target> Routes::targets() const {
  std::vector<Target> out;
  for (const auto& rule : impl_->rules)
    for (const auto& tell : rule.tells) out.push_back({tell.recipient, tell.type, tell.purpose, tell.at});
  return out;
}

std::set<std::string> Routes::clocks() const {
  std::set<std::string> out;
  for (const auto& rule : impl_->rules)
    for (const auto& tell : rule.tells)
      if (tell.due.kind == Due::Kind::Clock) out.insert(tell.due.clock);
  return out;
}

}  // namespace causeway::routing
