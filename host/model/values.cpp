#include "host/model/values.hpp"

#include "host/base/clock.hpp"
#include "host/base/short_text.hpp"
#include "host/base/text.hpp"
#include "host/model/case.pb.h"
#include "host/model/reflection_of.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace causeway::model {
namespace {

std::string_view localTimeText(const canonical::LocalTime& value, std::string& scratch) {
  scratch = value.date();
  if (value.has_time()) scratch.append(1, 'T').append(value.time());
  if (value.has_basis()) scratch.append(1, '[').append(value.basis()).append(1, ']');
  return scratch;
}

std::string_view termText(const canonical::Term& value, std::string& scratch) {
  scratch = value.value();
  return scratch.append(1, ' ').append(value.unit());
}

std::string_view moneyText(const canonical::Money& value, std::string& scratch) {
  std::array<char, 32> buffer{};
  const auto pence = value.pence();
  const auto whole = pence < 0 ? -pence : pence;
  std::snprintf(buffer.data(), buffer.size(), "%s%lld.%02lld", pence < 0 ? "-" : "",
                static_cast<long long>(whole / 100), static_cast<long long>(whole % 100));
  return scratch = buffer.data();
}

std::string_view numberText(const ProtoMessage& parent, const FieldFacts& facts, int index, std::string& scratch) {
  const auto& field = *facts.field;
  const auto& reflection = *facts.reflection;
  const bool list = field.is_repeated();
  switch (field.cpp_type()) {
    case ProtoField::CPPTYPE_BOOL:
      return (list ? reflection.GetRepeatedBool(parent, &field, index) : reflection.GetBool(parent, &field)) ? "true"
                                                                                                             : "false";
    case ProtoField::CPPTYPE_INT32:
      return scratch = std::to_string(list ? reflection.GetRepeatedInt32(parent, &field, index)
                                           : reflection.GetInt32(parent, &field));
    case ProtoField::CPPTYPE_INT64:
      return scratch = std::to_string(list ? reflection.GetRepeatedInt64(parent, &field, index)
                                           : reflection.GetInt64(parent, &field));
    default: return {};
  }
}

Failure wrongForm(const ProtoField& field, std::string_view form) {
  return fail(ErrorKind::Invalid, "'" + field.name() + "' must be " + std::string(form));
}

template <class Number>
bool parseNumber(std::string_view text, Number& out) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
  return code == std::errc() && end == text.data() + text.size() && !text.empty();
}

Result<void> setString(ProtoMessage& parent, const FieldFacts& facts, std::string_view text) {
  if (facts.date && !parseDate(text)) return wrongForm(*facts.field, "a date such as 2026-06-02");
  if (facts.instant && !parseInstant(text))
    return wrongForm(*facts.field, "a date and time with a zone, such as 2026-06-02T09:00:00Z");
  facts.put(parent, text);
  return {};
}

Result<void> setBool(ProtoMessage& parent, const FieldFacts& facts, std::string_view text) {
  if (text != "true" && text != "false") return wrongForm(*facts.field, "true or false");
  facts.reflection->SetBool(&parent, facts.field, text == "true");
  return {};
}

Result<void> setInteger(ProtoMessage& parent, const FieldFacts& facts, std::string_view text) {
  std::int64_t value = 0;
  if (!parseNumber(text, value)) return wrongForm(*facts.field, "a whole number");
  if (facts.field->cpp_type() == ProtoField::CPPTYPE_INT64) {
    facts.reflection->SetInt64(&parent, facts.field, value);
    return {};
  }
  if (value < INT32_MIN || value > INT32_MAX) return wrongForm(*facts.field, "a smaller whole number");
  facts.reflection->SetInt32(&parent, facts.field, static_cast<std::int32_t>(value));
  return {};
}

Result<void> setLocalTime(ProtoMessage& parent, const FieldFacts& facts, std::string_view text) {
  std::string_view basis;
  if (text.ends_with(']')) {
    const size_t bracket = text.find('[');
    if (bracket == std::string_view::npos)
      return wrongForm(*facts.field, "a local time such as 2026-06-02T10:00[stated_local]");
    basis = text.substr(bracket + 1, text.size() - bracket - 2);
    text = text.substr(0, bracket);
  }
  const auto date = text.substr(0, 10);
  const auto time = text.size() > 10 ? text.substr(11) : std::string_view();
  if (!parseDate(date) || (text.size() > 10 && (text[10] != 'T' || !isLocalTimeOfDay(time))))
    return wrongForm(*facts.field, "a local time such as 2026-06-02T10:00[stated_local]");
  auto& value = static_cast<canonical::LocalTime&>(facts.fill(parent));
  assignText(*value.mutable_date(), date);
  if (!time.empty()) assignText(*value.mutable_time(), time);
  if (!basis.empty()) assignText(*value.mutable_basis(), basis);
  value.set_precision(time.empty() ? "date_only" : "exact");
  return {};
}

