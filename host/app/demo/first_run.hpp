#pragma once

#include "host/base/result.hpp"
#include "host/config/settings.hpp"

namespace causeway::app {

/// Makes the folders and keys that a configuration names and that do not exist yet: key-encryption key and audit signing key. Existing
/// ones are never touched.
Result<void> makeMissingKeys(const config::Settings& settings);

}  // namespace causeway::app
