#pragma once

#include "host/pipeline/audit.hpp"
#include "host/security/signing.hpp"

#include <optional>
#include <string>

namespace causeway::security {

/// A change of the key that signs the audit log. It is the last leaf under a head that the old key signs; the heads after that one
/// are the new key's. Both are SubjectPublicKeyInfo.
struct KeyChange {
  std::string previous;
  std::string next;
};

/// The leaf's event: operation key_change, with the keys in hexadecimal as details `previous_key` and `next_key`, after those that
/// the event has already.
pipeline::AuditEvent announcing(pipeline::AuditEvent event, const KeyChange& change);

/// What a leaf says of that; nothing when it is about something else.
std::optional<KeyChange> keyChangeIn(const pipeline::AuditRow& row);

}  // namespace causeway::security
