#pragma once

#include "host/base/node.hpp"
#include "host/base/regex.hpp"
#include "host/model/field_path.hpp"

#include <chrono>
#include <memory>
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
///
/// A map of several paths means `all`. A test over a list holds when any element passes; `none` over it when none does. An
/// unmapped code equals nothing but `unmapped: true` on its own path.
class Condition {
 public:
  /// Reads and checks against the type of the root; every problem is reported at its place.
  static Condition load(const Node& node, const ProtoType& root, Problems& problems);

  Condition() = default;  ///< holds always
  bool always() const { return kind_ == Kind::All && children_.empty(); }
  bool holds(const ProtoMessage& root) const;
  /// As `holds`, telling each test on the way.
  bool explain(const ProtoMessage& root, std::vector<Reason>& reasons) const;
  /// Names of the fields it reads, for whole-set checks.
  void collectPaths(std::vector<std::string>& out) const;
  /// Adds the paths that must lead to something, and those that must not, for it to hold, so that whoever has many conditions over
  /// one message can look once for all of them. Gives what else must hold.
  Condition beyondPresence(std::vector<FieldPath>& there, std::vector<FieldPath>& absent) const;

 private:
  enum class Kind { All, Any, None, Test };
  enum class Operator { Equals, NotEquals, In, Matches, Exists, AtLeast, AtMost, Before, After };

  static Condition loadTest(const std::string& path, const Node& value, const ProtoType& root, Problems& problems);
  void loadOperator(const Node::Entry& entry, Problems& problems);
  bool test(const ProtoMessage& root) const;
  bool passes(std::string_view value) const;

  Kind kind_ = Kind::All;
  std::vector<Condition> children_;
  FieldPath path_;
  Operator operator_ = Operator::Exists;
  std::vector<std::string> operands_;
  int number_ = 0;  ///< what `exists` (1: true), `at_least` and `at_most` compare with
  std::shared_ptr<const Regex> regex_;
  std::string text_;
};

}  // namespace causeway::model
