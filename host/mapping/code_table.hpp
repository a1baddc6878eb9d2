#pragma once

#include "host/base/node.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::mapping {

/// A sender's codes and what they are in our lists. A dated file:
///
///   table: plea
///   list: plea                       # the canonical list its values belong to
///   source: "CJS data standards; SPI field Plea"
///   fold_case: false                 # true: the sender's letters are compared without case
///   rows:
///     - { from: "1", is: guilty, name: Guilty }
///     - { from: "3", is: none, valid_from: 2020-01-01, valid_to: 2025-12-31 }
///
/// Where several senders' codes mean the same, all but one are `read_only: true`: `{ from: "6", is: guilty, read_only: true }`. Where
/// several of our values are one code of theirs, all but one are `write_only: true`.
class CodeTable {
 public:
  static CodeTable load(const Node& node, Problems& problems);

  const std::string& name() const { return name_; }
  const std::string& list() const { return list_; }
  /// The normal form of a sender's code on a day; nothing when it has none.
  std::optional<std::string_view> read(std::string_view code, std::chrono::year_month_day day) const;
  /// The sender's code for a normal form on a day.
  std::optional<std::string_view> write(std::string_view value, std::chrono::year_month_day day) const;
  size_t size() const { return rows_.size(); }
  /// The normal forms that it gives to senders' codes on any day, in the order of its rows.
  std::vector<std::string> values() const;

 private:
  struct Row {
    std::string from, is;
    std::optional<std::chrono::year_month_day> valid_from, valid_to;
    bool read_only = false, write_only = false;
    bool validOn(std::chrono::year_month_day day) const;
  };
  std::string name_, list_;
  bool fold_case_ = false;
  std::vector<Row> rows_;
  struct Entry {
    std::uint64_t key = 0;  // of the code
    size_t row = 0;
  };
  std::vector<Entry> by_code_;  // in order of the keys; at most one row for a code and a day
  std::multimap<std::string, size_t, std::less<>> by_value_;  // the first row that is valid
};

}  // namespace causeway::mapping
