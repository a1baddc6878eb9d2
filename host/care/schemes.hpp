#pragma once

#include "host/base/node.hpp"
#include "host/base/working_days.hpp"
#include "host/care/case_fold.hpp"
#include "host/care/offence_list.hpp"
#include "host/care/sentence.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace causeway::care {

/// One version of a scheme's rule of eligibility. The day of the sentence chooses the version, so a change of law is a new version.
struct SchemeRule {
  std::string scheme;  ///< vcs or vns
  std::string name;    ///< vcs@1
  std::string source;
  std::chrono::year_month_day valid_from{};
  std::optional<std::chrono::year_month_day> valid_to;
  std::optional<Length> at_least;             ///< of custody in total
  std::optional<Length> under;                ///< of custody in total; one of the two is given
  bool life = false, hospital_order = false;  ///< taken, whatever the length
  std::string offences;                       ///< name of the list of offences
  int due_days = 0;                           ///< to refer, from the day of the sentence
  bool due_in_working_days = true;
  std::vector<std::string> opted_out_by;  ///< a person who refused one of these services or schemes is not referred
  Location at;
};

/// Whether the Victim Contact Scheme or the Victim Notification Scheme takes a victim: dated data in config/eligibility/, each finding with
/// its reasons. What the data cannot say for certain is left to a person.
class Schemes {
 public:
  /// Reads all files; every problem at once. The calendar gives the days by which a victim must be referred.
  static Schemes load(const std::vector<Node>& files, const WorkingDays& calendar, Problems& problems);

  /// Works out sentences and eligibilities anew. An event `sentence.passed` for each defendant and each victim for whom a finding is new
  /// or another one, so that routes can tell; what is the same again tells nothing. A finding that a person confirmed stays.
  void assess(Folded& folded) const;

  const std::vector<SchemeRule>& rules() const { return rules_; }
  /// Digest of the data, stored with every message by which it was used.
  const std::string& version() const { return version_; }

 private:
  const SchemeRule* ruleOf(const std::string& scheme, std::chrono::year_month_day day) const;
  const SchemeRule* newestOf(const std::string& scheme) const;
  /// Empty beyond the calendar: nothing is guessed.
  std::string dueOn(const SchemeRule& rule, std::chrono::year_month_day day) const;

  LifeSentences life_;
  OffenceLists lists_;
  std::vector<SchemeRule> rules_;
  WorkingDays calendar_;
  std::string version_;
};

}  // namespace causeway::care
