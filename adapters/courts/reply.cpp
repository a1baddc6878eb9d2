#include "courts.hpp"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <string>

// What the court's prosecutor API makes of a form that it was sent: 202 with the number of the submission, or its state.
namespace courts {
namespace {

constexpr int kLongestWait = 86400;  // seconds

std::string lowered(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

// A field of the body, wherever it stands in it. The first `status` of all is the number of the transport.
std::string_view bodyField(const sdk::Inputs& in, std::string_view wanted) {
  bool transport = true;
  for (size_t i = 0; i < in.size(); ++i) {
    const auto name = in.name(i);
    if (transport && name == "status") {
      transport = false;
      continue;
    }
    const size_t last = name.find_last_of("/.@");
    if (lowered(last == std::string_view::npos ? name : name.substr(last + 1)) == wanted) return in.value(i);
  }
  return {};
}

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

// Codes are upper case with underscores; anything else may be words about somebody.
std::string codeOr(std::string_view code, std::string_view otherwise) {
  const bool plain = !code.empty() && code.size() <= 64 && std::ranges::all_of(code, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
  return std::string(plain ? code : otherwise);
}

int waitOf(const sdk::Inputs& in) {
  int seconds = 0;
  const auto text = in["retry_after"];
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  return error == std::errc() && end == text.data() + text.size() && seconds > 0 ? std::min(seconds, kLongestWait) : 0;
}

sdk::Verdict accepted(const sdk::Inputs& in) {
  const auto state = lowered(bodyField(in, "status"));
  const auto submission = bodyField(in, "submissionid"), id = bodyField(in, "id");
  if (isOneOf(state, {"rejected", "failed"}))
    return sdk::Verdict::rejected(codeOr(bodyField(in, "code"), "refused_by_court"));
  if (!submission.empty()) return sdk::Verdict::delivered(submission.substr(0, 256));
  if (isOneOf(state, {"pending", "pending_with_warnings", "success", "success_with_warnings"}))
    return sdk::Verdict::delivered(id.substr(0, 256));
  // A 2xx without a receipt: something on the way answered, not the court.
  return sdk::Verdict::broken(state.empty() ? "no_receipt" : "unknown_state");
}

}  // namespace

sdk::Verdict Courts::classifyReply(const sdk::Inputs& in) {
  const auto http = in["status"];
  if (isOneOf(http, {"408", "425", "429", "502", "503", "504"})) return sdk::Verdict::retry("court_busy", waitOf(in));
  if (http.starts_with('2')) return accepted(in);
  if (isOneOf(http, {"400", "409", "413", "415", "422"}))
    return sdk::Verdict::rejected(codeOr(bodyField(in, "code"), "refused_by_court"));
  if (http.starts_with('5')) return sdk::Verdict::retry("court_failed", waitOf(in));
  return sdk::Verdict::broken("unexpected_status");
}

}  // namespace courts
