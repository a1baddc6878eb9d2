#include "host/mapping/write_plan.hpp"

#include "host/base/node_reader.hpp"
#include "host/base/text.hpp"
#include "host/mapping/read_checks.hpp"
#include "host/model/case.pb.h"

#include <algorithm>

namespace causeway::mapping {
namespace {

/// In a mapping that only writes, `from` and `each` are canonical paths and `to` is the document. In one that also reads, they are the
/// other way round and writing runs the same lines backwards.
class Compiler {
 public:
  Compiler(const MappingFile& file, const Converters& converters, const CodeTables& tables, Problems& problems)
      : file_(file),
        converters_(converters),
        tables_(tables),
        problems_(problems),
        backwards_(file.reads.has_value()) {}

  WritePlan run() {
    plan_.id = file_.id;
    plan_.version = file_.version;
    plan_.message = file_.message;
    plan_.format = *file_.writes;
    plan_.root = file_.root;
    plan_.name_space = file_.name_space;
    plan_.nodes.emplace_back();
    plan_.nodes.front().name = file_.root;
    if (plan_.format == Format::Xml && file_.root.empty())
      problems_.error(file_.at, "a mapping that writes XML needs 'root'");
    fields(file_.fields, {0, canonical::CanonicalMessage::descriptor(), ""});
    if (!backwards_) {
      for (const auto& rule : file_.ignore) leaveOut(rule);
      for (const auto& rule : file_.require) needs(rule);
    }
    return std::move(plan_);
  }

 private:
  struct Here {
    int node = 0;
    const model::ProtoType* type = nullptr;
    std::string names;  // of the canonical element, for the account
  };

  WriteNode& node(int index) { return plan_.nodes[static_cast<size_t>(index)]; }

  // The node that a document path leads to; the last name is always a new node, those before it are shared with the line above.
  int nodeAt(int from, std::string_view path, const Location& at) {
    int current = from;
    const auto names = split(path, '/');
    for (size_t i = 0; i < names.size(); ++i) {
      std::string_view name = names[i];
      if (name == ".") continue;
      WriteNode fresh;
      fresh.at = at;
      fresh.list = name.ends_with("[]");
      if (fresh.list) name.remove_suffix(2);
      fresh.attribute = name.starts_with('@');
      fresh.name = std::string(fresh.attribute ? name.substr(1) : name);
      if (fresh.name.empty()) problems_.error(at, "'" + std::string(path) + "' is not a path of names (a/b/@c)");
      const int last = node(current).children.empty() ? -1 : node(current).children.back();
      const bool share = i + 1 < names.size() && last >= 0 && node(last).name == fresh.name &&
                         node(last).each.empty() && node(last).sources.empty();
      if (share) {
        current = last;
        continue;
      }
      const int next = static_cast<int>(plan_.nodes.size());
      plan_.nodes.push_back(std::move(fresh));
      node(current).children.push_back(next);
      current = next;
    }
    return current;
  }

  model::FieldPath canonicalPath(std::string_view text, const Here& here, const Location& at) {
    auto path = model::FieldPath::parse(text, *here.type);
    if (path) return *std::move(path);
    problems_.error(at, path.error().what);
    return {};
  }

  SourcePlan source(std::string_view name, std::string_view text, const Here& here, const Location& at) {
    SourcePlan out;
    out.name = std::string(name);
    if (text.starts_with('$')) out.named = std::string(text.substr(1));
    else if (text.starts_with('=')) out.constant = std::string(text.substr(1));
    else out.path = canonicalPath(text, here, at);
    if (!out.path.empty()) plan_.carried.push_back(here.names + (here.names.empty() ? "" : ".") + out.path.names());
    return out;
  }

  void fields(const std::vector<FieldRule>& rules, const Here& here) {
    for (const auto& rule : rules) {
      if (!rule.each.empty()) each(rule, here);
      else value(rule, here);
    }
  }

  void value(const FieldRule& rule, const Here& here) {
    if (backwards_ && (rule.value || !rule.with.empty())) return;  // constants and combined values are for reading only
    const std::string& document = backwards_ ? rule.from : rule.to;
    if (document.starts_with('$')) return;
    const int at = nodeAt(here.node, document, rule.at);
    WriteNode made = std::move(node(at));
    if (rule.value) made.sources.push_back({"value", {}, rule.value, {}});
    else if (backwards_ || !rule.from.empty())
      made.sources.push_back(source("value", backwards_ ? rule.to : rule.from, here, rule.at));
    for (const auto& [name, path] : rule.with) made.sources.push_back(source(name, path, here, rule.at));
    if (rule.when) made.when = model::Condition::load(*rule.when, *here.type, problems_);
    if (!backwards_) made.converter = find(rule.as, rule.at);
    made.table = table(rule.table, rule.at);
    if (!backwards_) made.fallback = rule.fallback;
    made.json = rule.json;
    made.join = rule.split_on;
    node(at) = std::move(made);
  }

  void each(const FieldRule& rule, const Here& here) {
    const std::string& list = backwards_ ? rule.to : rule.each;
    const int at = nodeAt(here.node, backwards_ ? rule.each : rule.to, rule.at);
    if (backwards_ && (list.empty() || !rule.where.empty())) {
      problems_.error(rule.at, "this 'each' cannot be written: it has no list of its own or a filter ('where')");
      return;
    }
    auto path = canonicalPath(list, here, rule.at);
    Here inner{at, path.type() ? path.type() : here.type, here.names + (here.names.empty() ? "" : ".") + path.names()};
    if (!path.empty() && !path.leaf().is_repeated()) problems_.error(rule.at, "'" + list + "' is not a list");
    node(at).each = std::move(path);
    if (rule.when) node(at).when = model::Condition::load(*rule.when, *inner.type, problems_);
    fields(rule.fields, inner);
  }

  const Converter* find(const std::string& name, const Location& at) {
    const auto* found = name.empty() ? nullptr : converters_.find(name);
    if (!name.empty() && !found)
      problems_.error(at, "no converter '" + name + "'" + didYouMean(name, converters_.names()));
    return found;
  }

  const CodeTable* table(const std::string& name, const Location& at) {
    const auto found = tables_.find(name);
    if (!name.empty() && found == tables_.end()) problems_.error(at, "no code table '" + name + "'");
    return found == tables_.end() ? nullptr : &found->second;
  }

  // "a | b": one of them is enough.
  void needs(MarkRule rule) {
    auto& line = plan_.require.emplace_back();
    const std::string all = rule.path;
    for (const auto part : split(all, '|')) {
      rule.path = std::string(trim(part));
      line.push_back(findRequired(rule, *canonical::CanonicalMessage::descriptor(), problems_));
    }
  }

  void leaveOut(const IgnoreRule& rule) {
    const auto path = model::FieldPath::parse(rule.from, *canonical::CanonicalMessage::descriptor());
    if (path) plan_.left_out.push_back(path->names());
    else problems_.error(rule.at, path.error().what);
  }

  const MappingFile& file_;
  const Converters& converters_;
  const CodeTables& tables_;
  Problems& problems_;
  bool backwards_;
  WritePlan plan_;
};

}  // namespace

WritePlan WritePlan::compile(const MappingFile& file, const Converters& converters, const CodeTables& tables,
                             Problems& problems) {
  return Compiler(file, converters, tables, problems).run();
}

}  // namespace causeway::mapping
