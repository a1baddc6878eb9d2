#pragma once

#include "host/base/result.hpp"
#include "host/pipeline/audit.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace causeway::security {

/// The one way to write an event: JSON with its keys in fixed order, empty ones left out, no white space,
///   {"n":7,"op":"disclosure","at":"2026-06-02T09:00:00Z","actor":"causeway","message":"...","case":"...","delivery":"...",
///    "recipient":"...","purpose":"...","rule":"...","details":{"fields":"..."}}
/// `n` is the index of the leaf, so that a leaf out of place shows by itself. Bytes that are not UTF-8 become U+FFFD.
/// Invalid when the event has no operation or a detail twice.
Result<std::string> auditLeaf(std::int64_t index, const pipeline::AuditEvent& event);

/// How the leaf of an index begins.
std::string auditLeafStart(std::int64_t index);

/// What the signature of a head covers, line by line:
///   causeway-audit-head-v1, the size in decimal, the root in lower-case hexadecimal, the time in RFC 3339.
std::string auditHeadText(const pipeline::AuditHead& head);

}  // namespace causeway::security
