#include "host/care/clock_reader.hpp"

#include "host/base/node_reader.hpp"
#include "host/base/text.hpp"
#include "host/model/case.pb.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace causeway::care {
namespace {

constexpr long long kMostDays = 250, kMostHours = 6000, kMostMinutes = 1440;

const model::ProtoType& messageType() { return *canonical::CanonicalMessage::descriptor(); }

bool isAmount(const std::optional<long long>& value, long long most) { return value && *value >= 0 && *value <= most; }

void readDue(const Node& node, ClockLaw& law, Problems& problems) {
  if (node.isScalar() && node.scalar == "at_once") return;
  const std::string forms =
      "'due' is at_once, { working_days: 1 }, { hours: 24 }, { minutes: 15 } or { enhanced: 1, standard: 5 }";
  if (!node.isMap()) return problems.error(node.at, forms);
  NodeReader reader(node, "due", problems);
  const auto days = reader.number("working_days"), hours = reader.number("hours");
  const auto enhanced = reader.number("enhanced"), standard = reader.number("standard");
  const auto minutes = reader.number("minutes");
  reader.finish();
  const auto set = [&](ClockLaw::Kind kind, long long long_one, long long short_one) {
    law.kind = kind;
    law.standard = static_cast<int>(long_one);
    law.enhanced = static_cast<int>(short_one);
  };
  using enum ClockLaw::Kind;
  const bool by_rights = enhanced || standard;
  if ((days ? 1 : 0) + (hours ? 1 : 0) + (minutes ? 1 : 0) + (by_rights ? 1 : 0) != 1)
    return problems.error(node.at, forms);
  if (isAmount(days, kMostDays)) set(WorkingDays, *days, *days);
  else if (isAmount(hours, kMostHours)) set(Hours, *hours, *hours);
  else if (isAmount(minutes, kMostMinutes)) set(Minutes, *minutes, *minutes);
  else if (isAmount(enhanced, kMostDays) && isAmount(standard, kMostDays) && *enhanced <= *standard)
    set(WorkingDays, *standard, *enhanced);
  else problems.error(node.at, forms + ", with enhanced the shorter");
}

ClockLaw readLaw(const Node& node, Problems& problems) {
  NodeReader reader(node, "a version of a clock", problems);
  ClockLaw out;
  if (const auto from = reader.date("valid_from")) out.valid_from = *from;
  else if (node.isMap() && !node.find("valid_from"))
    problems.error(node.at, "a version of a clock needs 'valid_from', the first day of receipt on which it holds");
  out.valid_to = reader.date("valid_to");
  out.source = reader.required("source");
  if (const Node* due = reader.node("due")) readDue(*due, out, problems);
  else if (node.isMap()) problems.error(node.at, "a version of a clock needs 'due'");
  reader.finish();
  return out;
}

// A day of receipt must have exactly one law.
void checkRange(const std::vector<ClockLaw>& versions, const std::vector<const Node*>& nodes, Problems& problems) {
  for (size_t i = 0; i < versions.size(); ++i) {
    const auto& law = versions[i];
    if (law.valid_to && *law.valid_to < law.valid_from)
      problems.error(nodes[i]->at, "this version never holds: 'valid_to' comes before 'valid_from'");
    if (i == 0) continue;
    const auto& before = versions[i - 1];
    if (law.valid_from <= before.valid_from) {
      problems.error(nodes[i]->at, "versions stand in the order of 'valid_from', each later than the one before");
      continue;
    }
    const auto next = before.valid_to ? std::chrono::sys_days(*before.valid_to) + std::chrono::days(1)
                                      : std::chrono::sys_days(law.valid_from);
    if (std::chrono::sys_days(law.valid_from) > next)
      problems.error(nodes[i]->at, "no version holds from " + formatDate(next) + " until the day before " +
                                       formatDate(law.valid_from) +
                                       ": a duty that starts then would have no time limit");
    else if (std::chrono::sys_days(law.valid_from) < next)
      problems.error(nodes[i]->at, "two versions hold on " + formatDate(law.valid_from) +
                                       ": end the one before on the day before, or leave out its 'valid_to'");
  }
  if (!versions.empty() && versions.back().valid_to)
    problems.warning(nodes.back()->at, "no version holds after " + formatDate(*versions.back().valid_to) +
                                           ": what starts then is due at once");
}

std::optional<std::pair<int, bool>> amountOf(const std::string& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit(end, text.data() + text.size());
  if (error != std::errc() || number < 1 || number > kMostDays || (unit != "h" && unit != "wd")) return std::nullopt;
  return std::pair(number, unit == "h");
}

Escalation readStep(const Node& node, Problems& problems) {
  NodeReader reader(node, "a step of an escalation", problems);
  Escalation out;
  const auto before = reader.optionalText("before"), after = reader.optionalText("after"),
             at = reader.optionalText("at");
  out.tell = reader.required("tell");
  reader.finish();
  if (!node.isMap()) return out;
  if ((before ? 1 : 0) + (after ? 1 : 0) + (at ? 1 : 0) != 1 || (at && *at != "due")) {
    problems.error(node.at, "a step says when by one of before: 4h, at: due, after: 1wd");
    return out;
  }
  if (at) return out;
  out.when = before ? Escalation::When::Before : Escalation::When::After;
  const auto amount = amountOf(before ? *before : *after);
  if (!amount)
    problems.error(node.at, "'before' and 'after' are hours or working days, such as 4h or 1wd, at most 250");
  else (amount->second ? out.hours : out.working_days) = amount->first;
  return out;
}

// Compared as if a working day were a day: enough to find steps that were written in the wrong order.
int roughly(const Escalation& step) {
  const int hours = step.hours + 24 * step.working_days;
  return step.when == Escalation::When::Before ? -hours : hours;
}

/// The keys that a clock and a pattern have in common.
class ConductReader {
 public:
  ConductReader(NodeReader& reader, Problems& problems) : reader_(reader), problems_(problems) {}

