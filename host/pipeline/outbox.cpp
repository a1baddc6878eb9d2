#include "host/pipeline/outbox.hpp"

#include "host/pipeline/clock_keeper.hpp"
#include "host/pipeline/hold_notice.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace causeway::pipeline {
namespace {

constexpr size_t kBatch = 32;                          // deliveries whose disclosures share one commit
constexpr std::chrono::milliseconds kStorePause{200};  // before the store is asked again to take what it could not

double fraction(const Ids& ids) {
  // Six hexadecimal digits of a random id: enough to spread retries, and the simulation can repeat them.
  return static_cast<double>(std::stoul(ids.random().substr(0, 6), nullptr, 16)) / static_cast<double>(0xFFFFFF);
}

}  // namespace

Outbox::Outbox(std::shared_ptr<const Rulebook> rulebook, Store& store, Writer& writer, Vault& vault, AuditLog& audit,
               Sender& sender, const Clock& clock, const Ids& ids, RetryTimes retry, int workers)
    : rulebook_(std::move(rulebook)),
      store_(store),
      writer_(writer),
      vault_(vault),
      audit_(audit),
      sender_(sender),
      clock_(clock),
      ids_(ids),
      retry_(retry),
      workers_on_one_(std::max(1, workers - 1)) {
  for (int i = 0; i < workers; ++i) threads_.emplace_back([this] { work(); });
}

Outbox::~Outbox() { stop(); }

Result<void> Outbox::resume() {
  std::vector<DeliveryRow> all;
  for (std::int64_t after = 0;;) {
    CW_TRY(auto rows, store_.pendingDeliveries(after, 500));
    if (rows.empty()) break;
    after = rows.back().sequence;
    all.insert(all.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
  }
  // What was being sent may have arrived: it goes again under the same id and the recipient sees one effect. All at once: what is urgent
  // may stand far behind.
  add(std::move(all));
  return {};
}

void Outbox::add(std::vector<DeliveryRow> deliveries) {
  const auto now = clock_.now();
  {
    const std::lock_guard lock(mutex_);
    for (auto& row : deliveries) lanes_.add(std::move(row), now);
    if (lanes_.empty()) return;
  }
  ready_.notify_all();
}

bool Outbox::waitUntilIdle(std::chrono::milliseconds limit) {
  std::unique_lock lock(mutex_);
  return idle_.wait_for(lock, limit, [this] { return lanes_.empty(); });
}

void Outbox::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  ready_.notify_all();
  for (auto& thread : threads_)
    if (thread.joinable()) thread.join();
}

void Outbox::work() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    recordAgain(lock);
    const auto now = clock_.now();
    auto rows = lanes_.take(now, kBatch, workers_on_one_);
    if (!rows.empty()) {
      lock.unlock();
      carryOut(std::move(rows));
      lock.lock();
      continue;
    }
    const auto due = lanes_.nextDue();
    if (due) ready_.wait_for(lock, std::min<std::chrono::microseconds>(*due - now, kStorePause));
    else if (!unrecorded_.empty()) ready_.wait_for(lock, kStorePause);
    else ready_.wait(lock);
  }
}

bool Outbox::turn() {
  std::unique_lock lock(mutex_);
  recordAgain(lock);
  auto rows = lanes_.take(clock_.now(), kBatch, workers_on_one_);
  lock.unlock();
  if (rows.empty()) return false;
  carryOut(std::move(rows));
  return true;
}

void Outbox::carryOut(std::vector<DeliveryRow> rows) {
  const std::string recipient = rows.front().recipient;
  std::vector<Attempt> attempts;
  for (auto& row : rows) {
    const auto before = row.state;
    attempts.push_back({.row = std::move(row), .before = before, .bytes = {}, .details = {}});
    prepare(attempts.back());
  }
  if (!disclose(attempts)) {
    putBack(attempts);
  } else {
    for (auto& attempt : attempts) {
      if (attempt.row.state == DeliveryState::Sending && !attempt.overtaken) send(attempt);
      settle(std::move(attempt));
    }
  }
  {
    const std::lock_guard lock(mutex_);
    lanes_.done(recipient);
  }
  // Another worker may have waited because too many were busy with this recipient.
  ready_.notify_one();
}

bool Outbox::disclose(std::vector<Attempt>& attempts) {
  return writer_.perform([&](Transaction& tx) -> Result<void> {
    for (auto& attempt : attempts) {
      CW_TRY(const auto now_stored, tx.findDelivery(attempt.row.delivery_id));
      attempt.overtaken =
          !now_stored || (now_stored->state != DeliveryState::Queued && now_stored->state != DeliveryState::Sending);
      if (attempt.overtaken || attempt.row.state != DeliveryState::Sending) continue;
      auto disclosure = ofDelivery("disclosure", clock_.now(), attempt.row);
      disclosure.details = attempt.details;
      CW_CHECK_OK(audit_.append(tx, disclosure));
      // To ask another system about somebody is to consult it: an operation of its own (DPA 2018 s.62(1)).
      if (attempt.row.type == "background_check.asked")
        CW_CHECK_OK(audit_.append(tx, ofDelivery("consultation", clock_.now(), attempt.row)));
      CW_CHECK_OK(tx.insert(attempt.disclosure));
      CW_CHECK_OK(tx.updateDelivery(attempt.row));
    }
    return {};
  });
}

