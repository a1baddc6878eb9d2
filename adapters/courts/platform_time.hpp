#pragma once

#include "causeway/sdk.hpp"

namespace courts {

namespace sdk = causeway::sdk;

/// courts.platform_time: when somebody must be at court, from what Common Platform's JSON says about it.
///
/// Inputs   utc (date-time with Z; may repeat: the earliest counts), week (first day of a week), to_be_fixed (true), said_date and
///          said_time (prompts of the result: the local time said in court), text (result text). Any may be missing. With said_alone
///          "no", what was said counts only beside a utc or a said_of: a witness summons has the same prompts and is no next hearing.
/// Outputs  date, time, precision, basis, confidence, raw, conflicting, finding: the parts of a LocalTime. Nothing when nothing is said.
///
/// UTC becomes London time. A local time that was said in court, in a prompt or else in the text, wins over it; when the two differ the
/// other reading is kept beside it and the confidence is `conflict`, so that nobody is warned without a person. Without an exact time
/// the day alone, the week in which it begins or "to be fixed" is what there is.
void platformTime(const sdk::Inputs& in, sdk::Outputs& out);

/// courts.day_in_london: the day that it is in London at the instant in `value`, written with Z or an offset.
void dayInLondonAt(const sdk::Inputs& in, sdk::Outputs& out);

}  // namespace courts
