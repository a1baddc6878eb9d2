#pragma once

#include "host/pipeline/clock_store.hpp"
#include "host/store/sqlite/statement.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace causeway::store {

/// The clocks, prepared on one connection.
class ClockShelf {
 public:
  explicit ClockShelf(Database& database);

  using Clocks = Result<std::vector<care::ClockRow>>;
  Result<void> insert(const care::ClockRow& row);
  Result<std::optional<care::ClockRow>> find(std::string_view clock_id);
  Result<void> update(care::ClockRow& row);
  Clocks openOf(std::string_view case_id);
  Clocks allOf(std::string_view case_id);
  Clocks openOfDelivery(std::string_view delivery_id);
  Clocks toFire(Instant now, int limit);
  Clocks open(Instant due_before, int limit);
  Clocks dueIn(Instant from, Instant to);

 private:
  Statement insert_, update_, find_, open_of_, all_of_, of_delivery_, to_fire_, open_, due_in_;
};

}  // namespace causeway::store
