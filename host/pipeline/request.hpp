#pragma once

#include "host/mapping/write_plan.hpp"
#include "host/pipeline/rulebook.hpp"
#include "host/pipeline/sender.hpp"
#include "host/pipeline/store.hpp"

#include <string>

namespace causeway::pipeline {

/// How one delivery travels: everything but its body.
struct PlannedRequest {
  Outgoing outgoing;
  mapping::NamedValues envelope;  ///< what the adapter's `wrap` says, for the mapping to write: "envelope.<name>"
  std::string look_up;            ///< target to ask at before it is sent again; empty: do not ask
  std::string found;
};

/// Chooses the request of the partner's file that fits, asks the adapter, and fills in the identifiers. `projection` is what the
/// recipient may have: no identifier of the case stands in an address that it does not hold. The error says, as a code, why the
/// delivery must be held: no_endpoint, wrap_failed, no_request, bad_identifier, store_unreadable.
Result<PlannedRequest> planRequest(const Rulebook& rulebook, Store& store, const DeliveryRow& row,
                                   const canonical::CanonicalMessage& projection);

/// True when later deliveries to this partner are addressed by the number that it gave an earlier one.
bool callsByReference(const Partner& partner);

/// What a look-up found out about a delivery whose outcome is not known.
struct LookedUp {
  enum class Outcome { There, NotThere, Unknown, Refused };
  Outcome outcome = Outcome::Unknown;
  std::string reference;  ///< the partner's number, when it is there
};
/// Asks. 404 and an answer without the leaf are NotThere; what cannot be read is Unknown: never a reason to send twice.
LookedUp lookUp(Sender& sender, const PlannedRequest& request);

/// Fields for an adapter's `classify_reply`: status, content_type, retry_after in seconds, location, and reply.<name> for each leaf, its path
/// written with dots ("reply.Receipt.id").
Fields replyFields(const Answer& answer);
/// Seconds of a Retry-After; 0 when it is absent, a date, or beyond a week.
int retryAfterSeconds(const Answer& answer);

}  // namespace causeway::pipeline
