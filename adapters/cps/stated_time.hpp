#pragma once

#include "causeway/sdk.hpp"

#include <string>
#include <string_view>

namespace cps {

namespace sdk = causeway::sdk;

/// How an installation reads a time whose zone is not London's on that day.
enum class Zoned { Unknown, Utc, Local };
Zoned zonedFrom(std::string_view setting);

/// cps.stated_time: when somebody must be at court, as the CPS says it.
///
/// Inputs   value: a day (2026-06-02), or a day and time (2026-06-02T10:00, with or without seconds and zone); or `date` and `time`.
/// Outputs  date, time, precision, basis, confidence, raw, conflicting, finding: the parts of a LocalTime.
///
/// A day alone is a day alone. A time without a zone is the clock on the wall. A zone that London has on that day changes nothing. Any
/// other zone is a doubt, because systems write Z behind local times: both readings are kept and nobody is told the time before a
/// person has looked, unless the setting `zoned_times` says how this installation's CPS writes.
void statedTime(const sdk::Inputs& in, sdk::Outputs& out, Zoned zoned);

/// cps.due_day and cps.due_time: the day and the time of a deadline that is written like any other time. Of two readings the earlier
/// one counts: nobody is harmed by an answer that comes an hour too soon. A day alone has no time.
void dueDay(const sdk::Inputs& in, sdk::Outputs& out, Zoned zoned);
void dueTime(const sdk::Inputs& in, sdk::Outputs& out, Zoned zoned);

/// A day of the calendar in normal form, from 2026-06-02, 02/06/2026 or 02-06-2026; empty when it is none.
std::string dayIn(std::string_view text);

}  // namespace cps
