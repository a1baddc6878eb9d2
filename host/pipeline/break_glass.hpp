#pragma once

#include "host/pipeline/holds.hpp"
#include "host/pipeline/restrictions.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::pipeline {

/// Kinds of decision: a restricted case was opened; somebody else has looked at why.
inline constexpr std::string_view kBreakGlass = "break_glass", kBreakGlassReview = "break_glass_review";

/// A restricted case that a person has opened for a while.
struct Opened {
  DecisionRow opening;  ///< `about` is the case, `code` the recipient ("": only the person looks), `next_at` its end
  std::optional<DecisionRow> review;  ///< absent until somebody else has reviewed it
};

/// True when one of these openings of a case lets the recipient be told of it now.
bool opensTo(const std::vector<DecisionRow>& openings, std::string_view recipient, Instant now);
/// While the case is open to the recipient, it counts as one of those whom the restriction names. Nothing else changes.
void nameWhileOpen(canonical::CanonicalMessage& draft, const std::vector<DecisionRow>& openings,
                   std::string_view recipient, Instant now);

/// What the break-glass works with; all must outlive it.
struct BreakGlassParts {
  const Rulebook& rulebook;
  Store& store;
  Vault& vault;
  Writer& writer;
  AuditLog& audit;
  Holds& holds;
  const Clock& clock;
  const Ids& ids;
};

/// Lets a named person open a restricted case in an emergency: look at it, or let one recipient be told of it, for a reason and for a time.
/// It ends by itself, is in the audit log, and waits for the review of somebody else. Only a restriction to named people is opened so:
/// law, agreement, consent and safe contact bind as before. Thread-safe.
class BreakGlass {
 public:
  /// `longest`: for how long at most, as the configuration says.
  BreakGlass(const BreakGlassParts& parts, std::chrono::minutes longest) : parts_(parts), longest_(longest) {}

  /// `ruling.about` is the case; with a recipient, what is held for it as `restricted` may be released while it is open. Invalid (no who,
  /// no why, no time or too long a one), NotFound (no such case or recipient), Refused (the case is not restricted, or the recipient
  /// stands on the suspect's side), Unavailable.
  Result<DecisionRow> open(const Ruling& ruling, const std::string& recipient, std::chrono::minutes time);
  /// `ruling.about` is the number of an opening. Refused for whoever opened it; Conflict when it was reviewed before.
  Result<DecisionRow> review(const Ruling& ruling);
  /// All of them, oldest first.
  Result<std::vector<Opened>> list();
  /// Whether this person may see the content of a case: one that is restricted only if its list names them, or while they have opened it.
  Result<void> mayLook(const std::string& case_id, std::string_view by);

 private:
  Result<std::vector<std::string>> namedIn(const std::string& case_id);
  Result<void> write(const DecisionRow& row, const std::string& case_id, const std::string& through);

  BreakGlassParts parts_;
  std::chrono::minutes longest_;
};

}  // namespace causeway::pipeline
