#include "host/pipeline/judge.hpp"

namespace causeway::pipeline {
namespace {

protection::Decision held(std::string code, std::string rule, std::string text) {
  protection::Decision out;
  out.hold = protection::Hold{std::move(code), std::move(rule), std::move(text)};
  return out;
}

protection::Decision undecided() {
  return held(std::string(kPolicyFailed), "POLICY", "The policy could not decide, so nothing is sent until it can.");
}

struct Question {
  std::string_view purpose;
  Instant now;
  const canonical::Case* whole;
  bool redact = false;  ///< whatever the policy does with free text
};

// Whatever the policy throws is no answer.
protection::Decision asked(const Rulebook& rulebook, const canonical::CanonicalMessage& message,
                           const protection::Recipient& recipient, const Question& of) {
  const protection::Decider* decider = rulebook.decider ? rulebook.decider.get() : rulebook.policy.get();
  try {
    if (decider && rulebook.policy) {
      auto out = decider->decide(message, recipient, of.purpose, of.now);
      if (out.hold.has_value() != out.projection.has_value()) {
        const auto& whole = of.whole ? *of.whole : message.case_();
        if (of.redact) rulebook.policy->screen(out, whole, recipient, protection::FreeText::RedactPossible);
        else rulebook.policy->screen(out, whole, recipient, of.purpose);
        return out;
      }
    }
  } catch (...) {  // NOLINT(bugprone-empty-catch): what it was may name somebody, and the answer is the same
  }
  return undecided();
}

protection::Decision decideFor(const Rulebook& rulebook, const canonical::CanonicalMessage& message,
                               std::string_view recipient, const Question& of) {
  const auto* partner = rulebook.partner(recipient);
  if (!partner) return held("no_partner", "A01", "the rule names a recipient that is not configured");
  auto* watch = rulebook.watch.get();
  const auto begun = watch ? watch->begin() : std::nullopt;
  if (watch && !begun) return undecided();
  auto out = asked(rulebook, message, *partner, of);
  if (watch && !watch->inTime(*begun)) return undecided();
  return out;
}

}  // namespace

protection::Decision decide(const Rulebook& rulebook, const canonical::CanonicalMessage& message,
                            std::string_view recipient, std::string_view purpose, Instant now,
                            const canonical::Case* whole) {
  return decideFor(rulebook, message, recipient, {purpose, now, whole});
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

protection::Decision decideDelivery(const Rulebook& rulebook, const Deciding& deciding, Texts texts) {
  const auto& row = deciding.row;
  auto out = decideFor(rulebook, deciding.draft, row.recipient,
                       {row.purpose, deciding.now, &deciding.whole, texts == Texts::Redacted});
  if (out.hold) return out;
  if (auto lacks = lacking(rulebook, row, true)) return held(lacks->code, lacks->rule, lacks->text);
  return out;
}

void assess(const Rulebook& rulebook, care::Folded& folded, Instant received) {
  if (rulebook.enhanced_rights) rulebook.enhanced_rights->assess({folded, received});
  if (rulebook.schemes) rulebook.schemes->assess(folded);
  if (rulebook.reconciliation) rulebook.reconciliation->compare(folded);
}

Result<care::Folded> fold(const Rulebook& rulebook, const canonical::CaseRecord& before,
                          const canonical::CanonicalMessage& message) {
  CW_TRY(const auto received, parseInstant(message.received_at()));
  CW_TRY(auto folded, care::apply(before, message));
  assess(rulebook, folded, received);
  return folded;
}

Result<Judgement> judge(const Rulebook& rulebook, const canonical::CaseRecord& before,
                        const canonical::CanonicalMessage& message, Instant now, bool traced) {
  CW_TRY(auto folded, fold(rulebook, before, message));
  Judgement out;
  CW_TRY(const auto received, parseInstant(message.received_at()));
  for (const auto& event : folded.events) {
    Happened happened;
    happened.event = event;
    const auto focused = care::focus(folded.record.case_(), event, message);
    routing::Asked asked{.trace = traced};
    std::optional<canonical::CanonicalMessage> earlier;
    if (rulebook.routes->looksBack(event.type))
      asked.before = &earlier.emplace(care::focus(before.case_(), event, message));
    auto routed = rulebook.routes->route(focused, received, asked);
    if (!routed.unanswered.empty())
      return fail(ErrorKind::Invalid, "rule '" + routed.unanswered +
                                          "' asks for a working day beyond the calendar: add the bank holidays of the "
                                          "next year, then release this");
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
