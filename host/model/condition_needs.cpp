#include "host/model/case.pb.h"
#include "host/model/condition.hpp"
#include "host/model/condition_words.hpp"

#include <algorithm>

// What can be said of a condition without a message: for checks of many together.
namespace causeway::model {

void Condition::collectNeeds(std::vector<Need>& out) const {
  const auto needOf = [](const Condition& test, bool wanted) {
    const auto& steps = test.path_.steps();
    const bool single = std::ranges::all_of(steps, [](const FieldPath::Step& step) {
      return !step.field->is_repeated() || step.pick == FieldPath::Step::Pick::Index;
    });
    return Need{wanted, test.path_.text(), operatorNames().at(static_cast<size_t>(test.operator_)), test.operands_,
                single, &test.path_};
  };
  if (kind_ == Kind::Test && !path_.empty()) out.push_back(needOf(*this, true));
  if (kind_ == Kind::All || (kind_ == Kind::Any && children_.size() == 1))
    for (const auto& child : children_) child.collectNeeds(out);
  if (kind_ != Kind::None) return;
  for (const auto& child : children_)
    if (child.kind_ == Kind::Test && !child.path_.empty()) out.push_back(needOf(child, false));
}

bool Condition::isAllNeeds() const {
  switch (kind_) {
    case Kind::All: return std::ranges::all_of(children_, &Condition::isAllNeeds);
    case Kind::Any: return children_.size() == 1 && children_.front().isAllNeeds();
    case Kind::None: return std::ranges::all_of(children_, [](const auto& child) { return child.kind_ == Kind::Test; });
    case Kind::Test: return true;
  }
  return false;
}

bool Condition::looksBack() const {
  if (kind_ == Kind::Test) return operator_ == Operator::Changed;
  return std::ranges::any_of(children_, &Condition::looksBack);
}

}  // namespace causeway::model
