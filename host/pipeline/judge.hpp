#pragma once

#include "host/care/case_fold.hpp"
#include "host/pipeline/rulebook.hpp"
#include "host/pipeline/store.hpp"

#include <optional>
#include <string>
#include <vector>

/// Stages 6 and 7 as one pure function: what a message does to a case, who is to hear of it, and what each may have.
namespace causeway::pipeline {

/// One delivery as decided: either a projection that may leave, or a hold.
struct Intended {
  routing::Draft draft;
  protection::Decision decision;
};

struct Happened {
  care::Event event;
  std::vector<routing::RuleTrace> rules;  ///< filled only when traced
  std::vector<Intended> deliveries;
};

struct Judgement {
  care::Folded folded;
  std::vector<Happened> happened;
};

/// Works out anew what follows from a case as it stands: enhanced rights, schemes, disagreements. `received` is "now" for ages and law.
void assess(const Rulebook& rulebook, care::Folded& folded, Instant received);

/// Stage 6 alone: the case with the message in it, with what follows from it for each person. Invalid as `judge`.
Result<care::Folded> fold(const Rulebook& rulebook, const canonical::CaseRecord& before,
                          const canonical::CanonicalMessage& message);

/// Invalid when the message cannot be placed in the case without guessing. `now` is the moment of decision; the clocks start from
/// the message's received_at.
Result<Judgement> judge(const Rulebook& rulebook, const canonical::CaseRecord& before,
                        const canonical::CanonicalMessage& message, Instant now, bool traced = false);

/// Code of the hold where the policy could not decide at all. It is nobody's task to release it: the delivery waits in its place until
/// the policy answers again, and a person is told when the time for retries has passed.
constexpr std::string_view kPolicyFailed = "policy_failed";

/// The decision for one draft, also taken again at the moment of sending: agreement, purpose, test or live, policy. Free text in it is
/// searched for the people of `whole`, the case as it is known; without it, for those of whom the message speaks. Whatever
/// the policy throws is a hold.
protection::Decision decide(const Rulebook& rulebook, const canonical::CanonicalMessage& message,
                            std::string_view recipient, std::string_view purpose, Instant now,
                            const canonical::Case* whole = nullptr);

/// What the recipient lacks to be sent this type of message, beside permission: a mapping that writes it and, unless the delivery is
/// for show (shadow), an endpoint. Nothing when it lacks nothing.
std::optional<protection::Hold> lacking(const Rulebook& rulebook, const DeliveryRow& row, bool to_be_sent);

/// Code of the hold of a delivery whose free text may name somebody; and the kind of decision, about a delivery, by which a person let it
/// go without what may do so.
constexpr std::string_view kTextNames = "text_names_somebody", kTextRedaction = "text_redaction";

/// A delivery that is to leave now.
struct Deciding {
  const canonical::CanonicalMessage& draft;
  const DeliveryRow& row;
  Instant now;
  const canonical::Case& whole;
};
/// As the policy says, or with everything taken out of free text that may name somebody.
enum class Texts : unsigned char { ByPolicy, Redacted };

/// `decide` and `lacking` together.
protection::Decision decideDelivery(const Rulebook& rulebook, const Deciding& deciding, Texts texts = Texts::ByPolicy);

}  // namespace causeway::pipeline
