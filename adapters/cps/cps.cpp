#include "cps.hpp"

#include "case_number.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace cps {
namespace {

constexpr std::string_view kLetters = "VPCFXLTGSHI";

std::string trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '\n' || text.front() == '\r'))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\n' || text.back() == '\r'))
    text.remove_suffix(1);
  return std::string(text);
}

std::string upper(std::string_view text) {
  std::string out = trimmed(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

void doubtful(sdk::Outputs& out, std::string_view what) {
  out.put("finding", "unknown_indicator");
  out.put("finding.text", what);
}

CaseNumber known(const sdk::Inputs& in) {
  const auto parts = partsOf(in["value"]);
  if (!parts) throw sdk::Rejected("value: expected a case number of force, unit, number and year such as 52SB0123426");
  return *parts;
}

}  // namespace

Cps::Cps(const sdk::Settings& settings)
    : zoned_(zonedFrom(settings["zoned_times"])),
      answers_{static_cast<int>(std::clamp(settings.number("busy_retry_seconds").value_or(0), 0LL, 86400LL)),
               settings.flag("receipt_required")} {}

void Cps::indicators(const sdk::Inputs& in, sdk::Outputs& out) {
  std::string letters;
  bool odd = false, words = false;
  for (size_t i = 0; i < in.size(); ++i) {
    if (in.name(i) != "value") continue;
    const auto text = in.value(i);
    if (std::ranges::any_of(text, [](char c) { return c >= 'a' && c <= 'z'; })) {
      words = true;
      continue;
    }
    for (const char c : text) {
      if (c == ' ' || c == ',' || c == '/' || c == ';') continue;
      odd |= kLetters.find(c) == std::string_view::npos;
      if (letters.find(c) != std::string::npos) continue;
      if (!letters.empty()) letters += ',';
      letters += c;
    }
  }
  if (!letters.empty()) out.put("value", letters);
  if (words) doubtful(out, "words where the letters of a witness belong; they are not taken");
  else if (odd) doubtful(out, "a letter that is not one of the eleven of a witness");
}

void Cps::only(const sdk::Inputs& in, sdk::Outputs&) {
  const auto value = trimmed(in["value"]);
  std::string_view words = in["allowed"];
  while (!words.empty()) {
    const size_t end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) == value) return;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  throw sdk::Rejected(
      "value: expected what this kind of message may say; it says two things that cannot both be meant");
}

void Cps::yesNo(const sdk::Inputs& in, sdk::Outputs& out) {
  const auto text = upper(in["value"]);
  if (text.empty() || text == "NA" || text == "N/A" || text == "NOT APPLICABLE") return;
  const bool yes = text == "Y" || text == "YES" || text == "TRUE";
  if (!yes && text != "N" && text != "NO" && text != "FALSE") throw sdk::Rejected("value: expected Y, N or NA");
  out.put("value", yes ? "true" : "false");
}

void Cps::under18(const sdk::Inputs& in, sdk::Outputs& out) {
  const auto text = trimmed(in["value"]);
  if (text.empty()) return;
  int age = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), age);
  if (error != std::errc() || end != text.data() + text.size() || age < 0 || age > 150)
    throw sdk::Rejected("value: expected an age in years");
  if (age < 18) out.put("value", "under_18");
}

void Cps::telephone(const sdk::Inputs& in, sdk::Outputs& out) {
  const auto digits = [](std::string_view text, std::string_view what) {
    std::string kept;
    for (const char c : text)
      if ((c >= '0' && c <= '9') || (c == '+' && kept.empty())) kept += c;
      else if (c != ' ' && c != '-' && c != '(' && c != ')' && c != '.')
        throw sdk::Rejected(std::string(what) + ": expected the figures of a telephone number");
    return kept;
  };
  auto number = digits(in["national"], "national");
  if (number.empty()) return;
  if (const auto country = digits(in["country"], "country"); country == "44") {
    if (!number.starts_with('0') && !number.starts_with('+')) number.insert(0, "0");
  } else if (!country.empty()) {
    number = "+" + country + (number.starts_with('0') ? number.substr(1) : number);
  }
  const auto extension = digits(in["extension"], "extension");
  if (extension.empty()) return out.put("value", number);
  out.put("value", number + " x" + extension);
  out.put("finding", "telephone_extension");
  out.put("finding.text", "a telephone number with an extension, which a person must ask for");
}

void Cps::withdrawn(const sdk::Inputs& in, sdk::Outputs& out) {
  if (in["value"].empty()) return;
  out.put("finding", "indicator_withdrawn");
  out.put("finding.text", "the sender takes a mark of this person back; protection is lowered by a person only");
}

void Cps::anyDate(const sdk::Inputs& in, sdk::Outputs& out) {
  const auto text = trimmed(in["value"]);
  if (text.empty()) return;
  const auto day = dayIn(text);
  if (day.empty()) throw sdk::Rejected("value: expected a date such as 2026-06-02 or 02-06-2026");
  out.put("value", day);
}

void Cps::dayInstant(const sdk::Inputs& in, sdk::Outputs& out) {
  const auto text = trimmed(in["value"]);
  if (text.empty()) return;
  const auto day = dayIn(text);
  if (day.empty()) throw sdk::Rejected("value: expected a day such as 2026-06-02");
  out.put("value", day + "T00:00:00Z");
}

void Cps::remarks(const sdk::Inputs& in, sdk::Outputs& out) {
  std::string text;
  for (size_t i = 0; i < in.size(); ++i) {
    const auto remark = trimmed(in.value(i));
    if (remark.empty() || upper(remark) == "N" || upper(remark) == "NA") continue;
    if (!text.empty()) text += '\n';
    text += std::string(in.name(i)) + ": " + remark;
  }
  if (!text.empty()) out.put("value", text);
}

void Cps::urn(const sdk::Inputs& in, sdk::Outputs& out) {
  const CaseNumber number{upper(in["force"]), upper(in["unit"]), upper(in["number"]), upper(in["year"]),
                          upper(in["split"])};
  const auto text = number.text();
  if (text.empty()) return;
  out.put("value", text);
  if (number.isUsual()) return;
  out.put("finding", "odd_urn");
  out.put("finding.text", "a case number whose parts have not the usual form");
}

void Cps::urnForce(const sdk::Inputs& in, sdk::Outputs& out) { out.put("value", known(in).force); }
void Cps::urnUnit(const sdk::Inputs& in, sdk::Outputs& out) { out.put("value", known(in).unit); }
void Cps::urnNumber(const sdk::Inputs& in, sdk::Outputs& out) { out.put("value", known(in).number); }
void Cps::urnYear(const sdk::Inputs& in, sdk::Outputs& out) { out.put("value", known(in).year); }

void Cps::urnSplit(const sdk::Inputs& in, sdk::Outputs& out) {
  const auto number = known(in);
  if (!number.split.empty()) out.put("value", number.split);
}

}  // namespace cps
