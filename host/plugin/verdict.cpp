#include "host/plugin/verdict.hpp"

#include "plugins/sdk/causeway/contract.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace causeway::plugin {
namespace {

using Outcome = pipeline::ReplyVerdict::Outcome;

constexpr int kLongestWaitSeconds = 604800;

int numberOf(std::string_view text, int fallback) {
  int out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() ? out : fallback;
}

Outcome outcomeOf(int status) {
  constexpr std::array kRetry{408, 425, 429, 500, 502, 503, 504};
  constexpr std::array kOurs{401, 403, 404, 405, 407};
  if (status >= 200 && status < 300) return Outcome::Delivered;
  if (std::ranges::find(kRetry, status) != kRetry.end()) return Outcome::Retry;
  if (status < 400 || status > 499 || std::ranges::find(kOurs, status) != kOurs.end()) return Outcome::Broken;
  return Outcome::Rejected;
}

}  // namespace

pipeline::ReplyVerdict verdictOf(const pipeline::Fields& answer) {
  pipeline::ReplyVerdict out;
  const auto outcome = sdk::valueOf(answer, "outcome");
  if (outcome == "delivered") out.outcome = Outcome::Delivered;
  else if (outcome == "retry") out.outcome = Outcome::Retry;
  else if (outcome == "rejected") out.outcome = Outcome::Rejected;
  out.reason = sdk::valueOf(answer, "reason");
  out.reference = sdk::valueOf(answer, "reference");
  out.retry_after_seconds = numberOf(sdk::valueOf(answer, "retry_after_seconds"), 0);
  out.next.endpoint = sdk::valueOf(answer, "next.endpoint");
  out.next.target = sdk::valueOf(answer, "next.path");
  out.next.correlation = sdk::valueOf(answer, "next.correlation");
  out.next.after_seconds = numberOf(sdk::valueOf(answer, "next.after_seconds"), -1);
  out.next.give_up_seconds = numberOf(sdk::valueOf(answer, "next.give_up_seconds"), 0);
  return out;
}

pipeline::ReplyVerdict verdictByStatus(const pipeline::Fields& reply) {
  pipeline::ReplyVerdict out;
  const int status = numberOf(sdk::valueOf(reply, "status"), 0);
  if (status < 100 || status > 999) {
    out.reason = "no_status";
    return out;
  }
  out.outcome = outcomeOf(status);
  if (out.outcome != Outcome::Delivered) out.reason = "http_" + std::to_string(status);
  if (out.outcome == Outcome::Retry) {
    out.retry_after_seconds = std::clamp(numberOf(sdk::valueOf(reply, "retry_after"), 0), 0, kLongestWaitSeconds);
  }
  return out;
}

}  // namespace causeway::plugin
