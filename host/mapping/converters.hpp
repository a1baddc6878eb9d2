#pragma once

#include "host/base/short_text.hpp"
#include "host/mapping/document.hpp"
#include "host/mapping/paper.hpp"
#include "host/model/values.hpp"

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
/// Cleared and used again for value after value, so the texts share one buffer.
class Outputs {
 public:
  /// Copies both. Neither may be a view of an output of this object.
  void set(std::string_view name, std::string_view value) {
    items_.push_back({texts_.add(name), name.size(), value.size()});
    texts_.add(value);
  }
  size_t size() const { return items_.size(); }
  bool empty() const { return items_.empty(); }
  NamedText operator[](size_t index) const {
    const Item& item = items_[index];
    return {texts_.view(item.at, item.name_size), texts_.view(item.at + item.name_size, item.value_size)};
  }
  /// The first of that name; empty when there is none. Valid until the next `set`.
  std::string_view get(std::string_view name) const;
  void clear() {
    texts_.clear();
    items_.clear();
  }

 private:
  struct Item {
    size_t at = 0, name_size = 0, value_size = 0;
  };
  TextPool texts_;
  std::vector<Item> items_;
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
  /// A quick test of a text that the converter would give back as it is, for a target of a shape that takes it whole, so that it
  /// need not be asked; nullptr: none is known.
  using Unchanged = bool (*)(std::string_view text);
  static Unchanged unchangedBy(std::string_view name, model::Shape target);
  std::vector<std::string> names() const;

  /// Takes papers when a document is read. It hands bytes over, which no function of texts can: the run does it, and no converter here
  /// has this name.
  static constexpr std::string_view kPaper = "paper";
  void fingerprintBy(Fingerprint fingerprint) { fingerprint_ = std::move(fingerprint); }
  /// Empty when none was given: then no paper can be taken.
  const Fingerprint& fingerprint() const { return fingerprint_; }

 private:
  std::map<std::string, Converter, std::less<>> by_name_;
  Fingerprint fingerprint_;
};

}  // namespace causeway::mapping
