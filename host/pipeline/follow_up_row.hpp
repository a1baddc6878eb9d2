#pragma once

#include "host/base/clock.hpp"

#include <cstdint>
#include <string>

namespace causeway::pipeline {

enum class FollowUpState {
  Waiting = 1,  ///< to be asked when its time comes
  Done = 2,     ///< answered; what came is a document of its own
  Held = 3,     ///< given up, or refused: waits for a person
};

/// A question that a document or an answer told us to ask its sender: the detail of an event, the status of what was accepted for
/// later. Durable, so that it is asked after a restart too. Key: follow_up_id.
struct FollowUpRow {
  std::string follow_up_id;
  std::string partner;        ///< id; the answer is admitted as coming from it
  std::string endpoint;       ///< as the sender knows it
  std::string scope;          ///< of the key that sealed the target: the case, or the follow-up itself
  std::string target_sealed;  ///< absolute path and query at that endpoint; they may hold a number of a person
  std::string correlation;    ///< message number of the answer when it brings none
  std::string document_id;    ///< the document that told us; empty when an answer did
  std::string delivery_id;    ///< the delivery whose answer told us; empty when a document did
  std::string case_id;        ///< of that delivery
  std::int64_t sequence = 0;  ///< given by the store, rising
  FollowUpState state = FollowUpState::Waiting;
  int attempts = 0;
  std::string reason;  ///< code of the last failure; no personal value
  Instant created_at{};
  Instant not_before{};
  Instant give_up_at{};
};

}  // namespace causeway::pipeline
