#pragma once

#include "host/mapping/document.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace causeway::mapping {

/// What a converter was given: the inputs that the rule names; one input alone is called "value". Absent ones are not there.
using Inputs = NamedTexts;
std::string_view input(Inputs inputs, std::string_view name);

/// What a converter gives back. "value" is the text form of the target; other names are parts of it (basis, confidence, raw...).
/// "finding" is a code for a person's attention; it may come with "finding.text" in plain English, without personal values.
class Outputs {
 public:
  void set(std::string_view name, std::string_view value) { items_.emplace_back(name, value); }
  const std::vector<std::pair<std::string, std::string>>& items() const { return items_; }
  std::string_view get(std::string_view name) const;
  void clear() { items_.clear(); }

 private:
  std::vector<std::pair<std::string, std::string>> items_;
};

/// Pure: the same inputs give the same outputs. Invalid when the inputs cannot be read; the text names the expected form only.
using Converter = std::function<Result<void>(Inputs, Outputs&)>;

/// Converters by name. Built-in ones have plain names; an adapter's begin with its own ("courts.local_time").
class Converters {
 public:
  Converters();  ///< with the built-in ones: see mappings/README.md
  /// Conflict when the name is taken.
  Result<void> add(std::string name, Converter converter);
  const Converter* find(std::string_view name) const;
  std::vector<std::string> names() const;

 private:
  std::map<std::string, Converter, std::less<>> by_name_;
};

}  // namespace causeway::mapping
