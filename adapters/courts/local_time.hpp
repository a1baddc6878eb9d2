#pragma once

#include "causeway/sdk.hpp"

#include <string_view>

namespace courts {

namespace sdk = causeway::sdk;

/// How an installation reads a time whose sender is not known and whose text gives no hint.
enum class Unmarked { Unknown, LibraLocal, CommonPlatformUtc };
Unmarked unmarkedFrom(std::string_view setting);

/// courts.local_time: the time at which somebody must be at court, from what a result message says about it.
///
/// Inputs   date, time (xsd:time as sent), text (result text of this hearing), style (any result text of the message), sender and
///          system (ids of the envelope); all but date may be missing, text, style, sender and system may repeat.
/// Outputs  date, time, precision, basis, confidence, raw, conflicting, finding: the parts of a LocalTime.
///
/// Why it is needed: Common Platform writes UTC without saying so, Libra writes local time, and the exchange between hides who wrote.
/// In order: a time that the text gives for the same day wins, and what the field says is kept beside it; else the sender decides;
/// else a zone in the time or the style of the text betrays Common Platform; else the time is kept as it is and marked unknown.
void localTime(const sdk::Inputs& in, sdk::Outputs& out, Unmarked unmarked);

}  // namespace courts
