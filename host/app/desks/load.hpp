#pragma once

#include "host/base/clock.hpp"
#include "host/pipeline/audit.hpp"
#include "host/pipeline/holds.hpp"
#include "host/pipeline/intake.hpp"

#include <string>
#include <string_view>

namespace causeway::app {

/// Brings open cases in on the first day: documents of a partner are read, admitted and folded as if they had come from it, nobody is
/// told, and no clock starts. Also what waits for its case, or is held and released later, tells nobody.
class LoadDesk {
 public:
  LoadDesk(const pipeline::Rulebook& rulebook, pipeline::Intake& intake, pipeline::Holds& holds,
           pipeline::AuditLog& audit, const Clock& clock)
      : rulebook_(rulebook), intake_(intake), holds_(holds), audit_(audit), clock_(clock) {}

  /// {"partner":ID,"document":BYTES in hexadecimal digits,"content_type":TYPE or "","by":WHO,"because":WHY}; the answer is
  /// {"document":NUMBER,"outcome":accepted, duplicate, ...,"text":what the sender would have been told}. Who and why stand in the audit
  /// log in the transaction that admits it.
  Result<std::string> load(std::string_view request, std::string_view actor);

 private:
  const pipeline::Rulebook& rulebook_;
  pipeline::Intake& intake_;
  pipeline::Holds& holds_;
  pipeline::AuditLog& audit_;
  const Clock& clock_;
};

}  // namespace causeway::app
