#pragma once

#include "host/mapping/reader.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace causeway::courts {

/// The mappings of mappings/courts and the tables that all share, with the converters of the built plugin. Loaded once.
const mapping::Library& library();

/// Reads one document as an installation would on a day of 2026.
mapping::Decoded decode(std::string_view document);

/// The named values of an acknowledgement of what was read.
mapping::NamedValues replyValues(const mapping::Decoded& decoded, const std::string& outcome);
/// Writes a reply; a failure of the test when it cannot be written.
std::string reply(std::string_view mapping, const mapping::NamedValues& values);

/// The same document in each of the wrappings it travels in, by name: bare, deliver, route, route_twice, soap.
std::map<std::string, std::string> wrapped(const std::string& document);

/// Text as it stands inside an element.
std::string escaped(std::string_view text);
/// "unmapped_code Plea: ...", a line for each finding.
std::string findingsOf(const mapping::Decoded& decoded);
bool hasFinding(const mapping::Decoded& decoded, std::string_view code);

}  // namespace causeway::courts
