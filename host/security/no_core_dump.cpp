#include "host/security/no_core_dump.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace causeway::security {

Result<void> leaveNoCoreDump() {
  // The limit alone would not hold back a program that takes core dumps through a pipe.
  const rlimit none{0, 0};
  if (::setrlimit(RLIMIT_CORE, &none) == 0 && ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0) return {};
  return fail(ErrorKind::Broken, "core dumps, which would hold keys, cannot be switched off");
}

}  // namespace causeway::security
