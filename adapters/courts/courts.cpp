#include "courts.hpp"

#include "result_text.hpp"

#include <string>

namespace courts {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return c >= 'A' && c <= 'Z'; }

// A1, A11, AA1, AA11, A1A, AA1A, and the one that is none of them.
bool isOutward(std::string_view code) {
  if (code == "GIR") return true;
  size_t at = 0;
  while (at < code.size() && isLetter(code[at])) ++at;
  if (at < 1 || at > 2 || at == code.size() || !isDigit(code[at])) return false;
  return code.size() == at + 1 || (code.size() == at + 2 && (isDigit(code[at + 1]) || isLetter(code[at + 1])));
}

}  // namespace

void Courts::nextHearingFromText(const sdk::Inputs& in, sdk::Outputs& out) {
  const auto hearing = crownCourtHearing(in["text"]);
  if (!hearing) return;
  out.put("court_name", hearing->court);
  if (hearing->day) out.put("starts_at", hearing->day->date() + "[text]");
  out.put("confidence", "low");
}

void Courts::shortCode(const sdk::Inputs& in, sdk::Outputs& out) {
  if (const auto code = shortCodeOf(in["value"]); !code.empty()) out.put("value", code);
}

void Courts::takenIntoConsideration(const sdk::Inputs& in, sdk::Outputs& out) {
  if (const auto count = courts::takenIntoConsideration(in["value"]); !count.empty()) out.put("value", count);
}

void Courts::premises(const sdk::Inputs& in, sdk::Outputs& out) {
  std::string text(in["part"]);
  if (!text.empty() && !in["building"].empty()) text += ", ";
  text += in["building"];
  if (!text.empty()) out.put("value", text);
}

void Courts::postcode(const sdk::Inputs& in, sdk::Outputs& out) {
  std::string code;
  for (const char c : in["value"])
    if (c != ' ') code += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  if (code.size() < 5 || code.size() > 7) return;
  const std::string_view inward = std::string_view(code).substr(code.size() - 3);
  const std::string_view outward = std::string_view(code).substr(0, code.size() - 3);
  if (!isOutward(outward) || !isDigit(inward[0]) || !isLetter(inward[1]) || !isLetter(inward[2])) return;
  out.put("value", std::string(outward) + " " + std::string(inward));
}

}  // namespace courts
