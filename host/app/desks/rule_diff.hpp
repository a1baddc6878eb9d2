#pragma once

#include "host/app/desks/rule_files.hpp"

#include <string>
#include <vector>

namespace causeway::app {

/// Lines that only one of two versions of a file has.
struct FileDiff {
  std::string path;
  struct Line {
    char sign;   ///< '-' only before, '+' only after
    int number;  ///< in the version that has it, from 1
    std::string text;
  };
  std::vector<Line> lines;
};

/// By path; files that are the same are left out.
std::vector<FileDiff> diffOf(const RuleFiles& before, const RuleFiles& after);

}  // namespace causeway::app
