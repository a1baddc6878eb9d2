#pragma once

#include "host/base/clock.hpp"
#include "host/pipeline/store.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace causeway::security {

/// Keeps signed heads of the audit log in a second place, a file on another disk, one line each (head_line.hpp). Only such a head
/// shows that a log was cut back together with its heads, or that a backup was put in its place.
class HeadWitness {
 public:
  struct Place {
    std::string file;                 ///< made when it is not there; appended to, never rewritten
    std::chrono::milliseconds every;  ///< a head is kept when so much time has passed since the last one
  };

  HeadWitness(pipeline::AuditRecords& records, Place place, const Clock& clock)
      : records_(records), place_(std::move(place)), clock_(clock) {}

  /// Before the host goes on with a log. Broken when the newest head of the file is not one of this log: it was cut back or replaced.
  /// Unavailable when the file cannot be read or written.
  Result<void> check();
  /// Keeps the newest head when it is time, and when there is one that the file does not have. Unavailable when it cannot be
  /// written durably; the next turn tries again.
  Result<void> turn();
  /// The same, though it is not time yet.
  Result<void> keepNow();

 private:
  Result<void> keep(const pipeline::AuditHead& head);

  pipeline::AuditRecords& records_;
  Place place_;
  const Clock& clock_;
  std::int64_t kept_size_ = 0;
  Instant kept_at_{};
};

}  // namespace causeway::security
