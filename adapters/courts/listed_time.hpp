#pragma once

#include "causeway/sdk.hpp"

namespace courts {

namespace sdk = causeway::sdk;

/// courts.listed_time: when somebody must be at court, from what a published list says about it. Lists are written in local time.
///
/// Inputs   day and sitting (when the court sits, and from when), date and last (first and last day of the hearing, where the list
///          says them), marking ("NOT BEFORE 2:15 PM"), position (place in the sitting), list (daily, firm, warned, court_list),
///          state (provisional: no time is fixed), basis (of the sitting time, where it is not local as printed). All but one of day
///          and date may be missing.
/// Outputs  date, time, precision, basis, confidence, raw, conflicting, finding: the parts of a LocalTime.
///
/// A clock time in the marking is the hearing's own; "not before" says so by its precision, half a day alone by `morning` or
/// `afternoon`. Without one the hearing starts with its sitting; a later place in it starts no sooner. A marking that says no time
/// lowers the confidence, for a person to read. A warned list fixes a day or only the week or weeks for which it stands. Of a hearing
/// that goes on over several days the list tells the day for which it stands; a day outside the hearing is a conflict.
void listedTime(const sdk::Inputs& in, sdk::Outputs& out);

/// courts.clock: hours and minutes of `value` 10:30, 10:30:00 or 9:05.
void clockOfSitting(const sdk::Inputs& in, sdk::Outputs& out);

/// courts.published: the instant of `value`, or of `other` where that is missing: with a zone as it is, without one on London's clocks.
/// Of the hour that those show twice in October the first is taken.
void publishedAt(const sdk::Inputs& in, sdk::Outputs& out);

}  // namespace courts
