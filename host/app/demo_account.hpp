#pragma once

#include <map>
#include <string>
#include <string_view>

namespace causeway::app {

/// What became of the newest document, for the terminal: each message, who is told what by when, what was withheld and by which rule.
/// `received` are the bodies that arrived at the simulated systems, by delivery id.
std::string accountOf(std::string_view newest_json, const std::map<std::string, std::string>& received);
std::string heldText(std::string_view held_json);

/// Which clocks started, moved or stopped, a line each: "~ clock hearing-told about p-2: running". `rows` is the host's answer about all clocks,
/// `known` how each stood when it was last told.
std::string clocksText(const std::string& rows, std::map<std::string, std::string>& known);

}  // namespace causeway::app
