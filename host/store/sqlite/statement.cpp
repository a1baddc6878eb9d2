#include "host/store/sqlite/statement.hpp"

#include "host/store/sqlite/database.hpp"

#include <sqlite3.h>

#include <utility>

namespace causeway::store {

Rows::Rows(const Database& database, sqlite3_stmt* statement, int code)
    : database_(database), statement_(statement), code_(code) {}

Rows::Rows(Rows&& other) noexcept
    : database_(other.database_), statement_(std::exchange(other.statement_, nullptr)), code_(other.code_) {}

Rows::~Rows() { sqlite3_reset(statement_); }

Result<bool> Rows::next() {
  if (code_ == SQLITE_OK) {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    code_ = code;
  }
  return std::unexpected(database_.error(code_));
}

std::string Rows::text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return bytes == nullptr ? std::string() : std::string(static_cast<const char*>(bytes), static_cast<size_t>(size));
}

std::int64_t Rows::number(int column) const { return sqlite3_column_int64(statement_, column); }

Instant Rows::time(int column) const { return Instant(std::chrono::microseconds(number(column))); }

bool Rows::isNull(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::prepare() {
  code_ = SQLITE_OK;
  if (statement_ == nullptr)
    code_ = sqlite3_prepare_v3(database_.handle(), sql_.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
}

Rows Statement::rows() { return Rows(database_, statement_, code_); }

int Statement::changes() const { return sqlite3_changes(database_.handle()); }

void Statement::bind(int index, std::string_view text) {
  const char* data = text.data() == nullptr ? "" : text.data();  // a null pointer would be bound as NULL
  const int code = sqlite3_bind_text64(statement_, index, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
  if (code_ == SQLITE_OK) code_ = code;
}

void Statement::bind(int index, Blob blob) {
  const char* data = blob.bytes.data() == nullptr ? "" : blob.bytes.data();
  const int code = sqlite3_bind_blob64(statement_, index, data, blob.bytes.size(), SQLITE_STATIC);
  if (code_ == SQLITE_OK) code_ = code;
}

void Statement::bind(int index, std::int64_t number) {
  const int code = sqlite3_bind_int64(statement_, index, number);
  if (code_ == SQLITE_OK) code_ = code;
}

void Statement::bind(int index, const std::optional<Instant>& time) {
  if (time) return bind(index, *time);
  const int code = sqlite3_bind_null(statement_, index);
  if (code_ == SQLITE_OK) code_ = code;
}

Result<std::vector<std::string>> texts(Rows rows) {
  std::vector<std::string> out;
  for (;;) {
    CW_TRY(const bool more, rows.next());
    if (!more) return out;
    out.push_back(rows.text(0));
  }
}

}  // namespace causeway::store
