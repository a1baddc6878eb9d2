#pragma once

#include "host/base/node.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace causeway::routing {

struct Rule;

/// What another set of rules takes from somebody whom a statutory live rule of this one tells: seen in the rules themselves, so that it is
/// known although no message of the past shows it.
struct RuleLoss {
  enum class Why {
    Gone,         ///< neither the rule nor another one that tells the same as widely
    Shadow,       ///< recorded and never sent
    Ends,         ///< on `day` for the last time, or earlier than before
    StartsLater,  ///< on `day` for the first time
    Held,         ///< a person must look first, each time
    ClockGone,    ///< the clock of the law does not run any more, or another one does
    DueLater,     ///< a longer time than before
    Narrower,     ///< it asks for more, or tells others, than before, as far as can be seen
  };
  Why why = Why::Gone;
  std::string rule_before, rule_after;  ///< "f03-outcome@1"; after: empty where there is none
  std::string recipient, type, purpose;
  std::optional<std::chrono::year_month_day> day{};
  Location at;  ///< of what takes it away; of the rule as it was where that is gone
  /// Whether somebody who must be told is told no more, later than the law says, or not before a person looked. What is not is for the
  /// approver to judge.
  bool isLost() const { return why != Why::DueLater && why != Why::Narrower; }
};

std::string_view nameOf(RuleLoss::Why why);  ///< "gone", "starts_later", "clock_gone", ...

/// In order of `before`. `today`: rules that ended before are nobody's loss. What one rule told may be told by others in `after` that ask
/// for no more, one after the other.
std::vector<RuleLoss> lossesOf(const std::vector<Rule>& before, const std::vector<Rule>& after,
                               std::chrono::year_month_day today);

}  // namespace causeway::routing
