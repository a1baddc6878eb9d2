#pragma once

#include <string>
#include <string_view>

namespace causeway::pipeline {

/// "Person: Date of birth" of "parties.person.born_on"; the list itself goes without saying. The path itself when it leads nowhere.
std::string labelAt(std::string_view path);

/// What kind of data a field holds, in plain English ("identity", "contact", "health"), of a path below the case or the message; filters
/// in brackets do not count. Empty when it leads nowhere, or to a group that says nothing of itself.
std::string categoryAt(std::string_view path);

}  // namespace causeway::pipeline
