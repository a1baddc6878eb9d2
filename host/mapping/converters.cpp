#include "host/mapping/converters.hpp"

#include "host/base/clock.hpp"
#include "host/base/text.hpp"
#include "host/model/identifiers.hpp"
#include "host/model/values.hpp"

#include <algorithm>

namespace causeway::mapping {
namespace {

Failure expected(std::string_view form) { return fail(ErrorKind::Invalid, "expected " + std::string(form)); }

// Nothing that `text` would change: no padding, no white space but single blanks, no byte of a no-break space.
bool isPlain(std::string_view text) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ') return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < ' ' || c == 0xC2 || (c == ' ' && text[i + 1] == ' ')) return false;
  }
  return true;
}

// All of them of such a kind, and nothing around that `trim` would take off.
template <class Kind>
bool isAll(std::string_view text, Kind kind) {
  return !text.empty() && trim(text).size() == text.size() && std::ranges::all_of(text, kind);
}

// Senders copy no-break spaces out of documents; whoever searches the text means a space.
Result<void> toText(Inputs in, Outputs& out) {
  const auto given = input(in, "value");
  if (isPlain(given)) {
    out.set("value", given);
    return {};
  }
  constexpr std::string_view no_break = "\xC2\xA0";
  std::string text(given);
  for (size_t at = text.find(no_break); at != std::string::npos; at = text.find(no_break, at))
    text.replace(at, no_break.size(), " ");
  out.set("value", collapse(text));
  return {};
}

Result<void> toUpper(Inputs in, Outputs& out) {
  out.set("value", upperCase(trim(input(in, "value"))));
  return {};
}

Result<void> toLower(Inputs in, Outputs& out) {
  out.set("value", lowerCase(trim(input(in, "value"))));
  return {};
}

// 2026-06-02, also as the head of a date and time; 02/06/2026 as some court lists write it.
Result<void> toDate(Inputs in, Outputs& out) {
  const auto text = trim(input(in, "value"));
  std::string date(text.substr(0, 10));
  if (text.size() == 10 && text[2] == '/' && text[5] == '/')
    date = std::string(text.substr(6)) + "-" + std::string(text.substr(3, 2)) + "-" + std::string(text.substr(0, 2));
  if (!parseDate(date) || (text.size() > 10 && text[10] != 'T' && text[10] != 'Z' && text[10] != '+'))
    return expected("a date such as 2026-06-02");
  out.set("value", date);
  return {};
}

// Hours and minutes of any xsd:time; whatever zone it claims is judged elsewhere, with more evidence.
Result<void> toTime(Inputs in, Outputs& out) {
  const auto text = trim(input(in, "value"));
  if (text.size() < 5 || !model::isLocalTimeOfDay(text.substr(0, 5)) || (text.size() > 5 && text[5] != ':'))
    return expected("a time such as 10:00");
  out.set("value", text.substr(0, 5));
  return {};
}

Result<void> toInstant(Inputs in, Outputs& out) {
  CW_TRY(const auto instant, parseInstant(trim(input(in, "value"))));
  out.set("value", formatInstant(instant));
  return {};
}

Result<void> toInteger(Inputs in, Outputs& out) {
  auto text = trim(input(in, "value"));
  while (text.size() > 1 && text.front() == '0') text.remove_prefix(1);
  if (text.empty() || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }))
    return expected("a whole number");
  out.set("value", text);
  return {};
}

Result<void> toMoney(Inputs in, Outputs& out) {
  std::string text;
  auto given = trim(input(in, "value"));
  if (given.starts_with('+')) given.remove_prefix(1);
  for (const char c : given)
    if ((c >= '0' && c <= '9') || c == '.') text += c;
    else if (c != ',' && c != '\xC2' && c != '\xA3') return expected("an amount in pounds such as 250.00");
  out.set("value", text);
  return {};
}

Result<void> toBoolean(Inputs in, Outputs& out) {
  const auto text = lowerCase(trim(input(in, "value")));
  const bool yes = text == "true" || text == "yes" || text == "y" || text == "1";
  if (!yes && text != "false" && text != "no" && text != "n" && text != "0") return expected("yes or no");
  out.set("value", yes ? "true" : "false");
  return {};
}

Result<void> toTerm(Inputs in, Outputs& out) {
  Outputs number;
  const NamedText value{"value", input(in, "value")};
  CW_CHECK_OK(toInteger({&value, 1}, number));
  out.set("value", number.get("value"));
  out.set("unit", trim(input(in, "unit")) == "." ? "S" : trim(input(in, "unit")));
  if (const auto role = input(in, "role"); !role.empty()) out.set("role", role);
  return {};
}

