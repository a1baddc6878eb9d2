#pragma once

#include <string>
#include <string_view>

namespace causeway::app {

/// What became of the newest document, for the terminal: each message, who is told what by when, what was withheld and by which rule.
std::string accountOf(std::string_view newest_json);
/// What a simulated system received, a line for each leaf that a person would read.
std::string receivedText(const std::string& partner, const std::string& body);
std::string heldText(std::string_view held_json);

}  // namespace causeway::app
