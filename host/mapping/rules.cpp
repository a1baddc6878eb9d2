#include "host/mapping/rules.hpp"

#include "host/base/node_reader.hpp"
#include "host/base/short_text.hpp"
#include "host/base/text.hpp"

#include <algorithm>
#include <iterator>

namespace causeway::mapping {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

Pairs pairs(const Node* node, std::string_view what, Problems& problems) {
  Pairs out;
  if (!node) return out;
  for (const auto& entry : node->entries) {
    if (entry.value.isScalar()) out.emplace_back(entry.key, entry.value.scalar);
    else problems.error(entry.value.at, "each entry of '" + std::string(what) + "' is a name and one value");
  }
  return out;
}

void loadOperator(const Node::Entry& entry, SourceTest& test, Problems& problems) {
  static const std::vector<std::string> known = {"equals", "in", "matches", "exists"};
  const auto found = std::ranges::find(known, entry.key);
  if (found == known.end()) {
    problems.error(entry.key_at, "unknown test '" + entry.key + "'" + didYouMean(entry.key, known) +
                                     " (allowed: equals, in, matches, exists)");
    return;
  }
  test.op = static_cast<SourceTest::Operator>(found - known.begin());
  if (entry.value.isScalar()) test.operands = {entry.value.scalar};
  for (const auto& item : entry.value.items) test.operands.push_back(item.scalar);
  if (test.op == SourceTest::Operator::In ? !entry.value.isList() : !entry.value.isScalar())
    problems.error(entry.value.at,
                   "'" + entry.key + "' needs " + (test.op == SourceTest::Operator::In ? "a list" : "one value"));
  if (test.op != SourceTest::Operator::Matches || test.operands.empty()) return;
  auto regex = Regex::compile(test.operands.front());
  if (regex) test.regex = std::make_shared<Regex>(*std::move(regex));
  else problems.error(entry.value.at, regex.error().what);
}

DeriveRule loadDerive(const Node& node, Problems& problems) {
  DeriveRule out;
  out.at = node.at;
  NodeReader reader(node, "a derivation", problems);
  out.in = reader.text("in");
  out.given = reader.map("given");
  out.when = reader.map("when");
  out.set = pairs(reader.map("set"), "set", problems);
  if (auto from = reader.optionalText("from")) out.with.emplace_back("value", *std::move(from));
  for (auto& named : pairs(reader.map("with"), "with", problems)) out.with.push_back(std::move(named));
  out.to = reader.text("to");
  out.as = reader.text("as");
  out.table = reader.text("table");
  reader.finish();
  if (out.set.empty() == out.to.empty())
    problems.error(node.at, "a derivation either sets values ('set') or makes one ('from' or 'with', and 'to')");
  if (out.given && out.in.empty())
    problems.error(node.at, "'given' is about the element around 'in': without 'in' write 'when'");
  if (!out.to.empty() && out.with.empty()) problems.error(node.at, "a derivation with 'to' needs 'from' or 'with'");
  return out;
}

std::vector<DeriveRule> loadDerives(const Node* list, Problems& problems) {
  std::vector<DeriveRule> out;
  if (list)
    for (const auto& item : list->items) out.push_back(loadDerive(item, problems));
  return out;
}

std::vector<IgnoreRule> loadIgnores(const Node* list, Problems& problems) {
  std::vector<IgnoreRule> out;
  if (!list) return out;
  for (const auto& item : list->items) {
    NodeReader reader(item, "an ignored field", problems);
    IgnoreRule rule{item.at, reader.required("from"), reader.required("why"), {}};
    rule.where = loadTests(reader.map("where"), problems);
    reader.finish();
    out.push_back(std::move(rule));
  }
  return out;
}

// The lines of a scope: its own and those of the parts it uses, in the order of the file.
struct Lines {
  std::vector<FieldRule> fields;
  std::vector<DeriveRule> derive;
};

/// Reads the scopes of one file. What a scope ignores is said from its element down; the file keeps it from the root down.
class Scopes {
 public:
  Scopes(Parts& parts, bool document_paths, Problems& problems)
      : parts_(parts), step_(document_paths ? '/' : '.'), problems_(problems) {}

