#pragma once

#include "host/pipeline/store.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace causeway::security {

/// A head as it is given to others, one line of text:
///   head <number of leaves> <root, hexadecimal> <time, RFC 3339> <signature (DER), hexadecimal>
/// It holds all that the signature covers (see auditHeadText) and nothing else. Without the end of the line.
std::string headLine(const pipeline::AuditHead& head);

/// Invalid when it is no such line.
Result<pipeline::AuditHead> parseHeadLine(std::string_view line);

/// The heads of a text, in order. A last line without its end was being written when a host stopped, and is passed over; Invalid,
/// with the number of the line, when another one is none.
Result<std::vector<pipeline::AuditHead>> parseHeadLines(std::string_view text);

}  // namespace causeway::security
