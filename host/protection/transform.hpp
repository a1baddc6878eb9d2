#pragma once

#include "host/base/clock.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace causeway::protection {

/// How a value is made to say less before it goes:
///   age_band   a date of birth as under_12, 12_15, 16_17 or 18_plus; it goes into `age_band` beside it, the date stays
///   district   the first half of a postcode: BS1 4DJ -> BS1
///   masked     all but the last characters as asterisks
///   pseudonym  a keyed number: the same for the same value and recipient, and of no use to anybody else
struct Transform {
  enum class Kind : unsigned char { AgeBand, District, Masked, Pseudonym } kind = Kind::Masked;
  int keep = 0;  ///< masked: how many characters at the end stay, 0 to 8
  bool operator==(const Transform&) const = default;
};

/// Answers the keyed number of a value for a recipient; empty when there is no key. The folder is pure, so the key comes from outside.
using Pseudonyms = std::function<std::string(std::string_view recipient, std::string_view value)>;

std::optional<Transform::Kind> transformNamed(std::string_view name);
std::string_view nameOf(Transform::Kind kind);

/// Nothing when it is no date, or a day to come.
std::optional<std::string> ageBand(std::string_view born_on, std::chrono::year_month_day today);
/// Nothing when it does not have the form of a postcode.
std::optional<std::string> postcodeDistrict(std::string_view postcode);
/// Never shows more than half of the value.
std::string masked(std::string_view value, int keep);

}  // namespace causeway::protection
