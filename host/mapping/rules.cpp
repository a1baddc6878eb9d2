#include "host/mapping/rules.hpp"

#include "host/base/node_reader.hpp"
#include "host/base/text.hpp"

#include <algorithm>

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

std::vector<FieldRule> loadFields(const Node* list, Problems& problems);

void loadEach(NodeReader& reader, FieldRule& out, Problems& problems) {
  out.split = reader.flag("split");
  out.one_per = reader.text("one_per");
  out.keep = reader.text("keep");
  out.key = reader.text("key");
  out.like = reader.text("like");
  out.by = pairs(reader.map("by"), "by", problems);
  out.link = pairs(reader.map("link"), "link", problems);
  out.fields = loadFields(reader.list("fields"), problems);
  out.derive = loadDerives(reader.list("derive"), problems);
  if (out.fields.empty() && out.by.empty()) problems.error(out.at, "an 'each' needs 'fields'");
  if (!out.keep.empty() && (out.key.empty() || out.like.empty()))
    problems.error(out.at, "'keep' needs 'key' and 'like'");
}

FieldRule loadField(const Node& node, Problems& problems) {
  FieldRule out;
  out.at = node.at;
  NodeReader reader(node, "a field", problems);
  out.from = reader.text("from");
  out.with = pairs(reader.map("with"), "with", problems);
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
  out.where = loadTests(reader.map("where"), problems);
  out.when = reader.map("when");
  if (!out.each.empty()) loadEach(reader, out, problems);
  reader.finish();
  const int sources = !out.from.empty() + !out.with.empty() + out.value.has_value() + !out.each.empty();
  if (node.isMap() && sources != 1)
    problems.error(node.at, "a field takes exactly one of 'from', 'with', 'value' and 'each'");
  if (!out.with.empty() && out.as.empty()) problems.error(node.at, "'with' needs a converter ('as')");
  if (out.each.empty() && out.to.empty() && node.isMap()) problems.error(node.at, "a field needs 'to'");
  if (!out.as.empty() && !out.table.empty()) problems.error(node.at, "a field has a converter or a table, not both");
  return out;
}

std::vector<FieldRule> loadFields(const Node* list, Problems& problems) {
  std::vector<FieldRule> out;
  if (list)
    for (const auto& item : list->items) out.push_back(loadField(item, problems));
  return out;
}

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
    case Operator::Equals: return present && value == operands.front();
    case Operator::In: return present && std::ranges::find(operands, value) != operands.end();
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

MappingFile loadMappingFile(const Node& node, Problems& problems) {
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
  out.fields = loadFields(reader.list("fields"), problems);
  out.derive = loadDerives(reader.list("derive"), problems);
  if (const Node* list = reader.list("ignore")) {
    for (const auto& item : list->items) {
      NodeReader ignored(item, "an ignored field", problems);
      IgnoreRule rule{item.at, ignored.required("from"), ignored.required("why"), {}};
      rule.where = loadTests(ignored.map("where"), problems);
      ignored.finish();
      out.ignore.push_back(std::move(rule));
    }
  }
  out.complete = loadMarks(reader.list("complete"), problems);
  out.clear = loadMarks(reader.list("clear"), problems);
  out.require = loadMarks(reader.list("require"), problems);
  reader.finish();
  if (!out.reads && !out.writes) problems.error(node.at, "a mapping needs 'reads' or 'writes'");
  if (out.fields.empty()) problems.error(node.at, "a mapping needs 'fields'");
  if (!out.reads && !(out.reply.empty() && out.identify.empty()))
    problems.error(node.at, "'reply' and 'identify' are for mappings that read");
  return out;
}

}  // namespace causeway::mapping
