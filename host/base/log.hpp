#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace causeway {

/// The host's log: one line of JSON for each event on standard error. Only ids, codes, counts and names of files go in; there is no way to log
/// a message or a document, and nobody may put a person's data into a field.
class Log {
 public:
  using Field = std::pair<std::string_view, std::string>;

  Log();
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  void info(std::string_view event, std::initializer_list<Field> fields = {});
  /// Somebody should look at this soon: a refusal, a hold, a sender that starts to send something new.
  void warn(std::string_view event, std::initializer_list<Field> fields = {});
  /// The host cannot do its work.
  void error(std::string_view event, std::initializer_list<Field> fields = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace causeway
