#include "host/care/joined_hearings.hpp"
#include "host/pipeline/admission.hpp"
#include "host/pipeline/clock_keeper.hpp"
#include "host/pipeline/hold_notice.hpp"
#include "host/pipeline/own_message.hpp"

#include <algorithm>

// Time as an input: a clock that falls due is a message of our own, which goes through rules, protection and commit like any other.
namespace causeway::pipeline {
namespace {

constexpr std::chrono::minutes kHoldAgain{10};

canonical::CanonicalMessage firingMessage(const care::ClockRow& row, const care::ClockKind& kind,
                                          const care::Firing& firing, Instant now) {
  auto out = ownMessage(row.clock_id + "-" + std::to_string(row.fired), firing.type, "causeway.clock", now);
  if (row.test) out.set_test(true);
  if (!row.element.empty()) out.add_about(row.element);
  auto& whole = *out.mutable_case_();
  whole.set_case_id(row.case_id);
  auto& duty = *whole.add_duties();
  duty.set_id(row.clock_id);
  duty.mutable_clock()->set_code(row.clock);
  duty.set_right(row.right);
  duty.set_what(kind.what);
  duty.set_due_at(formatInstant(row.due_at));
  duty.set_state(std::string(nameOf(row.state)));
  duty.mutable_tell()->set_code(firing.tell);
  duty.mutable_team()->set_code(row.team);
  if (!row.element.empty()) duty.set_element(row.element);
  return out;
}

bool isDue(const care::ClockRow& row, Instant now) { return row.next_fire_at && *row.next_fire_at <= now; }

}  // namespace

ClockKeeper Admitter::clocks() { return {*rulebook_, audit_, clock_, ids_}; }

Result<std::vector<care::ClockRow>> Admitter::clocksMoved(Transaction& tx, const Passage& passage,
                                                          const canonical::CaseRecord& before,
                                                          const Judgement& judged) {
  CW_TRY(auto open, tx.openClocksOf(before.case_().case_id()));
  if (open.empty()) return open;
  const auto& after = judged.folded.record;
  std::set<std::string> about;
  for (const auto& happened : judged.happened) about.insert(happened.event.about.begin(), happened.event.about.end());
  return clocks().hear(std::move(open), {before.case_(), after.case_(), passage.message, about, passage.row.received_at,
                                         care::hearingsGone(before, after)});
}

Result<void> Admitter::fireClock(Transaction& tx, const std::string& clock_id, Admitted& out) {
  const auto now = clock_.now();
  CW_TRY(auto row, tx.findClock(clock_id));
  // Fired before, or moved since it was looked for.
  if (!row || !isDue(*row, now)) return {};
  if (care::isConsentEnd(*row)) return endConsents(tx, *row, out);
  if (care::isHoldStanding(*row)) return tellHolds(tx, *row, out);
  const auto* kind = rulebook_->clocks ? rulebook_->clocks->find(row->clock) : nullptr;
  if (!kind) return holdClock(tx, *row, {"clock_unknown", row->clock, "The configuration knows the clock no more."});
  auto loaded = loadCase(tx, row->case_id);
  if (!loaded && loaded.error().kind == ErrorKind::Refused) return clocks().forget(tx, row->case_id, {});
  if (!loaded) return std::unexpected(std::move(loaded).error());
  const auto firing = care::fire(*rulebook_->clocks, *kind, *row, now);
  CW_CHECK_OK(tx.updateClock(*row));
  if (!firing) return {};
  const auto message = firingMessage(*row, *kind, *firing, now);
  CW_CHECK_OK(clocks().record(tx, "clock_fired", *row, kOurselves, {{"what", firing->type}, {"tell", firing->tell}}));
  const auto& whole = (*loaded)->record.case_();
  const auto* check = care::checkOf(whole, row->element);
  // Its time has come: whoever asked is told what there is.
  if (firing->type == "clock.overdue" && check && care::isGathering(*check))
    return combineCheck(tx, {row->case_id, check->id(), row->test}, out);
  return tellClock(tx, message, whole, out);
}

Result<void> Admitter::tellClock(Transaction& tx, const canonical::CanonicalMessage& message,
                                 const canonical::Case& whole, Admitted& out) {
  Document document;
  document.document_id = message.message_id();
  document.sender = kOurselves;
  document.received_at = clock_.now();
  Passage passage{.message = message, .document = nullptr, .row = rowOf(document, message)};
  passage.row.case_id = message.case_().case_id();
  const std::vector<std::string> about(message.about().begin(), message.about().end());
  auto event = care::focus(whole, {message.type(), about}, message);
  *event.mutable_case_()->mutable_duties() = message.case_().duties();
  *event.mutable_case_()->mutable_holds() = message.case_().holds();
  auto routed = rulebook_->routes->route(event, clock_.now());
  if (routed.drafts.empty() && message.type() == kHoldRaised) return {};  // it stands in the log and among what is held
  // Nobody would hear of it.
  if (routed.drafts.empty() && message.type() != "clock.due_soon")
    return holdMessage(tx, passage, {"clock_untold", "clock", "A duty is late, and no rule tells anybody of it."});
  for (auto& draft : routed.drafts) {
    Intended intended{std::move(draft), {}};
    const auto& wanted = intended.draft;
    intended.decision = decide(*rulebook_, wanted.message, wanted.recipient, wanted.purpose, clock_.now(), &whole);
    CW_CHECK_OK(deliver(tx, passage, intended, out));
  }
  CW_TRY(const auto open, tx.openDeliveries(passage.row.message_id));
  passage.row.state = stateBy(open);
  passage.row.reason = reasonBy(open);
  return keep(tx, passage);
}

Result<void> Admitter::clockFailed(Transaction& tx, const std::string& clock_id, const Error& why) {
  CW_TRY(auto row, tx.findClock(clock_id));
  if (!row || !isDue(*row, clock_.now())) return {};
  // A hold of its own would be no better told: it is tried again.
  if (care::isHoldStanding(*row)) {
    row->next_fire_at = clock_.now() + kHoldAgain;
    return tx.updateClock(*row);
  }
  return holdClock(tx, *row, {"clock_failed", row->clock, "The host failed on telling of this duty: " + why.what});
}

// A person must look: the clock itself goes on, and its next firing is put a day off so that they are not told every second.
Result<void> Admitter::holdClock(Transaction& tx, care::ClockRow& row, const protection::Hold& why) {
  const auto* kind = rulebook_->clocks ? rulebook_->clocks->find(row.clock) : nullptr;
  if (row.state == care::ClockState::Running && row.due_at <= clock_.now()) row.state = care::ClockState::Breached;
  row.next_fire_at = clock_.now() + std::chrono::hours(24);
  ++row.fired;
  CW_CHECK_OK(tx.updateClock(row));
  const auto message = firingMessage(row, kind ? *kind : care::ClockKind{}, {"clock.overdue", row.team}, clock_.now());
  Document document;
  document.document_id = message.message_id();
  document.sender = kOurselves;
  document.received_at = clock_.now();
  Passage passage{.message = message, .document = nullptr, .row = rowOf(document, message)};
  return holdMessage(tx, passage, why, row.case_id);
}

}  // namespace causeway::pipeline
