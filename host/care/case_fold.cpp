#include "host/care/case_fold.hpp"

#include "host/care/at_odds.hpp"
#include "host/care/awaited.hpp"
#include "host/care/background_checks.hpp"
#include "host/care/events.hpp"
#include "host/care/fold.hpp"
#include "host/care/told.hpp"
#include "host/care/told_starts.hpp"
#include "host/care/unsettled.hpp"

#include <algorithm>

namespace causeway::care {

Result<Folded> apply(const canonical::CaseRecord& before, const canonical::CanonicalMessage& message) {
  if (message.message_id().empty())
    return fail(ErrorKind::Invalid, "a message without a number cannot be folded into a case");
  Folded out{before, {}, {}};
  const auto& known = before.message_ids();
  if (std::find(known.begin(), known.end(), message.message_id()) != known.end()) return out;
  beginMarks(out.record);
  Fold fold(out, message);
  CW_CHECK_OK(fold.run());
  CW_CHECK_OK(checkSubjects(before.case_(), out.record.case_(), message));
  out.events = eventsOf(before, out.record, fold, message);
  holdWarnings(before, out.record, message, out.events);
  CW_CHECK_OK(checkResultAhead(message));
  CW_CHECK_OK(checkDiscontinued(before, out.record.case_()));
  CW_CHECK_OK(checkOldStart(before, out.record, message));
  CW_CHECK_OK(checkTrial(before.case_(), out.record.case_(), message));
  CW_CHECK_OK(checkStandDown(out.record.case_(), message, out.events));
  findContactsAhead(before.case_(), message, out);
  markTold(out.record, message, out.events);
  rememberStarts(before, out.record, message);
  return out;
}

}  // namespace causeway::care
