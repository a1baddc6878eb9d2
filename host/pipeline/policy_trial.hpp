#pragma once

#include "host/base/clock.hpp"
#include "host/pipeline/rulebook.hpp"
#include "host/pipeline/store.hpp"
#include "host/pipeline/vault.hpp"

#include <string>
#include <vector>

namespace causeway::pipeline {

/// What a changed policy would have meant for deliveries of the past, without sending anything.
struct PolicyTrial {
  /// What is different, for all deliveries of one recipient, type and purpose that differ in the same way.
  struct Change {
    std::string recipient, type, purpose;
    std::string held_before, held_after;                    ///< code of the hold; empty: it leaves
    std::vector<std::string> newly_given, no_longer_given;  ///< names of fields
    int deliveries = 0;
    std::vector<std::string> examples;  ///< delivery ids, three at most
  };
  int compared = 0;    ///< decided by both policies
  int unreadable = 0;  ///< passed over: erased since, no longer kept, or to somebody who is no partner any more
  std::string first_at, last_at;  ///< when the compared ones were made, RFC 3339; empty when there are none
  std::vector<Change> changes;    ///< in the order in which they were first met
};

/// Decides every delivery that was made since then by both policies, on the same draft and the case as it stands now, at the same
/// moment: whatever differs comes from the policy alone. Agreements and partners are those of the rulebook for both.
Result<PolicyTrial> tryPolicy(const Rulebook& rulebook, const protection::Policy& changed, Store& store, Vault& vault,
                              Instant since, Instant now);

}  // namespace causeway::pipeline
