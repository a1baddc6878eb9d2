#include "host/mapping/read_plan.hpp"

#include "host/base/text.hpp"
#include "host/mapping/read_checks.hpp"
#include "host/model/case.pb.h"

#include <algorithm>

namespace causeway::mapping {
namespace {

// The instance that stands for a type: FieldPaths only need its descriptor, kept elements are made from it.
const google::protobuf::Message& prototypeOf(const model::ProtoType& type) {
  return *google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type);
}

class Compiler {
 public:
  Compiler(const MappingFile& file, const Converters& converters, const CodeTables& tables, Problems& problems)
      : file_(file), converters_(converters), tables_(tables), problems_(problems) {}

  ReadPlan run() {
    plan_.id = file_.id;
    plan_.version = file_.version;
    plan_.message = file_.message;
    plan_.reply = file_.reply;
    plan_.multipart = file_.multipart;
    plan_.nodes.emplace_back();
    plan_.scopes.emplace_back();
    const auto& root = *canonical::CanonicalMessage::descriptor();
    for (const auto& [name, path] : file_.identify)
      plan_.identify.emplace_back(name, slotFor({0, 0, &root}, path, file_.at));
    fields(file_.fields, {0, 0, &root});
    derives(file_.derive, 0, root);
    for (const auto& rule : file_.ignore) ignore(rule);
    for (const auto& rule : file_.complete) plan_.complete.push_back(mark(rule, model::Mark::Complete));
    for (const auto& rule : file_.clear) plan_.clear.push_back(mark(rule, model::Mark::Clear));
    for (const auto& rule : file_.require) plan_.require.push_back(findRequired(rule, root, problems_));
    for (const auto& [list, by_number] : lists_)
      if (by_number) plan_.numbered.insert(list);
    checkKept(keeps_, asks_, problems_);
    plan_.settle();
    return std::move(plan_);
  }

 private:
  // A scope being compiled: its number, the node of its element, the type of what it fills.
  struct Here {
    int scope = 0;
    int node = 0;
    const model::ProtoType* type = nullptr;
  };

  ScopePlan& scope(int index) { return plan_.scopes[static_cast<size_t>(index)]; }
  SourceNode& node(int index) { return plan_.nodes[static_cast<size_t>(index)]; }
  int nodeAt(int from, std::string_view path, const Location& at) {
    if (path == ".") return from;
    const int found = plan_.reach(from, path);
    if (found >= 0) return found;
    problems_.error(at, "'" + std::string(path) + "' is not a path of names from here down (a/b/@c)");
    return from;
  }

  // A leaf of this scope; `name[test=value]/leaf` takes it only from elements that pass.
  int slotFor(const Here& here, std::string_view path, const Location& at) {
    const size_t open = path.find('['), close = path.find(']');
    if (open != std::string_view::npos && close != std::string_view::npos && close > open)
      return groupSlot(here, path, {open, close}, at);
    const int leaf = nodeAt(here.node, path, at);
    for (const auto& [owner, slot] : node(leaf).captures)
      if (owner == here.scope) return slot;
    const int slot = scope(here.scope).slots++;
    node(leaf).captures.emplace_back(here.scope, slot);
    return slot;
  }

  int groupSlot(const Here& here, std::string_view path, std::pair<size_t, size_t> bracket, const Location& at) {
    const auto test = path.substr(bracket.first + 1, bracket.second - bracket.first - 1);
    const size_t equals = test.find('=');
    if (equals == std::string_view::npos || path.substr(bracket.second + 1).substr(0, 1) != "/") {
      problems_.error(at, "'" + std::string(path) + "' must be name[label=value]/leaf");
      return 0;
    }
    SourceTest wanted{at,
                      std::string(test.substr(0, equals)),
                      SourceTest::Operator::Equals,
                      {std::string(test.substr(equals + 1))},
                      {}};
    return group(here, path.substr(0, bracket.first), {wanted}, path.substr(bracket.second + 2));
  }

  int group(const Here& here, std::string_view element, const std::vector<SourceTest>& where, std::string_view leaf) {
    const Here inner{addScope(here, nodeAt(here.node, element, where.front().at), ScopePlan::Kind::Group), 0,
                     here.type};
    const Here at{inner.scope, nodeAt(here.node, element, where.front().at), here.type};
    tests(where, at);
    const int own = slotFor(at, leaf, where.front().at);
    const int outer = scope(here.scope).slots++;
    scope(inner.scope).promotes.emplace_back(own, outer);
    return outer;
  }

