#pragma once

#include <chrono>

namespace causeway::pipeline {

/// How long what is kept; config/retention.hpp says where it comes from. A category that the configuration does not name is kept until a
/// person decides: nothing is thrown away by guess.
struct RetentionTimes {
  std::chrono::days documents{0};    ///< as they came, after which they are thrown away; 0: never
  std::chrono::days payloads{0};     ///< what deliveries were made of
  std::chrono::days quarantined{0};  ///< documents that were refused
  std::chrono::days review{0};       ///< after the last word about a case, and after each decision to keep it; 0: never
};

}  // namespace causeway::pipeline
