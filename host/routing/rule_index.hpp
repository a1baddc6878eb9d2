#pragma once

#include "host/routing/rule.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace causeway::routing {

/// Finds the rules that may match an event without asking each of them: by its type, then by the values of fields that rules
/// compare with `equals` or `in`. A field is read once, however many rules compare with it. What it leaves out cannot match;
/// whether the rest does is for the rule to say.
class RuleIndex {
 public:
  RuleIndex() = default;
  /// The rules must not change; what is kept of them are their numbers and copies of paths.
  explicit RuleIndex(const std::vector<Rule>& rules);

  /// Numbers of rules, rising.
  std::vector<int> candidates(const canonical::CanonicalMessage& event) const;

 private:
  struct Text {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  template <class Value>
  using ByText = std::unordered_map<std::string, Value, Text, std::equal_to<>>;

  struct Field {
    model::FieldPath path;
    ByText<std::vector<int>> rules;  ///< by the value that they compare with
  };
  struct OfType {
    std::vector<Field> fields;
    std::vector<int> others;  ///< rules that compare with no value
  };
  struct Comparison;

  void add(int number, const Comparison* by, OfType& to) const;

  ByText<OfType> types_;
};

}  // namespace causeway::routing
