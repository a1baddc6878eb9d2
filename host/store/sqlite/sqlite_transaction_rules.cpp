#include "host/store/sqlite/sqlite_transaction.hpp"
#include "host/store/sqlite/writes.hpp"

// The versions of the rules within a transaction.
namespace causeway::store {

using pipeline::RuleVersionRow;

Result<void> SqliteTransaction::insertRules(RuleVersionRow& row) {
  CW_CHECK_OK(usable());
  return writes_.changes.insert(row);
}

Result<void> SqliteTransaction::updateRules(const RuleVersionRow& row) {
  CW_CHECK_OK(usable());
  return writes_.changes.update(row);
}

Result<std::optional<RuleVersionRow>> SqliteTransaction::findRules(std::int64_t number) {
  return writes_.changes.find(number);
}

Result<std::vector<RuleVersionRow>> SqliteTransaction::allRules() { return writes_.changes.all(); }

}  // namespace causeway::store
