#pragma once

#include <string>

namespace CLI {  // NOLINT(readability-identifier-naming): as the library names it
class App;
}

namespace causeway::app {

/// The commands of operators who change rules, under `rules`; each sets `outcome` to its exit code. `config` is the folder of the host
/// that they ask; it must outlive the parse.
void addRuleCommands(CLI::App& rules, const std::string& config, int& outcome);

}  // namespace causeway::app