// The store could not take the disclosures, so nothing was sent: the same again a moment later, without counting it as an attempt.
void Outbox::putBack(std::vector<Attempt>& attempts) {
  for (auto& attempt : attempts) {
    if (attempt.row.state == DeliveryState::Sending) --attempt.row.attempts;
    attempt.row.state = attempt.before;
    attempt.row.not_before = clock_.now() + kStorePause;
    const std::lock_guard lock(mutex_);
    lanes_.stay(attempt.row, clock_.now());
  }
}

void Outbox::send(Attempt& attempt) {
  const auto* partner = rulebook_->partner(attempt.row.recipient);
  if (settledByLookUp(attempt)) return;
  attempt.request.outgoing.body = std::move(attempt.bytes);
  auto answer = sender_.send(attempt.request.outgoing);
  if (answer) return judgeAnswer(attempt, *answer, *partner);
  if (answer.error().kind != ErrorKind::Unavailable) return hold(attempt, Setback::CannotSend, "cannot_send");
  attempt.row.reason = "recipient_unavailable";
  tryLater(attempt, Setback::Unreachable, 0);
}

void Outbox::hold(Attempt& attempt, Setback setback, const std::string& reason) {
  attempt.row.state = DeliveryState::Held;
  attempt.row.reason = reason;
  attempt.why = textOf(setback, attempt.row, clock_.now());
}

// The budget counts from the first day: a delivery that a person released after it gets one try more, then asks again.
void Outbox::tryLater(Attempt& attempt, Setback setback, int seconds) {
  if (clock_.now() - attempt.row.created_at > retry_.budget)
    return hold(attempt, setback, std::string(attempt.row.reason));
  auto wait = retryDelay(retry_, attempt.row.attempts, fraction(ids_));
  if (seconds > 0) wait = std::max<std::chrono::milliseconds>(wait, std::chrono::seconds(seconds));
  attempt.row.state = DeliveryState::Queued;
  attempt.row.not_before = clock_.now() + wait;
}

void Outbox::settle(Attempt attempt) {
  if (attempt.overtaken) return leave(attempt.row);
  record(std::make_shared<const Settled>(Settled{std::move(attempt.row), std::move(attempt.why)}));
}

void Outbox::record(std::shared_ptr<const Settled> settled) {
  const auto done = [this, settled](bool stored) {
    // No room now is no reason to forget what a recipient answered. Anything else: at the next start it is sent again, same id.
    if (stored || writer_.state() != Writer::State::Refusing) return recorded(settled->row);
    const std::lock_guard lock(mutex_);
    unrecorded_.push_back(settled);
  };
  const bool queued =
      writer_.submit({[this, settled](Transaction& tx) { return writeSettled(tx, *settled); }, done, {}, {}});
  if (!queued) done(false);
}

void Outbox::recordAgain(std::unique_lock<std::mutex>& lock) {
  const auto waiting = std::exchange(unrecorded_, {});
  if (waiting.empty()) return;
  lock.unlock();
  for (const auto& settled : waiting) record(settled);
  lock.lock();
}

Result<void> Outbox::writeSettled(Transaction& tx, const Settled& settled) {
  const DeliveryRow& row = settled.row;
  if (row.state == DeliveryState::Queued) {
    // Its case may have been erased while it was on the wire: then there is no second try.
    CW_TRY(const auto stored, tx.findDelivery(row.delivery_id));
    if (stored && stored->state == DeliveryState::Declined) return {};
  }
  CW_CHECK_OK(tx.updateDelivery(row));
  const char* op = row.state == DeliveryState::Queued       ? "attempt"
                   : row.state == DeliveryState::Delivered  ? "receipt"
                   : row.state == DeliveryState::Superseded ? "superseded"
                                                            : "hold";
  auto event = ofDelivery(op, clock_.now(), row);
  event.actor = row.recipient;
  event.details = {{"reason", row.reason}};
  CW_CHECK_OK(audit_.append(tx, event));
  if (row.state == DeliveryState::Held)
    CW_CHECK_OK(putHold(tx, HoldRow{ids_.timeOrdered(),
                                    row.message_id,
                                    row.delivery_id,
                                    row.case_id,
                                    row.reason,
                                    settled.why,
                                    row.route,
                                    clock_.now(),
                                    {},
                                    {}}));
  if (row.state == DeliveryState::Queued) return {};
  CW_CHECK_OK(ClockKeeper(*rulebook_, audit_, clock_, ids_).settled(tx, row));
  CW_TRY(const auto open, tx.openDeliveries(row.message_id));
  if (stateBy(open) == MessageState::InFlight) return {};
  return tx.updateMessage(row.message_id, stateBy(open), row.case_id, reasonBy(open));
}

// A settled delivery leaves its lane; one that is to be tried again keeps its place and what is about the same waits with it, unless a newer
// one that says all of it came meanwhile: that one must not wait for it.
void Outbox::recorded(const DeliveryRow& row) {
  if (row.state != DeliveryState::Queued) return leave(row);
  std::unique_lock lock(mutex_);
  const auto newer = lanes_.newerThan(row);
  lock.unlock();
  if (newer && isNeedless(row, *newer)) {
    DeliveryRow closed = row;
    closed.state = DeliveryState::Superseded;
    closed.reason = "superseded by " + newer->delivery_id;
    return record(std::make_shared<const Settled>(Settled{std::move(closed), {}}));
  }
  lock.lock();
  lanes_.stay(row, clock_.now());
  lock.unlock();
  ready_.notify_one();
}

void Outbox::leave(const DeliveryRow& row) {
  {
    const std::lock_guard lock(mutex_);
    lanes_.leave(row, clock_.now());
    if (lanes_.empty()) idle_.notify_all();
  }
  ready_.notify_one();
}

}  // namespace causeway::pipeline
