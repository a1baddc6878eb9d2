#pragma once

#include <array>
#include <string_view>

namespace causeway::app {

/// What the audit log may be used for, and nothing else: Data Protection Act 2018 s.62(4)(a) to (d), in that order. Whoever reads leaves
/// names one of these words, wherever a purpose is asked for.
inline constexpr std::array<std::string_view, 4> kLogPurposes{"lawfulness", "self_monitoring", "integrity_security",
                                                              "criminal_proceedings"};

constexpr bool isLogPurpose(std::string_view purpose) {
  for (const auto one : kLogPurposes)
    if (one == purpose) return true;
  return false;
}

/// For help texts and refusals.
inline constexpr const char* kLogPurposesInWords =
    "lawfulness, self_monitoring, integrity_security or criminal_proceedings (DPA 2018 s.62(4))";

}  // namespace causeway::app
