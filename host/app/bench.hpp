#pragma once

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
int benchPipeline(const BenchOptions& options);

}  // namespace causeway::app
