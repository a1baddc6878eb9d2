#include "host/routing/analysis.hpp"

#include <algorithm>
#include <charconv>

// How two tests of one path stand to one another.
namespace causeway::routing {
namespace {

using model::Need;

int numberOf(const Need& need) {
  int out = 0;
  const auto& text = need.operands.front();
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

bool isTrue(const Need& need) { return need.operands.front() == "true"; }
bool lists(const Need& need) { return need.test == "equals" || need.test == "in"; }
bool has(const Need& need, const std::string& value) {
  return std::ranges::find(need.operands, value) != need.operands.end();
}

bool demandsPresence(const Need& need) {
  if (!need.wanted) return need.test == "exists" && !isTrue(need);
  if (need.test == "exists") return isTrue(need);
  if (need.test == "at_least") return numberOf(need) > 0;
  return need.test != "at_most" && need.test != "changed";
}

bool demandsAbsence(const Need& need) {
  return (need.test == "exists" && need.wanted != isTrue(need)) ||
         (need.wanted && need.test == "at_most" && numberOf(need) == 0);
}

// Of single values and dates: whether a value that one test lists can pass the other.
bool couldPass(const std::string& value, const Need& other) {
  if (lists(other)) return has(other, value);
  if (other.test == "not_equals") return value != other.operands.front();
  if (other.operands.front() == "today") return true;
  if (other.test == "before") return value < other.operands.front();
  if (other.test == "after") return value > other.operands.front();
  return true;
}

bool excludesSingle(const Need& a, const Need& b) {
  if (lists(a)) return std::ranges::none_of(a.operands, [&](const auto& value) { return couldPass(value, b); });
  const bool relative = a.operands.front() == "today" || b.operands.front() == "today";
  return a.test == "before" && b.test == "after" &&
         (relative ? a.operands == b.operands : b.operands.front() >= a.operands.front());
}

bool excludes(const Need& a, const Need& b) {
  if (a.path != b.path) return false;
  if (demandsPresence(a) && demandsAbsence(b)) return true;
  if (a.wanted != b.wanted) {
    const auto& yes = a.wanted ? a : b;
    const auto& no = a.wanted ? b : a;
    if (yes.test == no.test && yes.operands == no.operands) return true;
    return lists(yes) && lists(no) &&
           std::ranges::all_of(yes.operands, [&](const auto& value) { return has(no, value); });
  }
  if (!a.wanted) return false;
  if (a.test == "at_least" && b.test == "at_most") return numberOf(a) > numberOf(b);
  if (a.test == "changed" && b.test == "changed") return isTrue(a) != isTrue(b);
  return a.single && excludesSingle(a, b);
}

bool implied(const Need& less, const Need& by) {
  if (less.path != by.path) return false;
  if (less == by) return true;
  if (less.wanted && less.test == "exists" && isTrue(less) && demandsPresence(by)) return true;
  if (!less.wanted || !by.wanted) return false;
  if (lists(less) && lists(by))
    return std::ranges::all_of(by.operands, [&](const auto& value) { return has(less, value); });
  if (less.test == "at_least" && by.test == "at_least") return numberOf(less) <= numberOf(by);
  if (less.test == "at_most" && by.test == "at_most") return numberOf(less) >= numberOf(by);
  return false;
}

}  // namespace

std::optional<std::pair<size_t, size_t>> firstClash(const std::vector<Need>& needs) {
  for (size_t i = 0; i < needs.size(); ++i)
    for (size_t j = 0; j < i; ++j)
      if (excludes(needs[i], needs[j]) || excludes(needs[j], needs[i])) return std::pair(j, i);
  return std::nullopt;
}

bool implies(const std::vector<Need>& more, const std::vector<Need>& less) {
  return std::ranges::all_of(less, [&](const Need& need) {
    return std::ranges::any_of(more, [&](const Need& by) { return implied(need, by); });
  });
}

}  // namespace causeway::routing