  int addScope(const Here& here, int element, ScopePlan::Kind kind) {
    const int index = static_cast<int>(plan_.scopes.size());
    plan_.scopes.emplace_back();
    scope(index).parent = here.scope;
    scope(index).kind = kind;
    node(element).opens.push_back(index);
    return index;
  }

  void tests(const std::vector<SourceTest>& where, const Here& here) {
    for (const auto& test : where) {
      const int slot = slotFor(here, test.path, test.at);
      scope(here.scope).tests.push_back({slot, test});
      scope(here.scope).tested_late |= test.path.starts_with(".[");
    }
  }

  InputPlan inputFor(const Here& here, std::string_view name, std::string_view path, const Location& at) {
    InputPlan out;
    out.name = std::string(name);
    if (path.starts_with("$envelope.")) {
      out.kind = InputPlan::Kind::Envelope;
      out.text = std::string(path.substr(10));
    } else if (path.starts_with('=')) {
      out.kind = InputPlan::Kind::Constant;
      out.text = std::string(path.substr(1));
    } else {
      out.slot = slotFor(here, path, at);
    }
    return out;
  }

  TargetPlan target(std::string_view text, const model::ProtoType& type, const Location& at) {
    return findTarget(text, type, at, problems_);
  }
  // Where a line writes: besides the place, how it names the lists of the message on the way.
  TargetPlan place(std::string_view text, const model::ProtoType& type, const Location& at) {
    auto out = target(text, type, at);
    numberHolder(out, holders_);
    if (out.from_message || &type == canonical::CanonicalMessage::descriptor()) noteLists(out, lists_);
    return out;
  }
  const Converter* converter(const std::string& name, const Location& at) {
    return findConverter(converters_, name, at, problems_);
  }
  const CodeTable* table(const std::string& name, const Location& at) {
    return findTable(tables_, name, at, problems_);
  }
  void fields(const std::vector<FieldRule>& rules, const Here& here) {
    for (const auto& rule : rules) rule.each.empty() ? value(rule, here) : each(rule, here);
  }
  void value(const FieldRule& rule, const Here& here) {
    ValuePlan out;
    out.at = rule.at;
    out.source = rule.from;
    out.fallback = rule.fallback;
    out.split_on = rule.split_on;
    out.basis = rule.basis;
    if (rule.as != Converters::kPaper) out.converter = converter(rule.as, rule.at);
    if (rule.as.find('.') != std::string::npos) out.memory = plan_.memories++;
    out.table = table(rule.table, rule.at);
    out.target = place(rule.to, *here.type, rule.at);
    out.shape = out.target.path.shape();
    if (rule.value) out.inputs.push_back({InputPlan::Kind::Constant, "value", -1, *rule.value});
    else if (!rule.from.empty() && !rule.where.empty()) out.inputs.push_back(filtered(rule, here));
    else if (!rule.from.empty()) out.inputs.push_back(inputFor(here, "value", rule.from, rule.at));
    for (const auto& [name, path] : rule.with) out.inputs.push_back(inputFor(here, name, path, rule.at));
    checkTarget(rule, out, problems_);
    const bool one_leaf = settle(rule, out);
    scope(here.scope).only_slot.push_back(one_leaf ? out.inputs.front().slot : -1);
    scope(here.scope).values.push_back(std::move(out));
  }

  // `where` beside a `from` filters the element that holds the leaf.
  InputPlan filtered(const FieldRule& rule, const Here& here) {
    const size_t slash = rule.from.rfind('/');
    const std::string element = slash == std::string::npos ? "." : rule.from.substr(0, slash);
    const std::string leaf = slash == std::string::npos ? rule.from : rule.from.substr(slash + 1);
    InputPlan out;
    out.name = "value";
    if (element == ".") {
      problems_.error(rule.at, "'where' needs a path with the element to filter: element/leaf");
      return out;
    }
    out.slot = group(here, element, rule.where, leaf);
    return out;
  }

