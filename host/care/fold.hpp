#pragma once

#include "host/care/case_fold.hpp"
#include "host/care/ledger.hpp"
#include "host/care/merger.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::care {

/// One message on its way into a case: places its elements, merges them, works out what follows from them.
class Fold {
 public:
  /// `out.record` holds the case as it was; it is changed in place. Both must outlive the fold.
  Fold(Folded& out, const canonical::CanonicalMessage& message);

  Result<void> run();

  /// Ids of the elements in which the message changed something shown.
  const std::set<std::string>& changed() const { return changed_; }
  /// The records told of the case for the first time.
  bool registersNow() const { return registers_now_; }

 private:
  Result<void> placeDefendants();
  void placeParties();
  void placeHearings();
  std::string placeHearing(const canonical::Hearing& said);
  void referFrom(const std::string& defendant);
  void showHearings();
  void mergeDefendants();
  void mergeOffences(canonical::Defendant& defendant, canonical::Defendant& said);
  void mergeResults(google::protobuf::RepeatedPtrField<canonical::Result>& shown,
                    google::protobuf::RepeatedPtrField<canonical::Result>& said);
  void mergeWaiting(canonical::Case& waiting);
  void joinParties();
  void rememberId(const std::string& given, const std::string& own);
  void resolveIn(model::ProtoMessage& element, bool drop = true) const;
  void resolveResult(canonical::Result& result);
  void mark(const std::string& element, bool changed);
  void find(std::string code, std::string element, std::string text);
  void findInDefendant(const canonical::Defendant& said, const std::string& id);

  Folded& out_;
  const canonical::CanonicalMessage& message_;
  canonical::Case said_;  ///< what the message says, its references turned into ours on the way
  Ledger ledger_;
  Merger merger_;
  std::map<std::string, std::string> ids_;                        ///< temporary ids of the message -> ours
  std::map<std::string, std::vector<canonical::Party>> waiting_;  ///< parts of parties that refer to others, by party
  std::vector<canonical::Hearing> waiting_hearings_;              ///< offences of hearings, by the id of the hearing
  std::vector<std::string> defendant_ids_;                        ///< of said_.defendants, in order
  std::set<std::string> new_defendants_;
  /// Where each hearing of the message went: its id there, and the fixture of each defendant; of nobody by name under "".
  std::vector<std::pair<std::string, std::map<std::string, std::string>>> placed_hearings_;
  std::string own_hearing_;  ///< the fixture that the message reports, when it reports exactly one hearing
  std::set<std::string> changed_;
  bool registers_now_ = false;
};

/// Whether the message tells of the case as the records hold it: it may bring new defendants at any time.
bool isFromRecords(const canonical::CanonicalMessage& message);

}  // namespace causeway::care
