#pragma once

#include "host/mapping/document.hpp"

#include <string_view>

namespace causeway::mapping {

/// What a document looks like from its first character.
Result<Format> sniff(std::string_view document);

/// Drops a byte order mark, white space and comments in front of the XML declaration: some senders put a comment there, which is
/// not well-formed XML (courts: "to avoid duplicate message hash").
std::string_view withoutLeadingComments(std::string_view document);

/// Scans a document once, before any parser sees it: size, UTF-8, no NUL, no DTD, depth, attributes and size of each tag, number of
/// elements. Costs microseconds on a normal message and is linear on every other.
Result<void> guardXml(std::string_view document, const Limits& limits);
/// Size, UTF-8, no NUL, depth. Duplicate keys are refused by the reader, which knows them unescaped.
Result<void> guardJson(std::string_view document, const Limits& limits);

}  // namespace causeway::mapping
