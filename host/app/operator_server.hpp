#pragma once

#include "host/app/rules_desk.hpp"
#include "host/config/operators.hpp"
#include "host/transport/https_server.hpp"

#include <memory>

namespace causeway::app {

/// The HTTPS listener of the operators (`operators.listen`), apart from the one of partners: mutual TLS, JSON. What it answers is in
/// config/README.md.
Result<std::unique_ptr<transport::HttpsServer>> startOperatorServer(const config::OperatorsSettings& settings,
                                                                    RulesDesk& desk);

/// Answers one request: POST /rules/draft with the body of RulesDesk's "rules_draft", and so on; GET /rules/history and
/// GET /rules/progress. Errors are {"error":TEXT} with 400, 403, 404, 409 or 503.
transport::HttpReply answerOperator(RulesDesk& desk, const transport::HttpRequest& request);

}  // namespace causeway::app
