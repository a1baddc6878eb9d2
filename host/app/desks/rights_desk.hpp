#pragma once

#include "host/app/desks/views.hpp"
#include "host/app/operators.hpp"
#include "host/base/ids.hpp"
#include "host/pipeline/audit.hpp"
#include "host/pipeline/break_glass.hpp"
#include "host/pipeline/holds.hpp"
#include "host/pipeline/retention.hpp"
#include "host/pipeline/rulebook.hpp"
#include "host/pipeline/store.hpp"
#include "host/pipeline/vault.hpp"
#include "host/pipeline/writer.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace causeway::app {

/// Who asks for something, and why: it stands in the audit log before anything is shown.
struct Asked {
  std::string by;       ///< account or collar number; the account of the socket when nothing is said
  std::string because;  ///< may be empty where only a look is asked for
  std::string through;  ///< "uid:1000"
};

/// What the desk works with; all must outlive it.
struct RightsParts {
  const pipeline::Rulebook& rulebook;
  pipeline::Store& store;
  pipeline::Vault& vault;
  pipeline::Writer& writer;
  pipeline::AuditLog& audit;
  pipeline::Holds& holds;
  pipeline::Retention& retention;
  const Clock& clock;
  const Ids& ids;
  Views& views;
  pipeline::BreakGlass& glass;
  const Operators& operators;
};

/// Answers what the data-protection officer asks the running host: who was told what of whom. Every answer is a view in the audit log.
class RightsDesk {
 public:
  explicit RightsDesk(const RightsParts& parts) : parts_(parts) {}

  /// True when this command is answered here.
  static bool knows(std::string_view command);
  /// The request as the control socket brought it, a JSON object:
  /// {"command":"disclosures","id":CASE,"person":ID}: the register of a case, of one person of it unless `person` is empty; names of
  /// fields, never values.
  /// {"command":"erase"|"erase_person","id":CASE,"person":ID,"confirm":true|false,"by":WHO,"because":WHY}: erases a case, or takes the person out
  /// of one that goes on, once two people want it (erasures.hpp).
  /// {"command":"restrict"|"lift","id":CASE,"person":ID or "","code":"evidence"|"accuracy"|"erasure","by","because"}; "lift" also
  /// "notice_on": the day in London on which whoever is concerned was told, "2026-06-01". Everybody who was told of them is told of it.
  /// {"command":"restrictions","id":CASE}: those that hold. {"command":"retention_due"}: cases whose review is due.
  /// {"command":"retention_keep","id":CASE,"by","because"}: keeps a case until its next review.
  /// {"command":"subject_access","id":CASE,"person":ID,"by","because"}: what is held about the person and who was told.
  /// {"command":"consult_log","id":CASE or "","code":PURPOSE,"by","because"}: leaves of the audit log; the purpose is one of the four of
  /// DPA 2018 s.62(4), and the question itself stands in the log, also one that is denied.
  /// {"command":"incident_open"|"incident_update"|"incident_show"|"incident_list","id","code","by","because"}: incidents.hpp.
  /// {"command":"break_glass_open","id":CASE,"code":RECIPIENT or "","minutes":N,"by","because"}: break_glass.hpp.
  /// {"command":"break_glass_review","id":NUMBER,"by","because"}; {"command":"break_glass_list"}. Where operators are named, who opens
  /// (a reader) and who reviews (any other) is the operator behind `actor`; "by" may be left out and can name nobody else.
  Result<std::string> answer(std::string_view request, std::string_view actor);
  /// Whether this person may see the content of a case. Where operators are named, a restricted one is shown to the operator behind
  /// `actor` alone, if it names them or they have opened it.
  Result<void> mayLook(const std::string& case_id, std::string_view by, std::string_view actor);

 private:
  Result<std::string> decide(const std::string& command, const std::string& code, const pipeline::Ruling& ruling);
  Result<std::string> subjectAccess(const std::string& case_id, const std::string& person, const Asked& asked);
  /// Cases that were joined into this one, with the number that the person has in each.
  Result<std::vector<std::pair<std::string, std::string>>> joinedWith(const std::string& case_id,
                                                                      const std::string& person,
                                                                      const canonical::CaseRecord& record);
  Result<std::string> consultLog(const std::string& purpose, const std::string& about, const Asked& asked);
  Result<std::string> disclosures(const std::string& case_id, const std::string& person, const Asked& asked);
  Result<std::string> open(pipeline::Ruling ruling, const std::string& recipient, std::chrono::minutes time);
  Result<std::string> review(pipeline::Ruling ruling);
  Result<std::string> openings();
  Result<std::string> restrict(const pipeline::Ruling& ruling, const pipeline::Restriction& restriction);
  Result<std::string> restrictions(const std::string& case_id);
  Result<std::string> dueReviews();
  Result<std::string> keep(const pipeline::Ruling& ruling);

  RightsParts parts_;
};

}  // namespace causeway::app
