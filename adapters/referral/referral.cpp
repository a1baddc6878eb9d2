#include "referral.hpp"

#include "causeway/reply.hpp"
#include "contact_text.hpp"
#include "reference.hpp"
#include "sms_text.hpp"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <utility>
#include <vector>

namespace referral {
namespace {

constexpr size_t kLongestLetterLines = 7;

int numberOf(std::string_view text, int fallback) {
  int out = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() ? out : fallback;
}

std::string joined(const sdk::Inputs& in, std::initializer_list<std::string_view> names) {
  std::string out;
  for (const auto name : names)
    for (size_t i = 0; i < in.size(); ++i)
      if (in.name(i) == name && !in.value(i).empty()) out += (out.empty() ? "" : " ") + std::string(in.value(i));
  return out;
}

std::vector<std::string> addressLines(const sdk::Inputs& in) {
  std::vector<std::string> out;
  for (const std::string_view part : {"premises", "line", "town", "county", "postcode"})
    for (size_t i = 0; i < in.size(); ++i)
      if (in.name(i) == part && !in.value(i).empty()) out.emplace_back(in.value(i));
  // A house number stands before its street.
  const auto number = in["premises"];
  if (out.size() > 1 && !number.empty() && number.front() >= '0' && number.front() <= '9') {
    out[1] = out[0] + " " + out[1];
    out.erase(out.begin());
  }
  return out;
}

}  // namespace

Referral::Referral(const sdk::Settings& settings)
    : organisation_(settings.text("referrer_organisation")),
      name_(settings.text("referrer_name")),
      email_(settings.text("referrer_email")),
      phone_(settings.text("referrer_phone")),
      call_back_(settings.text("call_back_number")),
      sms_parts_(static_cast<int>(std::clamp(settings.number("sms_parts").value_or(3), 1LL, 6LL))),
      busy_retry_seconds_(
          static_cast<int>(std::clamp(settings.number("busy_retry_seconds").value_or(300), 1LL, 86400LL))) {}

void Referral::referrer(const sdk::Inputs& in, sdk::Outputs& out) {
  const auto part = in["part"];
  const std::string& value = part == "organisation" ? organisation_
                             : part == "name"       ? name_
                             : part == "email"      ? email_
                             : part == "phone"      ? phone_
                                                    : call_back_;
  if (!value.empty()) out.put("value", value);
}

void Referral::reference(const sdk::Inputs& in, sdk::Outputs& out) {
  const auto given = in["given"];
  const std::string made = given.empty() ? shortReference(in["id"], in["service"]) : std::string(given);
  if (!made.empty()) out.put("value", made);
}

void Referral::due(const sdk::Inputs& in, sdk::Outputs& out) {
  if (in["value"].empty()) return;
  const auto instant = endOfWorkingDay(in["value"]);
  if (instant.empty()) throw sdk::Rejected("the day to answer by is not a date such as 2026-11-18");
  out.put("value", instant);
}

void Referral::day(const sdk::Inputs& in, sdk::Outputs& out) {
  if (in["value"].empty()) return;
  const auto day = londonDay(in["value"]);
  if (day.empty()) throw sdk::Rejected("not a moment such as 2026-11-18T10:00:00Z");
  out.put("value", day);
}

void Referral::fullName(const sdk::Inputs& in, sdk::Outputs& out) {
  const std::string name = joined(in, {"given", "family"});
  if (!name.empty()) out.put("value", name);
}

void Referral::wait(const sdk::Inputs& in, sdk::Outputs& out) {
  if (!in["until"].empty()) out.put("value", "until " + std::string(in["until"]));
  else if (!in["weeks"].empty()) out.put("value", std::string(in["weeks"]) + (in["weeks"] == "1" ? " week" : " weeks"));
}

void Referral::freeText(const sdk::Inputs& in, sdk::Outputs& out) {
  std::string text;
  for (size_t i = 0; i < in.size(); ++i)
    if (in.name(i) == "value" && !in.value(i).empty()) text += (text.empty() ? "" : "; ") + std::string(in.value(i));
  if (text.empty()) return;
  const int limit = numberOf(in["limit"], 500);
  if (characters(text) > static_cast<size_t>(std::max(limit, 0)))
    throw sdk::Rejected("text_too_long: the free text has more than " + std::to_string(limit) +
                        " characters: shorten it in the records");
  if (holdsContact(text))
    throw sdk::Rejected(
        "text_holds_contact: the free text holds a telephone number or an e-mail address: take it out in the records");
  out.put("value", text);
}

void Referral::sms(const sdk::Inputs& in, sdk::Outputs& out) {
  std::string text(in["value"]);
  if (text.empty()) return;
  if (const size_t at = text.find("{number}"); at != std::string::npos) {
    if (call_back_.empty()) throw sdk::Rejected("the text asks to ring a number and 'call_back_number' is not set");
    text.replace(at, 8, call_back_);
  }
  const auto size = smsSize(text);
  if (!size) throw sdk::Rejected("the text is too long or holds a character that telephones cannot show");
  if (size->parts > sms_parts_)
    throw sdk::Rejected("the text needs " + std::to_string(size->parts) + " parts and 'sms_parts' allows " +
                        std::to_string(sms_parts_));
  out.put("value", text);
  out.put("parts", std::to_string(size->parts));
}

void Referral::post(const sdk::Inputs& in, sdk::Outputs& out) {
  const auto lines = addressLines(in);
  if (lines.empty()) return;
  if (lines.size() > kLongestLetterLines) throw sdk::Rejected("the address has more than seven lines");
  std::string text;
  for (const auto& line : lines) text += (text.empty() ? "" : "\n") + line;
  out.put("value", text);
}

void Referral::letterLine(const sdk::Inputs& in, sdk::Outputs& out) {
  auto lines = addressLines(in);
  if (lines.empty() || in["postcode"].empty()) throw sdk::Rejected("a letter needs an address that ends in a postcode");
  if (auto name = joined(in, {"given", "family"}); !name.empty()) lines.insert(lines.begin(), std::move(name));
  if (lines.size() < 3 || lines.size() > kLongestLetterLines)
    throw sdk::Rejected("a letter needs three to seven lines of name and address");
  const int n = numberOf(in["n"], 0);
  if (n >= 1 && n <= static_cast<int>(lines.size())) out.put("value", lines[static_cast<size_t>(n) - 1]);
}

sdk::Verdict Referral::classifyReply(const sdk::Inputs& in) {
  const sdk::Reply reply(in);
  const auto error = reply.field({"error"});
  if (reply.status().starts_with('2')) {
    for (const char* name : {"partnerReference", "id"})
      if (const auto found = reply.topField(name); !found.empty()) return sdk::Verdict::delivered(found.substr(0, 256));
    return sdk::Verdict::delivered();
  }
  // The partner has it already: an earlier attempt got through and its answer did not.
  if (reply.statusIs({"409"}) && error == "duplicate") return sdk::Verdict::delivered();
  if (reply.isBusy() || reply.statusIs({"500"})) return sdk::Verdict::retry("busy", reply.wait(busy_retry_seconds_));
  if (reply.statusIs({"400", "404", "409", "410", "413", "415", "422"}))
    return sdk::Verdict::rejected(sdk::reasonOf(error, "refused_by_partner"));
  if (reply.statusIs({"401", "403"})) return sdk::Verdict::broken("not_let_in");
  return sdk::Verdict::broken("unexpected_status");
}

}  // namespace referral
