#include "host/plugin/table.hpp"

#include "host/base/text.hpp"
#include "plugins/sdk/causeway/contract.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace causeway::plugin {

std::string wrongAbi(unsigned major, unsigned minor) {
  return "was built for plugin ABI " + std::to_string(major) + "." + std::to_string(minor) + "; this host speaks " +
         std::to_string(CW_ABI_MAJOR) + "." + std::to_string(CW_ABI_MINOR);
}

Result<cw_adapter> readTable(const void* exported, size_t available) {
  std::array<std::uint32_t, 3> head{};  // size, major, minor: where they are never changes
  if (available != 0 && available < sizeof(head)) {
    return fail(ErrorKind::Invalid, "exports a causeway_adapter that is not a table");
  }
  std::memcpy(head.data(), exported, sizeof(head));
  const auto [size, major, minor] = head;
  if (major != CW_ABI_MAJOR) return fail(ErrorKind::Refused, wrongAbi(major, minor));
  if (size < CW_ADAPTER_SIZE_1_0) {
    return fail(ErrorKind::Invalid, "has a table of " + std::to_string(size) +
                                        " bytes; plugin ABI 1.0 needs at least " + std::to_string(CW_ADAPTER_SIZE_1_0));
  }
  if (available != 0 && available < size) {
    return fail(ErrorKind::Invalid,
                "says that its table has " + std::to_string(size) + " bytes, but exports " + std::to_string(available));
  }
  cw_adapter table{};
  std::memcpy(&table, exported, std::min<size_t>(size, sizeof(table)));
  const auto breaches = sdk::breaches(table);
  if (!breaches.empty()) return fail(ErrorKind::Invalid, "breaks the plugin contract: " + join(breaches, "; "));
  return table;
}

}  // namespace causeway::plugin
