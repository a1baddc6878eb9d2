#pragma once

#include "host/care/clock_book.hpp"

#include <vector>

namespace causeway::care {

/// Reads the files of config/clocks: `clocks:` and `patterns:` (conduct that several clocks share). Every problem is reported at its
/// place: unknown keys, an id used twice, no source, versions that overlap or leave days without a law, an escalation without the due
/// time or out of order, a pattern that nobody uses.
std::vector<ClockKind> readClocks(const std::vector<Node>& files, Problems& problems);

}  // namespace causeway::care
