#include "host/app/operator_server.hpp"

#include <nlohmann/json.hpp>

namespace causeway::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr size_t kMostBytes = 8'000'000;  // a whole rule set is some hundred thousand
constexpr size_t kConnections = 16;
constexpr std::string_view kPath = "/rules/";

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

}  // namespace

transport::HttpReply answerOperator(RulesDesk& desk, const transport::HttpRequest& request) {
  const bool known = request.target.starts_with(kPath);
  const auto command = known ? "rules_" + request.target.substr(kPath.size()) : "";
  if (!RulesDesk::knows(command)) return refused(404, "nothing is answered here; see /rules/history");
  const bool reads = command == "rules_history" || command == "rules_progress";
  if (request.method != "POST" && !(reads && request.method == "GET")) return refused(405, "this is asked with POST");
  auto asked = request.body.empty() ? Json::object() : Json::parse(request.body, nullptr, false);
  if (!asked.is_object()) return refused(400, "the body is not a JSON object");
  asked["command"] = command;
  const auto said = desk.answer(asked.dump(-1, ' ', false, Json::error_handler_t::replace), {{}, request.peer.uris});
  if (!said) return refused(statusOf(said.error().kind), said.error().text());
  return {200, "application/json", *said, {}, false};
}

Result<std::unique_ptr<transport::HttpsServer>> startOperatorServer(const config::OperatorsSettings& settings,
                                                                    RulesDesk& desk) {
  transport::HttpsServerConfig config;
  config.address = settings.address;
  config.port = settings.port;
  config.certificate_file = settings.certificate.path.string();
  config.key_file = settings.key.path.string();
  config.client_ca_file = settings.client_authorities.path.string();
  config.limits.body_bytes = kMostBytes;
  config.max_connections = kConnections;
  return transport::HttpsServer::start(
      config, [&desk](const transport::HttpRequest& request) { return answerOperator(desk, request); });
}

}  // namespace causeway::app
