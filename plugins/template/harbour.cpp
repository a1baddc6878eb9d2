#include "harbour.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace harbour {
namespace {

bool allDigits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

int numberOf(std::string_view digits) {
  int out = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return out;
}

bool isRealDay(std::string_view day, std::string_view month, std::string_view year) {
  namespace ch = std::chrono;
  return ch::year_month_day(ch::year(numberOf(year)), ch::month(static_cast<unsigned>(numberOf(month))),
                            ch::day(static_cast<unsigned>(numberOf(day))))
      .ok();
}

}  // namespace

Harbour::Harbour(const sdk::Settings& settings)
    : busy_retry_seconds_(
          static_cast<int>(std::clamp(settings.number("busy_retry_seconds").value_or(0), 0LL, 86400LL))) {}

void Harbour::date(const sdk::Inputs& in, sdk::Outputs& out) {
  const auto text = in["value"];
  if (text.empty()) return;  // no value in, no value out: the field stays unset
  const bool shaped = text.size() == 10 && text[2] == '/' && text[5] == '/';
  if (!shaped) throw sdk::Rejected("a date must be written DD/MM/YYYY");
  const auto day = text.substr(0, 2), month = text.substr(3, 2), year = text.substr(6, 4);
  if (!allDigits(day) || !allDigits(month) || !allDigits(year) || !isRealDay(day, month, year)) {
    throw sdk::Rejected("a date must be a day that exists");
  }
  out.put("value", std::string(year) + "-" + std::string(month) + "-" + std::string(day));
}

std::string Harbour::identify(const sdk::Inputs& in) {
  const auto kind = in["document.kind"];
  if (kind == "R") return "referral.progressed";
  if (kind == "N") return "notice.confirmed";
  return {};  // not ours to guess: the mappings decide
}

sdk::Verdict Harbour::classifyReply(const sdk::Inputs& in) {
  const auto status = in["status"];
  if (status == "200" || status == "201") return sdk::Verdict::delivered(in["reply.reference"]);
  // It already holds this referral: an earlier attempt arrived although its answer did not.
  if (status == "409") return sdk::Verdict::delivered(in["reply.reference"]);
  if (status == "429" || status == "503") return sdk::Verdict::retry("busy", busy_retry_seconds_);
  if (status == "400" || status == "422") return sdk::Verdict::rejected("refused_by_service");
  return sdk::Verdict::broken("unexpected_status");
}

}  // namespace harbour
