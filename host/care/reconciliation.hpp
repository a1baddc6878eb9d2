#pragma once

#include "host/base/node.hpp"
#include "host/care/case_fold.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::care {

/// One kind of fact about which court, prosecutor and records must agree.
struct SharedFact {
  enum class Shape { Text, Date, Name, Time, Place, Number, Results };
  std::string kind;  ///< plea, verdict, bail, date_of_birth, name, asn, hearing, result, urn
  std::string
      element;  ///< kind of element: o (offence), d (defendant), p (victim or witness), h (hearing); empty: the case
  std::string field;  ///< path below the element, as the ledger names it
  std::string part;   ///< of a field that is one statement: what of it is compared ("status" of bail); empty: all of it
  Shape shape = Shape::Text;
  std::vector<std::string> between;              ///< kinds of source that are asked: courts, cps, niche, probation
  std::set<std::string, std::less<>> news_from;  ///< whose later word is news and no disagreement
  std::set<std::string, std::less<>> nothing;    ///< values that say nothing ("none")
  std::vector<std::vector<std::string>> same;    ///< values that differ and mean the same
  std::string source;
  Location at;
};

/// Where court, prosecutor and records disagree (F21), found from what each of them last said. Facts that are compared, and the differences
/// that mean nothing, are data in config/reconciliation/. Nothing is decided here: both values stand, with who said them and when.
class Reconciliation {
 public:
  /// Reads all files; every problem at once.
  static Reconciliation load(const std::vector<Node>& files, Problems& problems);

  /// Compares anew. `case.discrepancies` holds what is open, and what was open and no longer is (`corrected`) until it opens again; an event
  /// `discrepancy.found` for those that opened, changed or closed. A discrepancy has one number as long as the case lives.
  void compare(Folded& folded) const;

  const std::vector<SharedFact>& facts() const { return facts_; }
  /// Digest of the data, stored with every message by which it was used.
  const std::string& version() const { return version_; }

 private:
  std::vector<SharedFact> facts_;
  std::string version_;
};

/// What the difference looks like: "" (nothing known), `transposed` (day and month), `hour` (one of them may be in UTC), `place` (another court), `spelling`,
/// `swapped` (given and family name), `year` (of a date). Values as the ledger holds them.
std::string_view likelyCause(SharedFact::Shape shape, std::string_view a, std::string_view b);

/// The same family name, and given names of which one of the two says fewer or only initials: "ADA J|MARSH", "ADA JANE|MARSH".
bool sameName(std::string_view a, std::string_view b);

}  // namespace causeway::care
