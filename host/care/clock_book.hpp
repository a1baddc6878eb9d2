#pragma once

#include "host/base/clock.hpp"
#include "host/base/node.hpp"
#include "host/base/working_days.hpp"
#include "host/model/condition.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The duties that have a time limit, as dated data (config/clocks; the language is in config/clocks/README.md).
namespace causeway::care {

/// The time limit of a clock while one version of the law holds.
struct ClockLaw {
  enum class Kind { AtOnce, Minutes, Hours, WorkingDays };
  std::chrono::year_month_day valid_from{};             ///< first London day of receipt on which it holds
  std::optional<std::chrono::year_month_day> valid_to;  ///< last one; nothing: until the next version
  std::string source;                                   ///< statute or code
  Kind kind = Kind::AtOnce;
  int standard = 0;  ///< minutes, hours or working days
  int enhanced = 0;  ///< the same for a person entitled to enhanced rights
};

/// Whom to tell when: before it is due, when it is, and after.
struct Escalation {
  enum class When { Before, AtDue, After };
  When when = When::AtDue;
  int hours = 0;         ///< either hours
  int working_days = 0;  ///< or working days, at the same time of day
  std::string tell;      ///< team: rules of config/routes make their task
};

/// A condition with the code that is recorded when it moves a clock.
struct ReasonedCondition {
  model::Condition when;
  std::string reason;
};

/// How a clock is moved by what arrives, and who hears of it.
struct ClockConduct {
  std::vector<model::Condition> stops;      ///< any of them: it was done
  std::vector<ReasonedCondition> cancels;   ///< need not be done
  std::vector<ReasonedCondition> suspends;  ///< cannot be done safely now
  std::vector<model::Condition> resumes;    ///< it can be done again
  std::vector<Escalation> escalate;         ///< in order of time, with one at the due time
  std::vector<std::string> ended_by;        ///< kinds of task: a newer one about the same to the same person ends it
  std::vector<std::string> good_reasons;    ///< codes that may be recorded for a late one
  int ask_again = 2;                        ///< working days between questions about a suspended one
};

struct ClockKind {
  std::string id;
  std::string right;               ///< "8": of the Victims' Code; or another word: witness-charter
  std::string what;                ///< in plain words, for tasks and reports; no personal value
  std::string team;                ///< whose duty
  std::vector<ClockLaw> versions;  ///< by valid_from, without gaps
  bool restarts = false;     ///< a newer draft of the same subject is a new duty; else it inherits the earliest receipt
  bool settled = false;      ///< the receipt of the delivery is all that is owed
  bool shared = false;       ///< one for all who are told by one message about one element, however many they are
  bool of_day = false;       ///< it tells the day of a hearing: ends when that hearing is called off
  bool from_report = false;  ///< counts from the report of the crime, where its day is known and leaves time
  ClockConduct conduct;
  Location at;
};

class ClockBook {
 public:
  ClockBook() = default;
  /// Reads every file of the folder; every problem at its place. `calendar` counts the working days.
  static ClockBook load(const std::vector<Node>& files, const WorkingDays& calendar, Problems& problems);

  const ClockKind* find(std::string_view id) const;
  const std::vector<ClockKind>& all() const { return kinds_; }
  /// Digest over the files.
  const std::string& version() const { return version_; }

  /// The law of a receipt at this moment: by its London day. nullptr before the first version and after the last.
  static const ClockLaw* lawAt(const ClockKind& kind, Instant received);
  /// The law that a running clock keeps, whatever came since; nullptr when the configuration knows it no more.
  static const ClockLaw* lawOf(const ClockKind& kind, std::string_view law);
  /// When a duty received then is due. Nothing when the calendar does not reach so far: never guessed.
  std::optional<Instant> due(const ClockLaw& law, Instant received, bool enhanced) const;
  /// When it is due if the limit is counted back from a day: 17:00 in London so many working days before it, or so many hours before its
  /// 09:00. Beyond the calendar every day counts as a working day.
  Instant before(const ClockLaw& law, std::chrono::year_month_day day) const;
  /// When somebody must be told of a clock that is due then. Beyond the calendar a working day counts as 24 hours, so that they are told
  /// rather too early.
  Instant moment(const Escalation& step, Instant due) const;
  /// Moved on by the working days that passed between the two moments: a day on which it was resumed after 17:00 counts as passed.
  Instant movedOn(const ClockLaw& law, Instant due, Instant suspended, Instant resumed) const;
  /// 17:00 so many working days after; 24 hours each beyond the calendar.
  Instant afterWorkingDays(Instant from, int days) const;

 private:
  bool isCounted(std::chrono::sys_days day) const;

  std::vector<ClockKind> kinds_;
  WorkingDays calendar_;
  std::string version_;
};

}  // namespace causeway::care
