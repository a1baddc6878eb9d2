#include "answers.hpp"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <string>
#include <string_view>

namespace cps {
namespace {

constexpr int kLongestWait = 86400;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

// A field by its last name, wherever it stands: "reply.Receipt.result", "Receipt/@result" and "result" are all "result". The
// first of the names that is there counts.
std::string_view said(const sdk::Inputs& in, std::initializer_list<std::string_view> names) {
  for (const auto wanted : names)
    for (size_t i = 0; i < in.size(); ++i) {
      const auto name = in.name(i);
      if (in.value(i).empty()) continue;
      const size_t last = name.find_last_of("/.@");
      if (lower(last == std::string_view::npos ? name : name.substr(last + 1)) == wanted) return in.value(i);
    }
  return {};
}

int wait(const sdk::Inputs& in, const AnswerSettings& settings) {
  int asked = 0;
  const auto text = in["retry_after"];
  std::from_chars(text.data(), text.data() + text.size(), asked);
  return asked > 0 ? std::min(asked, kLongestWait) : settings.busy_retry_seconds;
}

// The exchange's own numbers: 1 is success, 302 says that it has this message already.
sdk::Verdict byNumber(std::string_view number, std::string_view reference) {
  if (isOneOf(number, {"1", "302"})) return sdk::Verdict::delivered(reference);
  const bool refusal = number.size() >= 3 && number.size() <= 4 &&
                       std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; });
  return refusal ? sdk::Verdict::rejected("exchange_" + std::string(number)) : sdk::Verdict::broken("unknown_response");
}

}  // namespace

sdk::Verdict classifyReply(const sdk::Inputs& in, const AnswerSettings& settings) {
  const auto http = in["status"];
  if (isOneOf(http, {"408", "425", "429", "502", "503", "504"})) return sdk::Verdict::retry("busy", wait(in, settings));
  const auto reference = said(in, {"reference", "submissionid", "requestid", "correlationid"}).substr(0, 256);
  const auto result = lower(said(in, {"result", "submissionstatus", "outcome", "state"}));
  const auto code = said(in, {"code", "reasoncode", "errorcode"});
  if (isOneOf(result, {"accepted", "duplicate", "success", "success_with_warnings", "pending", "pending_with_warnings",
                       "received", "stored"}))
    return sdk::Verdict::delivered(reference);
  if (isOneOf(result, {"locked", "busy"})) return sdk::Verdict::retry("case_" + result, wait(in, settings));
  if (isOneOf(result, {"rejected", "failed", "refused"}))
    return sdk::Verdict::rejected(sdk::reasonOf(code, "refused_by_cps"));
  if (!result.empty()) return sdk::Verdict::broken("unknown_result");
  if (const auto number = said(in, {"responsecode"}); !number.empty()) return byNumber(number, reference);
  if (http.starts_with('2')) {
    // Something on the way may have answered. Without a receipt it does not count as taken, unless the installation says so.
    if (!reference.empty() || !settings.receipt_required) return sdk::Verdict::delivered(reference);
    return sdk::Verdict::broken("no_receipt");
  }
  if (http == "409") return sdk::Verdict::rejected(sdk::reasonOf(code, "version_conflict"));
  if (isOneOf(http, {"400", "404", "413", "415", "422"}))
    return sdk::Verdict::rejected(sdk::reasonOf(code, "refused_by_cps"));
  if (http.starts_with('5')) return sdk::Verdict::retry("cps_failed", wait(in, settings));
  return sdk::Verdict::broken("unexpected_status");
}

}  // namespace cps
