#pragma once

#include <string>

namespace causeway::app {

struct DemoOptions {
  std::string config;
  std::string story = "story";  ///< the folder of the configuration with story.yaml and its documents
  bool json =
      false;  ///< a line of JSON for each step and one for the ledger, for a program that tells it in its own words
  bool keep_open = false;  ///< stay up after the story, for the other commands
};

/// Plays a story of a configuration with simulated agencies over mutual TLS and tells, for each message, who was told
/// what by when, and what was withheld.
int demo(const DemoOptions& options);

}  // namespace causeway::app
