#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cps {

/// A case number in the parts that the two-way interface writes it in.
struct CaseNumber {
  std::string force;   ///< two figures
  std::string unit;    ///< two letters or figures
  std::string number;  ///< five figures
  std::string year;    ///< two figures
  std::string split;   ///< which part of a case that the CPS split; empty for the whole

  /// "52SB0123426", "52SB0123426/2"
  std::string text() const;
  /// Whether every part has its form.
  bool isUsual() const;
};

/// The parts of a number in normal form; nothing when it has not the usual form.
std::optional<CaseNumber> partsOf(std::string_view urn);

}  // namespace cps
