#pragma once

#include "host/pipeline/clock_report.hpp"
#include "host/pipeline/clock_rulings.hpp"

#include <string>
#include <string_view>

namespace causeway::app {

/// Answers the command line's questions about duties with a time limit. Rows of clocks hold no personal value, so a look at them is no
/// audited view; every decision is.
class ClockDesk {
 public:
  explicit ClockDesk(const pipeline::ClockRulings::Parts& parts) : parts_(parts) {}

  static bool knows(std::string_view command);
  /// The request as the control socket brought it, a JSON object. Times: "17:00" (today in London), a day (its end) or a moment with zone.
  /// {"command":"clocks","case":URN or case number or "","by":TIME or "","all":true|false}: open ones, the first due first; all of a case
  /// when one is named, and all of every case with `all`.
  /// {"command":"clocks_forecast","by":TIME}: which will be late then if nothing is done, those that are late already, and those that stand
  /// still.
  /// {"command":"clocks_report","from":DAY,"to":DAY,"group":right|team|clock|month}: compliance of duties that fell due on these London
  /// days, both included, with "csv".
  /// {"command":"clocks_reason"|"clocks_suspend"|"clocks_resume"|"clocks_done","id","code","by","because","at"}: what a person decides; `code`
  /// of a good reason or of a suspension, `at` (a moment, or now) of what was done.
  Result<std::string> answer(std::string_view request, std::string_view actor);

 private:
  Result<std::string> list(const std::string& which, const std::string& by, bool all);
  Result<std::string> forecast(const std::string& by);
  Result<std::string> report(const std::string& from, const std::string& to, const std::string& group);
  Result<std::string> decide(const std::string& command, const std::string& code, const std::string& at,
                             const pipeline::Ruling& ruling);
  Result<std::vector<care::ClockRow>> ofCase(const std::string& which);
  /// The moment that somebody means, or an error that says how to write one.
  Result<Instant> moment(const std::string& text) const;

  pipeline::ClockRulings::Parts parts_;
};

}  // namespace causeway::app
