#include "host/model/condition.hpp"

#include "host/base/node_reader.hpp"
#include "host/base/text.hpp"
#include "host/model/case.pb.h"
#include "host/model/reflection_of.hpp"

#include <algorithm>
#include <charconv>

namespace causeway::model {
namespace {

const std::vector<std::string> kOperators = {"equals",   "not_equals", "in",     "matches", "exists",
                                             "at_least", "at_most",    "before", "after"};

bool isUnmappedCode(const ProtoMessage& parent, const FieldFacts& facts, int index) {
  return facts.shape == Shape::Code && static_cast<const canonical::Code&>(facts.group(parent, index)).unmapped();
}

int toNumber(const std::string& text) {
  int value = -1;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

Condition Condition::load(const Node& node, const ProtoType& root, Problems& problems) {
  Condition all;
  const auto addEach = [&](Condition& group, const Node& children) {
    if (children.isMap()) {
      group.children_.push_back(load(children, root, problems));
      return;
    }
    if (!children.isList()) problems.error(children.at, "expected a list of conditions");
    for (const auto& child : children.items) group.children_.push_back(load(child, root, problems));
  };
  if (!node.isMap()) {
    problems.error(node.at, "a condition is a map: all, any, none, or a path with its test");
    return all;
  }
  for (const auto& entry : node.entries) {
    const bool group = entry.key == "all" || entry.key == "any" || entry.key == "none";
    if (!group) {
      all.children_.push_back(loadTest(entry.key, entry.value, root, problems));
      continue;
    }
    Condition inner;
    inner.kind_ = entry.key == "all" ? Kind::All : entry.key == "any" ? Kind::Any : Kind::None;
    addEach(inner, entry.value);
    all.children_.push_back(std::move(inner));
  }
  return all.children_.size() == 1 ? std::move(all.children_.front()) : all;
}

Condition Condition::loadTest(const std::string& path, const Node& value, const ProtoType& root, Problems& problems) {
  Condition out;
  out.kind_ = Kind::Test;
  auto parsed = FieldPath::parse(path, root);
  if (parsed) out.path_ = *std::move(parsed);
  else problems.error(value.at, "condition on '" + path + "': " + parsed.error().what);
  if (value.isMap() && value.entries.size() == 1) {
    out.loadOperator(value.entries.front(), problems);
  } else if (value.isScalar()) {
    out.operator_ = Operator::Equals;
    out.operands_ = {value.scalar};
  } else {
    problems.error(value.at,
                   "the test of '" + path + "' must be one value or one operator (" + join(kOperators, ", ") + ")");
  }
  out.text_ = path + (value.isScalar() ? " equals " + value.scalar : "");
  if (value.isMap() && value.entries.size() == 1)
    out.text_ += " " + value.entries.front().key + " " +
                 (out.operands_.size() == 1 && out.operator_ != Operator::In ? out.operands_.front()
                                                                             : "[" + join(out.operands_, ", ") + "]");
  return out;
}

void Condition::loadOperator(const Node::Entry& entry, Problems& problems) {
  const auto known = std::ranges::find(kOperators, entry.key);
  if (known == kOperators.end()) {
    problems.error(entry.key_at, "unknown operator '" + entry.key + "'" + didYouMean(entry.key, kOperators) +
                                     " (allowed: " + join(kOperators, ", ") + ")");
    return;
  }
  operator_ = static_cast<Operator>(known - kOperators.begin());
  const Node& value = entry.value;
  if (value.isScalar()) operands_ = {value.scalar};
  for (const auto& item : value.items) operands_.push_back(item.scalar);
  if (operator_ == Operator::In ? !value.isList() : !value.isScalar())
    problems.error(value.at, "'" + entry.key + "' needs " + (operator_ == Operator::In ? "a list" : "one value"));
  if (operands_.empty()) operands_.emplace_back();
  if (operator_ == Operator::Exists && operands_.front() != "true" && operands_.front() != "false")
    problems.error(value.at, "'exists' is true or false");
  if ((operator_ == Operator::AtLeast || operator_ == Operator::AtMost) && toNumber(operands_.front()) < 0)
    problems.error(value.at, "'" + entry.key + "' needs a whole number");
  number_ = operator_ == Operator::Exists ? (operands_.front() == "true") : toNumber(operands_.front());
  if (operator_ != Operator::Matches) return;
  auto regex = Regex::compile(operands_.front());
  if (regex) regex_ = std::make_shared<Regex>(*std::move(regex));
  else problems.error(value.at, regex.error().what);
}

bool Condition::passes(std::string_view value) const {
  switch (operator_) {
    case Operator::Equals: return value == operands_.front();
    case Operator::NotEquals: return value != operands_.front();
    case Operator::In: return std::ranges::find(operands_, value) != operands_.end();
    case Operator::Matches: return regex_ && regex_->search(value);
    case Operator::Before: return !value.empty() && value < operands_.front();
    case Operator::After: return !value.empty() && value > operands_.front();
    default: return false;
  }
}

bool Condition::test(const ProtoMessage& root) const {
  if (path_.empty()) return false;
  int count = 0;
  bool passed = false;
  std::string scratch;
  const bool counts = operator_ == Operator::Exists || operator_ == Operator::AtLeast || operator_ == Operator::AtMost;
  const auto& facts = path_.access();
  path_.visit(root, [&](const ProtoMessage& parent, const ProtoField&, int index) {
    ++count;
    if (!counts && !isUnmappedCode(parent, facts, index)) passed = passes(viewOf(parent, facts, index, scratch));
    return operator_ != Operator::Exists && !passed;
  });
  if (operator_ == Operator::Exists) return (count > 0) == (number_ == 1);
  if (operator_ == Operator::AtLeast) return count >= number_;
  if (operator_ == Operator::AtMost) return count <= number_;
  return passed;
}

bool Condition::holds(const ProtoMessage& root) const {
  const auto child_holds = [&](const Condition& child) { return child.holds(root); };
  switch (kind_) {
    case Kind::All: return std::ranges::all_of(children_, child_holds);
    case Kind::Any: return std::ranges::any_of(children_, child_holds);
    case Kind::None: return std::ranges::none_of(children_, child_holds);
    case Kind::Test: return test(root);
  }
  return false;
}

bool Condition::explain(const ProtoMessage& root, std::vector<Reason>& reasons) const {
  if (kind_ == Kind::Test) {
    const bool held = test(root);
    reasons.push_back({held, text_});
    return held;
  }
  for (const auto& child : children_) {
    const size_t before = reasons.size();
    child.explain(root, reasons);
    if (kind_ != Kind::None) continue;
    for (size_t i = before; i < reasons.size(); ++i) reasons[i] = {!reasons[i].held, "not: " + reasons[i].test};
  }
  return holds(root);
}

void Condition::collectPaths(std::vector<std::string>& out) const {
  if (kind_ == Kind::Test && !path_.empty()) out.push_back(path_.names());
  for (const auto& child : children_) child.collectPaths(out);
}

Condition Condition::beyondPresence(std::vector<FieldPath>& there, std::vector<FieldPath>& absent) const {
  if (kind_ == Kind::Test && !path_.empty()) {
    if (operator_ == Operator::Exists) {
      (number_ == 1 ? there : absent).push_back(path_);
      return {};
    }
    const bool passes_when_absent = operator_ == Operator::AtMost || (operator_ == Operator::AtLeast && number_ == 0);
    if (!passes_when_absent) there.push_back(path_);
  }
  if (kind_ != Kind::All) return *this;
  Condition rest;
  for (const auto& child : children_)
    if (auto left = child.beyondPresence(there, absent); !left.always()) rest.children_.push_back(std::move(left));
  return rest;
}

}  // namespace causeway::model
