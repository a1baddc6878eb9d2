#include "host/protection/transform.hpp"

#include "host/base/text.hpp"

#include <algorithm>
#include <array>

namespace causeway::protection {
namespace {

constexpr std::array<std::string_view, 4> kNames = {"age_band", "district", "masked", "pseudonym"};

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }

// The start of each character of UTF-8 text.
size_t charactersOf(std::string_view text) {
  return static_cast<size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

std::optional<Transform::Kind> transformNamed(std::string_view name) {
  const auto* const found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Transform::Kind>(found - kNames.begin());
}

std::string_view nameOf(Transform::Kind kind) { return kNames[static_cast<size_t>(kind)]; }

std::optional<std::string> ageBand(std::string_view born_on, std::chrono::year_month_day today) {
  const auto born = parseDate(born_on);
  if (!born || today < *born) return std::nullopt;
  int age = static_cast<int>(today.year()) - static_cast<int>(born->year());
  if (std::pair(today.month(), today.day()) < std::pair(born->month(), born->day())) --age;
  if (age < 12) return "under_12";
  if (age < 16) return "12_15";
  return age < 18 ? "16_17" : "18_plus";
}

std::optional<std::string> postcodeDistrict(std::string_view postcode) {
  std::string plain;
  for (const char c : upperCase(postcode))
    if (c != ' ') plain += c;
  if (plain.size() < 5 || plain.size() > 7) return std::nullopt;
  const std::string district = plain.substr(0, plain.size() - 3), unit = plain.substr(plain.size() - 3);
  const bool form = isDigit(unit[0]) && isUpper(unit[1]) && isUpper(unit[2]) && isUpper(district[0]) &&
                    std::ranges::any_of(district, isDigit) &&
                    std::ranges::all_of(district, [](char c) { return isDigit(c) || isUpper(c); });
  if (!form) return std::nullopt;
  return district;
}

std::string masked(std::string_view value, int keep) {
  const size_t characters = charactersOf(value);
  const size_t shown = std::min(static_cast<size_t>(std::max(keep, 0)), characters / 2);
  std::string out;
  size_t at = 0;
  for (const char c : value) {
    const bool starts = (c & 0xC0) != 0x80;
    if (starts) ++at;
    if (at > characters - shown) out += c;
    else if (starts) out += '*';
  }
  return out;
}

}  // namespace causeway::protection