Result<void> toPostcode(Inputs in, Outputs& out) {
  std::string text = upperCase(collapse(input(in, "value")));
  std::erase(text, ' ');
  if (text.size() < 5 || text.size() > 7) return expected("a postcode such as BS1 4ND");
  text.insert(text.size() - 3, " ");
  out.set("value", text);
  return {};
}

Result<void> toEmail(Inputs in, Outputs& out) {
  const auto text = trim(input(in, "value"));
  const size_t at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size()) return expected("an e-mail address");
  out.set("value", std::string(text.substr(0, at + 1)) + lowerCase(text.substr(at + 1)));
  return {};
}

// Digits with one leading plus: what a number is compared by. Whether it can be rung is not ours to judge.
Result<void> toPhone(Inputs in, Outputs& out) {
  std::string text;
  for (const char c : trim(input(in, "value")))
    if ((c >= '0' && c <= '9') || (c == '+' && text.empty())) text += c;
    else if (c != ' ' && c != '-' && c != '(' && c != ')' && c != '.') return expected("a telephone number");
  if (text.size() < 3) return expected("a telephone number");
  out.set("value", text);
  return {};
}

// An odd identifier is kept, graded and reported: real senders break every pattern.
template <class Normalise>
Converter identifier(Normalise normalise, std::string_view finding) {
  return [normalise, finding](Inputs in, Outputs& out) -> Result<void> {
    const auto text = trim(input(in, "value"));
    const auto id = normalise(text);
    out.set("value", id.value);
    if (id.value != text) out.set("raw", text);
    out.set("grade", nameOf(id.grade));
    if (id.grade != model::Grade::Ok) out.set("finding", finding);
    return {};
  };
}

}  // namespace

std::string_view input(Inputs inputs, std::string_view name) {
  for (const auto& item : inputs)
    if (isSameText(item.name, name)) return item.value;
  return {};
}

std::string_view Outputs::get(std::string_view name) const {
  for (size_t i = 0; i < items_.size(); ++i)
    if (const auto item = (*this)[i]; isSameText(item.name, name)) return item.value;
  return {};
}

Converters::Converters()
    : by_name_{{"text", toText},
               {"upper", toUpper},
               {"lower", toLower},
               {"date", toDate},
               {"time", toTime},
               {"instant", toInstant},
               {"integer", toInteger},
               {"money", toMoney},
               {"boolean", toBoolean},
               {"term", toTerm},
               {"postcode", toPostcode},
               {"email", toEmail},
               {"phone", toPhone},
               {"urn", identifier(model::normaliseUrn, "odd_urn")},
               {"asn", identifier(model::normaliseAsn, "odd_asn")},
               {"pnc", identifier(model::normalisePncId, "odd_pnc")},
               {"cro", identifier(model::normaliseCroNumber, "odd_cro")}} {}

Result<void> Converters::add(std::string name, Converter converter) {
  if (by_name_.contains(name)) return fail(ErrorKind::Conflict, "two converters are called '" + name + "'");
  by_name_.emplace(std::move(name), std::move(converter));
  return {};
}

const Converter* Converters::find(std::string_view name) const {
  const auto it = by_name_.find(name);
  return it == by_name_.end() ? nullptr : &it->second;
}

Converters::Unchanged Converters::unchangedBy(std::string_view name, model::Shape target) {
  if (target == model::Shape::Group || target == model::Shape::Term) return nullptr;  // set part by part
  if (name == "text") return isPlain;
  if (name == "lower")
    return [](std::string_view text) { return isAll(text, [](char c) { return c < 'A' || c > 'Z'; }); };
  if (name == "upper")
    return [](std::string_view text) { return isAll(text, [](char c) { return c < 'a' || c > 'z'; }); };
  if (name == "integer")
    return [](std::string_view text) {
      return isAll(text, [](char c) { return c >= '0' && c <= '9'; }) && (text.size() == 1 || text[0] != '0');
    };
  if (name == "date") return [](std::string_view text) { return parseDate(text).has_value(); };
  if (name == "instant")  // in universal time and without a fraction of a second, as formatInstant writes it
    return
        [](std::string_view text) { return text.size() == 20 && text.back() == 'Z' && parseInstant(text).has_value(); };
  return nullptr;
}

std::vector<std::string> Converters::names() const {
  std::vector<std::string> out;
  for (const auto& [name, converter] : by_name_) out.push_back(name);
  return out;
}

}  // namespace causeway::mapping
