#pragma once

#include "host/base/node.hpp"
#include "host/model/condition.hpp"
#include "host/model/field_path.hpp"
#include "host/routing/recipient_group.hpp"
#include "host/routing/template_text.hpp"

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace causeway::routing {

/// When something must be done, counted from receipt.
struct Due {
  enum class Kind { None, AtOnce, WorkingDays, ByEntitlement, Clock } kind = Kind::None;
  int standard = 0;     ///< working days
  int enhanced = 0;     ///< working days for a person entitled to enhanced rights
  std::string clock{};  ///< of config/clocks: its law says when, and the delivery starts it
  /// Of a clock: it is due on this day of the message, where there is one, whatever the law's limit from receipt is.
  std::optional<model::FieldPath> by{};
  /// The time of that day in London ("12:00"), where the message says one; else the end of the day.
  std::optional<model::FieldPath> at{};
  /// Of a clock: its law is counted back from this day of the message, where there is one.
  std::optional<model::FieldPath> before{};
};

/// Work or a note that a tell makes: what goes into the task, the log entry or the notice of an officer.
struct Piece {
  enum class Kind { Task, LogEntry, Notice } is = Kind::Task;
  std::string kind;
  std::string unit;
  std::string priority;
  TemplateText text;
};

/// A list of the element, each item of which gets a draft of its own.
struct EachOf {
  const model::ProtoField* list = nullptr;
  model::Condition when;  ///< over the item
};

/// One recipient of a rule.
struct Tell {
  std::string recipient, type, purpose;
  std::vector<model::FieldPath> for_each;  ///< lists whose elements get a draft each; empty: one draft
  model::Condition each_when;              ///< over the element
  std::optional<EachOf> each_of;           ///< of the element
  bool over_people = false;                ///< for_each leads to parties
  bool only_named = false;                 ///< the people whom the event is about, of those in the list
  bool only_theirs = false;                ///< take out the offences, conditions and orders of others
  std::string supporter;                   ///< service of the supporter that must stand by the person
  std::vector<std::string> consent;        ///< kinds of consent of the person, one of which must be live
  std::optional<Piece> piece;
  Due due;
  Location due_at;
  int priority = 0;
  TemplateText subject;
  std::string hold;       ///< why a person looks at it before it goes; empty: it goes by itself
  std::string whom;       ///< equal for tells to the same people, but for `each_when`
  std::string each_asks;  ///< equal for tells with the same `each_when`
  std::string same;       ///< equal for tells that say the same to the same about the same, whenever they are made
  Location at;
};

struct Rule {
  std::string id;
  std::string name;  ///< id@version
  bool live = true;
  bool statutory = true;  ///< whom it tells may not be lost by a change
  std::string content;    ///< digest of the rule and of the texts it uses: equal for rules that do the same
  std::optional<std::chrono::year_month_day> valid_from, valid_to;
  model::Condition when;
  std::string asks;             ///< equal for rules with the same `when`
  std::set<std::string> types;  ///< message types for which `when` can hold
  std::optional<model::FieldPath> not_past;
  std::vector<Tell> tells;
  Location at;
};

/// What the rules of one set share.
struct RuleParts {
  const Templates& templates;
  const std::vector<GroupMember>& members;
  std::set<std::string>& used;  ///< names of the templates that rules use; added to
};

/// Reads one rule; every problem is reported at its place. A tell to a group becomes one for each of its members.
Rule loadRule(const Node& node, const RuleParts& parts, Problems& problems);

/// The message types for which a condition can hold, seen from its tests of `type` alone. Unknown types are reported.
std::set<std::string> typesOf(const Node& when, Problems& problems);

}  // namespace causeway::routing
