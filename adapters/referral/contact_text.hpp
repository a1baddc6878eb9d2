#pragma once

#include <string>
#include <string_view>

namespace referral {

/// Number of characters of a UTF-8 text.
size_t characters(std::string_view text);
/// Looks like a telephone number (eight figures or more with nothing but spaces, brackets, dashes or dots between) or an e-mail address.
bool holdsContact(std::string_view text);
/// A date such as 2026-11-18 at 17:00 London time, as an instant: 2026-11-18T17:00:00Z. Empty when it is not a date.
std::string endOfWorkingDay(std::string_view date);
/// The day in London of a moment such as 2026-06-14T23:30:00Z (2026-06-15). Empty when it is not one in UTC.
std::string londonDay(std::string_view instant);

}  // namespace referral
