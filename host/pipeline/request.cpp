#include "host/pipeline/request.hpp"

#include "host/base/text.hpp"
#include "host/mapping/leaves.hpp"

#include <algorithm>
#include <charconv>

namespace causeway::pipeline {
namespace {

constexpr int kWeek = 604'800;
constexpr std::string_view kPrevious = "previous.reference";

using Values = std::map<std::string, std::string, std::less<>>;

bool fits(const RequestShape& shape, const std::string& type) {
  return shape.messages.empty() || std::ranges::find(shape.messages, type) != shape.messages.end();
}

bool namesPrevious(const RequestShape& shape) {
  return shape.path.names(kPrevious) ||
         std::ranges::any_of(shape.headers, [](const auto& header) { return header.second.names(kPrevious); });
}

// What `wrap` put, by where it belongs: header.NAME, path.NAME, everything else into the envelope.
Result<void> askAdapter(const Rulebook& rulebook, const DeliveryRow& row, Values& values, PlannedRequest& out) {
  auto* adapter = rulebook.adapterOf(*rulebook.partner(row.recipient));
  if (!adapter) return {};
  const Fields given{{"message_type", row.type},
                     {"delivery_id", row.delivery_id},
                     {"recipient", row.recipient},
                     {"created_at", formatInstant(row.created_at)}};
  auto wrapped = adapter->wrap(given);
  if (!wrapped) return fail(ErrorKind::Refused, "wrap_failed");
  for (auto& field : *wrapped) {
    if (std::ranges::find(given, field) != given.end()) continue;
    if (field.first.starts_with("header.")) out.outgoing.headers.emplace_back(field.first.substr(7), field.second);
    else if (field.first.starts_with("path.")) values["wrap." + field.first.substr(5)] = std::move(field.second);
    else out.envelope["envelope." + field.first] = std::move(field.second);
  }
  return {};
}

Result<void> fillIn(const RequestShape& shape, const Values& values, PlannedRequest& out) {
  const auto filled = [&](const UrlTemplate& from) -> Result<std::string> {
    auto text = from.fill(values);
    if (!text)
      return fail(text.error().kind, text.error().kind == ErrorKind::NotFound ? "no_request" : "bad_identifier");
    return text;
  };
  out.outgoing.endpoint = shape.endpoint;
  out.outgoing.content_type = shape.content_type;
  out.outgoing.method = shape.method;
  CW_TRY(out.outgoing.target, filled(shape.path));
  CW_TRY(out.look_up, filled(shape.look_up));
  out.found = shape.found;
  for (const auto& [name, value] : shape.headers) {
    CW_TRY(auto text, filled(value));
    out.outgoing.headers.emplace_back(name, std::move(text));
  }
  return {};
}

std::string dotted(std::string_view path) {
  std::string out = "reply.";
  for (const char c : path) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
    if (c == '/') out += '.';
    else if (plain) out += c;
    else if (c != '@') out += '_';
  }
  return out;
}

}  // namespace

bool callsByReference(const Partner& partner) { return std::ranges::any_of(partner.requests, namesPrevious); }

Result<PlannedRequest> planRequest(const Rulebook& rulebook, Store& store, const DeliveryRow& row,
                                   const canonical::CanonicalMessage& projection) {
  const auto& partner = *rulebook.partner(row.recipient);
  PlannedRequest out;
  out.outgoing.delivery_id = row.delivery_id;
  Values values{
      {"delivery.id", row.delivery_id}, {"message.id", row.message_id}, {"case.urn", projection.case_().urn()}};
  CW_CHECK_OK(askAdapter(rulebook, row, values, out));
  if (partner.requests.empty()) {
    if (partner.endpoint.empty()) return fail(ErrorKind::Refused, "no_endpoint");
    out.outgoing.endpoint = partner.endpoint;
    out.outgoing.content_type = partner.content_type;
    return out;
  }
  if (callsByReference(partner)) {
    auto previous = store.newestReceipt(row.case_id, row.recipient, row.subject);
    if (!previous) return fail(ErrorKind::Broken, "store_unreadable");
    values[std::string(kPrevious)] = *std::move(previous);
  }
  for (const auto& shape : partner.requests) {
    if (!fits(shape, row.type)) continue;
    // Only a number that was never given lets the next request have its turn: whatever else is missing is a mistake.
    if (namesPrevious(shape) && values[std::string(kPrevious)].empty()) continue;
    CW_CHECK_OK(fillIn(shape, values, out));
    return out;
  }
  return fail(ErrorKind::Refused, "no_request");
}

LookedUp lookUp(Sender& sender, const PlannedRequest& request) {
  using Outcome = LookedUp::Outcome;
  Outgoing question = request.outgoing;
  question.method = "GET";
  question.target = request.look_up;
  question.content_type.clear();
  question.body.clear();
  const auto answer = sender.send(question);
  if (!answer) return {answer.error().kind == ErrorKind::Unavailable ? Outcome::Unknown : Outcome::Refused, {}};
  if (answer->status == 404) return {Outcome::NotThere, {}};
  if (answer->status != 200) return {Outcome::Refused, {}};
  const auto leaves = mapping::readLeaves(answer->body);
  if (!leaves) return {Outcome::Unknown, {}};
  const auto found = std::ranges::find(*leaves, request.found, &std::pair<std::string, std::string>::first);
  if (found == leaves->end()) return {Outcome::NotThere, {}};
  return {Outcome::There, found->second};
}

Fields replyFields(const Answer& answer) {
  Fields out{{"status", std::to_string(answer.status)}, {"content_type", answer.content_type}};
  if (const int seconds = retryAfterSeconds(answer); seconds > 0)
    out.emplace_back("retry_after", std::to_string(seconds));
  if (!answer.location.empty()) out.emplace_back("location", answer.location);
  for (auto& [path, value] : mapping::leavesOf(answer.body)) out.emplace_back(dotted(path), std::move(value));
  return out;
}

int retryAfterSeconds(const Answer& answer) {
  int out = 0;
  const auto text = trim(answer.retry_after);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() && out > 0 && out <= kWeek ? out : 0;
}

}  // namespace causeway::pipeline
