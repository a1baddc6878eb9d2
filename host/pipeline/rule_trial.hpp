#pragma once

#include "host/base/clock.hpp"
#include "host/pipeline/judge.hpp"
#include "host/pipeline/rulebook.hpp"
#include "host/pipeline/store.hpp"
#include "host/pipeline/vault.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace causeway::pipeline {

/// What one delivery would have come to.
struct TriedDelivery {
  std::string message_id, recipient, type, purpose, rule;
  std::vector<std::string> about;  ///< ids of the elements that it is about
  std::string hold;                ///< code of its hold; empty: it leaves
  bool live = true;                ///< false: shadow
  bool statutory = true;
  std::vector<std::string> fields;  ///< names of those that it carries
  int priority = 0;
  Instant due_at{};
  std::string text;  ///< digest of what it says
};

/// What another set of rules would have meant for the messages of the past, without sending anything.
struct RuleTrial {
  enum class Kind { NewlyTold, NoLongerTold, NewlyHeld, NoLongerHeld, Changed };
  /// Everything that differs in the same way.
  struct Change {
    Kind kind{};
    std::string recipient, type, purpose;
    std::string rule_before, rule_after;  ///< "f03-outcome@1"; empty: no rule
    std::string hold;                     ///< code, where it is newly or no longer held
    std::vector<std::string>
        what;                ///< Changed: due, priority, text, "+case.urn" newly given, "-case.urn" no longer given
    bool statutory = false;  ///< NoLongerTold: somebody whom a statute or code says must be told
    int deliveries = 0;
    std::vector<std::string> examples;  ///< message ids, three at most
  };
  int messages = 0;  ///< that both sets of rules were run over
  int cases = 0;
  std::map<std::string, int> skipped;  ///< messages passed over, by why
  std::string first_at, last_at;       ///< when the first and the last of them came, RFC 3339; empty: there were none
  std::vector<std::string> days;       ///< London days on which some of them came
  std::vector<Change> changes;         ///< what weighs most first
  /// What the rules themselves show, whatever came in these days.
  struct Taken {
    routing::RuleLoss what;
    int told =
        0;  ///< deliveries of these days that the rule as it was made; 0: the past cannot show what it would mean
  };
  std::vector<Taken> taken;  ///< in order of the rules before
  bool losesStatutory() const;
};

std::string_view nameOf(RuleTrial::Kind kind);  ///< "newly_told", ...

struct TrialParts {
  const Rulebook& before;
  const Rulebook& after;
  Store& store;
  Vault& vault;
  Instant since;  ///< messages that came from then on; the cases are folded from their first message
  int threads = 1;
  /// Told how many of how many cases are done; false gives the trial up (Unavailable). From several threads, one at a time.
  std::function<bool(size_t done, size_t all)> progress = {};
  /// Every delivery of rules that the two sets do not share, before and after: nullptr where there is none. With what the shared ones make,
  /// which is the same in both, that is all. From several threads, one at a time.
  std::function<void(const TriedDelivery* before, const TriedDelivery* after)> each = {};
  /// When the change would become effective: rules that are valid on that day are run, over messages of any day. Nothing: each rule is
  /// valid or not on the day of the message, and losses are counted from the first day on.
  std::optional<Instant> as_of = {};
};

/// Folds every case again in the order in which its messages were folded, and runs both sets of rules over what happened, at the moment
/// at which each message came. Rules that both sets share are not run: they do the same in both. Neither corrections nor clocks are
/// tried. A case of which a message cannot be read is passed over as a whole, since its states would not be the ones of then.
Result<RuleTrial> tryRuleChange(const TrialParts& parts);

}  // namespace causeway::pipeline
