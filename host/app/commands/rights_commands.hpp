#pragma once

#include <string>

namespace CLI {  // NOLINT(readability-identifier-naming): as the library names it
class App;
}

namespace causeway::app {

/// The commands of the data-protection officer, under `app`; each sets `outcome` to its exit code.
void addRightsCommands(CLI::App& app, int& outcome);

}  // namespace causeway::app
