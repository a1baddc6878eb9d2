#include "host/store/sqlite/sqlite_transaction.hpp"

// The clocks of a transaction.
namespace causeway::store {

using care::ClockRow;
using Clocks = Result<std::vector<ClockRow>>;

Result<void> SqliteTransaction::insertClock(const ClockRow& row) {
  CW_CHECK_OK(usable());
  return writes_.clocks.insert(row);
}

Result<std::optional<ClockRow>> SqliteTransaction::findClock(std::string_view clock_id) {
  return writes_.clocks.find(clock_id);
}

Result<void> SqliteTransaction::updateClock(ClockRow& row) {
  CW_CHECK_OK(usable());
  return writes_.clocks.update(row);
}

Clocks SqliteTransaction::openClocksOf(std::string_view case_id) { return writes_.clocks.openOf(case_id); }
Clocks SqliteTransaction::allClocksOf(std::string_view case_id) { return writes_.clocks.allOf(case_id); }

Clocks SqliteTransaction::openClocksOfDelivery(std::string_view delivery_id) {
  return writes_.clocks.openOfDelivery(delivery_id);
}

}  // namespace causeway::store
