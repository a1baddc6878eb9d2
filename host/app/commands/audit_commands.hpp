#pragma once

#include <cstdint>
#include <string>

/// What `causeway audit` does; each returns its exit code.
namespace causeway::app {

struct AuditOptions {
  std::string config;
  std::string witness;                 ///< verify: file of heads that were kept elsewhere
  std::string keys;                    ///< verify: file of public keys (PEM) to trust in place of the host's own
  bool stopped = false;                ///< verify: read the log of a host that does not run
  std::int64_t index = -1;             ///< prove: leaf ...
  std::string delivery;                ///< ... or delivery, all leaves about it
  std::string purpose;                 ///< prove, export: DPA 2018 s.62(4)
  std::string from, to, file;          ///< export: range and new file
  std::int64_t first = 0, second = 0;  ///< consistency: numbers of leaves; `second` 0: the newest head
};

/// 0 when the whole log is as it was written, 1 when it is not.
int auditVerify(const AuditOptions& options);
int auditProve(const AuditOptions& options);
int auditConsistency(const AuditOptions& options);
/// Writes leaves, heads and what a reader needs to check them into a new file (see host/security/README.md).
int auditExport(const AuditOptions& options);

}  // namespace causeway::app
