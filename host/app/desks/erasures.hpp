#pragma once

#include "host/app/desks/rights_desk.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace causeway::app {

/// What somebody asked to be erased, until another person confirms it.
inline constexpr std::string_view kErasureAsked = "erasure_asked";

/// Erasure cannot be undone: of a case that is not due for review by retention, or of a person in it, one person asks for it and another
/// confirms it within seven days. A case whose review is due, and one that was erased before, is erased by one. Where operators are named,
/// both are among them, whatever a request says.
class Erasures {
 public:
  explicit Erasures(const RightsParts& parts) : parts_(parts) {}

  /// `person` is empty for the whole case. {"outcome":"asked","until":...} or {"outcome":"erased",...}. NotFound: no such case, or nobody asked
  /// for what is confirmed; Refused: not one of the operators, the same person, or as `pipeline::Holds` says; Invalid; Unavailable. After an
  /// error nothing is erased.
  Result<std::string> answer(pipeline::Ruling ruling, const std::string& person, bool confirms);

 private:
  Result<bool> needsTwo(const std::string& case_id);
  Result<std::string> ask(const pipeline::Ruling& ruling, const std::string& person);
  /// The newest that nobody confirmed yet.
  Result<std::optional<pipeline::DecisionRow>> open(const std::string& case_id, const std::string& person);
  Result<void> confirm(const pipeline::Ruling& ruling, const pipeline::DecisionRow& asked);
  Result<std::string> carryOut(const pipeline::Ruling& ruling, const std::string& person);

  const RightsParts& parts_;
};

}  // namespace causeway::app
