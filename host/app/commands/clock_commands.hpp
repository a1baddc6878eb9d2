#pragma once

namespace CLI {  // NOLINT(readability-identifier-naming): as the library names it
class App;
}

namespace causeway::app {

/// Adds `causeway clocks`: which duties run, which will be late, how many were met, and what people decide about one.
void addClockCommands(CLI::App& app, int& outcome);

}  // namespace causeway::app
