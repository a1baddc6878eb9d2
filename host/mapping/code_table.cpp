#include "host/mapping/code_table.hpp"

#include "host/base/node_reader.hpp"
#include "host/base/text.hpp"
#include "host/mapping/name_key.hpp"

#include <algorithm>

namespace causeway::mapping {

bool CodeTable::Row::validOn(std::chrono::year_month_day day) const {
  return (!valid_from || *valid_from <= day) && (!valid_to || day <= *valid_to);
}

CodeTable CodeTable::load(const Node& node, Problems& problems) {
  CodeTable table;
  NodeReader reader(node, "a code table", problems);
  table.name_ = reader.required("table");
  table.list_ = reader.required("list");
  reader.required("source");
  table.fold_case_ = reader.flag("fold_case");
  const Node* rows = reader.list("rows");
  reader.finish();
  if (!rows) return table;
  std::multimap<std::string, size_t> by_from;
  for (const auto& item : rows->items) {
    NodeReader row(item, "a row of a code table", problems);
    Row out;
    out.from = row.required("from");
    out.is = row.required("is");
    row.text("name");
    out.valid_from = row.date("valid_from");
    out.valid_to = row.date("valid_to");
    out.read_only = row.flag("read_only");
    out.write_only = row.flag("write_only");
    row.finish();
    if (out.read_only && out.write_only) problems.error(item.at, "the row is neither for reading nor for writing");
    if (out.valid_from && out.valid_to && *out.valid_to < *out.valid_from)
      problems.error(item.at, "the row ends before it begins");
    if (table.fold_case_) out.from = lowerCase(out.from);
    for (auto [it, end] = by_from.equal_range(out.from); !out.write_only && it != end; ++it) {
      const Row& other = table.rows_[it->second];
      const bool apart = (other.valid_to && out.valid_from && *other.valid_to < *out.valid_from) ||
                         (out.valid_to && other.valid_from && *out.valid_to < *other.valid_from);
      if (!apart) problems.error(item.at, "the code '" + out.from + "' is in the table twice for the same days");
    }
    if (!out.write_only) {
      by_from.emplace(out.from, table.rows_.size());
      table.by_code_.push_back({nameKey(out.from), table.rows_.size()});
    }
    if (!out.read_only) table.by_value_.emplace(out.is, table.rows_.size());
    table.rows_.push_back(std::move(out));
  }
  std::ranges::stable_sort(table.by_code_, {}, &Entry::key);
  return table;
}

std::optional<std::string_view> CodeTable::read(std::string_view code, std::chrono::year_month_day day) const {
  const std::string folded = fold_case_ ? lowerCase(code) : std::string();
  if (fold_case_) code = folded;
  const auto key = nameKey(code);
  for (auto it = std::ranges::lower_bound(by_code_, key, {}, &Entry::key); it != by_code_.end() && it->key == key; ++it)
    if (const Row& row = rows_[it->row]; isSameText(row.from, code) && row.validOn(day)) return row.is;
  return std::nullopt;
}

std::optional<std::string_view> CodeTable::write(std::string_view value, std::chrono::year_month_day day) const {
  for (auto [it, end] = by_value_.equal_range(value); it != end; ++it)
    if (rows_[it->second].validOn(day)) return rows_[it->second].from;
  return std::nullopt;
}

std::vector<std::string> CodeTable::values() const {
  std::vector<std::string> out;
  for (const auto& row : rows_)
    if (!row.write_only) out.push_back(row.is);
  return out;
}

}  // namespace causeway::mapping
