#include "host/protection/gate.hpp"

#include "host/base/text.hpp"
#include "host/protection/checks.hpp"
#include "host/protection/conflict.hpp"
#include "host/protection/consent_cover.hpp"
#include "host/protection/information_request.hpp"

#include <algorithm>
#include <array>

namespace causeway::protection {
namespace {

constexpr std::array<std::string_view, 7> kSides = {
    "prosecution", "defence", "court", "neutral", "suspect", "offender_management", "victim_support"};
constexpr std::array<std::string_view, 2> kMarkings = {"official", "official_sensitive"};

Hold hold(Check check, std::string code, std::string text) {
  return Hold{std::move(code), std::string(ruleOf(check)), std::move(text)};
}

template <class List>
bool holds(const List& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

bool hasKnownRole(const canonical::Party& party) {
  return std::ranges::any_of(party.roles(), [](const canonical::Role& role) {
    return !role.role().code().empty() && !role.role().unmapped();
  });
}

bool isSaid(const model::FieldPath& path, const model::ProtoMessage& element) {
  bool found = false;
  path.visit(element, [&](const model::ProtoMessage& parent, const model::ProtoField& field, int index) {
    found = !model::textOf(parent, field, index).empty();
    if (found && model::shapeOf(field) == model::Shape::Code && index < 0)
      found = !static_cast<const canonical::Code&>(parent.GetReflection()->GetMessage(parent, &field)).unmapped();
    return !found;
  });
  return found;
}

/// The names of what is not on record, in the order of the rule; a list without elements lacks everything.
std::vector<std::string> notRecorded(const canonical::CanonicalMessage& message, const RecordRule& rule) {
  std::vector<std::string> out;
  for (const auto& path : rule.has) {
    int elements = 0;
    bool all = true;
    rule.of.visit(message, [&](const model::ProtoMessage& parent, const model::ProtoField& field, int index) {
      ++elements;
      all = all && isSaid(path, parent.GetReflection()->GetRepeatedMessage(parent, &field, index));
      return all;
    });
    if (elements == 0 || !all) out.push_back(path.names());
  }
  return out;
}

// When the sender said it; a message that does not say when is as old as its arrival.
std::string_view saidAt(const canonical::CanonicalMessage& message) {
  return message.has_asserted_at() ? message.asserted_at() : message.received_at();
}

bool isStale(const Asked& asked, const Grant& grant) {
  if (!grant.quality || !grant.quality->max_age) return false;
  const auto at = parseInstant(saidAt(asked.message));
  return !at || earlier(Check::Stale, *at, asked.now - *grant.quality->max_age);
}

std::optional<Hold> holdForRecipient(const Asked& asked) {
  const auto& recipient = asked.recipient;
  const bool test = asked.message.test();
  if (refuses(Check::RecipientKnown, !holds(kSides, recipient.side) || recipient.audience.empty()))
    return hold(Check::RecipientKnown, "unknown_recipient",
                "It is not known on which side the recipient stands or who reads there.");
  if (refuses(Check::TestMix, test != recipient.test))
    return hold(
        Check::TestMix, "test_mix",
        test ? "A test message may not go to a live recipient." : "A live message may not go to a test recipient.");
  if (refuses(Check::Country, recipient.country != "GB" && recipient.transfer.empty()))
    return hold(Check::Country, "third_country",
                "The recipient is outside the United Kingdom and no ground for the transfer is on record.");
  return std::nullopt;
}

std::optional<Hold> holdForAgreement(const Asked& asked) {
  const auto& agreement = asked.recipient.agreement;
  const std::string none = "There is no agreement with the recipient that holds today.";
  if (refuses(Check::AgreementStarted,
              !agreement.starts.ok() || earlier(Check::AgreementStarted, asked.today, agreement.starts)))
    return hold(Check::AgreementStarted, "no_agreement", none);
  if (refuses(Check::AgreementEnded, earlier(Check::AgreementEnded, agreement.expires, asked.today)))
    return hold(Check::AgreementEnded, "no_agreement", none);
  if (refuses(Check::AgreedPurpose, !holds(agreement.purposes, asked.purpose)))
    return hold(Check::AgreedPurpose, "not_agreed", "The agreement with the recipient does not cover this purpose.");
  if (refuses(Check::AgreedType, !holds(agreement.types, asked.message.type())))
    return hold(Check::AgreedType, "not_agreed",
                "The agreement with the recipient does not cover this type of message.");
  return std::nullopt;
}

std::optional<Hold> holdForLaw(const Asked& asked, const Legal& legal) {
  const auto* purpose = legal.purpose(asked.purpose);
  if (refuses(Check::PurposeDeclared, purpose == nullptr))
    return hold(Check::PurposeDeclared, "no_purpose", "The purpose is none of those that the legal part declares.");
  const std::string from = purpose ? purpose->under : "";
  const auto* gateway = legal.gateway(from, asked.recipient.regime, asked.purpose, asked.today);
  if (refuses(Check::Gateway, gateway == nullptr))
    return hold(Check::Gateway, "no_gateway", "No gateway in law serves this purpose with this recipient today.");
  const bool crosses = from != asked.recipient.regime;
  if (refuses(Check::NamedLaw, crosses && gateway && gateway->statute.empty()))
    return hold(Check::NamedLaw, "no_law",
                "The data would leave law enforcement processing, and no law is named that authorises it.");
  return std::nullopt;
}

// What others answered to a background check, or what it came to, is for whoever asked.
bool tellsOthersAnswers(const canonical::Case& whole, const Recipient& recipient) {
  return std::ranges::any_of(whole.background_checks(), [&](const canonical::BackgroundCheck& check) {
    const bool answered = std::ranges::any_of(
        check.answers(), [](const canonical::CheckAnswer& one) { return one.has_answer() || one.has_detail(); });
    return (answered || check.has_summary()) && check.asked_by() != recipient.id;
  });
}

// A purpose for which data goes on while its accuracy is contested, the courts, and the force itself.
bool mayHaveDisputed(const Asked& asked, const Legal& legal) {
  const auto* purpose = legal.purpose(asked.purpose);
  const auto& audience = asked.recipient.audience;
  return audience == "police" || audience == "court" || (purpose && purpose->despite_dispute);
}

}  // namespace

std::optional<Hold> holdForConflict(const canonical::Case& whole, const Recipient& recipient) {
  if (refuses(Check::PartyConflict, standsOnBothSides(whole, recipient)))
    return hold(Check::PartyConflict, "party_conflict",
                "Somebody of the recipient also stands on the defendant's side in this case.");
  return std::nullopt;
}

namespace {

std::optional<Hold> holdForCase(const Asked& asked, const Legal& legal) {
  const auto& message = asked.message;
  const auto& whole = message.case_();
  if (refuses(Check::Marking, message.has_marking() && !holds(kMarkings, message.marking())))
    return hold(Check::Marking, "marking", "The marking is higher than this system may carry, or not known.");
  if (refuses(Check::RoleKnown, !std::ranges::all_of(whole.parties(), hasKnownRole)))
    return hold(Check::RoleKnown, "no_role", "A person in the message has no known role in the case.");
  const bool named = whole.restricted_to().empty() || asked.recipient.audience == "police" ||
                     holds(whole.restricted_to(), asked.recipient.id);
  if (refuses(Check::Restricted, !named))
    return hold(Check::Restricted, "restricted", "The case may be seen by named people only.");
  const bool disputed = whole.restricted_reason().code() == "accuracy_contested";
  if (refuses(Check::Disputed, disputed && !mayHaveDisputed(asked, legal)))
    return hold(Check::Disputed, "accuracy_contested",
                "Somebody contests that the data is right; until that is settled it goes to courts and to safeguard "
                "people only.");
  if (refuses(Check::ForAsker, tellsOthersAnswers(whole, asked.recipient)))
    return hold(Check::ForAsker, "not_the_asker", "What record systems answer to a check is for whoever asked alone.");
  return holdForConflict(whole, asked.recipient);
}

std::optional<Hold> holdForBasis(const Asked& asked, const Grant& grant) {
  const bool no_consent = grant.consent && !grant.consent->withholds &&
                          coveredBy(asked.message, *grant.consent, asked.now) == kNothingCovered;
  if (refuses(Check::Consent, no_consent))
    return hold(Check::Consent, "consent_missing",
                "The person concerned has no live consent on record for this recipient.");
  const auto missing = grant.recorded ? notRecorded(asked.message, *grant.recorded) : std::vector<std::string>();
  if (refuses(Check::Recorded, !missing.empty()))
    return hold(Check::Recorded, "basis_missing",
                "What it may go by is not on record as a whole: " + join(missing, ", ") + " is missing.");
  if (auto out = holdForInformationRequest(asked.message, asked.now)) return out;
  if (refuses(Check::Stale, isStale(asked, grant)))
    return hold(Check::Stale, "stale", "What would be sent is older than the policy allows for this recipient.");
  return std::nullopt;
}

}  // namespace

std::optional<Hold> holdBefore(const Asked& asked, const Grant* grant, const Legal& legal) {
  if (auto out = holdForRecipient(asked)) return out;
  if (auto out = holdForAgreement(asked)) return out;
  if (auto out = holdForLaw(asked, legal)) return out;
  if (refuses(Check::Granted, grant == nullptr))
    return hold(Check::Granted, "no_grant",
                "No policy says which fields this recipient may have of this message for this purpose.");
  if (grant == nullptr) return hold(Check::Granted, "policy_failed", "The policy could not be asked.");
  if (auto out = holdForCase(asked, legal)) return out;
  return holdForBasis(asked, *grant);
}

std::vector<std::string> consentsUsed(const canonical::CanonicalMessage& message, const ConsentRule& rule,
                                      Instant now) {
  std::vector<std::string> out;
  for (const auto& path : rule.whose)
    path.visit(message, [&](const model::ProtoMessage& parent, const model::ProtoField& field, int index) {
      const auto& one = parent.GetReflection()->GetRepeatedMessage(parent, &field, index);
      const auto& party = static_cast<const canonical::Party&>(one);
      if (const auto* consent = model::liveConsent(party, rule.need, now))
        out.push_back(party.id() + ":" + (consent->has_id() ? consent->id() : consent->type().code()));
      return true;
    });
  return out;
}

Quality qualityOf(const Asked& asked, const Grant& grant, const canonical::CanonicalMessage& projection) {
  Quality out{asked.message.source_system(), std::string(saidAt(asked.message)), {}};
  if (grant.quality)
    for (const auto& path : grant.quality->expects)
      if (!path.leadsSomewhere(projection)) out.missing.push_back(path.text());
  return out;
}

}  // namespace causeway::protection
