#pragma once

#include "host/base/result.hpp"

namespace causeway::security {

/// From now on a crash of this process leaves no copy of its memory behind, and nobody but root may look into it. To be called
/// before the first key is read. Broken when the system does not let it.
Result<void> leaveNoCoreDump();

}  // namespace causeway::security
