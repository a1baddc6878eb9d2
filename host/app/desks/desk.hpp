#pragma once

#include "host/app/desks/audit_desk.hpp"
#include "host/app/desks/clock_desk.hpp"
#include "host/app/desks/load.hpp"
#include "host/app/desks/rights_desk.hpp"
#include "host/app/desks/views.hpp"
#include "host/pipeline/audit.hpp"
#include "host/pipeline/holds.hpp"
#include "host/pipeline/rulebook.hpp"
#include "host/pipeline/store.hpp"
#include "host/pipeline/vault.hpp"
#include "host/pipeline/writer.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace causeway::app {

/// Answers the command line's questions to the running host. Whoever is shown a person's data leaves a "view" in the audit log first.
class Desk {
 public:
  Desk(const pipeline::Rulebook& rulebook, pipeline::Store& store, pipeline::Vault& vault, pipeline::Writer& writer,
       pipeline::AuditLog& audit, pipeline::Holds& holds, const Clock& clock, Views& views, std::string audit_key_pem);

  /// Whoever answers what is asked on behalf of the people concerned. Set before the first question.
  void alsoAsk(RightsDesk& rights) { rights_ = &rights; }
  /// The same for duties with a time limit.
  void alsoAsk(ClockDesk& clocks) { clocks_ = &clocks; }
  /// Whoever brings open cases in. Set before the first question.
  void alsoLoad(pipeline::Intake& intake) { load_.emplace(rulebook_, intake, holds_, audit_, clock_); }
  /// Asked for the "state" of the ledger: up, disk_full, store_refuses, disk_failed or no_witness. Set before the first question.
  void onState(std::function<std::string()> state) { state_ = std::move(state); }
  /// Asked for the version of the rulebook that decides now. Set before the first question.
  void onRulebook(std::function<std::string()> in_force) { in_force_ = std::move(in_force); }

  /// JSON in, JSON out: {"command":"trace","id":...} (with "content":true, and "by" where the case is restricted) | {"command":"newest"} (the last document received) |
  /// {"command":"papers"|"paper","id":...} (of a case; one of them, its bytes in hexadecimal digits) |
  /// {"command":"held"} | {"command":"ledger"} | what AuditDesk answers |
  /// {"command":"rules_try","folder":...,"days":...} (an absolute folder of configuration) |
  /// {"command":"load",...} (host/app/desks/load.hpp) |
  /// {"command":"release"|"close","id":...,"by":...,"because":...}. An error is {"error":...}.
  std::string answer(std::string_view request, std::string_view actor);

 private:
  /// Who looks, and by which account.
  struct Looker {
    std::string by, through;
  };
  Result<std::string> trace(const std::string& id, bool content, const Looker& looker);
  Result<void> mayLook(const std::string& case_id, const Looker& looker);
  Result<std::string> newest(std::string_view actor);
  std::string withheldFrom(const std::string& delivery_id);
  Result<std::string> papers(const std::string& case_id);
  Result<std::string> paper(const std::string& id, const Looker& looker);
  Result<std::string> held();
  Result<std::string> ledger();
  Result<std::string> tryRules(const std::string& folder, int days, std::string_view actor);
  Result<std::string> decide(const std::string& command, const pipeline::Ruling& ruling);

  const pipeline::Rulebook& rulebook_;
  pipeline::Store& store_;
  pipeline::Vault& vault_;
  pipeline::Writer& writer_;
  pipeline::AuditLog& audit_;
  pipeline::Holds& holds_;
  std::function<std::string()> state_, in_force_;
  RightsDesk* rights_ = nullptr;
  ClockDesk* clocks_ = nullptr;
  std::optional<LoadDesk> load_;
  const Clock& clock_;
  Views& views_;
  AuditDesk audit_desk_;
};

}  // namespace causeway::app
