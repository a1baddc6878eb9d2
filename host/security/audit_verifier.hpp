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
};

struct AuditVerdict {
  std::int64_t leaves = 0;  ///< good ones, from the first
  std::int64_t heads = 0;   ///< good ones
  std::optional<AuditFault> fault;
};

/// Reads the whole log again: every leaf against its hash and place, every head against its signature and the leaves below
/// it. `witnessed` is a head that was kept elsewhere: only that shows a log that was cut back together with its heads.
/// Fails only when the store cannot be read or the key is none.
Result<AuditVerdict> verifyAudit(pipeline::Store& store, std::string_view public_key_pem,
                                 const std::optional<pipeline::AuditHead>& witnessed = std::nullopt);

/// Hashes that lead from a leaf to the root of the first `size` leaves (RFC 9162, 2.1.3.1); check with rootFromInclusion.
/// NotFound when the log does not have that leaf or that many. Reads `size` rows.
Result<std::vector<std::string>> inclusionProof(pipeline::Store& store, std::int64_t index, std::int64_t size);

}  // namespace causeway::security
