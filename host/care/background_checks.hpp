#pragma once

#include "host/base/clock.hpp"
#include "host/base/result.hpp"
#include "host/model/case.pb.h"

#include <string>
#include <string_view>
#include <vector>

/// A check before charge: one asks, several record systems are asked, and what they say is brought together for the asker alone.
namespace causeway::care {

/// Whether the message is one of those about background checks.
bool isAboutChecks(std::string_view type);

/// Before it is folded: what a message may say of checks. Who asks and who answers is its sender, whatever it names; an answer in
/// somebody else's name is kept as the sender's word on their behalf. Everything else that a document says of checks is dropped. Invalid
/// when a check is about nobody, when another asker has this number, and when it was asked before in other words.
Result<void> readChecks(const canonical::Case& whole, const canonical::CanonicalMessage& message,
                        canonical::Case& said);
/// After it is folded: Invalid when a check is about nobody of the case, or about somebody else than before.
Result<void> checkSubjects(const canonical::Case& before, const canonical::Case& after,
                           const canonical::CanonicalMessage& message);

/// Leaves of the case what an event about these checks may tell: the check and its subject. Of a request no answer, of an answer only what
/// its message said, of a refusal no reason.
void keepChecks(const std::vector<std::string>& about, const canonical::CanonicalMessage& cause, std::string_view event,
                canonical::Case& whole);

/// One system that was to be asked.
struct CheckAsk {
  std::string system;   ///< partner id
  Instant asked_at{};   ///< when it was decided to ask
  bool reached = true;  ///< false: the question is held or was declined, so that it never saw it
};

/// The check of that number; nullptr when the case has none.
const canonical::BackgroundCheck* checkOf(const canonical::Case& whole, std::string_view id);
/// Asked, and not yet brought together.
bool isGathering(const canonical::BackgroundCheck& check);
/// Whether one of those who were asked may still answer.
bool isAwaited(const canonical::BackgroundCheck& check, const std::vector<CheckAsk>& asks);

/// What the answers come to, in the terms of `check` and of who was asked: nothing is merged or chosen. Each system that did not answer
/// is named (`no_answer`), and each that could not be asked (`not_asked`); then the check is `partial`. The summary is our own text, of
/// numbers and names of systems only.
canonical::BackgroundCheck combine(const canonical::BackgroundCheck& check, const std::vector<CheckAsk>& asks,
                                   Instant now);

}  // namespace causeway::care
