#include "causeway/reply.hpp"

#include "courts.hpp"

#include <algorithm>
#include <string>

// What the court's prosecutor API makes of a form that it was sent: 202 with the number of the submission, or its state.
namespace courts {
namespace {

// Codes are upper case with underscores; anything else may be words about somebody.
std::string codeOr(std::string_view code, std::string_view otherwise) {
  const bool plain = !code.empty() && code.size() <= 64 && std::ranges::all_of(code, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
  return std::string(plain ? code : otherwise);
}

sdk::Verdict accepted(const sdk::Reply& reply) {
  const auto state = sdk::lowered(reply.field({"status"}));
  const auto submission = reply.field({"submissionid"}), id = reply.field({"id"});
  if (sdk::isOneOf(state, {"rejected", "failed"}))
    return sdk::Verdict::rejected(codeOr(reply.field({"code"}), "refused_by_court"));
  if (!submission.empty()) return sdk::Verdict::delivered(submission.substr(0, 256));
  if (sdk::isOneOf(state, {"pending", "pending_with_warnings", "success", "success_with_warnings"}))
    return sdk::Verdict::delivered(id.substr(0, 256));
  // A 2xx without a receipt: something on the way answered, not the court.
  return sdk::Verdict::broken(state.empty() ? "no_receipt" : "unknown_state");
}

}  // namespace

sdk::Verdict Courts::classifyReply(const sdk::Inputs& in) {
  const sdk::Reply reply(in);
  if (reply.isBusy()) return sdk::Verdict::retry("court_busy", reply.wait(0));
  // The answer to a question is a paper or a document: whatever it is, the host reads it.
  if (reply.status().starts_with('2') && in["request"] == "follow_up") return sdk::Verdict::delivered("");
  if (reply.status().starts_with('2')) return accepted(reply);
  if (reply.statusIs({"400", "409", "413", "415", "422"}))
    return sdk::Verdict::rejected(codeOr(reply.field({"code"}), "refused_by_court"));
  if (reply.status().starts_with('5')) return sdk::Verdict::retry("court_failed", reply.wait(0));
  return sdk::Verdict::broken("unexpected_status");
}

}  // namespace courts
