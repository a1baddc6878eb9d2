#include "host/pipeline/restrictions.hpp"

#include <algorithm>

namespace causeway::pipeline {

std::vector<DecisionRow> restrictionsNow(const std::vector<DecisionRow>& rows) {
  std::vector<DecisionRow> out;
  for (const auto& row : rows) {
    if (!row.code.starts_with(kLifted)) {
      out.push_back(row);
      continue;
    }
    const auto code = row.code.substr(kLifted.size());
    std::erase_if(out, [&](const DecisionRow& one) { return one.code == code && one.person == row.person; });
  }
  return out;
}

bool isRestricted(const std::vector<DecisionRow>& now, std::string_view code, std::string_view person) {
  return std::ranges::any_of(now, [&](const DecisionRow& one) {
    return one.code == code && (one.person.empty() || person.empty() || one.person == person);
  });
}

bool holdsBack(const std::vector<DecisionRow>& now, const std::vector<std::string>& people) {
  return std::ranges::any_of(now, [&](const DecisionRow& one) {
    return one.person.empty() || std::ranges::find(people, one.person) != people.end();
  });
}

}  // namespace causeway::pipeline
