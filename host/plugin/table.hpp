#pragma once

#include "host/base/result.hpp"
#include "plugins/causeway_plugin.h"

#include <cstddef>
#include <string>

namespace causeway::plugin {

/// Copies an exported table, as much of it as is there, and checks it against the contract. `available` is the size of the
/// exported symbol, 0 when that is not known. Refused when it is of another major ABI, Invalid when it breaks the contract
/// (all breaches in one text).
Result<cw_adapter> readTable(const void* exported, size_t available);

/// "was built for plugin ABI 2.0; this host speaks 1.0"
std::string wrongAbi(unsigned major, unsigned minor);

}  // namespace causeway::plugin
