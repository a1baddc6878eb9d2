#include "host/pipeline/correction_watch.hpp"

#include "host/pipeline/hold_notice.hpp"
#include "host/pipeline/rights_notices.hpp"

#include <algorithm>
#include <set>

namespace causeway::pipeline {
namespace {

constexpr const char* kUnconfirmed = "correction_unconfirmed";
// What has not left by then waits for a person already, under its own hold.
constexpr std::chrono::days kLooksBack{30};

std::string_view askedBy(std::string_view type) {
  if (type == kRestrictedNotice) return "a notice that processing is restricted";
  if (type == kResumedNotice) return "a notice that a restriction ended";
  return type == kErasureNotice ? "a request to erase" : "a correction";
}

}  // namespace

Result<int> CorrectionWatch::escalate() {
  CW_TRY(const auto made, parts_.store.decisionsAbout(kCorrectionMade, ""));
  CW_TRY(const auto settled, parts_.store.decisionsAbout(kCorrectionSettled, ""));
  std::set<std::string_view> done;
  for (const auto& row : settled) done.insert(row.about);
  const auto now = parts_.clock.now();
  int held = 0;
  for (const auto& row : made) {
    if (now - row.at < within_ || now - row.at > kLooksBack || done.contains(row.about)) continue;
    DisclosureRow line;
    CW_TRY(const auto stands, find(row, line));
    if (stands == Stands::Waits) continue;
    CW_CHECK_OK(settle(row, line, stands == Stands::Silent));
    held += stands == Stands::Silent ? 1 : 0;
  }
  return held;
}

Result<CorrectionWatch::Stands> CorrectionWatch::find(const DecisionRow& made, DisclosureRow& line) {
  CW_TRY(auto lines, parts_.store.disclosuresOf(made.code));
  auto stands = Stands::Waits;
  for (auto& one : lines) {
    if (one.delivery_id != made.about) continue;
    const bool delivered = one.state == static_cast<int>(DeliveryState::Delivered);
    if (one.confirmed_at) stands = Stands::Confirmed;
    else if (delivered && parts_.clock.now() - one.at >= within_) stands = Stands::Silent;
    line = std::move(one);  // of several attempts the last one says when it left
  }
  if (stands != Stands::Silent) return stands;
  const auto* partner = parts_.rulebook.partner(line.recipient);
  const bool can_say = partner && std::ranges::find(partner->may_send, "notice.confirmed") != partner->may_send.end();
  CW_TRY(const auto erased, parts_.store.decisionsAbout("erasure", made.code));
  return can_say && erased.empty() ? Stands::Silent : Stands::Confirmed;
}

Result<void> CorrectionWatch::settle(const DecisionRow& made, const DisclosureRow& line, bool silent) {
  const auto now = parts_.clock.now();
  const DecisionRow row{parts_.ids.timeOrdered(),
                        std::string(kCorrectionSettled),
                        made.about,
                        {},
                        made.code,
                        "causeway",
                        silent ? kUnconfirmed : "confirmed",
                        now,
                        {}};
  const bool stored = parts_.writer.perform([&](Transaction& tx) -> Result<void> {
    CW_CHECK_OK(tx.insert(row));
    if (!silent) return {};
    CW_CHECK_OK(putHold(tx, HoldRow{parts_.ids.timeOrdered(),
                                    line.message_id,
                                    line.delivery_id,
                                    line.case_id,
                                    kUnconfirmed,
                                    line.recipient + " was sent " + std::string(askedBy(line.type)) + " at " +
                                        formatInstant(line.at) + " and has not confirmed that it did what that asks.",
                                    "A10",
                                    now,
                                    {},
                                    {}}));
    return parts_.audit.append(tx, {.op = "escalation",
                                    .at = now,
                                    .actor = "causeway",
                                    .message_id = line.message_id,
                                    .case_id = line.case_id,
                                    .delivery_id = line.delivery_id,
                                    .recipient = line.recipient,
                                    .purpose = line.purpose,
                                    .rule = "A10",
                                    .details = {{"reason", kUnconfirmed}}});
  });
  if (!stored) return fail(ErrorKind::Unavailable, "the store cannot take it now");
  return {};
}

}  // namespace causeway::pipeline
