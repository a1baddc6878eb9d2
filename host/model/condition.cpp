#include "host/model/condition.hpp"

#include "host/base/text.hpp"
#include "host/model/case.pb.h"
#include "host/model/reflection_of.hpp"

#include <algorithm>

namespace causeway::model {
namespace {

bool isUnmappedCode(const ProtoMessage& parent, const FieldFacts& facts, int index) {
  return facts.shape == Shape::Code && static_cast<const canonical::Code&>(facts.group(parent, index)).unmapped();
}

// Everything that the path leads to, so that two states of it can be compared.
std::string contentsOf(const FieldPath& path, const ProtoMessage& root) {
  std::string out, scratch;
  const auto& facts = path.access();
  path.visit(root, [&](const ProtoMessage& parent, const ProtoField& field, int index) {
    const std::string value = field.message_type() ? facts.group(parent, index).SerializeAsString()
                                                   : std::string(viewOf(parent, facts, index, scratch));
    out += std::to_string(value.size()) + ":" + value;
    return true;
  });
  return out;
}

std::string inDays(const WorkingDays& calendar, std::chrono::year_month_day today, int count) {
  const auto day = calendar.after(today, count);
  return day ? formatDate(*day) : "";
}

}  // namespace

bool Condition::passes(std::string_view value, const Circumstances& at) const {
  switch (operator_) {
    case Operator::Equals: return value == operands_.front();
    case Operator::NotEquals: return value != operands_.front();
    case Operator::In: return std::ranges::find(operands_, value) != operands_.end();
    case Operator::Matches: return regex_ && regex_->search(value);
    case Operator::Before:
      return !value.empty() && value < (today_ && at.today ? formatDate(*at.today) : operands_.front());
    case Operator::After:
      return !value.empty() && value > (today_ && at.today ? formatDate(*at.today) : operands_.front());
    case Operator::WithinDays: {
      if (value.empty() || !at.today || !at.calendar || value < formatDate(*at.today)) return false;
      const auto last = inDays(*at.calendar, *at.today, number_);
      at.unanswered |= last.empty();
      return !last.empty() && value <= last;
    }
    default: return false;
  }
}

bool Condition::hasChanged(const ProtoMessage& root, const Circumstances& at) const {
  return contentsOf(path_, root) != (at.before ? contentsOf(path_, *at.before) : "");
}

bool Condition::test(const ProtoMessage& root, const Circumstances& at) const {
  if (path_.empty()) return false;
  if (operator_ == Operator::Changed) return hasChanged(root, at) == (number_ == 1);
  if ((today_ || operator_ == Operator::WithinDays) && !at.today) at.unanswered = true;
  int count = 0;
  bool passed = false;
  std::string scratch;
  const bool counts = operator_ == Operator::Exists || operator_ == Operator::AtLeast || operator_ == Operator::AtMost;
  const auto& facts = path_.access();
  path_.visit(root, [&](const ProtoMessage& parent, const ProtoField&, int index) {
    ++count;
    if (!counts && !isUnmappedCode(parent, facts, index)) passed = passes(viewOf(parent, facts, index, scratch), at);
    return operator_ != Operator::Exists && !passed;
  });
  if (operator_ == Operator::Exists) return (count > 0) == (number_ == 1);
  if (operator_ == Operator::AtLeast) return count >= number_;
  if (operator_ == Operator::AtMost) return count <= number_;
  return passed;
}

bool Condition::holds(const ProtoMessage& root, const Circumstances& at) const {
  const auto child_holds = [&](const Condition& child) { return child.holds(root, at); };
  switch (kind_) {
    case Kind::All: return std::ranges::all_of(children_, child_holds);
    case Kind::Any: return std::ranges::any_of(children_, child_holds);
    case Kind::None: return std::ranges::none_of(children_, child_holds);
    case Kind::Test: return test(root, at);
  }
  return false;
}

bool Condition::explain(const ProtoMessage& root, std::vector<Reason>& reasons, const Circumstances& at) const {
  if (kind_ == Kind::Test) {
    const bool held = test(root, at);
    reasons.push_back({held, text_});
    return held;
  }
  for (const auto& child : children_) {
    const size_t before = reasons.size();
    child.explain(root, reasons, at);
    if (kind_ != Kind::None) continue;
    for (size_t i = before; i < reasons.size(); ++i) reasons[i] = {!reasons[i].held, "not: " + reasons[i].test};
  }
  return holds(root, at);
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
    const bool passes_when_absent = operator_ == Operator::AtMost || operator_ == Operator::Changed ||
                                    (operator_ == Operator::AtLeast && number_ == 0);
    if (!passes_when_absent) there.push_back(path_);
  }
  if (kind_ != Kind::All) return *this;
  Condition rest;
  for (const auto& child : children_)
    if (auto left = child.beyondPresence(there, absent); !left.always()) rest.children_.push_back(std::move(left));
  return rest;
}

}  // namespace causeway::model
