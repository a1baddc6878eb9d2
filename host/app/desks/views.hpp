#pragma once

#include "host/base/log.hpp"
#include "host/pipeline/audit.hpp"
#include "host/pipeline/store.hpp"
#include "host/pipeline/writer.hpp"

#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace causeway::app {

/// One look of a person at somebody's data.
struct View {
  std::string by;       ///< account or collar number; the account of the socket when nothing was said
  std::string through;  ///< "uid:1000"
  std::string case_id;  ///< may be empty, as may the message
  std::string message_id;
  std::string what;     ///< kind of what is shown: content, paper, disclosures ...; never a value
  std::string because;  ///< may be empty where only a look is asked for
};

/// Writes each look into the audit log before anything is shown, and notices who looks at more than work explains. Thread-safe.
class Views {
 public:
  /// `most_an_hour` of one person, four times as many of one account of the machine; beyond it the alarm is raised, and looking goes on:
  /// whether there was a reason is for a person to find out.
  Views(pipeline::Writer& writer, pipeline::AuditLog& audit, const Clock& clock, int most_an_hour, Log* log = nullptr)
      : writer_(writer), audit_(audit), clock_(clock), most_(most_an_hour), log_(log) {}

  /// Goes on counting where the host left off: reads the looks of the last hour, and the alarms, out of the audit log, up to a million
  /// leaves. Before the first look. Fails as the records do.
  Result<void> goOn(pipeline::AuditRecords& records);
  /// Unavailable when it cannot be recorded: then nothing may be shown.
  Result<void> record(const View& view);
  /// Somebody has looked at more than `most_an_hour` within the last hour.
  bool alarmed();

 private:
  using Looks = std::deque<Instant>;
  std::optional<std::string> counted(const View& view, Instant now);
  void remember(const std::string& leaf, Instant since);
  bool isTooMany(const std::string& who, int most, Instant now);

  pipeline::Writer& writer_;
  pipeline::AuditLog& audit_;
  const Clock& clock_;
  int most_;
  Log* log_;
  std::mutex mutex_;
  std::map<std::string, Looks> looks_;   // of the last hour
  std::map<std::string, Instant> told_;  // when the alarm was raised about whom; once an hour
};

}  // namespace causeway::app
