#include "host/routing/plain_words.hpp"

#include "host/base/clock.hpp"
#include "host/base/text.hpp"

#include <algorithm>
#include <array>

namespace causeway::routing {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};

std::string dateInWords(const std::string& text) {
  const auto date = parseDate(text.substr(0, 10));
  if (!date) return text;
  return std::to_string(static_cast<unsigned>(date->day())) + " " +
         std::string(kMonths[static_cast<unsigned>(date->month()) - 1]) + " " +
         std::to_string(static_cast<int>(date->year()));
}

std::string momentInWords(const std::string& text) {
  const auto moment = parseInstant(text);
  if (!moment) return text;
  const auto local = toLondon(*moment);
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return dateInWords(formatDate(local.date)) + " at " + two(local.hour) + ":" + two(local.minute);
}

std::string timeInWords(const canonical::LocalTime& time) {
  if (time.precision() == "to_be_fixed" || time.date().empty()) return "a date to be fixed";
  const auto date = dateInWords(time.date());
  if (time.precision() == "week_commencing") return "the week beginning " + date;
  if (time.precision() == "warned_list") return "the warned list beginning " + date;
  if (time.precision() == "morning" || time.precision() == "afternoon")
    return "the " + time.precision() + " of " + date;
  if (time.precision() == "not_before" && !time.time().empty()) return date + ", not before " + time.time();
  return time.time().empty() ? date + " (time not known)" : date + " at " + time.time();
}

std::string codeInWords(const canonical::Code& code) {
  if (code.unmapped()) return "(a code that is not in our list)";
  std::string out = code.code();
  std::ranges::replace(out, '_', ' ');
  return out;
}

const model::ProtoMessage& groupAt(const model::ProtoMessage& parent, const model::ProtoField& field, int index) {
  const auto& reflection = *parent.GetReflection();
  return index < 0 ? reflection.GetMessage(parent, &field) : reflection.GetRepeatedMessage(parent, &field, index);
}

}  // namespace

std::string inPlainWords(const model::ProtoMessage& parent, const model::ProtoField& field, int index) {
  const auto text = model::textOf(parent, field, index);
  const auto form = field.options().GetExtension(canonical::is).form();
  switch (model::shapeOf(field)) {
    case model::Shape::LocalTime:
      return timeInWords(static_cast<const canonical::LocalTime&>(groupAt(parent, field, index)));
    case model::Shape::Code: return codeInWords(static_cast<const canonical::Code&>(groupAt(parent, field, index)));
    case model::Shape::Money: return "£" + text;
    case model::Shape::Bool: return text == "true" ? "yes" : "no";
    default: break;
  }
  if (form == canonical::DATE) return dateInWords(text);
  return form == canonical::INSTANT ? momentInWords(text) : text;
}

std::string doubtOf(const canonical::LocalTime& time) {
  // Another reading that is explained (a court that writes UTC) is recorded with high confidence and is no doubt.
  if (time.confidence() == "conflict" || (time.has_conflicting() && time.confidence() != "high"))
    return "The sources give different times for this: find out which is right before you tell anyone.";
  if (time.time().empty()) return {};
  if (time.basis().empty() || time.basis() == "unknown")
    return "It is not known how the sender meant this time: check it with the court before you tell anyone.";
  if (time.confidence() == "low")
    return "This time was read from a text and is not certain: check it with the court before you tell anyone.";
  return {};
}

}  // namespace causeway::routing
