#include "courts.hpp"

#include "causeway/words.hpp"
#include "person_name.hpp"
#include "result_text.hpp"

#include <array>
#include <string>

namespace courts {
namespace {

bool isLetter(char c) { return c >= 'A' && c <= 'Z'; }

// A1, A11, AA1, AA11, A1A, AA1A, and the one that is none of them.
bool isOutward(std::string_view code) {
  if (code == "GIR") return true;
  size_t at = 0;
  while (at < code.size() && isLetter(code[at])) ++at;
  if (at < 1 || at > 2 || at == code.size() || !sdk::isDigit(code[at])) return false;
  return code.size() == at + 1 || (code.size() == at + 2 && (sdk::isDigit(code[at + 1]) || isLetter(code[at + 1])));
}

void putName(std::string_view text, sdk::Outputs& out) {
  const auto name = fullNameOf(text);
  if (!name) return;
  if (!name->title.empty()) out.put("title", name->title);
  for (const auto& given : name->given) out.put("given", given);
  out.put("family", name->family);
  if (name->sure) return;
  out.put("finding", "name_unsure");
  out.put("finding.text", "this may be more than one person, or no name: a person must look");
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
  if (!isOutward(outward) || !sdk::isDigit(inward[0]) || !isLetter(inward[1]) || !isLetter(inward[2])) return;
  out.put("value", std::string(outward) + " " + std::string(inward));
}

void Courts::fullName(const sdk::Inputs& in, sdk::Outputs& out) { putName(in["value"], out); }

void Courts::witnessInText(const sdk::Inputs& in, sdk::Outputs& out) { putName(witnessIn(in["value"]), out); }

void Courts::presence(const sdk::Inputs& in, sdk::Outputs& out) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> ways = {
      {{"IN_PERSON", "present"}, {"BY_VIDEO", "by_video"}, {"NOT_PRESENT", "absent"}}};
  for (const auto& [raw, code] : ways) {
    for (size_t i = 0; i < in.size(); ++i) {
      if (in.value(i) != raw) continue;
      out.put("value", code);
      out.put("raw", raw);
      return;
    }
  }
}

void Courts::outcomeReason(const sdk::Inputs& in, sdk::Outputs& out) {
  if (in["code"].empty()) return;
  std::string key(in["kind"]);
  for (const std::string_view part : {in["code"], in["jurisdiction"]})
    if (!part.empty()) key += (key.empty() ? "" : " ") + std::string(part);
  out.put("value", key);
}

void Courts::applicationState(const sdk::Inputs& in, sdk::Outputs& out) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> words = {
      {{"Granted", "granted"},
       {"Application granted", "granted"},
       {"Application to vacate granted", "granted"},
       {"Refused", "refused"},
       {"Application refused", "refused"},
       {"Withdrawn", "withdrawn"},
       {"Application withdrawn", "withdrawn"}}};
  for (size_t i = 0; i < in.size(); ++i) {
    if (in.name(i) != "value") continue;
    std::string_view text = in.value(i);
    const auto code = shortCodeOf(text);
    if (!code.empty()) text.remove_prefix(code.size() + 3);
    for (const auto& [begins, state] : words)
      if (text.starts_with(begins)) return out.put("value", state);
    if (code.size() >= 3 && code.starts_with("SM")) return out.put("value", code == "SMVN" ? "refused" : "granted");
  }
}

void Courts::firstAmount(const sdk::Inputs& in, sdk::Outputs& out) {
  std::string amount;
  for (const char c : in["value"]) {
    if ((c >= '0' && c <= '9') || c == '.') amount += c;
    else if (c != ',' && c != ' ' && c != '\xC2' && c != '\xA3')
      throw sdk::Rejected("an amount must be written in pounds such as 250.00");
  }
  if (!amount.empty()) out.put("value", amount);
}

void Courts::instant(const sdk::Inputs& in, sdk::Outputs& out) {
  std::string text(in["value"].substr(0, in["value"].find('[')));
  for (const std::string_view zero : {"+00:00", "-00:00", "+0000"})
    if (text.ends_with(zero)) text.replace(text.size() - zero.size(), zero.size(), "Z");
  if (text.size() < 20 || !dayOf(text) || text[10] != 'T' || text.back() != 'Z')
    throw sdk::Rejected("an instant must be written YYYY-MM-DDTHH:MM:SSZ");
  out.put("value", text);
}

void Courts::firstOf(const sdk::Inputs& in, sdk::Outputs& out) {
  const auto value = in["value"].empty() ? in["other"] : in["value"];
  if (!value.empty()) out.put("value", value);
}

}  // namespace courts
