#pragma once

#include "host/pipeline/decision_row.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace causeway::pipeline {

/// Kinds of decision about a case.
inline constexpr std::string_view kRestriction = "restriction";
/// Before the code of a restriction, in a row that ends it.
inline constexpr std::string_view kLifted = "lifted:";

/// Of the decisions of kind restriction about one case, those that hold: not lifted since. Codes: `evidence` (needed as evidence: nothing
/// is erased, DPA 2018 s.47(2)), `accuracy` (contested and not to be settled, s.47(3)), `erasure` (asked to be erased while needed).
std::vector<DecisionRow> restrictionsNow(const std::vector<DecisionRow>& rows);

/// True when one of them is of this code and covers this person; of the whole case, each covers everybody, and a question about the whole
/// case is met by a restriction of anybody in it.
bool isRestricted(const std::vector<DecisionRow>& now, std::string_view code, std::string_view person);

/// True when what is about these people may go to nobody but police, prosecutor and court.
bool holdsBack(const std::vector<DecisionRow>& now, const std::vector<std::string>& people);

}  // namespace causeway::pipeline
