#pragma once

#include "host/pipeline/store.hpp"
#include "host/store/sqlite/statement.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace causeway::store {

/// The disclosure register and the decisions of people, prepared on one connection: rows are added and read, never changed.
class RegisterBook {
 public:
  explicit RegisterBook(Database& database);

  Result<void> insert(const pipeline::DisclosureRow& row);
  Result<std::vector<pipeline::DisclosureRow>> disclosuresOf(std::string_view case_id);
  Result<void> confirm(std::string_view delivery_id, std::string_view message_id, Instant at);
  Result<void> insert(const pipeline::DecisionRow& row);
  Result<std::vector<pipeline::DecisionRow>> decisionsAbout(std::string_view kind, std::string_view about);

  Result<std::vector<std::pair<std::string, Instant>>> casesQuietSince(Instant moment);

 private:
  Statement insert_disclosure_, disclosures_of_, confirm_, insert_decision_, decisions_about_, decisions_of_kind_,
      quiet_cases_;
};

}  // namespace causeway::store
