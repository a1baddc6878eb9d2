#include "host/pipeline/hold_notice.hpp"

#include "host/pipeline/hold_text.hpp"

#include <algorithm>
#include <utility>

namespace causeway::pipeline {
namespace {

// A full stop between what happened and what to do.
std::string whyOf(const HoldRow& hold) {
  std::string out = hold.text;
  if (!out.empty() && !out.ends_with('.')) out += '.';
  const auto advice = adviceFor(hold.reason_code);
  if (!advice.empty()) out += (out.empty() ? "" : " ") + std::string(advice);
  return out;
}

}  // namespace

Result<void> putHold(Transaction& tx, const HoldRow& hold) {
  CW_CHECK_OK(tx.insert(hold));
  if (hold.case_id.empty()) return {};
  care::ClockRow row;
  row.clock_id = hold.hold_id;
  row.case_id = hold.case_id;
  row.clock = std::string(care::kHoldStands);
  row.message_id = hold.message_id;
  row.reason = hold.reason_code;
  row.state = care::ClockState::Cancelled;
  row.started_at = row.due_at = hold.held_at;
  row.stopped_at = hold.held_at;
  row.next_fire_at = hold.held_at + kHoldStands;
  return tx.insertClock(row);
}

Result<std::vector<HoldRow>> holdsToTell(Transaction& tx, care::ClockRow& row) {
  std::vector<HoldRow> out;
  const auto take = [&](care::ClockRow& one) -> Result<void> {
    one.next_fire_at.reset();
    ++one.fired;
    CW_CHECK_OK(tx.updateClock(one));
    CW_TRY(auto hold, tx.findHold(one.clock_id));
    if (hold && !hold->released_at) out.push_back(*std::move(hold));
    return {};
  };
  CW_CHECK_OK(take(row));
  if (row.case_id.empty() || out.empty()) return out;  // erased, or decided on
  CW_TRY(auto others, tx.allClocksOf(row.case_id));
  for (auto& one : others)
    if (care::isHoldStanding(one) && one.next_fire_at && one.message_id == row.message_id && one.reason == row.reason)
      CW_CHECK_OK(take(one));
  return out;
}

Result<canonical::Hold> described(Transaction& tx, const HoldRow& hold) {
  canonical::Hold out;
  out.set_id(hold.hold_id);
  out.set_code(hold.reason_code);
  out.set_why(whyOf(hold));
  out.set_held_at(formatInstant(hold.held_at));
  if (!hold.follow_up_id.empty()) {
    out.set_what("a question to a partner");
    return out;
  }
  if (hold.delivery_id.empty()) {
    CW_TRY(const auto message, tx.findMessage(hold.message_id));
    if (message) out.set_type(message->type);
    out.set_what("a message" + (message ? " (" + message->type + ") that came from " + message->sender : ""));
    return out;
  }
  CW_TRY(const auto delivery, tx.findDelivery(hold.delivery_id));
  if (!delivery) return out;
  out.set_type(delivery->type);
  out.set_recipient(delivery->recipient);
  out.set_purpose(delivery->purpose);
  out.set_what("what " + delivery->recipient + " was to be told (" + delivery->type + ")");
  return out;
}

}  // namespace causeway::pipeline
