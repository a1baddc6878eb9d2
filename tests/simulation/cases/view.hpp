#pragma once

#include "tests/simulation/cases/plot.hpp"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

/// The model that the product is held to: what a set of statements comes to, by the moments at which they were said and never by the order
/// in which they came. It shares no code with the product.
namespace causeway::simulation::cases {

struct HearingView {
  std::string when;
  bool off = false;   ///< vacated
  bool over = false;  ///< it has results
  Instant fixed{};    ///< when the court spoke of it first
  Instant asked{};    ///< when the prosecutor did
  bool operator==(const HearingView&) const = default;
};

struct View {
  std::map<std::string, HearingView> hearings;  ///< "plea", "trial", and a day that only the prosecutor speaks of
  std::map<std::pair<int, std::string>, bool> wanted;  ///< by person and hearing: the prosecutor's last word
  bool admitted = false;
  std::map<std::string, std::map<std::string, std::string>>
      results;  ///< wording of those that stand, by hearing and key
  std::string bail;

  /// To come on this day, not called off, and, where it is a trial, with something left to decide.
  bool isOn(const std::string& hearing, const std::string& today) const;
  /// The prosecutor names this trial, which no court knows, though the court has fixed another before. Nobody is told of it.
  bool isAtOdds(const std::string& hearing, const std::string& today) const;
  bool awaits(int person, const std::string& hearing, const std::string& today) const;
  /// Which hearing the prosecutor means by this day.
  static std::string hearingOn(const std::vector<const Statement*>& known, const std::string& when);
};

View viewOf(const Plot& plot, std::vector<const Statement*> known);

}  // namespace causeway::simulation::cases
