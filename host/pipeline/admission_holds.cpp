#include "host/pipeline/admission.hpp"
#include "host/pipeline/case_links.hpp"
#include "host/pipeline/hold_notice.hpp"
#include "host/pipeline/own_message.hpp"

// Whoever must decide on what is held about a case is told so: a message of our own, through rules, protection and commit like any other.
namespace causeway::pipeline {

Result<void> Admitter::tellHolds(Transaction& tx, care::ClockRow& row, Admitted& out) {
  CW_TRY(const auto holds, holdsToTell(tx, row));
  if (holds.empty() || row.case_id.empty()) return {};  // decided on, or erased
  CW_TRY(const auto cause, tx.findMessage(row.message_id));
  // Its own task cannot be sent: another one could not be sent either.
  if (cause && cause->type == kHoldRaised) return {};
  CW_TRY(const auto case_id, leadOf(tx, row.case_id));
  CW_TRY(const auto stored, tx.loadCase(case_id));
  if (!stored) return {};  // meant for a case that does not exist yet
  const auto known = loadCase(tx, case_id);
  if (!known && known.error().kind == ErrorKind::Refused) return {};  // erased
  if (!known) return std::unexpected(known.error());
  auto message = ownMessage(row.clock_id + "-held", std::string(kHoldRaised), "causeway.hold", clock_.now());
  if (stored->test) message.set_test(true);
  message.mutable_case_()->set_case_id(case_id);
  for (const auto& hold : holds) {
    CW_TRY(*message.mutable_case_()->add_holds(), described(tx, hold));
  }
  CW_CHECK_OK(audit(tx, {.op = "hold_told",
                         .at = clock_.now(),
                         .actor = kOurselves,
                         .message_id = row.message_id,
                         .case_id = case_id,
                         .details = {{"reason", row.reason}, {"holds", std::to_string(holds.size())}}}));
  return tellClock(tx, message, (*known)->record.case_(), out);
}

}  // namespace causeway::pipeline
