#include "host/pipeline/judge.hpp"

namespace causeway::pipeline {
namespace {

protection::Decision held(std::string code, std::string rule, std::string text) {
  protection::Decision out;
  out.hold = protection::Hold{std::move(code), std::move(rule), std::move(text)};
  return out;
}

}  // namespace

protection::Decision decide(const Rulebook& rulebook, const canonical::CanonicalMessage& message,
                            std::string_view recipient, std::string_view purpose, Instant now,
                            const canonical::Case* whole) {
  const auto* partner = rulebook.partner(recipient);
  if (!partner) return held("no_partner", "A01", "the rule names a recipient that is not configured");
  const protection::Decider* decider = rulebook.decider ? rulebook.decider.get() : rulebook.policy.get();
  try {
    if (decider && rulebook.policy) {
      auto out = decider->decide(message, *partner, purpose, now);
      if (out.hold.has_value() != out.projection.has_value()) {
        rulebook.policy->screen(out, whole ? *whole : message.case_(), *partner, purpose);
        return out;
      }
    }
  } catch (...) {  // NOLINT(bugprone-empty-catch): what it was may name somebody, and the answer is the same
  }
  return held(std::string(kPolicyFailed), "POLICY", "The policy could not decide, so nothing is sent until it can.");
}

std::optional<protection::Hold> lacking(const Rulebook& rulebook, const DeliveryRow& row, bool to_be_sent) {
  const auto* partner = rulebook.partner(row.recipient);
  if (!partner) return protection::Hold{"no_partner", "A01", "the rule names a recipient that is not configured"};
  if (to_be_sent && partner->endpoint.empty())
    return protection::Hold{"no_endpoint", "A30", "the recipient has no endpoint to send to"};
  if (!rulebook.writerFor(*partner, row.type))
    return protection::Hold{"no_mapping", "A30", "no mapping writes this message for the recipient"};
  return std::nullopt;
}

protection::Decision decideDelivery(const Rulebook& rulebook, const canonical::CanonicalMessage& draft,
                                    const DeliveryRow& row, Instant now, const canonical::Case& whole) {
  auto out = decide(rulebook, draft, row.recipient, row.purpose, now, &whole);
  if (out.hold) return out;
  if (auto lacks = lacking(rulebook, row, true)) return held(lacks->code, lacks->rule, lacks->text);
  return out;
}

Result<Judgement> judge(const Rulebook& rulebook, const canonical::CaseRecord& before,
                        const canonical::CanonicalMessage& message, Instant now, bool traced) {
  CW_TRY(auto folded, care::apply(before, message));
  if (rulebook.schemes) rulebook.schemes->assess(folded);
  if (rulebook.reconciliation) rulebook.reconciliation->compare(folded);
  Judgement out;
  CW_TRY(const auto received, parseInstant(message.received_at()));
  for (const auto& event : folded.events) {
    Happened happened;
    happened.event = event;
    const auto focused = care::focus(folded.record.case_(), event, message);
    auto routed = rulebook.routes->route(focused, received, traced);
    happened.rules = std::move(routed.trace);
    for (auto& draft : routed.drafts) {
      auto decision = decide(rulebook, draft.message, draft.recipient, draft.purpose, now, &folded.record.case_());
      happened.deliveries.push_back({std::move(draft), std::move(decision)});
    }
    out.happened.push_back(std::move(happened));
  }
  out.folded = std::move(folded);
  return out;
}

}  // namespace causeway::pipeline
