#pragma once

#include <limits>
#include <string>

namespace causeway::mapping {

/// Something noticed while mapping. No personal value: codes, paths and plain English.
struct Finding {
  std::string
      code;  ///< bad_value and missing_part (the message is held), unmapped_code, repeated_value, odd_urn, time_conflict, ...
  std::string path;  ///< where in the document
  std::string text;
  int part = -1;  ///< message of a split document that it belongs to; -1: all of them

  /// `part` of what was noted in an element around messages in which none was made.
  static constexpr int kNoPart = std::numeric_limits<int>::max();
};

}  // namespace causeway::mapping
