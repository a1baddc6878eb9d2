#pragma once

#include "host/base/node.hpp"
#include "host/base/regex.hpp"
#include "host/base/working_days.hpp"
#include "host/model/field_path.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::model {

/// Why a condition held or did not, for people: one line a test, in order.
struct Reason {
  bool held = false;
  std::string
      test;  ///< "case.defendants[].bail.status in [conditional]": the rule's own words, no value of the message
};

/// What a condition may ask for beside the message. Whoever has none of it loads conditions that do not ask (`Knows::Message`).
struct Circumstances {
  std::optional<std::chrono::year_month_day> today{};  ///< London day of receipt
  const WorkingDays* calendar = nullptr;
  const ProtoMessage* before = nullptr;  ///< the same part of the case before the message; nullptr: there was none
  mutable bool unanswered = false;       ///< a test needed a working day beyond the calendar: do not act on the answer
};

/// What stands behind a condition when it is tested, and so which operators it may use.
enum class Knows {
  Message,         ///< neither the day nor the past
  Clock,           ///< the day: `today`, `within_working_days`
  ClockAndBefore,  ///< and what the case was before: `changed`
};

/// A test that must hold, or must not hold, for a whole condition to hold; for checks of many conditions together.
struct Need {
  bool wanted = true;  ///< false: it must not hold
  std::string path;    ///< as it is written
  std::string test;    ///< operator, as it is written
  std::vector<std::string> operands;
  bool single = false;  ///< the path leads to one value at most
  const FieldPath* field = nullptr;

  bool operator==(const Need& other) const {
    return wanted == other.wanted && path == other.path && test == other.test && operands == other.operands;
  }
};

/// A test over canonical paths, written as data so that a form can edit it:
///
///   when:
///     all:                                               # also: any, none
///       - case.defendants[].offences[].plea: guilty      # short for { equals: guilty }
///       - case.parties[role=victim]: { exists: true }
///       - case.hearings[0].court: { in: [B01EF01, B01EF00] }
///       - case.hearings[0].purpose: { matches: "^(trial|sentence)$" }     # RE2
///       - case.defendants[].offences: { at_least: 2 }                     # how many there are; also at_most
///       - case.hearings[0].starts_at.date: { before: 2027-01-01 }         # also after; texts in normal form compare
///       - case.hearings[0].starts_at.date: { after: today }               # also before: the London day of receipt
///       - case.hearings[0].starts_at.date: { within_working_days: 2 }     # from today to the second working day after it
///       - case.hearings[0].starts_at: { changed: true }                   # other than before this message, or gone, or new
///
/// A map of several paths means `all`. A test over a list holds when any element passes; `none` over it when none does. An
/// unmapped code equals nothing but `unmapped: true` on its own path.
class Condition {
 public:
  /// Reads and checks against the type of the root; every problem is reported at its place.
  static Condition load(const Node& node, const ProtoType& root, Problems& problems, Knows knows = Knows::Message);

  Condition() = default;  ///< holds always
  bool always() const { return kind_ == Kind::All && children_.empty(); }
  bool holds(const ProtoMessage& root, const Circumstances& at = {}) const;
  /// As `holds`, telling each test on the way.
  bool explain(const ProtoMessage& root, std::vector<Reason>& reasons, const Circumstances& at = {}) const;
  /// Tests without which it cannot hold; what stands under `any` is left out. Valid as long as the condition.
  void collectNeeds(std::vector<Need>& out) const;
  /// Whether the needs say all of it: nothing stands under `any`, or under `none` together with something else.
  bool isAllNeeds() const;
  /// Whether it asks what the case was before.
  bool looksBack() const;
  /// Names of the fields it reads, for whole-set checks.
  void collectPaths(std::vector<std::string>& out) const;
  /// Adds the paths that must lead to something, and those that must not, for it to hold, so that whoever has many conditions over
  /// one message can look once for all of them. Gives what else must hold.
  Condition beyondPresence(std::vector<FieldPath>& there, std::vector<FieldPath>& absent) const;

 private:
  enum class Kind { All, Any, None, Test };
  enum class Operator { Equals, NotEquals, In, Matches, Exists, AtLeast, AtMost, Before, After, WithinDays, Changed };
  class Loader;

  bool test(const ProtoMessage& root, const Circumstances& at) const;
  bool passes(std::string_view value, const Circumstances& at) const;
  bool hasChanged(const ProtoMessage& root, const Circumstances& at) const;

  Kind kind_ = Kind::All;
  std::vector<Condition> children_;
  FieldPath path_;
  Operator operator_ = Operator::Exists;
  std::vector<std::string> operands_;
  int number_ =
      0;  ///< what `exists` and `changed` (1: true), `at_least`, `at_most` and `within_working_days` compare with
  bool today_ = false;  ///< `before` and `after` compare with the day of receipt
  std::shared_ptr<const Regex> regex_;
  std::string text_;
};

}  // namespace causeway::model
