#include "host/store/sqlite/database.hpp"

#include "host/store/sqlite/vfs.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <mutex>
#include <utility>

namespace causeway::store {
namespace {

ErrorKind kindOf(int code) {
  switch (code & 0xFF) {
    case SQLITE_CONSTRAINT: return ErrorKind::Conflict;
    case SQLITE_FULL:
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return ErrorKind::Unavailable;
    case SQLITE_TOOBIG: return ErrorKind::TooLarge;
    default: return ErrorKind::Broken;
  }
}

// Made by us before SQLite would make it with the rights of the umask; its log files take over the mode of the database.
Result<void> makePrivateFile(const std::string& path) {
  const int fd = ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0) return fail(ErrorKind::Broken, "the database file cannot be opened or made", path);
  ::close(fd);
  return {};
}

std::string pragmas(const Database::Options& options) {
  std::string sql =
      "PRAGMA trusted_schema=OFF; PRAGMA foreign_keys=ON; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA "
      "temp_store=MEMORY;"
      "PRAGMA cache_size=-" +
      std::to_string(options.cache_kib) + ";";
  if (options.mode == Database::Mode::ReadOnly) return sql + "PRAGMA query_only=ON;";
  sql += options.erasure == Database::Erasure::Full ? "PRAGMA secure_delete=ON;" : "PRAGMA secure_delete=FAST;";
  // A checkpoint each 1000 pages keeps the longest commit short; ten times as many gave pauses of 90 ms.
  return sql + "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=1000;";
}

void configureOnce() {
  static std::once_flag once;
  // The memory statistics take a lock on every allocation and nobody reads them.
  std::call_once(once, [] { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); });
}

}  // namespace

Database::~Database() { sqlite3_close(handle_); }

Database::Database(Database&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}

Database& Database::operator=(Database&& other) noexcept {
  std::swap(handle_, other.handle_);
  return *this;
}

Result<Database> Database::open(const std::string& path, const GuardedVfs& vfs, const Options& options) {
  configureOnce();
  CW_CHECK_OK(makePrivateFile(path));
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(
      path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW, vfs.name().c_str());
  Database database(handle);
  if (code != SQLITE_OK) return std::unexpected(database.error(code));
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, 5000);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  CW_CHECK_OK(database.execute(pragmas(options).c_str()));
  return database;
}

Result<void> Database::execute(const char* sql) {
  const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return std::unexpected(error(code));
  return {};
}

bool Database::inTransaction() const { return sqlite3_get_autocommit(handle_) == 0; }

std::int64_t Database::lastRowId() const { return sqlite3_last_insert_rowid(handle_); }

Result<void> Database::checkpoint() {
  const int code = sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  if (code != SQLITE_OK) return std::unexpected(error(code));
  return {};
}

Error Database::error(int code) const {
  // SQLite's own message for a broken constraint names the columns, never a value; others may quote SQL, so they stay out.
  const bool constraint = (code & 0xFF) == SQLITE_CONSTRAINT;
  const char* text = constraint && handle_ != nullptr ? sqlite3_errmsg(handle_) : sqlite3_errstr(code);
  return Error{kindOf(code), std::string("store: ") + text, {}};
}

}  // namespace causeway::store
