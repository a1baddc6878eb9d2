#pragma once

namespace causeway::app {

/// Reads the command line and runs the command. Exit codes: 0 done, 1 refused or failed, 2 wrong use.
int runCommandLine(int count, char** arguments);

}  // namespace causeway::app
