#pragma once

#include "host/pipeline/audit.hpp"
#include "host/pipeline/rulebook.hpp"
#include "host/pipeline/store.hpp"
#include "host/pipeline/vault.hpp"
#include "host/pipeline/writer.hpp"

#include <string>
#include <string_view>

namespace causeway::app {

/// Who asks for something, and why: it stands in the audit log before anything is shown.
struct Asked {
  std::string by;       ///< account or collar number; the account of the socket when nothing is said
  std::string because;  ///< may be empty where only a look is asked for
  std::string through;  ///< "uid:1000"
};

/// Answers what the data-protection officer asks the running host: who was told what of whom. Every answer is a view in the audit log.
class RightsDesk {
 public:
  RightsDesk(const pipeline::Rulebook& rulebook, pipeline::Store& store, pipeline::Vault& vault,
             pipeline::Writer& writer, pipeline::AuditLog& audit, const Clock& clock)
      : rulebook_(rulebook), store_(store), vault_(vault), writer_(writer), audit_(audit), clock_(clock) {}

  /// True when this command is answered here.
  static bool knows(std::string_view command);
  /// The request as the control socket brought it, a JSON object:
  /// {"command":"disclosures","id":CASE,"person":ID}: the register of a case, of one person of it unless `person` is empty; names of
  /// fields, never values.
  Result<std::string> answer(std::string_view request, std::string_view actor);

 private:
  Result<std::string> disclosures(const std::string& case_id, const std::string& person, const Asked& asked);
  Result<void> recordView(const std::string& case_id, const std::string& what, const Asked& asked);

  const pipeline::Rulebook& rulebook_;
  pipeline::Store& store_;
  pipeline::Vault& vault_;
  pipeline::Writer& writer_;
  pipeline::AuditLog& audit_;
  const Clock& clock_;
};

}  // namespace causeway::app
