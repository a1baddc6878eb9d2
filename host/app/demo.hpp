#pragma once

#include <string>

namespace causeway::app {

struct DemoOptions {
  std::string config;
  bool keep_open = false;  ///< stay up after the story, for the other commands
};

/// Plays the story of a configuration's story.yaml with simulated agencies over mutual TLS and tells, for each message, who was told
/// what by when, and what was withheld.
int demo(const DemoOptions& options);

}  // namespace causeway::app