  /// `stops` are added to what `out` holds; every other list takes the place of it.
  void read(ClockConduct& out) {
    if (const Node* list = reader_.list("stops"))
      for (auto& condition : conditions(*list)) out.stops.push_back(std::move(condition));
    if (const Node* list = reader_.list("resumes")) out.resumes = conditions(*list);
    if (const Node* list = reader_.list("cancels")) out.cancels = reasoned(*list);
    if (const Node* list = reader_.list("suspends")) out.suspends = reasoned(*list);
    if (const Node* list = reader_.list("escalate")) out.escalate = steps(*list);
    if (auto kinds = reader_.texts("ended_by"); !kinds.empty()) out.ended_by = std::move(kinds);
    if (auto codes = reader_.texts("good_reasons"); !codes.empty()) out.good_reasons = std::move(codes);
    const auto again = reader_.number("ask_again");
    if (again && *again >= 1 && *again <= kMostDays) out.ask_again = static_cast<int>(*again);
    else if (again) problems_.error(reader_.at("ask_again"), "'ask_again' is a number of working days, 1 to 250");
  }

 private:
  std::vector<model::Condition> conditions(const Node& list) {
    std::vector<model::Condition> out;
    for (const auto& node : list.items) out.push_back(model::Condition::load(node, messageType(), problems_));
    return out;
  }

  std::vector<ReasonedCondition> reasoned(const Node& list) {
    std::vector<ReasonedCondition> out;
    for (const auto& node : list.items) {
      NodeReader reader(node, "a condition with its reason", problems_);
      ReasonedCondition one;
      if (const Node* when = reader.map("when")) one.when = model::Condition::load(*when, messageType(), problems_);
      else if (node.isMap()) problems_.error(node.at, "a condition with its reason needs 'when'");
      one.reason = reader.required("reason");
      reader.finish();
      out.push_back(std::move(one));
    }
    return out;
  }

  std::vector<Escalation> steps(const Node& list) {
    std::vector<Escalation> out;
    for (const auto& node : list.items) {
      out.push_back(readStep(node, problems_));
      if (out.size() > 1 && roughly(out[out.size() - 2]) >= roughly(out.back()))
        problems_.error(node.at, "the steps stand in the order of time, the due time between 'before' and 'after'");
    }
    if (std::ranges::count(out, Escalation::When::AtDue, &Escalation::when) != 1)
      problems_.error(list.at, "an escalation needs one step with at: due; without it nobody would hear of a breach");
    return out;
  }

