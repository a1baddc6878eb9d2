#pragma once

#include "host/app/desks/explain_desk.hpp"
#include "host/app/desks/rights_desk.hpp"
#include "host/app/desks/rules_desk.hpp"
#include "host/config/operators.hpp"
#include "host/transport/https_server.hpp"

#include <memory>

namespace causeway::app {

/// Whoever answers operators; all must outlive the listener.
struct OperatorDesks {
  const Operators& operators;
  RulesDesk& rules;
  ExplainDesk& explain;
  RightsDesk& rights;
};

/// The HTTPS listener of the operators (`operators.listen`), apart from the one of partners: mutual TLS, JSON. What it answers is in
/// config/README.md.
Result<std::unique_ptr<transport::HttpsServer>> startOperatorServer(const config::OperatorsSettings& settings,
                                                                    const OperatorDesks& desks);

/// Answers one request: POST /rules/draft with the body of RulesDesk's "rules_draft", and so on; GET /rules/history and
/// GET /rules/progress; POST /explain with the body of ExplainDesk; POST /break-glass/open and /break-glass/review with the body of
/// RightsDesk's "break_glass_open", and so on; GET /break-glass/list. Errors are {"error":TEXT} with 400, 403, 404, 405, 409 or 503.
transport::HttpReply answerOperator(const OperatorDesks& desks, const transport::HttpRequest& request);

}  // namespace causeway::app
