#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace causeway {

/// XML white space only (space, tab, CR, LF): what senders pad values with.
std::string_view trim(std::string_view text);
/// Trims and turns each run of white space into one space.
std::string collapse(std::string_view text);
std::string lowerCase(std::string_view text);  ///< ASCII letters only
std::string upperCase(std::string_view text);  ///< ASCII letters only
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
/// Lower-case hexadecimal of bytes.
std::string hex(std::string_view bytes);
/// Bytes of lower-case hexadecimal; anything else is nothing.
std::optional<std::string> fromHex(std::string_view digits);
bool isUtf8(std::string_view text);

/// A real calendar date written YYYY-MM-DD, year 1900 to 2100; anything else is nothing.
std::optional<std::chrono::year_month_day> parseDate(std::string_view text);
std::string formatDate(std::chrono::year_month_day date);

/// Compares two texts without telling by its duration where they differ: for keys and digests.
bool equalInConstantTime(std::string_view a, std::string_view b);

}  // namespace causeway
