#pragma once

#include "host/base/result.hpp"
#include "host/store/sqlite/database.hpp"
#include "host/store/sqlite/vfs.hpp"
#include "host/store/sqlite/writes.hpp"

#include <cstdint>
#include <utility>

namespace causeway::store {

/// The writing connection and what outlives one transaction on it.
struct Writer {
  Writer(Database connection, GuardedVfs& layer) : vfs(layer), database(std::move(connection)), writes(database) {}

  Result<void> begin();
  /// Durable on return. Unavailable: no room or busy, to be rolled back. Any other failure is final: every later begin answers
  /// Broken.
  Result<void> commit();
  void rollBack();

  GuardedVfs& vfs;
  Database database;
  Writes writes;
  std::int64_t audit_size = 0;  ///< committed leaves
  bool open = false;
  bool failed = false;
};

}  // namespace causeway::store
