#include "case_number.hpp"

#include "causeway/words.hpp"

#include <algorithm>

namespace cps {
namespace {

namespace sdk = causeway::sdk;

bool figures(std::string_view text, size_t count) {
  return text.size() == count && std::ranges::all_of(text, sdk::isDigit);
}

}  // namespace

std::string CaseNumber::text() const {
  return force + unit + number + year + (split.empty() || split == "0" ? "" : "/" + split);
}

bool CaseNumber::isUsual() const {
  const bool unit_fits =
      unit.size() == 2 && std::ranges::all_of(unit, [](char c) { return sdk::isDigit(c) || (c >= 'A' && c <= 'Z'); });
  const bool split_fits = split.empty() || (split.size() <= 3 && std::ranges::all_of(split, sdk::isDigit));
  return figures(force, 2) && unit_fits && figures(number, 5) && figures(year, 2) && split_fits;
}

std::optional<CaseNumber> partsOf(std::string_view urn) {
  CaseNumber out;
  if (const size_t slash = urn.find('/'); slash != std::string_view::npos) {
    out.split = urn.substr(slash + 1);
    urn = urn.substr(0, slash);
    if (out.split.empty()) return std::nullopt;
  }
  if (urn.size() != 11) return std::nullopt;
  out.force = urn.substr(0, 2);
  out.unit = urn.substr(2, 2);
  out.number = urn.substr(4, 5);
  out.year = urn.substr(9);
  return out.isUsual() ? std::optional(out) : std::nullopt;
}

}  // namespace cps
