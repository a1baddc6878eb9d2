#include "host/app/operator_server.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr size_t kMostBytes = 8'000'000;  // a whole rule set is some hundred thousand
constexpr size_t kConnections = 16;
constexpr std::string_view kExplain = "explain", kRules = "/rules/", kGlass = "/break-glass/";
constexpr std::array<std::string_view, 3> kRead{"rules_history", "rules_progress", "break_glass_list"};

int statusOf(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Invalid:
    case ErrorKind::TooLarge: return 400;
    case ErrorKind::Refused: return 403;
    case ErrorKind::NotFound: return 404;
    case ErrorKind::Conflict: return 409;
    default: return 503;
  }
}

transport::HttpReply refused(int status, const std::string& why) {
  return {
      status, "application/json", Json{{"error", why}}.dump(-1, ' ', false, Json::error_handler_t::replace), {}, false};
}

// The name of what a path asks for; nothing when it is none.
std::string commandOf(std::string_view path) {
  if (path == "/explain") return std::string(kExplain);
  std::string out;
  if (path.starts_with(kRules)) out = "rules_" + std::string(path.substr(kRules.size()));
  if (path.starts_with(kGlass)) out = "break_glass_" + std::string(path.substr(kGlass.size()));
  return RulesDesk::knows(out) || (path.starts_with(kGlass) && RightsDesk::knows(out)) ? out : "";
}

Result<std::string> answer(const OperatorDesks& desks, const std::string& command,
                           const transport::HttpRequest& request) {
  auto asked = request.body.empty() ? Json::object() : Json::parse(request.body, nullptr, false);
  if (!asked.is_object()) return fail(ErrorKind::Invalid, "the body is not a JSON object");
  asked["command"] = command;
  const auto text = asked.dump(-1, ' ', false, Json::error_handler_t::replace);
  const Caller caller{{}, request.peer.uris};
  if (RulesDesk::knows(command)) return desks.rules.answer(text, caller);
  CW_TRY(const auto by, desks.operators.find(caller));
  return desks.rights.answer(text, by.through);
}

}  // namespace

transport::HttpReply answerOperator(const OperatorDesks& desks, const transport::HttpRequest& request) {
  const auto command = commandOf(request.target);
  if (command.empty()) return refused(404, "nothing is answered here; see /rules/history");
  const bool reads = std::ranges::find(kRead, command) != kRead.end();
  if (request.method != "POST" && !(reads && request.method == "GET")) return refused(405, "this is asked with POST");
  const Caller caller{{}, request.peer.uris};
  const auto said = command == kExplain ? desks.explain.answer(request.body, caller) : answer(desks, command, request);
  if (!said) return refused(statusOf(said.error().kind), said.error().text());
  return {200, "application/json", *said, {}, false};
}

Result<std::unique_ptr<transport::HttpsServer>> startOperatorServer(const config::OperatorsSettings& settings,
                                                                    const OperatorDesks& desks) {
  transport::HttpsServerConfig config;
  config.address = settings.address;
  config.port = settings.port;
  config.certificate_file = settings.certificate.path.string();
  config.key_file = settings.key.path.string();
  config.client_ca_file = settings.client_authorities.path.string();
  config.limits.body_bytes = kMostBytes;
  config.max_connections = kConnections;
  return transport::HttpsServer::start(
      config, [desks](const transport::HttpRequest& request) { return answerOperator(desks, request); });
}

}  // namespace causeway::app
