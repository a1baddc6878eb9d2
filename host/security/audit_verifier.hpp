#pragma once

#include "host/pipeline/store.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::security {

/// The first thing wrong in an audit log.
struct AuditFault {
  std::int64_t first = 0;  ///< the first leaf that is wrong is this one ...
  std::int64_t last = 0;   ///< ... or one up to this; more than one where only a signed head tells
  std::string what;
  std::int64_t head = 0;  ///< number of leaves of the first head that fails; 0 where a leaf is wrong by itself
};

struct AuditVerdict {
  std::int64_t leaves = 0;     ///< good ones, from the first
  std::int64_t heads = 0;      ///< good ones
  std::int64_t witnessed = 0;  ///< heads kept elsewhere that are those of this log
  std::int64_t keys = 0;       ///< keys that signed it, one after another
  std::optional<AuditFault> fault;
};

/// Reads the whole log again: every leaf against its hash and place, every head against its signature, its saved edge and the
/// leaves below it, every change of the key against the key before it. The log may grow meanwhile.
/// `trusted_keys_pem` holds one public key or several; the log must have been signed with one of them at some time, and from there
/// every other key follows: forwards from the leaf in which the old key announces the new one, backwards from the same leaf under the
/// new key's heads. `witnessed` are heads that were kept elsewhere: only they show a log that was cut back together with its heads.
/// Fails only when the records cannot be read or a key is none.
Result<AuditVerdict> verifyAudit(pipeline::AuditRecords& records, std::string_view trusted_keys_pem,
                                 std::vector<pipeline::AuditHead> witnessed = {});

}  // namespace causeway::security
