#pragma once

#include "host/care/case_fold.hpp"
#include "host/care/ledger.hpp"
#include "host/care/merger.hpp"

#include <set>
#include <string>
#include <vector>

namespace causeway::care {

/// The fixtures of a case (fixtures.hpp): what results say comes next, which rows are one and the same, and how often one has
/// moved. What is said of one defendant never moves another's.
class Hearings {
 public:
  Hearings(Folded& out, Ledger& ledger, Merger& merger, std::set<std::string>& changed)
      : out_(out), ledger_(ledger), merger_(merger), changed_(changed) {}

  /// Each next hearing of a result with a date becomes a hearing, or says more of one that is known. `defendant_ids` are those of
  /// the defendants of `said`, in order.
  void takeNext(const canonical::Case& said, const std::vector<std::string>& defendant_ids);
  /// Rows of the same defendants that are one become one: the same start, or the same hearing put to another time. Where that
  /// cannot be known both stay, and a finding asks a person.
  void joinAll();
  /// Sets fixture_no and previous_starts_at from everything that was ever said of the start, so that arrival does not matter.
  void countFixtures();

 private:
  void take(const canonical::NextHearing& next, const std::string& defendant);
  bool joinOnePair();
  bool isSame(const canonical::Hearing& a, const canonical::Hearing& b) const;
  bool isMovedTo(const canonical::Hearing& old, const canonical::Hearing& later) const;
  bool isFixedByCourt(const canonical::Hearing& hearing) const;
  bool mayMove(const canonical::Hearing& old, const canonical::Hearing& later) const;
  bool isWhereTheCourtIs(const canonical::Hearing& hearing) const;
  bool isTakenBack(const canonical::Hearing& theirs, const canonical::Hearing& courts) const;
  bool isRetimed(const canonical::Hearing& old, const canonical::Hearing& later) const;
  bool isSaidLater(const canonical::Hearing& old, const canonical::Hearing& later) const;
  bool wasForetold(const canonical::Hearing& hearing) const;
  void findUnclear();
  void join(int keep, int gone);
  void countFixture(canonical::Hearing& hearing);

  Folded& out_;
  Ledger& ledger_;
  Merger& merger_;
  std::set<std::string>& changed_;
};

}  // namespace causeway::care
