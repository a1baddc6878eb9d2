#include "answers.hpp"

#include "causeway/reply.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace cps {
namespace {

// The exchange's own numbers: 1 is success, 302 says that it has this message already.
sdk::Verdict byNumber(std::string_view number, std::string_view reference) {
  if (sdk::isOneOf(number, {"1", "302"})) return sdk::Verdict::delivered(reference);
  const bool refusal = number.size() >= 3 && number.size() <= 4 &&
                       std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; });
  return refusal ? sdk::Verdict::rejected("exchange_" + std::string(number)) : sdk::Verdict::broken("unknown_response");
}

}  // namespace

sdk::Verdict classifyReply(const sdk::Inputs& in, const AnswerSettings& settings) {
  const sdk::Reply reply(in);
  const int wait = reply.wait(settings.busy_retry_seconds);
  if (reply.isBusy()) return sdk::Verdict::retry("busy", wait);
  const auto reference = reply.field({"reference", "submissionid", "requestid", "correlationid"}).substr(0, 256);
  const auto result = sdk::lowered(reply.field({"result", "submissionstatus", "outcome", "state"}));
  const auto code = reply.field({"code", "reasoncode", "errorcode"});
  if (sdk::isOneOf(result, {"accepted", "duplicate", "success", "success_with_warnings", "pending",
                            "pending_with_warnings", "received", "stored"}))
    return sdk::Verdict::delivered(reference);
  if (sdk::isOneOf(result, {"locked", "busy"})) return sdk::Verdict::retry("case_" + result, wait);
  if (sdk::isOneOf(result, {"rejected", "failed", "refused"}))
    return sdk::Verdict::rejected(sdk::reasonOf(code, "refused_by_cps"));
  if (!result.empty()) return sdk::Verdict::broken("unknown_result");
  if (const auto number = reply.field({"responsecode"}); !number.empty()) return byNumber(number, reference);
  if (reply.status().starts_with('2')) {
    // Something on the way may have answered. Without a receipt it does not count as taken, unless the installation says so.
    if (!reference.empty() || !settings.receipt_required) return sdk::Verdict::delivered(reference);
    return sdk::Verdict::broken("no_receipt");
  }
  if (reply.statusIs({"409"})) return sdk::Verdict::rejected(sdk::reasonOf(code, "version_conflict"));
  if (reply.statusIs({"400", "404", "413", "415", "422"}))
    return sdk::Verdict::rejected(sdk::reasonOf(code, "refused_by_cps"));
  if (reply.status().starts_with('5')) return sdk::Verdict::retry("cps_failed", wait);
  return sdk::Verdict::broken("unexpected_status");
}

}  // namespace cps
