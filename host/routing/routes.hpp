#pragma once

#include "host/base/clock.hpp"
#include "host/base/node.hpp"
#include "host/base/working_days.hpp"
#include "host/model/case.pb.h"
#include "host/model/condition.hpp"
#include "host/routing/time_limits.hpp"

#include <memory>
#include <set>
#include <string>
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
  bool live = true;                     ///< false: shadow, decided and recorded but never sent
  std::string clock;                    ///< of config/clocks, which its delivery starts; empty: none
  std::string element;                  ///< the person or other element of the case that it is for; empty: the case
  bool enhanced = false;                ///< the person is entitled to enhanced rights
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
};

class Routes {
 public:
  /// Reads all route files; every problem at once. `limits` are the clocks that rules may name; without it there are none.
  static Routes load(const std::vector<Node>& files, const WorkingDays& calendar, Problems& problems,
                     std::shared_ptr<const TimeLimits> limits = {});
  ~Routes();
  Routes(Routes&&) noexcept;
  Routes& operator=(Routes&&) noexcept;

  /// Deterministic: the same event gives the same drafts in the same order. `received` starts the clocks.
  Routed route(const canonical::CanonicalMessage& event, Instant received, bool with_trace = false) const;
  /// "rule file version" of the whole set: a digest over the files, stored with every message.
  const std::string& version() const;
  /// (recipient, type, purpose) of everything the rules can send, with the place: for checks against policies and agreements.
  struct Target {
    std::string recipient, type, purpose;
    Location at;
  };
  std::vector<Target> targets() const;
  /// The clocks that the rules start.
  std::set<std::string> clocks() const;

 private:
  Routes();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace causeway::routing
