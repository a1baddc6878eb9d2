#include "host/pipeline/break_glass.hpp"
#include "host/pipeline/judge.hpp"
#include "host/pipeline/outbox.hpp"
#include "host/pipeline/overtaking.hpp"
#include "host/pipeline/projection_text.hpp"
#include "host/pipeline/recheck.hpp"
#include "host/pipeline/restrictions.hpp"
#include "host/pipeline/rights_notices.hpp"
#include "host/pipeline/told_fields.hpp"
#include "host/protection/contact_hours.hpp"

// What one attempt is made of: what may leave now, and what the answer means.
namespace causeway::pipeline {

namespace {
// Each try is written down, and a policy that failed a moment ago hardly works the next.
constexpr int kPolicyPauseSeconds = 60;
// It waits in its place until the person may be reached: that is no failure, and nobody's task.
constexpr const char* kOutsideHours = "outside_contact_hours";
constexpr const char* kHeadHeader = "Causeway-Audit-Head";
constexpr const char* kMarkingHeader = "Causeway-Marking";
constexpr std::string_view kOfficial = "official", kSensitive = "official_sensitive";

// What a converter says first when the words themselves stand in the way: whoever wrote them mends them, and not the mapping.
std::pair<std::string_view, Setback> setbackOf(const Error& why) {
  if (why.what.find("text_holds_contact:") != std::string::npos)
    return {"text_holds_contact", Setback::TextHoldsContact};
  if (why.what.find("text_too_long:") != std::string::npos) return {"text_too_long", Setback::TextTooLong};
  return {"cannot_write", Setback::CannotWrite};
}

// A marking never falls: what a case of named people is about is not for everybody, whatever the last message of it said.
std::string_view markingOf(const canonical::CanonicalMessage& draft, const canonical::Case& known) {
  if (draft.has_marking() && draft.marking() != kOfficial) return draft.marking();
  return known.restricted_to().empty() ? kOfficial : kSensitive;
}
}  // namespace

// Everything that can stop a delivery is found out before its disclosure is written.
void Outbox::prepare(Attempt& attempt) {
  auto hold = fill(attempt);
  if (hold && hold->code == kOutsideHours) {
    attempt.row.state = DeliveryState::Queued;
    attempt.row.reason = std::move(hold->code);
  } else if (hold && hold->code == kPolicyFailed) {
    attempt.row.reason = std::move(hold->code);
    tryLater(attempt, Setback::PolicyFailed, kPolicyPauseSeconds);
  } else if (hold) {
    attempt.row.state = DeliveryState::Held;
    attempt.row.reason = std::move(hold->code);
    attempt.why = std::move(hold->text);
  } else {
    attempt.row.state = DeliveryState::Sending;
    ++attempt.row.attempts;
  }
}

std::optional<protection::Hold> Outbox::fill(Attempt& attempt) {
  const auto& row = attempt.row;
  const auto because = [&](std::string code, Setback setback) {
    return protection::Hold{std::move(code), row.route, textOf(setback, row, clock_.now())};
  };
  auto waiting = openDraft(store_, vault_, row);
  if (!waiting) return because("payload_unreadable", Setback::CannotRead);
  bringUpToDate(waiting->draft, waiting->now.case_());
  if (!waiting->draft.case_().restricted_to().empty())
    if (const auto openings = store_.decisionsAbout(kBreakGlass, row.case_id))
      nameWhileOpen(waiting->draft, *openings, row.recipient, clock_.now());
  // Decided again at the moment of sending: an agreement may have ended, a consent been withdrawn, a policy changed.
  const Deciding deciding{waiting->draft, row, clock_.now(), waiting->now.case_()};
  auto decision = decideDelivery(*rulebook_, deciding);
  if (decision.hold && decision.hold->code == kTextNames) {
    // A person may have let it go without the names.
    const auto redaction = store_.decisionsAbout(kTextRedaction, row.delivery_id);
    if (redaction && !redaction->empty()) decision = decideDelivery(*rulebook_, deciding, Texts::Redacted);
  }
  if (decision.hold) return decision.hold;
  const auto* partner = rulebook_->partner(row.recipient);
  if (isHeldBack(row, decision, *partner))
    return protection::Hold{"restriction", "A11", "Processing of this case, or of somebody in it, is restricted."};
  if (auto unsafe = unsafeNow(attempt, *partner, *decision.projection, waiting->draft.case_())) return unsafe;
  const auto* plan = rulebook_->writerFor(*partner, row.type);
  auto request = planRequest(*rulebook_, store_, row, *decision.projection);
  if (!request) return because(request.error().what, Setback::CannotAddress);
  attempt.request = *std::move(request);
  const auto marking = markingOf(waiting->draft, waiting->now.case_());
  if (marking != kOfficial && !partner->marking_header)
    return protection::Hold{"marking_lost", "A25",
                            "It is marked above official, and nothing that this recipient reads would say so."};
  if (partner->marking_header) attempt.request.outgoing.headers.emplace_back(kMarkingHeader, marking);
  // A head that cannot be read now goes with the next delivery: the news must not wait for it.
  if (auto head = partner->audit_heads && head_ ? head_() : std::string(); !head.empty())
    attempt.request.outgoing.headers.emplace_back(kHeadHeader, std::move(head));
  mapping::NamedValues named{{"delivery.id", row.delivery_id},
                             {"delivery.recipient", row.recipient},
                             {"delivery.purpose", row.purpose},
                             {"delivery.sent_at", formatInstant(clock_.now())},
                             {"delivery.made_at", formatInstant(row.created_at)},
                             {"delivery.due_at", formatInstant(row.due_at)},
                             {"message.id", row.message_id}};
  nameQuality(decision.quality, named);
  named.insert(attempt.request.envelope.begin(), attempt.request.envelope.end());
  auto written = mapping::writeBytes(*plan, *decision.projection, named, toLondon(clock_.now()).date);
  if (!written && written.error().kind == ErrorKind::NotFound) return because("part_missing", Setback::PartMissing);
  if (!written) {
    const auto [code, setback] = setbackOf(written.error());
    return because(std::string(code), setback);
  }
  attempt.bytes = *std::move(written);
  auto& type = attempt.request.outgoing.content_type;
  if (type.empty()) type = plan->format == mapping::Format::Xml ? "text/xml; charset=utf-8" : "application/json";
  attempt.details = decisionDetails(decision);
  attempt.details.emplace_back("attempt", std::to_string(row.attempts + 1));
  if (!enter(attempt, decision)) return because("register_failed", Setback::CannotRecord);
  return std::nullopt;
}

// Whoever is written to directly is reached at hours that are safe for every way that the notice uses, and not before.
std::optional<protection::Hold> Outbox::unsafeNow(Attempt& attempt, const Partner& partner,
                                                  const canonical::CanonicalMessage& told,
                                                  const canonical::Case& known) const {
  if (partner.audience != "victim") return std::nullopt;
  using When = protection::ContactMoment::When;
  const auto moment = protection::contactMoment(told.case_(), known, clock_.now());
  if (moment.when == When::Now) return std::nullopt;
  if (moment.when == When::Unknown)
    return protection::Hold{"contact_hours_unknown", "A22",
                            "It is not on record at which hours the person may be reached this way."};
  attempt.row.not_before = moment.later;
  return protection::Hold{kOutsideHours, "A22", "The person may not be reached this way at this hour."};
}

// A restriction binds what goes to others; police, prosecutor and court go on working on the case. One that cannot be read counts.
// That there is one, and that it ended, is told.
bool Outbox::isHeldBack(const DeliveryRow& row, const protection::Decision& decision, const Partner& partner) {
  if (isRightsNotice(row.type)) return false;
  if (partner.audience == "police" || partner.audience == "prosecutor" || partner.audience == "court") return false;
  const auto rows = store_.decisionsAbout(kRestriction, row.case_id);
  if (!rows) return true;
  return !rows->empty() && holdsBack(restrictionsNow(*rows), peopleIn(decision.projection->case_(), decision.elements));
}

// What cannot be written into the register does not leave.
Result<void> Outbox::enter(Attempt& attempt, const protection::Decision& decision) {
  const auto& row = attempt.row;
  auto& line = attempt.disclosure;
  line.delivery_id = row.delivery_id;
  line.attempt = row.attempts + 1;
  line.case_id = row.case_id;
  line.message_id = row.message_id;
  line.recipient = row.recipient;
  line.type = row.type;
  line.purpose = row.purpose;
  line.rule = row.route;
  line.policy = decision.policy;
  line.basis = decision.basis;
  line.rulebook = version_ ? version_() : rulebook_->version;
  line.consents = decision.consents;
  line.source = decision.quality.source;
  line.as_of = decision.quality.as_of;
  line.missing = decision.quality.missing;
  line.at = clock_.now();
  const auto& told = decision.projection->case_();
  line.people = peopleIn(told, decision.elements);
  const auto fields = toText(toldFields(vault_, row.case_id, told, decision.elements));
  CW_TRY(line.sealed, vault_.seal(row.case_id, registerContext(line), fields));
  return {};
}

bool Outbox::isNeedless(const DeliveryRow& row, const DeliveryRow& newer) {
  const auto before = openDraft(store_, vault_, row), after = openDraft(store_, vault_, newer);
  return before && after && saysAllOf(after->draft.case_(), before->draft.case_(), after->now.case_());
}

// An earlier attempt may have arrived. Where the partner can be asked by the number that we gave it, it is, before anything goes twice.
bool Outbox::settledByLookUp(Attempt& attempt) {
  if (attempt.row.attempts < 2 || attempt.request.look_up.empty()) return false;
  auto looked = lookUp(sender_, attempt.request);
  switch (looked.outcome) {
    case LookedUp::Outcome::NotThere: return false;
    case LookedUp::Outcome::There:
      attempt.row.receipt = std::move(looked.reference);
      attempt.row.reason = "found_by_look_up";
      attempt.row.state = DeliveryState::Delivered;
      return true;
    case LookedUp::Outcome::Unknown:
      attempt.row.reason = "look_up_failed";
      tryLater(attempt, Setback::Unreachable, 0);
      return true;
    case LookedUp::Outcome::Refused: break;
  }
  hold(attempt, Setback::LookUpRefused, "look_up_refused");
  return true;
}

void Outbox::judgeAnswer(Attempt& attempt, const Answer& answer, const Partner& partner) {
  ReplyVerdict verdict;
  verdict.outcome = answer.status / 100 == 2 ? ReplyVerdict::Outcome::Delivered
                    : answer.status == 408 || answer.status == 429 || answer.status >= 500
                        ? ReplyVerdict::Outcome::Retry
                        : ReplyVerdict::Outcome::Rejected;
  verdict.reason = "status_" + std::to_string(answer.status);
  if (auto* adapter = rulebook_->adapterOf(partner)) {
    auto fields = replyFields(answer);
    fields.emplace_back("message_type", attempt.row.type);
    auto judged = adapter->classifyReply(fields);
    // A success in the protocol may carry a refusal inside, which the adapter alone can see: without its word a person must ask.
    if (!judged && judged.error().kind != ErrorKind::Unavailable)
      return hold(attempt, Setback::AdapterFailed, verdict.reason);
    verdict = judged ? *std::move(judged) : ReplyVerdict{ReplyVerdict::Outcome::Retry, "adapter_unavailable", {}, 0};
  }
  attempt.row.receipt = verdict.reference;
  attempt.row.reason = verdict.reason;
  switch (verdict.outcome) {
    case ReplyVerdict::Outcome::Delivered:
      attempt.row.state = DeliveryState::Delivered;
      // It will be asked for by a number that it did not give: somebody must find it out before the next message.
      if (verdict.next.empty() && answer.status == 202 && partner.follow.accepted)
        verdict.next.target = answer.location;
      if (ask_ && !verdict.next.empty()) ask_(attempt.row, verdict.next);
      if (verdict.reference.empty() && callsByReference(partner)) hold(attempt, Setback::NoReference, "no_reference");
      return;
    case ReplyVerdict::Outcome::Retry: return tryLater(attempt, Setback::PutOff, verdict.retry_after_seconds);
    case ReplyVerdict::Outcome::Rejected: return hold(attempt, Setback::Rejected, verdict.reason);
    case ReplyVerdict::Outcome::Broken: return hold(attempt, Setback::OddAnswer, verdict.reason);
  }
}

}  // namespace causeway::pipeline
