#include "host/pipeline/clock_rulings.hpp"

#include "host/base/text.hpp"

#include <algorithm>

namespace causeway::pipeline {
namespace {

using care::ClockKind;
using care::ClockRow;
using care::ClockState;

const char* const kBusy = "the store cannot take the decision now; nothing was done, try again";

}  // namespace

Result<ClockRow> ClockRulings::goodReason(const Ruling& ruling, const std::string& code) {
  return decide(ruling, "reason:" + code, [&](const ClockKind& kind, ClockRow& row) -> Result<void> {
    const auto& codes = kind.conduct.good_reasons;
    if (std::ranges::find(codes, code) == codes.end())
      return fail(ErrorKind::Invalid, "'" + code + "' is no good reason of this clock; it has: " + join(codes, ", "));
    const bool late =
        row.state == ClockState::Breached || (row.state == ClockState::Running && row.due_at <= parts_.clock.now());
    if (!late) return fail(ErrorKind::Refused, "the duty is not late, so it needs no good reason; nothing was done");
    row.good_reason = code;
    return {};
  });
}

Result<ClockRow> ClockRulings::suspend(const Ruling& ruling, const std::string& code) {
  return decide(ruling, "suspend:" + code, [&](const ClockKind& kind, ClockRow& row) -> Result<void> {
    const auto& known = kind.conduct.suspends;
    if (std::ranges::find(known, code, &care::ReasonedCondition::reason) == known.end())
      return fail(ErrorKind::Invalid, "this clock is not suspended for '" + code + "'; see 'suspends' in its file");
    if (!care::suspend(*parts_.rulebook.clocks, kind, row, code, parts_.clock.now()))
      return fail(ErrorKind::Refused, "only a running clock that is not late can be suspended; nothing was done");
    return {};
  });
}

Result<ClockRow> ClockRulings::resume(const Ruling& ruling) {
  return decide(ruling, "resume", [&](const ClockKind& kind, ClockRow& row) -> Result<void> {
    if (!care::resume(*parts_.rulebook.clocks, kind, row, parts_.clock.now()))
      return fail(ErrorKind::Refused, "the clock is not suspended; nothing was done");
    return {};
  });
}

Result<ClockRow> ClockRulings::done(const Ruling& ruling, Instant done_at) {
  return decide(ruling, "done", [&](const ClockKind&, ClockRow& row) -> Result<void> {
    if (!isOpen(row)) return fail(ErrorKind::Refused, "the clock is over already; nothing was done");
    if (done_at > parts_.clock.now())
      return fail(ErrorKind::Invalid, "what was done was not done in the future: give the time at which it was");
    if (done_at < row.started_at)
      return fail(ErrorKind::Invalid, "nothing was owed before " + formatInstant(row.started_at) +
                                          ": give a time from then on, or that one where the person knew before");
    care::stop(row, done_at, "ruling");
    return {};
  });
}

// The words stand in the audit log for ever: they name nobody in the case.
Result<void> ClockRulings::check(const Ruling& ruling, const ClockRow& row) {
  canonical::CanonicalMessage known;
  CW_TRY(const auto stored, parts_.store.findCase(row.case_id));
  const auto bytes = stored ? parts_.vault.open(row.case_id, "snapshot", stored->snapshot_sealed)
                            : Result<std::string>(fail(ErrorKind::NotFound, ""));
  canonical::CaseRecord record;
  const bool readable = bytes && record.ParseFromString(*bytes);
  if (readable) *known.mutable_case_() = record.case_();
  return parts_.holds.check(ruling, readable ? &known : nullptr);
}

Result<ClockRow> ClockRulings::decide(const Ruling& ruling, const std::string& code, const Change& change) {
  CW_TRY(const auto before, parts_.store.clock(ruling.about));
  if (!before) return fail(ErrorKind::NotFound, "no clock has this number; 'causeway clocks' lists those that run");
  CW_CHECK_OK(check(ruling, *before));
  Result<ClockRow> out = fail(ErrorKind::Unavailable, kBusy);
  const bool stored = parts_.writer.perform([&](Transaction& tx) -> Result<void> {
    CW_TRY(auto row, tx.findClock(ruling.about));
    const auto* kind = row && parts_.rulebook.clocks ? parts_.rulebook.clocks->find(row->clock) : nullptr;
    if (!kind) {
      out = fail(ErrorKind::NotFound, "the configuration knows this clock no more; nothing was done");
      return {};
    }
    if (auto changed = change(*kind, *row); !changed) {
      out = std::unexpected(changed.error());
      return {};
    }
    CW_CHECK_OK(tx.updateClock(*row));
    const auto now = parts_.clock.now();
    CW_CHECK_OK(tx.insert(DecisionRow{
        parts_.ids.timeOrdered(), "clock", row->clock_id, row->element, code, ruling.by, ruling.because, now, {}}));
    CW_CHECK_OK(
        parts_.admitter.clocks().record(tx, "clock_ruled", *row, ruling.by,
                                        {{"code", code}, {"because", ruling.because}, {"through", ruling.through}}));
    out = *std::move(row);
    return {};
  });
  if (!stored) return fail(ErrorKind::Unavailable, kBusy);
  return out;
}

}  // namespace causeway::pipeline
