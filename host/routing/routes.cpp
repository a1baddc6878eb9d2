#include "host/routing/routes.hpp"

#include "host/base/node_reader.hpp"
#include "host/base/stable_id.hpp"
#include "host/base/text.hpp"
#include "host/model/message_types.hpp"
#include "host/routing/analysis.hpp"
#include "host/routing/draft_maker.hpp"
#include "host/routing/rule.hpp"
#include "host/routing/rule_index.hpp"

#include <algorithm>

namespace causeway::routing {
namespace {

struct File {
  const Node* routes = nullptr;
  const Node* templates = nullptr;
  const Node* contradictory = nullptr;
  const Node* no_rule_for = nullptr;
};

std::vector<File> readFiles(const std::vector<Node>& nodes, Problems& problems) {
  std::vector<File> out;
  for (const auto& node : nodes) {
    NodeReader reader(node, "a routes file", problems);
    out.push_back(
        {reader.list("routes"), reader.map("templates"), reader.list("contradictory"), reader.list("no_rule_for")});
    reader.finish();
  }
  return out;
}

void readContradictory(const Node& list, std::vector<ContradictoryKinds>& out, Problems& problems) {
  for (const auto& pair : list.items) {
    const bool two = pair.isList() && pair.items.size() == 2 && pair.items[0].isScalar() && pair.items[1].isScalar();
    if (two) out.push_back({pair.items[0].scalar, pair.items[1].scalar, pair.at});
    else problems.error(pair.at, "expected two kinds of task, such as [request_production, cancel_production]");
  }
}

void readNoRuleFor(const Node& list, std::map<std::string, Location>& out, Problems& problems) {
  for (const auto& item : list.items) {
    NodeReader reader(item, "'no_rule_for'", problems);
    const auto type = reader.required("type");
    reader.required("because");
    reader.finish();
    if (const auto* known = model::findMessageType(type); !type.empty() && (!known || !known->comes))
      problems.error(reader.at("type"), "nobody sends us a message of type '" + type + "'" +
                                            didYouMean(type, model::messageTypeNames(model::TypeUse::Waits)));
    else out.try_emplace(type, reader.at("type"));
  }
}

// Equal for rules that do the same: the rule as written, the members of its groups, and the texts that it uses.
std::string contentOf(const Node& node, const Rule& rule, const std::set<std::string>& used,
                      const std::map<std::string, std::string>& texts) {
  std::string members, words;
  for (const auto& tell : rule.tells) members += tell.recipient + "\n";
  for (const auto& name : used)
    if (const auto text = texts.find(name); text != texts.end()) words += name + "\n" + text->second + "\n";
  return stableId({contentId({node}), members, words});
}

bool isValid(const Rule& rule, const canonical::CanonicalMessage& event, Instant received, const Asked& asked) {
  const auto today = toLondon(received).date, valid_on = asked.valid_on.value_or(today);
  if ((rule.valid_from && valid_on < *rule.valid_from) || (rule.valid_to && valid_on > *rule.valid_to)) return false;
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
  RuleIndex index;
  std::set<std::string, std::less<>> looking_back;  ///< types
  std::map<std::string, Location> no_rule_for;
  WorkingDays calendar;
  std::shared_ptr<const TimeLimits> limits;
  std::string version;
};

Routes::Routes() : impl_(std::make_unique<Impl>()) {}
Routes::~Routes() = default;
Routes::Routes(Routes&&) noexcept = default;
Routes& Routes::operator=(Routes&&) noexcept = default;

Routes Routes::load(const std::vector<Node>& files, const WorkingDays& calendar, Problems& problems, RouteParts parts) {
  Routes out;
  out.impl_->calendar = calendar;
  out.impl_->limits = std::move(parts.limits);
  out.impl_->version = contentId(files);
  Templates templates;
  std::map<std::string, Location> places;
  std::map<std::string, std::string> texts;
  const auto read = readFiles(files, problems);
  for (const auto& file : read) {
    if (!file.templates) continue;
    for (const auto& entry : file.templates->entries) {
      if (!templates.try_emplace(entry.key, TemplateText::load(entry.value, problems)).second)
        problems.error(entry.key_at, "the template '" + entry.key + "' is written twice");
      places.try_emplace(entry.key, entry.key_at);
      texts.try_emplace(entry.key, entry.value.scalar);
    }
  }
  std::set<std::string> used;
  std::vector<ContradictoryKinds> contradictory;
  auto& rules = out.impl_->rules;
  std::map<std::string, size_t> ids;
  for (const auto& file : read) {
    if (file.contradictory) readContradictory(*file.contradictory, contradictory, problems);
    if (file.no_rule_for) readNoRuleFor(*file.no_rule_for, out.impl_->no_rule_for, problems);
    if (!file.routes) continue;
    for (const auto& node : file.routes->items) {
      std::set<std::string> own;
      auto rule = loadRule(node, {templates, parts.members, own}, problems);
      const auto [twin, first] = ids.try_emplace(rule.id, rules.size());
      if (!first && !rule.id.empty())
        problems.error(rule.at,
                       "the rule id '" + rule.id + "' is used twice; first at " + rules[twin->second].at.text());
      rule.content = contentOf(node, rule, own, texts);
      used.merge(own);
      for (const auto& tell : rule.tells) checkClock(tell, out.impl_->limits.get(), problems);
      rules.push_back(std::move(rule));
    }
  }
  for (const auto& [name, at] : places)
    if (!used.contains(name)) problems.warning(at, "no rule uses the template '" + name + "'");
  analyse(rules, contradictory, problems);
  out.impl_->index = RuleIndex(rules);
  for (const auto& rule : rules)
    if (rule.when.looksBack()) out.impl_->looking_back.insert(rule.types.begin(), rule.types.end());
  return out;
}

Routed Routes::route(const canonical::CanonicalMessage& event, Instant received, const Asked& asked) const {
  Routed out;
  const model::Circumstances at{toLondon(received).date, &impl_->calendar, asked.before};
  const DraftMaker maker(event, received, at, impl_->limits.get());
  const auto one = [&](const Rule& rule) {
    if (asked.without && asked.without->contains(rule.content)) return;
    const bool can = rule.types.contains(event.type()) && isValid(rule, event, received, asked);
    std::vector<model::Reason> reasons;
    const bool holds = asked.trace ? rule.when.explain(event, reasons, at) : can && rule.when.holds(event, at);
    const bool matched = can && holds;
    if (!can) at.unanswered = false;  // whatever it asked for, its answer does not matter
    if (matched && asked.drafts) maker.make(rule, out.drafts);
    if (at.unanswered && out.unanswered.empty()) out.unanswered = rule.name;
    if (asked.trace || (matched && !asked.drafts)) out.trace.push_back({rule.name, matched, std::move(reasons)});
  };
  if (asked.trace) std::ranges::for_each(impl_->rules, one);
  else
    for (const int number : impl_->index.candidates(event)) one(impl_->rules[static_cast<size_t>(number)]);
  return out;
}

bool Routes::looksBack(std::string_view type) const { return impl_->looking_back.contains(type); }

std::set<std::string, std::less<>> Routes::contents() const {
  std::set<std::string, std::less<>> out;
  for (const auto& rule : impl_->rules) out.insert(rule.content);
  return out;
}

std::vector<RuleLoss> Routes::lostIn(const Routes& after, std::chrono::year_month_day today) const {
  return lossesOf(impl_->rules, after.impl_->rules, today);
}

const std::string& Routes::version() const { return impl_->version; }

std::vector<Routes::Target> Routes::targets() const {
  std::vector<Target> out;
  for (const auto& rule : impl_->rules) {
    Target target;
    target.rule = rule.id;
    target.types = rule.types;
    std::vector<model::Need> needs;
    rule.when.collectNeeds(needs);
    for (const auto& need : needs)
      if (need.path == "source_system" && (need.test == "equals" || need.test == "in"))
        (need.wanted ? target.only_from : target.never_from).insert(need.operands.begin(), need.operands.end());
    for (const auto& tell : rule.tells) {
      target.recipient = tell.recipient;
      target.type = tell.type;
      target.purpose = tell.purpose;
      target.at = tell.at;
      out.push_back(target);
    }
  }
  return out;
}

std::set<std::string> Routes::clocks() const {
  std::set<std::string> out;
  for (const auto& rule : impl_->rules)
    for (const auto& tell : rule.tells)
      if (tell.due.kind == Due::Kind::Clock) out.insert(tell.due.clock);
  return out;
}
const std::map<std::string, Location>& Routes::noRuleFor() const { return impl_->no_rule_for; }

}  // namespace causeway::routing
