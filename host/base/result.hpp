#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace causeway {

/// What kind of failure this is: it decides what the host does next, so there are few.
enum class ErrorKind {
  Invalid,      ///< the input breaks its format or a rule: refuse it, tell the sender, quarantine it
  TooLarge,     ///< a limit was passed (bytes, depth, attributes, items)
  NotFound,     ///< nothing answers to that name
  Refused,      ///< known, but not allowed
  Conflict,     ///< the same id with other content, or a snapshot that moved on meanwhile
  Unavailable,  ///< the other side or a resource cannot answer now: try again later
  Broken,       ///< a fault of ours or of the machine: hold the message, raise the alarm
};

/// The name of a kind as logs and JSON write it: "invalid", "too_large", ...
std::string_view nameOf(ErrorKind kind);

/// A failure that the caller must handle. Neither text may ever hold a personal value: `what` says which field is wrong
/// and what was expected, never what it held; `where` is `file:line:col` for configuration and a document path
/// (`Session/Case/PTIURN`) for messages.
struct Error {
  ErrorKind kind = ErrorKind::Broken;
  std::string what;
  std::string where;

  /// "where: what", or just "what" when the place is not known.
  std::string text() const { return where.empty() ? what : where + ": " + what; }
};

template <class T>
using Result = std::expected<T, Error>;

using Failure = std::unexpected<Error>;

inline Failure fail(ErrorKind kind, std::string what, std::string where = {}) {
  return Failure(Error{kind, std::move(what), std::move(where)});
}

}  // namespace causeway

#define CW_CONCAT_(a, b) a##b
#define CW_CONCAT(a, b) CW_CONCAT_(a, b)
#define CW_TRY_(tmp, declaration, expression)               \
  auto tmp = (expression);                                  \
  if (!tmp) return std::unexpected(std::move(tmp).error()); \
  declaration = *std::move(tmp)

/// CW_TRY(const auto hearing, parseHearing(xml)); declares hearing, or returns the error from this function.
#define CW_TRY(declaration, ...) CW_TRY_(CW_CONCAT(cw_try_, __LINE__), declaration, (__VA_ARGS__))

/// CW_CHECK_OK(store.commit()); for calls whose success carries no value.
#define CW_CHECK_OK(...)                                                                                  \
  do {                                                                                                    \
    if (auto cw_result = (__VA_ARGS__); !cw_result) return std::unexpected(std::move(cw_result).error()); \
  } while (false)
