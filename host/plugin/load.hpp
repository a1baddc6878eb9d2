#pragma once

#include "host/base/result.hpp"
#include "plugins/causeway_plugin.h"

#include <string>

namespace causeway::plugin {

/// Loads the library at `path` into this process, for ever, and reads its table. `loaded` says whether it is in the process now,
/// whatever the result. Invalid or Refused, without a place.
Result<cw_adapter> loadTable(const std::string& path, bool& loaded);

}  // namespace causeway::plugin
