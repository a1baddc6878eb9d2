#pragma once

#include "host/pipeline/store.hpp"
#include "host/store/sqlite/statement.hpp"

#include <string_view>
#include <vector>

namespace causeway::store {

/// Every sealed content of a case in one place, prepared on the writing connection.
class SealedBook {
 public:
  explicit SealedBook(Database& database);

  Result<std::vector<pipeline::SealedItem>> of(std::string_view case_id);
  Result<std::vector<pipeline::SealedItem>> expired(pipeline::ShortLived what, Instant before, int limit);
  Result<void> rewrite(const pipeline::SealedItem& item, std::string_view sealed);

 private:
  Result<void> put(const pipeline::SealedItem& item, std::string_view sealed);

  Database& db_;
  Statement bodies_, payloads_, papers_, disclosures_, questions_;
  Statement old_raw_, old_quarantined_, old_payloads_;
  Statement set_raw_, set_canonical_, set_payload_, set_paper_, set_disclosure_, set_question_;
};

}  // namespace causeway::store
