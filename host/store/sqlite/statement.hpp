#pragma once

#include "host/base/clock.hpp"
#include "host/base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct sqlite3_stmt;

namespace causeway::store {

class Database;

/// Bytes, where plain text would be bound as text.
struct Blob {
  std::string_view bytes;
};

/// One run of a statement; resets it at the end, so that no read transaction outlives the answer.
class Rows {
 public:
  ~Rows();
  Rows(Rows&& other) noexcept;
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;
  Rows& operator=(Rows&&) = delete;

  /// Moves to the next row; false after the last. Failures of preparing and binding show here too.
  Result<bool> next();
  std::string text(int column) const;  ///< text or bytes; empty for null
  std::int64_t number(int column) const;
  bool flag(int column) const { return number(column) != 0; }
  Instant time(int column) const;
  bool isNull(int column) const;

 private:
  friend class Statement;
  Rows(const Database& database, sqlite3_stmt* statement, int code);
  const Database& database_;
  sqlite3_stmt* statement_;
  int code_;
};

/// A statement, prepared on first use and kept for the life of its connection. Bound values are not copied: they must live
/// until the rows are read.
class Statement {
 public:
  Statement(Database& database, std::string sql) : database_(database), sql_(std::move(sql)) {}
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  template <class... Values>
  Rows run(const Values&... values) {
    int index = 0;
    prepare();
    (bind(++index, values), ...);
    return rows();
  }

  /// Runs to the end; for statements whose rows do not matter.
  template <class... Values>
  Result<void> execute(const Values&... values) {
    Rows result = run(values...);
    CW_CHECK_OK(result.next());
    return {};
  }

  /// The same, with the number of rows it changed.
  template <class... Values>
  Result<int> change(const Values&... values) {
    Rows result = run(values...);
    CW_CHECK_OK(result.next());
    return changes();
  }

 private:
  void prepare();
  Rows rows();
  int changes() const;
  void bind(int index, std::string_view text);
  void bind(int index, const std::string& text) { bind(index, std::string_view(text)); }
  void bind(int index, const char*) = delete;  // would silently become a flag
  void bind(int index, Blob blob);
  void bind(int index, std::int64_t number);
  void bind(int index, int number) { bind(index, std::int64_t{number}); }
  void bind(int index, bool flag) { bind(index, std::int64_t{flag ? 1 : 0}); }
  void bind(int index, Instant time) { bind(index, std::int64_t{time.time_since_epoch().count()}); }

  void bind(int index, const std::optional<Instant>& time);

  Database& database_;
  std::string sql_;
  sqlite3_stmt* statement_ = nullptr;
  int code_ = 0;
};

/// All texts of the first column.
Result<std::vector<std::string>> texts(Rows rows);

}  // namespace causeway::store
