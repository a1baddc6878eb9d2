#pragma once

#include "host/base/clock.hpp"
#include "host/base/node.hpp"
#include "host/base/working_days.hpp"
#include "host/model/case.pb.h"
#include "host/model/condition.hpp"
#include "host/routing/recipient_group.hpp"
#include "host/routing/rule_loss.hpp"
#include "host/routing/time_limits.hpp"

#include <chrono>
#include <concepts>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// Supervisors' rules: which message, when, makes which deliveries. Data in config/routes/, checked as one whole.
namespace causeway::routing {

/// One delivery that a rule wants, before protection.
struct Draft {
  std::string recipient;  ///< partner id
  std::string type;  ///< message type that goes out: task.raised, log_entry.added, officer.notified, case.updated, ...
  std::string purpose;  ///< why the recipient gets it; a policy grants fields for it
  std::string rule;     ///< "f03-hearing-outcome@3": id and version
  std::string
      subject;  ///< what it is about: a newer draft with the same subject supersedes an unsent older one; may be empty
  int priority = 0;  ///< higher is more urgent
  Instant due_at{};
  bool live = true;         ///< false: shadow, decided and recorded but never sent
  std::string clock;        ///< of config/clocks, which its delivery starts; empty: none
  bool due_by_day = false;  ///< `due_at` is of a day that the message names, and the clock's too
  std::string element;      ///< the person or other element of the case that it is for; empty: the case
  bool enhanced = false;    ///< the person is entitled to enhanced rights
  bool statutory = true;    ///< its rule does not allow that this recipient is lost by a change
  std::string hold{};       ///< the rule wants a person to look first, and says why; empty: it goes by itself
  canonical::CanonicalMessage message;  ///< the focused case with the task, log entry or notice that the rule makes
};

/// Whether a rule matched and why: for `causeway explain`.
struct RuleTrace {
  std::string rule;
  bool matched = false;
  std::vector<model::Reason> reasons;
};

struct Routed {
  std::vector<Draft> drafts;
  std::vector<RuleTrace> trace;  ///< every rule, in file order; filled only when asked for
  /// The rule that asked for a working day beyond the calendar: what is in `drafts` is not to be trusted. Empty: every rule answered.
  std::string unanswered;
};

/// How the rules are to be run for one event.
struct Asked {
  bool trace = false;
  const canonical::CanonicalMessage* before = nullptr;  ///< the same part of the case before the message, for `changed`
  bool drafts = true;                                   ///< false: only which rules match, for measuring
  /// Ids with version and content of rules to leave out: a trial runs only those that two sets do not share.
  const std::set<std::string, std::less<>>* without = nullptr;
  /// The London day that `valid_from` and `valid_to` of the rules are compared with; nothing: the day of receipt.
  std::optional<std::chrono::year_month_day> valid_on{};
};

/// What rules may name beside the canonical case.
struct RouteParts {
  RouteParts() = default;
  template <class Limits>
    requires std::convertible_to<Limits, std::shared_ptr<const TimeLimits>>
  RouteParts(Limits of_clocks, std::vector<GroupMember> partners = {})  // NOLINT: most rules name clocks alone
      : limits(std::move(of_clocks)), members(std::move(partners)) {}
  RouteParts(std::vector<GroupMember> partners) : members(std::move(partners)) {}  // NOLINT

  std::shared_ptr<const TimeLimits> limits;
  std::vector<GroupMember> members;
};

class Routes {
 public:
  /// Reads all route files; every problem at once. `parts` are the clocks that rules may name and the partners that groups of recipients
  /// are made of; without them there are none.
  static Routes load(const std::vector<Node>& files, const WorkingDays& calendar, Problems& problems,
                     RouteParts parts = {});
  ~Routes();
  Routes(Routes&&) noexcept;
  Routes& operator=(Routes&&) noexcept;

  /// Deterministic: the same event gives the same drafts in the same order. `received` starts the clocks.
  Routed route(const canonical::CanonicalMessage& event, Instant received, const Asked& asked = {}) const;
  /// Whether a rule for this type asks what the case was before.
  bool looksBack(std::string_view type) const;
  /// Digests of the rules, each over all that the rule does: what two sets share does the same in both.
  std::set<std::string, std::less<>> contents() const;
  /// What `after` takes from those whom the law says must be told, from `today` on; see lossesOf.
  std::vector<RuleLoss> lostIn(const Routes& after, std::chrono::year_month_day today) const;
  /// "rule file version" of the whole set: a digest over the files, stored with every message.
  const std::string& version() const;
  /// (recipient, type, purpose) of everything the rules can send, with the place: for checks against policies and agreements.
  struct Target {
    std::string recipient, type, purpose;
    Location at;
    std::string rule{};                               ///< id
    std::set<std::string> types{};                    ///< messages that its rule can match
    std::set<std::string> only_from{}, never_from{};  ///< what its rule asks of `source_system`; empty: nothing
  };
  std::vector<Target> targets() const;
  /// The clocks that the rules start.
  std::set<std::string> clocks() const;
  /// Message types that no rule is for and need none (`no_rule_for`), with the place that says why.
  const std::map<std::string, Location>& noRuleFor() const;

 private:
  Routes();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace causeway::routing
