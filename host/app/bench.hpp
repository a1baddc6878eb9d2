#pragma once

#include "host/app/reading.hpp"

#include <string>

namespace causeway::app {

struct BenchOptions {
  std::string config;
  std::string what;  ///< map or pipeline
  std::string file;
  double seconds = 5;
  int connections = 32;
};

/// Prints figures and their ratio to a limit measured in the same run.
int bench(const BenchOptions& options);
int benchMap(const BenchOptions& options);
/// A line for each mapping that reads, with its largest example: messages a second, and how many times the bare parser it takes.
void benchExamples(const OpenedRulebook& opened, double seconds);
int benchPipeline(const BenchOptions& options);

}  // namespace causeway::app
