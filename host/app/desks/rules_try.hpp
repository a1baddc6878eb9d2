#pragma once

#include "host/pipeline/policy_trial.hpp"

#include <string>

namespace causeway::app {

/// What the policy of another configuration folder would have meant for the deliveries of the last `days` days, as JSON: how many were
/// compared, how many could not be read any more, and each change with its recipient, holds, names of fields and examples. It shows no
/// personal value. The folder is read as the running host would read it; a mistake in it is the error, and nothing is compared.
Result<std::string> rulesTry(const pipeline::Rulebook& rulebook, pipeline::Store& store, pipeline::Vault& vault,
                             const std::string& folder, int days, Instant now);

}  // namespace causeway::app
