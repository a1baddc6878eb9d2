#pragma once

#include "host/base/clock.hpp"
#include "host/care/case_fold.hpp"
#include "host/care/offence_list.hpp"
#include "host/model/condition.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace causeway::care {

/// One version of one criterion under which a victim is entitled to enhanced rights. Everything that it names must hold.
struct EnhancedCriterion {
  std::string name;    ///< under-18
  std::string rule;    ///< under-18@1
  std::string ground;  ///< serious_crime, persistently_targeted, vulnerable_or_intimidated, bereaved
  std::string source;
  std::chrono::year_month_day valid_from{};
  std::optional<std::chrono::year_month_day> valid_to;
  int under_age = 0;           ///< years; 0: age does not matter. On any day of an offence against the person, or now
  std::string offences;        ///< name of a list of offences; empty: the offence does not matter
  model::Condition of_case;    ///< over the case; of several victims it is not known whom it concerns
  model::Condition of_person;  ///< over the victim
  bool asks = false;           ///< a person decides, whatever the data says
  Location at;
};

/// The case after a message, and when the message came: the London day of it chooses the law, and is "now" for ages.
struct Assessed {
  Folded& folded;
  Instant received{};
};

/// Who is entitled to enhanced rights under the Victims' Code: dated data in config/eligibility/ (`enhanced_rights`). The core raises the
/// entitlement and keeps why; it never lowers it. Only a person who speaks at a console does, and then what was found before stands aside.
class EnhancedRights {
 public:
  /// Reads all files; every problem at once. Lists of offences are shared with the schemes, which report what is wrong in them.
  static EnhancedRights load(const std::vector<Node>& files, Problems& problems);

  /// Assesses each victim and bereaved relative anew. Events name the people for whom something changed: `entitlement.raised` when the core
  /// entitles somebody of whom nobody had said it, `entitlement.unclear` when a person has to find out, `entitlement.lapsed` when a
  /// criterion holds no more: a person looks again, and until they decide the entitlement stays.
  void assess(const Assessed& at) const;

  const std::vector<EnhancedCriterion>& criteria() const { return criteria_; }

 private:
  std::vector<EnhancedCriterion> criteria_;
  OffenceLists lists_;
};

}  // namespace causeway::care
