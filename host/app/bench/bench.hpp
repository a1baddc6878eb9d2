#pragma once

#include "host/app/commands/reading.hpp"

#include <string>

namespace causeway::app {

struct BenchOptions {
  std::string config;
  std::string what;  ///< map, decide, rules, simulate, pipeline or audit
  std::string file;
  double seconds = 5;
  int connections = 32;
};

/// Prints figures and their ratio to a limit measured in the same run.
int bench(const BenchOptions& options);
int benchMap(const BenchOptions& options);
/// What each delivery of a result costs to decide, and how many times a plain copy of its message that is.
int benchDecide(const BenchOptions& options);
/// What finding the rules that match costs, by how many there are; 1 when 500 of them cost more than they may, or the cost grows as their
/// number does.
int benchRules(const BenchOptions& options);
/// Simulates a change of rules over a hundred thousand generated messages; 1 when that takes longer than it may.
int benchSimulate(const BenchOptions& options);
/// A line for each mapping that reads, with its largest example: messages a second, and how many times the bare parser it takes.
void benchExamples(const OpenedRulebook& opened, double seconds);
int benchPipeline(const BenchOptions& options);
/// Writes a million leaves into a log of its own, verifies and proves them; 1 when that takes longer than it may.
int benchAudit();
/// Microseconds of CPU that a leaf of the audit log costs, with its share of a head, its row and the sync; 0 when it cannot be told.
double auditMicrosOfALeaf();

}  // namespace causeway::app
