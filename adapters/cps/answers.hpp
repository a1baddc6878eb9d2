#pragma once

#include "causeway/sdk.hpp"

namespace cps {

namespace sdk = causeway::sdk;

/// What differs between installations.
struct AnswerSettings {
  int busy_retry_seconds = 120;
  bool receipt_required = true;
};

/// What an answer of the CPS means. It may be our own receipt (result ACCEPTED, DUPLICATE, REJECTED, BUSY ...), the state of a
/// submission as the prosecutors' interface of Common Platform gives it (SUCCESS, PENDING, FAILED, REJECTED, ...), or the response
/// code of the exchange (1 taken, 302 sent before, 301 to 1359 refused). Words count before the status of the transport, but a
/// busy gateway always means "again later".
sdk::Verdict classifyReply(const sdk::Inputs& in, const AnswerSettings& settings);

}  // namespace cps
