#pragma once

#include <cstddef>
#include <string_view>

namespace causeway::transport {

/// A token of RFC 9110, such as the name of a header field.
bool isFieldName(std::string_view name);
/// Printable, spaces and tabs allowed inside, no line break, no other control character.
bool isFieldValue(std::string_view value);

/// Looks at the raw header of a request (request line and fields, each ended by CR LF, with the empty line) before any
/// parser does, and says what is wrong with it, or nothing. It refuses whatever two readers could understand differently:
/// that is how one request is smuggled inside another. The answer never repeats what was sent.
std::string_view checkRequestHeader(std::string_view header, std::size_t max_fields);

}  // namespace causeway::transport