  Lines take(NodeReader& reader) {
    Lines out;
    if (const Node* list = reader.list("fields"))
      for (const auto& item : list->items) line(item, out);
    for (auto& rule : loadDerives(reader.list("derive"), problems_)) out.derive.push_back(std::move(rule));
    for (auto& rule : loadIgnores(reader.list("ignore"), problems_)) {
      rule.from = below_ + rule.from;
      ignored_.push_back(std::move(rule));
    }
    return out;
  }

  std::vector<IgnoreRule> takeIgnored() { return std::move(ignored_); }

 private:
  void line(const Node& item, Lines& out) {
    if (!item.find("use")) {
      out.fields.push_back(field(item));
      return;
    }
    NodeReader reader(item, "a use", problems_);
    const auto name = reader.required("use");
    reader.finish();
    const auto found = parts_.find(name);
    if (found == parts_.end()) {
      std::vector<std::string> known;
      for (const auto& part : parts_) known.push_back(part.first);
      problems_.error(item.at, "no part '" + name + "'" + didYouMean(name, known));
    } else if (std::ranges::find(using_, name) != using_.end()) {
      problems_.error(item.at, "the part '" + name + "' uses itself");
    } else {
      found->second.used = true;
      use(*found->second.node, name, out);
    }
  }

  void use(const Node& node, const std::string& name, Lines& out) {
    using_.push_back(name);
    NodeReader reader(node, "a part", problems_);
    reader.required("part");
    reader.text("source");
    auto lines = take(reader);
    reader.finish();
    using_.pop_back();
    std::ranges::move(lines.fields, std::back_inserter(out.fields));
    std::ranges::move(lines.derive, std::back_inserter(out.derive));
  }

  void each(NodeReader& reader, FieldRule& out) {
    out.split = reader.flag("split");
    out.whole = reader.flag("whole");
    out.one_per = reader.text("one_per");
    out.keep = reader.text("keep");
    out.key = reader.text("key");
    out.like = reader.text("like");
    out.by = pairs(reader.map("by"), "by", problems_);
    out.link = pairs(reader.map("link"), "link", problems_);
    const auto outer = below_;
    if (out.each != ".") below_ += out.each + step_;
    auto lines = take(reader);
    below_ = outer;
    out.fields = std::move(lines.fields);
    out.derive = std::move(lines.derive);
    if (out.fields.empty() && out.by.empty()) problems_.error(out.at, "an 'each' needs 'fields'");
    if (!out.keep.empty() && (out.key.empty() || out.like.empty()))
      problems_.error(out.at, "'keep' needs 'key' and 'like'");
  }

  FieldRule field(const Node& node) {
    FieldRule out;
    out.at = node.at;
    NodeReader reader(node, "a field", problems_);
    out.from = reader.text("from");
    out.with = pairs(reader.map("with"), "with", problems_);
    out.value = reader.optionalText("value");
    out.each = reader.text("each");
    out.to = reader.text("to");
    out.as = reader.text("as");
    out.table = reader.text("table");
    out.fallback = reader.optionalText("default");
    out.split_on = reader.text("split_on");
    out.refers = reader.texts("refers");
    out.basis = reader.choice("basis", {"fact", "assessment", "wording"});
    out.json = reader.choice("json", {"text", "number", "boolean"});
    out.where = loadTests(reader.map("where"), problems_);
    out.when = reader.map("when");
    if (!out.each.empty()) each(reader, out);
    reader.finish();
    check(out, node);
    return out;
  }

  void check(const FieldRule& out, const Node& node) {
    const int sources = !out.from.empty() + !out.with.empty() + out.value.has_value() + !out.each.empty();
    if (node.isMap() && sources != 1)
      problems_.error(node.at, "a field takes exactly one of 'from', 'with', 'value' and 'each'");
    if (!out.with.empty() && out.as.empty()) problems_.error(node.at, "'with' needs a converter ('as')");
    if (out.each.empty() && out.to.empty() && node.isMap()) problems_.error(node.at, "a field needs 'to'");
    if (!out.as.empty() && !out.table.empty()) problems_.error(node.at, "a field has a converter or a table, not both");
  }