  NodeReader& reader_;
  Problems& problems_;
};

/// All files as one.
class ClockReader {
 public:
  explicit ClockReader(Problems& problems) : problems_(problems) {}

  std::vector<ClockKind> read(const std::vector<Node>& files) {
    std::vector<const Node*> clocks;
    for (const auto& file : files) {
      NodeReader reader(file, "a clocks file", problems_);
      if (const Node* list = reader.list("clocks")) clocks.push_back(list);
      if (const Node* patterns = reader.map("patterns"))
        for (const auto& entry : patterns->entries) addPattern(entry);
      reader.finish();
    }
    std::vector<ClockKind> out;
    for (const auto* list : clocks)
      for (const auto& node : list->items) {
        auto kind = one(node);
        const auto twin = std::ranges::find(out, kind.id, &ClockKind::id);
        if (twin != out.end() && !kind.id.empty())
          problems_.error(kind.at, "the clock '" + kind.id + "' stands twice; first at " + twin->at.text());
        out.push_back(std::move(kind));
      }
    for (const auto& [name, pattern] : patterns_)
      if (!used_.contains(name)) problems_.warning(pattern.at, "no clock follows the pattern '" + name + "'");
    return out;
  }

 private:
  struct Pattern {
    ClockConduct conduct;
    Location at;
  };

  void addPattern(const Node::Entry& entry) {
    NodeReader reader(entry.value, "a pattern", problems_);
    Pattern pattern{{}, entry.key_at};
    ConductReader(reader, problems_).read(pattern.conduct);
    reader.finish();
    if (!patterns_.emplace(entry.key, std::move(pattern)).second)
      problems_.error(entry.key_at, "the pattern '" + entry.key + "' stands twice");
  }

  ClockKind one(const Node& node) {
    NodeReader reader(node, "a clock", problems_);
    ClockKind out;
    out.at = node.at;
    out.id = reader.required("id");
    out.right = reader.required("right");
    out.what = reader.required("what");
    out.team = reader.required("team");
    readVersions(node, reader, out);
    out.restarts = reader.choice("again", {"inherits", "restarts"}) == "restarts";
    out.settled = reader.flag("settled");
    out.shared = reader.flag("shared");
    out.from_report = reader.choice("counts_from", {"receipt", "report"}) == "report";
    out.of_day = reader.flag("of_day");
    if (const auto name = reader.optionalText("follows")) out.conduct = follow(*name, reader.at("follows"));
    ConductReader(reader, problems_).read(out.conduct);
    reader.finish();
    if (!node.isMap()) return out;
    if (out.conduct.stops.empty() && !out.settled)
      problems_.error(node.at, "a clock needs 'stops' or 'settled: true': nothing could ever meet this duty");
    if (out.conduct.escalate.empty())
      problems_.error(node.at, "a clock needs 'escalate': without it nobody would hear of a breach");
    if (!out.conduct.suspends.empty() && out.conduct.resumes.empty())
      problems_.error(node.at, "a clock with 'suspends' needs 'resumes', or it would stand still for ever");
    return out;
  }

  void readVersions(const Node& node, NodeReader& reader, ClockKind& out) {
    const Node* list = reader.list("versions");
    if (node.isMap() && (!list || list->items.empty()))
      problems_.error(node.at, "a clock needs 'versions', its time limit with source and first day");
    if (!list) return;
    std::vector<const Node*> nodes;
    for (const auto& item : list->items) {
      out.versions.push_back(readLaw(item, problems_));
      nodes.push_back(&item);
    }
    checkRange(out.versions, nodes, problems_);
  }

  ClockConduct follow(const std::string& name, const Location& at) {
    const auto found = patterns_.find(name);
    if (found != patterns_.end()) {
      used_.insert(name);
      return found->second.conduct;
    }
    std::vector<std::string> known;
    for (const auto& each : patterns_) known.push_back(each.first);
    problems_.error(at, "no pattern is named '" + name + "'" + didYouMean(name, known));
    return {};
  }

  Problems& problems_;
  std::map<std::string, Pattern> patterns_;
  std::set<std::string> used_;
};

}  // namespace

std::vector<ClockKind> readClocks(const std::vector<Node>& files, Problems& problems) {
  return ClockReader(problems).read(files);
}

}  // namespace causeway::care
