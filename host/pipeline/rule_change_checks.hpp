#pragma once

#include "host/pipeline/rule_changes.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

/// What the steps of a change ask first.
namespace causeway::pipeline {

/// Who makes live what was scheduled.
inline const RuleOperator kClockOperator{"causeway", false, false, "clock"};

inline bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

inline Result<void> needs(bool role, const std::string& name, std::string_view what) {
  if (role) return {};
  return fail(ErrorKind::Refused, "'" + name + "' may not do this: it needs the role '" + std::string(what) +
                                      "' under 'operators' of the main file");
}

inline Result<void> mustBe(const RuleVersionRow& row, std::initializer_list<RuleState> allowed, std::string_view next) {
  if (std::ranges::find(allowed, row.state) != allowed.end()) return {};
  return fail(ErrorKind::Conflict, "version " + std::to_string(row.number) + " is " + std::string(nameOf(row.state)) +
                                       ": it cannot be " + std::string(next));
}

/// What was tried and approved was the step from the version that was live then.
inline Result<void> mustFollow(const RuleVersionRow& row, const RuleVersionRow* live) {
  const auto number = live ? live->number : 0;
  if (row.parent == number) return {};
  return fail(ErrorKind::Conflict, "version " + std::to_string(row.parent) + ", which version " +
                                       std::to_string(row.number) + " was written from, is not live any more (" +
                                       std::to_string(number) + " is): draft it again into version " +
                                       std::to_string(row.number));
}

}  // namespace causeway::pipeline