  Parts& parts_;
  char step_;
  Problems& problems_;
  std::string below_;
  std::vector<std::string> using_;
  std::vector<IgnoreRule> ignored_;
};

std::vector<MarkRule> loadMarks(const Node* list, Problems& problems) {
  std::vector<MarkRule> out;
  if (!list) return out;
  for (const auto& item : list->items) {
    if (item.isScalar()) {
      out.push_back({item.at, item.scalar, {}});
      continue;
    }
    NodeReader reader(item, "a mark", problems);
    MarkRule mark{item.at, reader.required("path"), loadTests(reader.map("where"), problems)};
    reader.finish();
    out.push_back(std::move(mark));
  }
  return out;
}

std::optional<Format> loadFormat(NodeReader& reader, std::string_view key) {
  const auto text = reader.choice(key, {"xml", "json"});
  if (text.empty()) return std::nullopt;
  return text == "xml" ? Format::Xml : Format::Json;
}

}  // namespace

bool SourceTest::passes(std::string_view value, bool present) const {
  switch (op) {
    case Operator::Equals: return present && isSameText(value, operands.front());
    case Operator::In:
      return present && std::ranges::any_of(operands, [&](const auto& each) { return isSameText(value, each); });
    case Operator::Matches: return present && regex && regex->search(value);
    case Operator::Exists: return present == (operands.front() == "true");
  }
  return false;
}

std::vector<SourceTest> loadTests(const Node* node, Problems& problems) {
  std::vector<SourceTest> out;
  if (!node) return out;
  for (const auto& entry : node->entries) {
    SourceTest test;
    test.at = entry.key_at;
    test.path = entry.key;
    if (entry.value.isScalar()) test.operands = {entry.value.scalar};
    else if (entry.value.isMap() && entry.value.entries.size() == 1)
      loadOperator(entry.value.entries.front(), test, problems);
    else
      problems.error(entry.value.at,
                     "the test of '" + entry.key + "' is one value or one of equals, in, matches, exists");
    if (test.operands.empty()) test.operands.emplace_back();
    out.push_back(std::move(test));
  }
  return out;
}

MappingFile loadMappingFile(const Node& node, Parts& parts, Problems& problems) {
  MappingFile out;
  out.at = node.at;
  NodeReader reader(node, "a mapping", problems);
  out.id = reader.required("mapping");
  out.version = reader.text("version", "1");
  out.reads = loadFormat(reader, "reads");
  out.writes = loadFormat(reader, "writes");
  out.root = reader.text("root");
  out.name_space = reader.text("namespace");
  out.when = loadTests(reader.map("if"), problems);
  out.message = reader.required("message");
  out.reply = reader.text("reply");
  out.identify = pairs(reader.map("identify"), "identify", problems);
  reader.text("source");
  Scopes scopes(parts, out.reads.has_value(), problems);
  auto lines = scopes.take(reader);
  out.fields = std::move(lines.fields);
  out.derive = std::move(lines.derive);
  out.ignore = scopes.takeIgnored();
  out.complete = loadMarks(reader.list("complete"), problems);
  out.clear = loadMarks(reader.list("clear"), problems);
  out.require = loadMarks(reader.list("require"), problems);
  out.multipart = loadMultipart(reader.map("multipart"), problems);
  reader.finish();
  if (!out.reads && !out.writes) problems.error(node.at, "a mapping needs 'reads' or 'writes'");
  if (out.fields.empty()) problems.error(node.at, "a mapping needs 'fields'");
  if (!out.reads && !(out.reply.empty() && out.identify.empty() && !out.multipart))
    problems.error(node.at, "'reply', 'identify' and 'multipart' are for mappings that read");
  return out;
}

}  // namespace causeway::mapping
