#pragma once

#include "host/app/demo/demo_steps.hpp"

#include <map>
#include <string>
#include <string_view>

namespace causeway::app {

/// A step of a performance and what came of it; what the host said of it is in its own JSON.
struct PlayedStep {
  int number = 0;
  Step step;
  size_t bytes = 0;                             ///< sent
  int status = 0;                               ///< of the answer
  std::string failure;                          ///< why nothing was sent, or nothing answered; empty otherwise
  std::string by_time;                          ///< messages of our own that came because it had become later
  std::string newest;                           ///< the document of this step; empty when it sent none
  std::string clocks;                           ///< all of them, as they stand now
  std::string held;                             ///< what waits for a person now
  std::map<std::string, std::string> received;  ///< bodies that arrived at the simulated systems, by delivery id
};

/// For the terminal: each message, who is told what by when, what was withheld and by which rule, and which clocks started, moved or
/// stopped: "~ clock hearing-told about p-2: running". `known` is how each clock stood when it was last told.
std::string accountOf(const PlayedStep& played, std::map<std::string, std::string>& known);
std::string heldText(std::string_view held_json);

/// The same for a program, one line of JSON: `step`, `about`, `at` (UTC; both when the story says them), `as`, `file`, `say`, `answered` (HTTP status) or
/// `failure`, `messages` (as `causeway trace` shows them; a delivery that arrived has its `body`), `clocks` and `held` as those commands do.
std::string recordOf(const PlayedStep& played);

/// The messages of the host's answer `now` about the newest document that were not in the one `before`, as JSON.
std::string messagesBeyond(std::string_view before, std::string_view now);

}  // namespace causeway::app
