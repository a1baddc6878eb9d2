#pragma once

#include <string>

namespace causeway::app {

/// The pack of `RightsDesk` as one page to read and to print: well-formed, without scripts, without anything from elsewhere.
std::string subjectAccessPage(const std::string& json);

}  // namespace causeway::app
