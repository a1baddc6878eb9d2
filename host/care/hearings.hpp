#pragma once

#include "host/care/case_fold.hpp"
#include "host/care/ledger.hpp"
#include "host/care/merger.hpp"

#include <set>
#include <string>
#include <vector>

namespace causeway::care {

/// The hearings of a case: what results say comes next, which rows are one and the same hearing, and how often one has moved.
class Hearings {
 public:
  Hearings(Folded& out, Ledger& ledger, Merger& merger, std::set<std::string>& changed)
      : out_(out), ledger_(ledger), merger_(merger), changed_(changed) {}

  /// Each next hearing of a result with a date becomes a hearing, or says more of one that is known. `defendant_ids` are those of
  /// the defendants of `said`, in order.
  void takeNext(const canonical::Case& said, const std::vector<std::string>& defendant_ids);
  /// Rows that are one hearing become one: same court house and date, or a trial that was put off to another date.
  void joinAll();
  /// Sets fixture_no and previous_starts_at from everything that was ever said of the start, so that arrival does not matter.
  void countFixtures();

 private:
  void take(const canonical::NextHearing& next, const std::string& defendant);
  bool joinOnePair();
  bool isSame(const canonical::Hearing& a, const canonical::Hearing& b) const;
  bool isMovedTo(const canonical::Hearing& old, const canonical::Hearing& later) const;
  void join(int keep, int gone);
  void countFixture(canonical::Hearing& hearing);

  Folded& out_;
  Ledger& ledger_;
  Merger& merger_;
  std::set<std::string>& changed_;
};

}  // namespace causeway::care
