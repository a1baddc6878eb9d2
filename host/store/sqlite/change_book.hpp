#pragma once

#include "host/pipeline/store.hpp"
#include "host/store/sqlite/statement.hpp"

namespace causeway::store {

/// The versions of the rules, prepared on one connection.
class ChangeBook {
 public:
  explicit ChangeBook(Database& database);

  /// Gives the number.
  Result<void> insert(pipeline::RuleVersionRow& row);
  /// Writes all but number, parent and created_at. NotFound when there is no such version.
  Result<void> update(const pipeline::RuleVersionRow& row);
  Result<std::optional<pipeline::RuleVersionRow>> find(std::int64_t number);
  Result<std::vector<pipeline::RuleVersionRow>> all();

 private:
  Statement newest_, insert_, update_, find_, all_;
};

}  // namespace causeway::store
