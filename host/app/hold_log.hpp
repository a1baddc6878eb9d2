#pragma once

#include "host/base/log.hpp"
#include "host/pipeline/audit.hpp"
#include "host/pipeline/store.hpp"

#include <functional>

namespace causeway::app {

/// Writes a warning `held` into the host's log for each hold that the audit log takes: `code`, `rule`, `message`, and for a delivery its
/// `recipient` and `purpose`. Ids and codes only, as the audit log has them. A transaction that is lost and done again writes it twice.
/// `log` must outlive what is returned.
std::function<void(const pipeline::AuditEvent&)> holdsInto(Log& log);

/// Whether something is held that is about no case: no task can be made of it in anybody's records. The oldest thousand holds are looked at.
bool heldAboutNoCase(pipeline::Store& store);

}  // namespace causeway::app
