#pragma once

#include "host/base/result.hpp"

#include <string_view>

namespace causeway::store {

class Database;

/// The tables of one kind of database file. `steps[n]` is the SQL that takes a file of version n to n + 1.
struct Schema {
  std::string_view name;  ///< for messages: "the store"
  const char* const* steps;
  int version;  ///< number of steps
};

extern const Schema kStoreSchema;
extern const Schema kKeySchema;

/// Brings a file to the present version. Refused when it was written by a newer program.
Result<void> applySchema(Database& database, const Schema& schema);

}  // namespace causeway::store