  void each(const FieldRule& rule, const Here& here) {
    const int element = nodeAt(here.node, rule.each, rule.at);
    const int index = addScope(here, element, ScopePlan::Kind::Each);
    Here inner{index, element, here.type};
    if (!rule.like.empty() || !rule.to.empty()) {
      const auto goes_to = place(rule.like.empty() ? rule.to : rule.like, *here.type, rule.at);
      const auto* type = goes_to.path.type();
      if (type && goes_to.path.leaf().is_repeated()) inner.type = type;
      else if (!goes_to.path.empty())
        problems_.error(rule.at, "'each' needs a list of groups to fill, such as offences[]");
      scope(index).has_target = rule.like.empty();
      scope(index).target = goes_to;
      if (!rule.keep.empty() && type) {
        scope(index).prototype = &prototypeOf(*type);
        keeps_.push_back({rule.keep, type, rule.at});
      }
    }
    tests(rule.where, inner);
    scope(index).split = rule.split;
    scope(index).whole = rule.whole;
    scope(index).keep = rule.keep;
    if (rule.split && here.type != canonical::CanonicalMessage::descriptor())
      problems_.error(rule.at, "'split' may only stand at the top of 'fields', or in an 'each' there that has no 'to'");
    if (rule.split) inner.type = canonical::CanonicalMessage::descriptor();
    if (!rule.one_per.empty()) scope(index).one_per_slot = slotFor(inner, rule.one_per, rule.at);
    if (!rule.key.empty()) scope(index).key_slot = slotFor(inner, rule.key, rule.at);
    for (const auto& [name, path] : rule.by) {
      const int key = slotFor(inner, path, rule.at);
      scope(index).by.emplace_back(name, key);
      asks_.push_back({name, inner.type, rule.at});
    }
    for (const auto& [field, what] : rule.link) {
      const auto path = target(field, *here.type, rule.at);
      scope(index).link.emplace_back(path.path, what);
    }
    fields(rule.fields, inner);
    derives(rule.derive, index, *inner.type);
    scope(here.scope).cover |= here.scope != 0 && (scope(index).split || scope(index).cover);
  }

  void derives(const std::vector<DeriveRule>& rules, int index, const model::ProtoType& type) {
    for (const auto& rule : rules) {
      DerivePlan out;
      out.at = rule.at;
      const auto* root = &type;
      if (!rule.in.empty()) {
        out.in = target(rule.in, type, rule.at);
        if (out.in.path.type()) root = out.in.path.type();
      }
      if (rule.given) out.given = model::Condition::load(*rule.given, type, problems_);
      if (rule.when) out.when = model::Condition::load(*rule.when, *root, problems_);
      for (const auto& [path, text] : rule.set) out.set.emplace_back(target(path, *root, rule.at).path, text);
      for (const auto& [name, path] : rule.with) {
        out.with.push_back({name, target(path, *root, rule.at)});
        if (out.with.back().path.from_message && index != 0)
          problems_.error(
              rule.at,
              "'$message.' is known when the whole document is: only a derivation at the top of the file may use it");
      }
      if (!rule.to.empty()) out.to = target(rule.to, *root, rule.at).path;
      out.converter = converter(rule.as, rule.at);
      out.table = table(rule.table, rule.at);
      scope(index).derive.push_back(std::move(out));
    }
    noteNeeds(scope(index));
  }

  void ignore(const IgnoreRule& rule) {
    if (rule.from.find("**") != std::string::npos) {
      std::vector<std::string> pattern;
      for (const auto segment : split(rule.from, '/')) pattern.emplace_back(segment);
      plan_.deep_ignores.push_back(std::move(pattern));
      return;
    }
    const int at = nodeAt(0, rule.from, rule.at);
    if (rule.where.empty()) {
      if (!node(at).captures.empty() || !node(at).opens.empty())
        problems_.error(rule.at, "'" + rule.from + "' is ignored here but mapped above");
      node(at).ignored = true;
      return;
    }
    const int index = addScope({0, 0, nullptr}, at, ScopePlan::Kind::Ignore);
    tests(rule.where, {index, at, nullptr});
  }

  MarkPlan mark(const MarkRule& rule, model::Mark kind) {
    MarkPlan out{rule.path, {}};
    checkMark(rule, kind, problems_);
    for (const auto& test : rule.where) out.tests.push_back({slotFor({0, 0, nullptr}, test.path, test.at), test});
    return out;
  }

  const MappingFile& file_;
  const Converters& converters_;
  const CodeTables& tables_;
  Problems& problems_;
  ReadPlan plan_;
  std::vector<NamedShape> keeps_, asks_;
  std::vector<std::string> holders_;
  std::map<const model::ProtoField*, bool> lists_;  // of the message; whether every line names elements by number
};

}  // namespace

ReadPlan ReadPlan::compile(const MappingFile& file, const Converters& converters, const CodeTables& tables,
                           Problems& problems) {
  return Compiler(file, converters, tables, problems).run();
}

}  // namespace causeway::mapping