Result<void> setTerm(ProtoMessage& parent, const FieldFacts& facts, std::string_view text) {
  const size_t space = text.find(' ');
  if (space == std::string_view::npos) return wrongForm(*facts.field, "a length such as 18 M");
  auto& value = static_cast<canonical::Term&>(facts.fill(parent));
  value.mutable_value()->assign(text.substr(0, space));
  value.mutable_unit()->assign(text.substr(space + 1));
  return {};
}

Result<void> setMoney(ProtoMessage& parent, const FieldFacts& facts, std::string_view text) {
  const bool negative = text.starts_with('-');
  std::string_view digits = text.substr(negative ? 1 : 0);
  const size_t point = digits.find('.');
  std::string pence_text(point == std::string_view::npos ? std::string_view() : digits.substr(point + 1));
  std::int64_t pounds = 0, pence = 0;
  const bool whole_ok = parseNumber(digits.substr(0, point), pounds) && pounds >= 0 && pounds < 100'000'000'000;
  if (pence_text.size() == 1) pence_text += '0';
  const bool pence_ok =
      point == std::string_view::npos || (pence_text.size() == 2 && parseNumber(pence_text, pence) && pence >= 0);
  if (!whole_ok || !pence_ok) return wrongForm(*facts.field, "an amount in pounds such as 250.00");
  const std::int64_t amount = pounds * 100 + pence;
  static_cast<canonical::Money&>(facts.fill(parent)).set_pence(negative ? -amount : amount);
  return {};
}

}  // namespace

Shape shapeOf(const ProtoField& field) { return factsOf(field).shape; }

std::string_view viewOf(const ProtoMessage& parent, const ProtoField& field, int index, std::string& scratch) {
  return viewOf(parent, factsOf(field), index, scratch);
}

std::string_view viewOf(const ProtoMessage& parent, const FieldFacts& facts, int index, std::string& scratch) {
  if (facts.shape == Shape::String) return facts.text(parent, index);
  if (facts.count(parent) == 0) return {};
  if (!facts.group) return numberText(parent, facts, index, scratch);
  const auto& group = facts.group(parent, index);
  switch (facts.shape) {
    case Shape::Code: return static_cast<const canonical::Code&>(group).code();
    case Shape::Text: return static_cast<const canonical::Text&>(group).text();
    case Shape::LocalTime: return localTimeText(static_cast<const canonical::LocalTime&>(group), scratch);
    case Shape::Term: return termText(static_cast<const canonical::Term&>(group), scratch);
    case Shape::Money: return moneyText(static_cast<const canonical::Money&>(group), scratch);
    case Shape::Identifier: return static_cast<const canonical::Identifier&>(group).value();
    default: return {};
  }
}

std::string textOf(const ProtoMessage& parent, const ProtoField& field, int index) {
  std::string scratch;
  return std::string(viewOf(parent, field, index, scratch));
}

bool isPresent(const ProtoMessage& parent, const ProtoField& field) { return factsOf(field).count(parent) > 0; }

Result<void> setText(ProtoMessage& parent, const ProtoField& field, std::string_view text) {
  return setText(parent, factsOf(field), text);
}

// Texts are assigned in place: the setters that protobuf generates make a copy first.
Result<void> setText(ProtoMessage& parent, const FieldFacts& facts, std::string_view text) {
  switch (facts.shape) {
    case Shape::String: return setString(parent, facts, text);
    case Shape::Bool: return setBool(parent, facts, text);
    case Shape::Integer: return setInteger(parent, facts, text);
    case Shape::Code: assignText(*static_cast<canonical::Code&>(facts.fill(parent)).mutable_code(), text); return {};
    case Shape::Text: assignText(*static_cast<canonical::Text&>(facts.fill(parent)).mutable_text(), text); return {};
    case Shape::LocalTime: return setLocalTime(parent, facts, text);
    case Shape::Term: return setTerm(parent, facts, text);
    case Shape::Money: return setMoney(parent, facts, text);
    case Shape::Identifier:
      assignText(*static_cast<canonical::Identifier&>(facts.fill(parent)).mutable_value(), text);
      return {};
    case Shape::Group: break;
  }
  return wrongForm(*facts.field, "set field by field: it has no text form");
}

bool isLocalTimeOfDay(std::string_view text) {
  const auto digit = [&](size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  return text.size() == 5 && text[2] == ':' && digit(0) && digit(1) && digit(3) && digit(4) &&
         text.substr(0, 2) < "24" && text.substr(3) < "60";
}

std::string labelOf(const ProtoField& field) {
  const auto& label = field.options().GetExtension(canonical::is).label();
  return label.empty() ? field.name() : label;
}

std::string listOf(const ProtoField& field) { return field.options().GetExtension(canonical::is).list(); }

}  // namespace causeway::model
